package services_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/credential"
	"bailiwick/services/files"
)

// R26: whom the operator's file names by an address keeps it, whoever wants another.
func TestWhomTheOperatorsFileNamesKeepsTheAddress(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx, who := context.Background(), p.signedInAs("watcher@example.com")
		ask := func(email string) error {
			return p.AskForAddress(ctx, who, services.AddressWish{Email: email, Present: passphrase, Address: "192.0.2.7"})
		}
		must(t, ask("new@example.com"))
		wish, err := p.OwnAddressChange(ctx, who.Person)
		must(t, err)
		applyOperator(t, p.Console, "version: 1\nvendor: {name: Vendor}\noperators: [watcher@example.com]\n")
		if err := ask("another@example.com"); !strings.Contains(invalidText(err, "Email"), "The operator’s file names you by this address.") {
			t.Errorf("asking for another: %v", err)
		}
		if _, err := p.ProveAddress(ctx, who, p.link(wish, false), "192.0.2.7"); !errors.Is(err, services.ErrGone) || !p.hasAddress("watcher@example.com", who.Person.ID) {
			t.Errorf("proving what was asked for before: %v", err)
		}
		must(t, p.KeepOwnAddress(ctx, who, "192.0.2.7"))
		if _, err := p.propose("administrator", "watcher", "new@example.com"); !errors.Is(err, services.ErrOnlyThemselves) {
			t.Errorf("proposing: %v", err)
		}
	})
}

// What is proposed takes the password away: where nobody else could sign in any more, it does not come about (R8).
func TestTheLastAdministratorWhoCouldSignInKeepsTheAddress(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx := context.Background()
		_, err := p.AddMember(ctx, p.by("administrator"), "administrators", services.NewMembership{Email: "watcher@example.com", Confirmed: true})
		must(t, err)
		p.signedInAs("watcher@example.com")
		change := p.proposed("administrator", "watcher", "new@example.com")
		must(t, p.store.ProveAddressChange(ctx, change.ID, p.clock.Now()))
		p.clock.Set(change.DueAt)
		mailless := services.New(services.Config{Store: p.store, Catalog: files.DefaultCatalog(), Now: p.clock.Now,
			PasswordCost: credential.Cost{Memory: 64, Time: 1}, SecretKeys: oneKey()})
		must(t, mailless.EndAddressChanges(ctx))
		if outcome := p.outcome(change); outcome != models.AddressVoid || !p.hasAddress("watcher@example.com", change.PersonID) {
			t.Errorf("it ended as %q", outcome)
		}
		if a := p.lastActivity(models.OpMemberAddressVoided); a.ResourceKey != "watcher@example.com" {
			t.Errorf("recorded as %+v", a)
		}
	})
}

// Another organization, or the operator's file, names a member at the very moment at which a proposed address is due: one is first, and
// nobody's address is changed for them elsewhere.
func TestWhoIsNamedElsewhereAtOnceKeepsTheAddress(t *testing.T) {
	for what, name := range map[string]func(p people){
		"another organization": func(p people) {
			_, err := tryApply(p.t, p.Console, "version: 1\norganization: {key: other, name: Other}\nmembers: [{email: watcher@example.com, groups: [users]}]\n", services.ApplyOptions{})
			if err != nil {
				p.t.Error(err)
			}
		},
		"the operator’s file": func(p people) {
			if _, err := tryOperator(p.t, p.Console, "version: 1\nvendor: {name: Vendor}\noperators: [watcher@example.com]\n", services.ApplyOptions{}); err != nil {
				p.t.Error(err)
			}
		},
	} {
		t.Run(what, func(t *testing.T) {
			onAddressed(t, func(t *testing.T, p people) {
				ctx := context.Background()
				change := p.proposed("administrator", "watcher", "new@example.com")
				must(t, p.store.ProveAddressChange(ctx, change.ID, p.clock.Now()))
				p.clock.Set(change.DueAt)
				var both sync.WaitGroup
				both.Go(func() {
					if err := p.EndAddressChanges(ctx); err != nil {
						t.Error(err)
					}
				})
				both.Go(func() { name(p) })
				both.Wait()
				filed, err := p.store.InOperatorsFile(ctx, change.PersonID)
				must(t, err)
				elsewhere, err := p.scope().InOtherOrganizations(ctx, change.PersonID, p.clock.Now())
				must(t, err)
				if moved := p.hasAddress("new@example.com", change.PersonID); moved == (filed || elsewhere) {
					t.Errorf("moved %t, in the operator’s file %t, in another organization %t", moved, filed, elsewhere)
				}
			})
		})
	}
}
