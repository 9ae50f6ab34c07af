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
		plan := apply(t, p.Console, other, services.ApplyOptions{})
		if !strings.Contains(plan.String(), "do not open this organization; run “bailiwick member set-password” for each: "+email) {
			t.Errorf("the plan says %s", plan)
		}
		attacker, err := p.Session(ctx, token)
		must(t, err)
		if _, err := p.Identify(ctx, attacker, "acme", ""); err != nil {
			t.Errorf("another organization’s file ends the way into the first: %v", err)
		}
		if _, err := p.Identify(ctx, attacker, "victims", ""); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("came in as an administrator of the other organization: %v", err)
		}
		if open, err := p.OrganizationsOf(ctx, attacker.Person); err != nil || len(open) != 1 || open[0].Key != "acme" {
			t.Errorf("open are %+v, %v", open, err)
		}
		must(t, p.SetPassword(ctx, "victims", email, passphrase+" too"))
		again, _, err := p.SignIn(ctx, services.Credentials{Email: email, Password: passphrase + " too", Address: "192.0.2.1"})
		must(t, err)
		if _, err := p.Session(ctx, token); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("whose address is proven by now, and the account of somebody else lives on: %v", err)
		}
		apply(t, p.Console, other, services.ApplyOptions{})
		if _, err := p.Session(ctx, again); err != nil {
			t.Errorf("applying the file again ends what its owner has: %v", err)
		}
		proven := modelstest.Person(t, p.store, "proven@example.org")
		must(t, p.store.SetPassword(ctx, proven.AccountID, "a hash", false))
		apply(t, p.Console, strings.Replace(other, "chief@example.org", proven.Email, 1), services.ApplyOptions{})
		if after, err := p.store.PersonByID(ctx, proven.ID); err != nil || after.PasswordHash != "a hash" {
			t.Errorf("who has proven the address lost the password: %+v, %v", after, err)
		}
	})
}

// A file that gives more to a member who joined by a copied link gives it to anyone who used the link: it says so.
func TestAFileWarnsOfWhatItGivesToWhoHasProvenNothing(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		_, link := p.invited("leader", "new@example.com", "readers")
		_, _, err := p.JoinWithAccount(ctx, link, services.NewAccount{Name: "New", Password: passphrase, Address: "192.0.2.66"})
		must(t, err)
		const warning = "what this file gives goes to the person who used the link: new@example.com"
		file := func(group string) string {
			return "version: 1\norganization: {key: acme, name: Acme}\nmembers: [{email: new@example.com, groups: [readers" + group + "]}, " +
				"{email: viewer@example.com, groups: [viewers, readers]}]\n"
		}
		if plan := apply(t, p.Console, file(""), services.ApplyOptions{}); strings.Contains(plan.String(), "joined by a copied link") {
			t.Errorf("nothing is given to them, and the plan says %s", plan)
		}
		if plan := apply(t, p.Console, file(", administrators"), services.ApplyOptions{}); !strings.Contains(plan.String(), warning) {
			t.Errorf("the plan says %s", plan)
		}
		_, err = p.save("administrator", "new", services.MembershipChoice{Key: "readers", In: true, Until: in(time.Hour)})
		must(t, err)
		if plan := apply(t, p.Console, file(", administrators"), services.ApplyOptions{}); !strings.Contains(plan.String(), warning) {
			t.Errorf("a file keeps them for longer, and the plan says %s", plan)
		}
	})
}
