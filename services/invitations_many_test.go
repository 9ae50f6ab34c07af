package services_test

import (
	"context"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

func TestManyInvitationsAreJudgedOneByOneAndChangedTogether(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		console := mailing(p.store, p.clock)
		invite := func(group string, emails ...string) (ids []models.InvitationID) {
			results, err := console.Invite(ctx, p.by("administrator"), services.NewInvitations{Provider: services.ProviderAny, Emails: emails, Groups: []string{group}})
			must(t, err)
			for _, r := range results {
				ids = append(ids, r.Invitation.ID)
			}
			return ids
		}
		readers, writers := invite("readers", "a@example.com", "b@example.com"), invite("writers", "c@example.com")
		all := append(append([]models.InvitationID{}, readers...), writers...)
		review := func(by string, action services.InvitationsAction, ids ...models.InvitationID) string {
			many, err := console.ReviewInvitations(ctx, p.by(by), action, services.InvitationsChosen{IDs: ids})
			must(t, err)
			return judged(many, func(i services.ChosenInvitation) string { return i.Email })
		}
		// The leader edits the readers alone; the coordinator edits all groups, and holds less than they do.
		for _, c := range []struct {
			by     string
			action services.InvitationsAction
			want   string
		}{
			{"administrator", services.ExtendMany, "a, b, c"}, {"administrator", services.ResendMany, "a, b, c"},
			{"leader", services.RevokeMany, "a, b, not c"}, {"coordinator", services.RevokeMany, "a, b, c"},
			{"coordinator", services.ExtendMany, "not a, not b, not c"}, {"viewer", services.RevokeMany, "not a, not b, not c"},
		} {
			if got := review(c.by, c.action, all...); got != c.want {
				t.Errorf("%s, %s: %q, want %q", c.by, c.action, got, c.want)
			}
		}
		if err := console.DoWithInvitations(ctx, p.by("leader"), services.RevokeMany, all); !is[services.Overtaken](err) {
			t.Errorf("one beyond the leader: %v", err)
		}
		p.clock.Advance(services.InvitationLife / 2)
		must(t, console.DoWithInvitations(ctx, p.by("administrator"), services.ExtendMany, all))
		must(t, console.DoWithInvitations(ctx, p.by("administrator"), services.ResendMany, all))
		if got := review("administrator", services.ResendMany, all...); got != "not a, not b, not c" {
			t.Errorf("sent a moment ago: %q", got)
		}
		for _, id := range all {
			i, err := console.Invitation(ctx, p.by("administrator"), id)
			must(t, err)
			if !i.ExpiresAt.Equal(p.clock.Now().Add(services.InvitationLife)) || i.Mails != 1 {
				t.Errorf("%s: until %s, %d mails", i.Email, i.ExpiresAt, i.Mails)
			}
		}
		must(t, console.DoWithInvitations(ctx, p.by("coordinator"), services.RevokeMany, readers))
		if got := review("administrator", services.RevokeMany, all...); got != "not a, not b, c" {
			t.Errorf("two revoked: %q", got)
		}
		if err := console.DoWithInvitations(ctx, p.by("viewer"), services.RevokeMany, writers); !is[services.Overtaken](err) {
			t.Errorf("by who views groups: %v", err)
		}
	})
}

func TestTheListSaysWhichInvitationsAMailOfFailed(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, console := context.Background(), mailing(p.store, p.clock)
		results, err := console.Invite(ctx, p.by("administrator"), services.NewInvitations{Provider: services.ProviderAny, Notify: true,
			Emails: []string{"a@example.com", "b@example.com"}, Groups: []string{"readers"}})
		must(t, err)
		failed, err := p.store.ClaimMail(ctx, p.clock.Now(), p.clock.Now())
		must(t, err)
		failed.State = models.MailFailed
		must(t, p.store.MailTried(ctx, failed))
		list, err := console.Invitations(ctx, p.by("viewer"), services.InvitationQuery{})
		must(t, err)
		for _, r := range results {
			if got := list.Failed[r.Invitation.ID]; got != (failed.Recipient == r.Email) {
				t.Errorf("%s: %t", r.Email, got)
			}
		}
	})
}
