package services_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

// renamedFile gives a member another address, and what they own.
func renamedFile(member string) string {
	return "version: 1\norganization: {key: acme, name: Acme}\nmembers:\n  - " + member + "\n"
}

// A file names a member by the address before as well: the person stays who they are.
func TestAFileGivesAMemberAnotherAddress(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx, who, reader := context.Background(), p.signedInAs("reader@example.com"), p.member("reader")
		proposal := p.proposed("administrator", "reader", "proposed@example.com")
		file := renamedFile("{email: zoe@example.com, was: reader@example.com}")
		before := exported(t, p.Console, "acme")
		const says = "change member zoe@example.com\n    email: reader@example.com → zoe@example.com"
		expectLine(t, apply(t, p.Console, file, services.ApplyOptions{DryRun: true}), says)
		if exported(t, p.Console, "acme") != before || !p.hasAddress("reader@example.com", reader.PersonID) {
			t.Fatal("a dry run changes the address")
		}
		plan := apply(t, p.Console, file, services.ApplyOptions{})
		expectLine(t, plan, says)
		expectSteps(t, plan, "change member zoe@example.com")
		if after, err := p.scope().MemberByID(ctx, reader.ID); err != nil || after.Email != "zoe@example.com" || after.PersonID != reader.PersonID {
			t.Fatalf("the member is %+v, %v", after, err)
		}
		p.wantGroupsOf("zoe@example.com", "readers")
		if _, err := p.store.SessionByID(ctx, who.ID); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the session goes on: %v", err)
		}
		for email, want := range map[string]error{"reader@example.com": services.ErrWrongCredentials, "zoe@example.com": nil} {
			if _, _, err := p.SignIn(ctx, services.Credentials{Email: email, Password: passphrase, Address: "192.0.2.7"}); !errors.Is(err, want) {
				t.Errorf("signing in as %s: %v", email, err)
			}
		}
		if outcome := p.outcome(proposal); outcome != models.AddressWithdrawn {
			t.Errorf("what was proposed before ended as %q", outcome)
		}
		a := p.lastActivity(models.OpMemberAddressChanged)
		if a.ResourceKey != "zoe@example.com" || !strings.Contains(a.Before, "reader@example.com") || a.ActorKind != "operator" {
			t.Errorf("recorded as %+v", a)
		}
		text := exported(t, p.Console, "acme")
		if strings.Contains(text, "was") || strings.Contains(text, "reader@example.com") || !strings.Contains(text, "zoe@example.com") {
			t.Errorf("exported:\n%s", text)
		}
		if again := apply(t, p.Console, file, services.ApplyOptions{}); !again.Empty() {
			t.Errorf("applied again:\n%s", again)
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

// With --prune too nobody is removed and added again, and what they own is compared with who they are.
func TestAPrunedFileWithAFormerAddressKeepsThePerson(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx, reader := context.Background(), p.member("reader")
		apply(t, p.Console, `version: 1
organization: {key: acme, name: Acme}
resources: {content/sources: [{key: owned, name: Owned, owner: reader@example.com}]}
`, services.ApplyOptions{})
		file := strings.ReplaceAll(exported(t, p.Console, "acme"), "email: reader@example.com", "email: zoe@example.com, was: reader@example.com")
		file = strings.ReplaceAll(file, "owner: reader@example.com", "owner: zoe@example.com")
		expectSteps(t, apply(t, p.Console, file, services.ApplyOptions{Prune: true}), "change member zoe@example.com")
		if m, err := p.scope().MemberByID(ctx, reader.ID); err != nil || m.Email != "zoe@example.com" {
			t.Errorf("the member is %+v, %v", m, err)
		}
		if again := apply(t, p.Console, file, services.ApplyOptions{Prune: true}); !again.Empty() {
			t.Errorf("applied again:\n%s", again)
		}
	})
}

// R26: nobody of the operator's file or of another organization, and no address that is somebody's. Each refusal names its line.
func TestAFileGivesNoAddressAgainstARule(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx := context.Background()
		applyOperator(t, p.Console, "version: 1\nvendor: {name: Vendor}\noperators: [alone@example.com]\n")
		must(t, p.store.CreatePerson(ctx, &models.Person{Email: "elsewhere@example.com", CreatedAt: p.clock.Now()}))
		_, err := p.Invite(ctx, p.by("administrator"), services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{"invited@example.com"}, Groups: []string{"readers"}})
		must(t, err)
		before := exported(t, p.Console, "acme")
		for member, want := range map[string]string{
			"{email: new@example.com, was: alone@example.com}":        "the operator’s file names alone@example.com",
			"{email: new@example.com, was: twice@example.com}":        "twice@example.com is in another organization as well",
			"{email: elsewhere@example.com, was: reader@example.com}": "elsewhere@example.com is the address of another person",
			"{email: invited@example.com, was: reader@example.com}":   "invited@example.com is invited already",
			"{email: watcher@example.com, was: reader@example.com}":   "reader@example.com and watcher@example.com are two members",
			"{email: new@example.com, was: nobody@example.com}":       "new@example.com is no member yet",
		} {
			var problems files.Problems
			_, err := tryApply(t, p.Console, renamedFile(member), services.ApplyOptions{})
			if !errors.As(err, &problems) || problems[0].Line < 4 || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", member, err, want)
			}
		}
		if after := exported(t, p.Console, "acme"); after != before {
			t.Errorf("changed to\n%s", after)
		}
	})
}

// Who is nobody yet is added as somebody new, and the plan says so: a file for a new installation may have kept was.
func TestAFormerAddressOfNobodyIsSaid(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		plan := apply(t, p.Console, renamedFile("{email: new@example.com, was: nobody@example.com, groups: [readers]}"), services.ApplyOptions{})
		expectSteps(t, plan, "create member new@example.com")
		expectLine(t, plan, "note: nobody@example.com is no member, so new@example.com is added as somebody new")
	})
}

// Of another organization that adds somebody by the address before, and a file that changes it, one is first: nobody is in two
// organizations under an address that one of them changed.
func TestAnAddressThatAnotherOrganizationNamesAtOnceStays(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx := context.Background()
		other, err := p.store.OrganizationByKey(ctx, "other")
		must(t, err)
		for round := range 6 {
			person, old := p.member("reader").PersonID, fmt.Sprintf("reader%d@example.com", round)
			apply(t, p.Console, renamedFile(fmt.Sprintf("{email: %s, was: reader@example.com}", old)), services.ApplyOptions{})
			var both sync.WaitGroup
			var renamed, added error
			both.Go(func() {
				_, renamed = tryApply(t, p.Console, renamedFile(fmt.Sprintf("{email: reader@example.com, was: %s}", old)), services.ApplyOptions{})
			})
			both.Go(func() {
				_, added = tryApply(t, p.Console, "version: 1\norganization: {key: other, name: Other}\nmembers: [{email: "+old+", groups: [users]}]\n", services.ApplyOptions{})
			})
			both.Wait()
			must(t, added) // the person, or somebody new where the file was faster
			m, err := p.scope().MemberOf(ctx, person)
			must(t, err)
			_, err = p.store.In(other.ID).MemberOf(ctx, person)
			in, moved := err == nil, m.Email == "reader@example.com"
			if in == moved || moved != (renamed == nil) {
				t.Fatalf("round %d: in both organizations: %t, has the address %s; the file: %v", round, in, m.Email, renamed)
			}
			if in {
				break // they stay where they are: the other organization was faster
			}
		}
	})
}

// A person who is given another address while a file that names them by the one before waits for them keeps it: the file is refused.
func TestAnAddressThatJustChangedIsNotChangedByAFile(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			ctx, clock := context.Background(), modelstest.NewClock()
			url := modelstest.URL(t, modelstest.Options{Database: database})
			store := modelstest.Open(t, url, clock)
			c := mailless(store, clock)
			apply(t, c, keptFile, services.ApplyOptions{})
			reader, err := store.PersonByEmail(ctx, "reader@example.com")
			must(t, err)
			applied := make(chan error, 1)
			must(t, store.Tx(ctx, func(tx *models.Store) error {
				if _, err := tx.LockPerson(ctx, reader.ID); err != nil {
					return err
				}
				go func() {
					_, err := tryApply(t, c, renamedFile("{email: zoe@example.com, was: reader@example.com}"), services.ApplyOptions{})
					applied <- err
				}()
				modelstest.AwaitQueue(t, url)
				return tx.SetPersonEmail(ctx, reader.ID, "moved@example.com")
			}))
			var problems files.Problems
			if err := <-applied; !errors.As(err, &problems) {
				t.Errorf("applied: %v", err)
			} else if database == modelstest.Postgres && !strings.Contains(err.Error(), "the address of reader@example.com has just changed") {
				t.Errorf("refused with %v", err)
			}
			if after, err := store.PersonByID(ctx, reader.ID); err != nil || after.Email != "moved@example.com" {
				t.Errorf("the person has the address %s, %v", after.Email, err)
			}
		})
	}
}
