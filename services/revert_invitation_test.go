package services_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

func (p inviting) expires(i models.Invitation) time.Time {
	p.t.Helper()
	now, err := p.scope().Invitation(context.Background(), i.ID)
	must(p.t, err)
	return now.ExpiresAt
}

// extended is what was noted of an extension one hour later.
func (p inviting) extended(by string, i models.Invitation) models.Activity {
	p.t.Helper()
	p.clock.Advance(time.Hour)
	_, err := p.ExtendInvitation(context.Background(), p.by(by), i.ID)
	must(p.t, err)
	return p.lastActivity(models.OpInvitationExtended)
}

func TestAnExtendedInvitationEndsAgainWhenItDid(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		i, _ := p.invited("administrator", "new@example.com", "readers")
		other, _ := p.invited("administrator", "other@example.com", "readers")
		first := p.extended("administrator", i)
		later := p.expires(i)
		p.extended("administrator", other) // another invitation into the same group
		seats, err := p.scope().CountInvited(ctx, p.clock.Now())
		must(t, err)
		p.revert("administrator", first)
		if got := p.expires(i); !got.Equal(i.ExpiresAt) {
			t.Errorf("it ends %s, want %s", got, i.ExpiresAt)
		}
		if got, err := p.scope().CountInvited(ctx, p.clock.Now()); err != nil || got != seats {
			t.Errorf("%d seats, before %d, %v", got, seats, err)
		}
		if r := p.reversal("administrator", first); r.Reverted() != 0 || r.Lines[0].Stays != services.StaysAlready {
			t.Errorf("once more: %q", toldLines(r))
		}
		p.revert("administrator", p.lastActivity(models.OpInvitationExtended)) // the revert of the revert
		if got := p.expires(i); !got.Equal(later) {
			t.Errorf("it ends %s, want %s", got, later)
		}
		p.extended("administrator", i)
		if r := p.reversal("administrator", first); r.Reverted() != 0 || r.Lines[0].Stays != services.StaysChanged || r.Lines[0].Since == nil {
			t.Errorf("extended since: %q", toldLines(r))
		}
		_, err = p.RevokeInvitations(ctx, p.by("administrator"), i.ID)
		must(t, err)
		if r := p.reversal("administrator", first); !errors.Is(r.Refused, services.ErrInvitationEnded) {
			t.Errorf("revoked since: %v", r.Refused)
		}
		p.invited("administrator", "new@example.com", "readers")
		if r := p.reversal("administrator", first); !errors.Is(r.Refused, services.ErrInvitationEnded) {
			t.Errorf("invited anew since: %v", r.Refused)
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

// Attack: who does not hold what an invitation gives changes its end by reverting (R7). And none is ended by it.
func TestRevertingAnExtensionIsJudgedAsExtending(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		i, _ := p.invited("administrator", "new@example.com", "readers")
		extended := p.extended("administrator", i)
		p.grant("readers", "content/sources", "edit")
		r, err := p.Reversal(context.Background(), p.by("leader"), extended.ID)
		if !errors.As(r.Refused, &services.TooHigh{}) && !errors.As(err, &services.Forbidden{}) {
			t.Errorf("beyond the caller: %v, %v", r.Refused, err)
		}
		p.clock.Advance(services.InvitationLife - time.Hour)
		if r := p.reversal("administrator", extended); r.Reverted() != 0 || r.Lines[0].Stays != services.StaysRefused {
			t.Errorf("what would have expired: %q", toldLines(r))
		}
	})
}

// An invitation into several groups is noted at each of them, and its end is put back once.
func TestManyExtendedInvitationsAreUndoneAtOnce(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, administrator := context.Background(), p.by("administrator")
		one, _ := p.invited("administrator", "one@example.com", "readers", "leads")
		two, _ := p.invited("administrator", "two@example.com", "readers")
		p.clock.Advance(time.Hour + 509_628_900*time.Nanosecond) // finer than what is stored
		id := made(t, func(ctx context.Context) error {
			return p.DoWithInvitations(ctx, administrator, services.ExtendMany, []models.InvitationID{one.ID, two.ID})
		})
		if got := p.expires(one); !got.After(one.ExpiresAt) {
			t.Fatalf("extended to %s", got)
		}
		_, err := p.Undo(ctx, administrator, id)
		must(t, err)
		for _, i := range []models.Invitation{one, two} {
			if got := p.expires(i); !got.Equal(i.ExpiresAt) {
				t.Errorf("%s ends %s, want %s", i.Email, got, i.ExpiresAt)
			}
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}
