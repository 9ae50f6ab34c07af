package services_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// Attack: invite somebody of another organization into one's own, make their account with the copied link, and wait for
// that organization to list them in its file.
func TestAFileLetsNobodyInWhoMadeAnAccountInAnothersName(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx, email := context.Background(), "chief@example.org"
		_, link := p.invited("leader", email, "readers")
		_, token, err := p.JoinWithAccount(ctx, link, services.NewAccount{Name: "Chief", Password: passphrase, Address: "192.0.2.66"})
		must(t, err)
		other := `
version: 1
organization: {key: victims, name: Victims}
members: [{email: chief@example.org, name: Chief, groups: [administrators]}]
`
		plan := apply(t, p.Console, other, services.ApplyOptions{DryRun: true})
		if _, err := p.Session(ctx, token); err != nil || !strings.Contains(plan.String(), "their passwords end; set new ones: "+email) {
			t.Errorf("tried only: %v, and the plan says %s", err, plan)
		}
		apply(t, p.Console, other, services.ApplyOptions{})
		if _, err := p.Session(ctx, token); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the session lives on: %v", err)
		}
		if _, _, err := p.SignIn(ctx, services.Credentials{Email: email, Password: passphrase, Address: "192.0.2.66"}); !errors.Is(err, services.ErrWrongCredentials) {
			t.Errorf("signed in as an administrator of the other organization: %v", err)
		}
		must(t, p.SetPassword(ctx, "victims", email, passphrase+" too"))
		again, _, err := p.SignIn(ctx, services.Credentials{Email: email, Password: passphrase + " too", Address: "192.0.2.1"})
		must(t, err)
		apply(t, p.Console, other, services.ApplyOptions{})
		if _, err := p.Session(ctx, again); err != nil {
			t.Errorf("applying the file again ends what its owner has: %v", err)
		}
		proven := modelstest.Person(t, p.store, "proven@example.org")
		must(t, p.store.SetPassword(ctx, proven.ID, "a hash", false))
		apply(t, p.Console, strings.Replace(other, "chief@example.org", proven.Email, 1), services.ApplyOptions{})
		if after, err := p.store.PersonByID(ctx, proven.ID); err != nil || after.PasswordHash != "a hash" {
			t.Errorf("who has proven the address lost the password: %+v, %v", after, err)
		}
	})
}
