package services_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/credential"
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
			many, err := console.ReviewInvitations(ctx, p.by(by), action, services.InvitationsChosen{Keys: ids})
			must(t, err)
			return judged(many, func(i services.ChosenInvitation) string { return i.Email })
		}
		if got := review("administrator", services.ExtendMany, all...); got != "not a, not b, not c" {
			t.Errorf("made a moment ago, with the whole term: %q", got)
		}
		p.clock.Advance(time.Minute)
		day := services.EndOfDay(p.clock.Now().Add(48 * time.Hour))
		chosen, err := console.Invite(ctx, p.by("administrator"), services.NewInvitations{Provider: services.ProviderAny, Emails: []string{"d@example.com"}, Groups: []string{"readers"}, Until: &day})
		must(t, err)
		p.clock.Advance(time.Minute)
		if got := review("administrator", services.ExtendMany, readers[0], chosen[0].Invitation.ID); got != "a, not d" {
			t.Errorf("one with the end that was chosen: %q", got)
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

// Links of many are made as one is: judged the same, noted for each, shown to a form once. All of them or none.
func TestLinksOfManyInvitationsAreMadeOnce(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx, admin := context.Background(), p.by("administrator")
		invite := func(group string, emails ...string) (ids []models.InvitationID) {
			results, err := p.Invite(ctx, admin, services.NewInvitations{Provider: services.ProviderAny, Emails: emails, Groups: []string{group}})
			must(t, err)
			for _, r := range results {
				ids = append(ids, r.Invitation.ID)
			}
			return ids
		}
		readers, writers := invite("readers", "a@example.com", "b@example.com"), invite("writers", "c@example.com")
		all := append(append([]models.InvitationID{}, readers...), writers...)
		once := p.NewFormToken()
		for name, c := range map[string]struct {
			by   string
			ids  []models.InvitationID
			once string
			want func(error) bool
		}{
			"none":                     {"administrator", nil, once, is[services.Invalid]},
			"one beyond the leader":    {"leader", all, once, is[services.Overtaken]},
			"above the coordinator":    {"coordinator", readers, once, is[services.Overtaken]},
			"by viewing":               {"viewer", readers, once, is[services.Overtaken]},
			"without view":             {"other", readers, once, is[services.Forbidden]},
			"one that is not there":    {"administrator", append([]models.InvitationID{1 << 40}, readers...), once, is[services.Overtaken]},
			"a form that is too old":   {"administrator", readers, "", func(err error) bool { return errors.Is(err, services.ErrFormSent) }},
			"a form of somebody’s own": {"administrator", readers, "zzzzzzzzzzzzz", func(err error) bool { return errors.Is(err, services.ErrFormSent) }},
		} {
			if links, err := p.CopyInvitationLinks(ctx, p.by(c.by), c.ids, c.once); !c.want(err) || links != nil {
				t.Errorf("%s: %d links, %v", name, len(links), err)
			}
		}
		before := newest(t, p.store)
		links, err := p.CopyInvitationLinks(ctx, admin, all, once)
		must(t, err)
		if len(links) != 3 {
			t.Fatalf("%d links", len(links))
		}
		for _, link := range links {
			led, err := p.store.InvitationByToken(ctx, credential.Digest(strings.TrimPrefix(link.Path, "/join/")))
			if err != nil || led.ID != link.ID || led.Mailed || led.MakerID != admin.Person.ID {
				t.Errorf("the link for %s leads to %+v: %v", link.Email, led, err)
			}
		}
		noted := map[models.Operation]int{}
		for _, a := range activitiesOfAcme(t, p.store) {
			if a.ID > before.ID {
				noted[a.Operation]++
				if strings.Contains(a.Before+a.After, "join") {
					t.Errorf("an activity has a link: %s, %s", a.Before, a.After)
				}
			}
		}
		if len(noted) != 1 || noted[models.OpInvitationLinkCopied] != 3 {
			t.Errorf("noted are %v", noted)
		}
		if again, err := p.CopyInvitationLinks(ctx, admin, all, once); !errors.Is(err, services.ErrFormSent) || again != nil {
			t.Errorf("the form sent again: %d links, %v", len(again), err)
		}
	})
}
