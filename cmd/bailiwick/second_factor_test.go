package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestALostSecondFactorIsTakenAway(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	p.run("", "apply", "acme.yaml")
	p.expect(p.run("", "member", "reset-second-factor", "acme", "john.smith@example.com"), exitRefused, "", "john.smith@example.com has no second factor")
	p.expect(p.run("", "member", "reset-second-factor", "acme", "nobody@example.com"), exitRefused, "", "nobody@example.com")
	p.withSecondFactor("john.smith@example.com")
	p.expect(p.run("", "member", "reset-second-factor", "acme", "john.smith@example.com"), exitDone, "", "has no second factor any more")
	p.expect(p.run("", "member", "reset-second-factor", "acme", "john.smith@example.com"), exitRefused, "", "has no second factor")
}

func TestTakingAwayTheLastWayInIsRefusedUntilItIsConfirmed(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", "version: 1\norganization: {key: acme, name: Acme}\nmembers: [{email: john.smith@example.com, groups: [administrators]}]\n")
	p.run("", "apply", "acme.yaml")
	p.expect(p.run("a sentence that nobody guesses", "member", "set-password", "acme", "john.smith@example.com"), exitDone, "", "new password")
	p.withSecondFactor("john.smith@example.com")
	ctx := context.Background()
	store, err := models.Open(ctx, models.Config{URL: "sqlite:" + filepath.Join(p.dir, "bailiwick.db"), Clock: time.Now})
	must(t, err)
	person, err := store.PersonByEmail(ctx, "john.smith@example.com")
	must(t, err)
	must(t, store.SetPassword(ctx, person.AccountID, person.PasswordHash, true)) // as if it were short
	must(t, store.Close())
	const counted = "no administrator could sign in to acme (without links by mail: no mail server was set with --smtp); "
	for _, part := range []string{counted, "--yes", "bailiwick member set-password acme john.smith@example.com"} {
		p.expect(p.run("", "member", "reset-second-factor", "acme", "john.smith@example.com"), exitRefused, "", part)
	}
	p.expect(p.run("", "member", "reset-second-factor", "--yes", "acme", "john.smith@example.com"), exitDone, "", "bailiwick member set-password acme john.smith@example.com")
}

func TestPruningSaysWhoWasCounted(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", "version: 1\norganization: {key: acme, name: Acme}\nmembers:\n  - {email: john.smith@example.com, groups: [administrators]}\n")
	p.run("", "apply", "acme.yaml")
	p.expect(p.run("a sentence that nobody guesses", "member", "set-password", "acme", "john.smith@example.com"), exitDone, "", "new password")
	p.write("acme.yaml", "version: 1\norganization: {key: acme, name: Acme}\nmembers:\n  - {email: second@example.com, groups: [administrators]}\n")
	const note = "the last administrator who can sign in is never removed"
	p.expect(p.run("", "apply", "--prune", "acme.yaml"), exitDone, note+" (without links by mail: no mail server was set with --smtp)\n", "")
	if r := p.run("", "apply", "--prune", "acme.yaml", "--smtp", "smtp://127.0.0.1:1025"); r.status != exitDone || strings.Contains(r.out, "without links by mail") {
		t.Errorf("with a mail server: %d %q %q", r.status, r.out, r.errors)
	}
}

// withSecondFactor gives somebody one, as their profile does.
func (p place) withSecondFactor(email string) {
	p.t.Helper()
	ctx := context.Background()
	store, err := models.Open(ctx, models.Config{URL: "sqlite:" + filepath.Join(p.dir, "bailiwick.db"), Clock: time.Now})
	must(p.t, err)
	person, err := store.PersonByEmail(ctx, email)
	must(p.t, err)
	person, err = store.ProveEmail(ctx, person.ID)
	must(p.t, err)
	must(p.t, store.TurnOnTOTP(ctx, person.AccountID, "SECRET", 1))
	must(p.t, store.Close())
}
