package services_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// faltering is a context that is over once, after it was asked for some time, and says so a few times: an error that passes. Who sees
// that it is over has to be told why, or package context panics.
type faltering struct {
	context.Context
	left, said *atomic.Int64
}

func (f faltering) Done() <-chan struct{} {
	if f.left.Add(-1) != 0 {
		return f.Context.Done()
	}
	over := make(chan struct{})
	close(over)
	return over
}

func (f faltering) Err() error {
	if f.left.Load() <= 0 && f.said.Add(1) <= 3 {
		return context.Canceled
	}
	return f.Context.Err()
}

// Wherever a proposed change fails by what passes, it is done the next time.
func TestAPassingErrorVoidsNoChangeOfAnAddress(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx, id, failed := context.Background(), p.member("watcher").ID, 0
		left := &atomic.Int64{}
		for n := int64(1); left.Load() <= 0; n += 17 {
			change, err := p.ProposeAddress(ctx, p.by("steward"), id, services.AddressProposal{Email: fmt.Sprintf("new%d@example.com", n)})
			must(t, err)
			must(t, p.store.ProveAddressChange(ctx, change.ID, p.clock.Now()))
			p.clock.Set(change.DueAt)
			left.Store(n)
			if p.EndAddressChanges(faltering{ctx, left, &atomic.Int64{}}) != nil {
				failed++
				must(t, p.EndAddressChanges(ctx))
			}
			if outcome := p.outcome(change); outcome != models.AddressChanged {
				t.Errorf("with an error at %d it ended as %q", n, outcome)
			}
		}
		if failed == 0 {
			t.Error("nothing failed")
		}
	})
}

// signedInAs gives a member a password and a session.
func (p people) signedInAs(email string) services.Session {
	p.t.Helper()
	ctx := context.Background()
	must(p.t, p.SetPassword(ctx, "acme", email, passphrase))
	token, _, err := p.SignIn(ctx, services.Credentials{Email: email, Password: passphrase, Address: "192.0.2.7"})
	must(p.t, err)
	who, err := p.Session(ctx, token)
	must(p.t, err)
	return who
}

func (p people) outcome(change models.AddressChange) string {
	p.t.Helper()
	ended, err := p.store.AddressChange(context.Background(), change.ID)
	must(p.t, err)
	return ended.Outcome
}

func TestTheMemberKeepsTheAddress(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx, who := context.Background(), p.signedInAs("reader@example.com")
		must(t, p.KeepOwnAddress(ctx, who, "192.0.2.7")) // nothing is under way
		change := p.proposed("administrator", "reader", "new@example.com")
		link := p.link(change, false)
		must(t, p.KeepOwnAddress(ctx, who, "192.0.2.7"))
		if _, err := p.ProveAddress(ctx, services.Session{}, link, ""); p.outcome(change) != models.AddressWithdrawn || !errors.Is(err, services.ErrGone) {
			t.Errorf("it ended as %q, and its link: %v", p.outcome(change), err)
		}
		if a := p.lastActivity(models.OpMemberAddressWithdrawn); a.ActorEmail != "reader@example.com" || a.ResourceKey != "reader@example.com" {
			t.Errorf("recorded as %+v", a)
		}
		must(t, p.store.DeleteSessionsOf(ctx, who.Person.ID))
		if err := p.KeepOwnAddress(ctx, who, "192.0.2.7"); !errors.Is(err, services.ErrSignedOut) {
			t.Errorf("signed out: %v", err)
		}
	})
}

// The record says how each change ended, and by whom.
func TestAWishTakesThePlaceOfWhatWasProposed(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx, who := context.Background(), p.signedInAs("reader@example.com")
		change := p.proposed("administrator", "reader", "new@example.com")
		must(t, p.AskForAddress(ctx, who, services.AddressWish{Email: "wished@example.com", Present: passphrase, Address: "192.0.2.7"}))
		a := p.lastActivity(models.OpMemberAddressWithdrawn)
		if p.outcome(change) != models.AddressWithdrawn || a.ActorEmail != "reader@example.com" || a.Before != `{"email":"new@example.com"}` {
			t.Errorf("it ended as %q, recorded as %+v", p.outcome(change), a)
		}
		if _, err := p.propose("administrator", "reader", "other@example.com"); invalidText(err, "Email") == "" {
			t.Errorf("proposing beside the member’s wish: %v", err)
		}
		wish, err := p.OwnAddressChange(ctx, who.Person)
		must(t, err)
		p.clock.Set(wish.ExpiresAt)
		p.proposed("administrator", "reader", "other@example.com")
		if a := p.lastActivity(models.OpMemberAddressExpired); p.outcome(wish) != models.AddressExpired || a.ActorKind != "clock" || a.Before != `{"email":"wished@example.com"}` {
			t.Errorf("it ended as %q, recorded as %+v", p.outcome(wish), a)
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}
