package main

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"bailiwick/models"
)

func TestALostSecondFactorIsTakenAway(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", small)
	p.run("", "apply", "acme.yaml")
	p.expect(p.run("", "member", "reset-second-factor", "acme", "john.smith@example.com"), exitRefused, "", "john.smith@example.com has no second factor")
	p.expect(p.run("", "member", "reset-second-factor", "acme", "nobody@example.com"), exitRefused, "", "nobody@example.com")
	p.withSecondFactor("john.smith@example.com")
	p.expect(p.run("", "member", "reset-second-factor", "acme", "john.smith@example.com"), exitDone, "", "has no second factor any more")
	p.expect(p.run("", "member", "reset-second-factor", "acme", "john.smith@example.com"), exitRefused, "", "has no second factor")
}

// withSecondFactor gives somebody one, as their profile does.
func (p place) withSecondFactor(email string) {
	p.t.Helper()
	ctx := context.Background()
	store, err := models.Open(ctx, models.Config{URL: "sqlite:" + filepath.Join(p.dir, "bailiwick.db"), Clock: time.Now})
	must(p.t, err)
	person, err := store.PersonByEmail(ctx, email)
	must(p.t, err)
	must(p.t, store.TurnOnTOTP(ctx, person.ID, "SECRET", 1))
	must(p.t, store.Close())
}
