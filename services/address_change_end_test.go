package services_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// faltering is a context that is over at one of the times it is asked, and not before or after: an error that passes.
type faltering struct {
	context.Context
	left *atomic.Int64
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
	if f.left.Load() == 0 {
		return context.Canceled
	}
	return f.Context.Err()
}

// Wherever a proposed change fails by what passes, it is done the next time.
func TestAPassingErrorVoidsNoChangeOfAnAddress(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx := context.Background()
		change := p.proposed("steward", "watcher", "new@example.com")
		_, err := p.ProveAddress(ctx, services.Session{}, p.link(change, false), "192.0.2.9")
		must(t, err)
		p.clock.Set(change.DueAt)
		failed := 0
		for n := int64(1); change.Outcome == ""; n++ {
			left := &atomic.Int64{}
			left.Store(n)
			if p.EndAddressChanges(faltering{ctx, left}) != nil {
				failed++
			}
			change, err = p.store.AddressChange(ctx, change.ID)
			must(t, err)
		}
		if change.Outcome != models.AddressChanged || failed == 0 {
			t.Errorf("it ended as %q after %d errors", change.Outcome, failed)
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
			t.Errorf("proposing beside the member's wish: %v", err)
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
