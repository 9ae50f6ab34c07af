package services_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

func TestWhoIsInvitedLeavesWhenTheInviterChose(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, leader := context.Background(), p.by("leader")
		add := func(until time.Time, email string) (services.PeopleOutcome, error) {
			return p.AddPeople(ctx, leader, services.NewPeople{Emails: []string{email}, Groups: []string{"readers"}, Until: &until,
				Provider: services.ProviderPassword, Notify: true})
		}
		if _, err := add(p.clock.Now(), "new@example.com"); invalidText(err, "Until") == "" {
			t.Errorf("an end that has passed: %v", err)
		}
		soon := p.clock.Now().Add(48 * time.Hour).Truncate(time.Minute)
		outcome, err := add(soon, "new@example.com")
		must(t, err)
		i := outcome.People[0].Invitation
		if !i.ExpiresAt.Equal(soon) {
			t.Errorf("it can be accepted until %s, and leads to nothing from %s on", i.ExpiresAt, soon)
		}
		p.clock.Advance(time.Hour)
		if extended, err := p.ExtendInvitation(ctx, leader, i.ID); err != nil || !extended.ExpiresAt.Equal(soon) {
			t.Errorf("extended to %s, %v", extended.ExpiresAt, err)
		}
		token := strings.TrimPrefix(outcome.People[0].Link, "/join/")
		if seen, err := p.Joining(ctx, token); err != nil || len(seen.Ends()) != 1 || strings.Contains(seen.Ends()[0], "access of") {
			t.Errorf("whoever joins is told %q, %v", seen.Ends(), err)
		}
		_, err = p.AcceptByLink(ctx, p.signedIn("new", services.ProviderPassword), token, "")
		must(t, err)
		if in, until := p.isIn("new", "readers"); !in || until == nil || !until.Equal(soon) {
			t.Errorf("joined %t, until %v", in, until)
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

// invalidText is what is wrong with a field of a command, "" where nothing is.
func invalidText(err error, field string) string {
	var wrong services.Invalid
	if !errors.As(err, &wrong) {
		return ""
	}
	return wrong.Text(field)
}

// Attack: somebody renews an invitation that has run out into what they could not invite into today, or one that was revoked.
func TestRenewingIsInvitingToday(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, leader := context.Background(), p.by("leader")
		renew := func(by services.Caller, i models.Invitation) (services.InviteResult, error) {
			return p.RenewInvitation(ctx, by, i.ID, false)
		}
		pending, _ := p.invited("leader", "pending@example.com", "readers")
		if _, err := renew(leader, pending); !errors.Is(err, services.ErrNotRunOut) {
			t.Errorf("one that is pending: %v", err)
		}
		stronger, _ := p.invited("administrator", "strong@example.com", "webmasters")
		gone, _ := p.invited("administrator", "gone@example.com", "writers")
		revoked, _ := p.invited("leader", "revoked@example.com", "readers")
		_, err := p.RevokeInvitations(ctx, leader, revoked.ID)
		must(t, err)
		ran, token := p.invited("leader", "new@example.com", "readers", "auditors")
		p.clock.Advance(services.InvitationLife)
		_, err = p.DeleteGroup(ctx, p.by("administrator"), "writers")
		must(t, err)
		var high services.TooHigh
		var forbidden services.Forbidden
		var void services.VoidInvitation
		for what, refused := range map[string]struct {
			by string
			i  models.Invitation
			is func(error) bool
		}{
			"holds more than the caller": {"leader", stronger, func(err error) bool { return errors.As(err, &high) }},
			"a group that may be viewed": {"viewer", ran, func(err error) bool { return errors.As(err, &forbidden) }},
			"without view on groups":     {"other", ran, func(err error) bool { return errors.As(err, &forbidden) }},
			"whose group is gone":        {"administrator", gone, func(err error) bool { return errors.As(err, &void) }},
			"that was revoked":           {"leader", revoked, func(err error) bool { return errors.Is(err, services.ErrNotRunOut) }},
		} {
			if _, err := renew(p.by(refused.by), refused.i); !refused.is(err) {
				t.Errorf("%s: %v", what, err)
			}
		}
		r, err := renew(leader, ran)
		if err != nil || r.Outcome != services.Invited || len(r.Groups) != 2 || r.Invitation.ID == ran.ID || r.Link == "" ||
			!r.Invitation.ExpiresAt.Equal(p.clock.Now().Add(services.InvitationLife)) {
			t.Fatalf("renewed: %+v, %v", r, err)
		}
		p.lastActivity(models.OpInvitationRenewed) // the record does not call it inviting
		if seen, err := p.Joining(ctx, token); err != nil || seen.State != models.InvitationExpired {
			t.Errorf("the earlier link opens %q, %v", seen.State, err)
		}
		if again, err := renew(leader, ran); err != nil || again.Outcome != services.OpenAlready {
			t.Errorf("once more: %+v, %v", again, err)
		}
		administrators, err := p.Invite(ctx, p.by("administrator"), services.NewInvitations{Provider: services.ProviderPassword,
			Emails: []string{"second@example.com"}, Groups: []string{"administrators"}, Confirmed: true})
		must(t, err)
		p.clock.Advance(services.InvitationLife)
		var confirm services.NeedsConfirmation
		if _, err := renew(p.by("administrator"), administrators[0].Invitation); !errors.As(err, &confirm) {
			t.Errorf("to be an administrator, unconfirmed: %v", err)
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}
