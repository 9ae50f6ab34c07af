package services_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/credential"
	"bailiwick/services/files"
)

// addressed is the kept organization, with mail, another organization that one member is in too, and a steward, who may edit all groups
// and holds what the watchers hold.
func onAddressed(t *testing.T, body func(t *testing.T, p people)) {
	t.Helper()
	onKept(t, func(t *testing.T, p people) {
		p.Console = services.New(services.Config{Store: p.store, Catalog: files.DefaultCatalog(), Now: p.clock.Now, MailFrom: "console@example.com",
			PasswordCost: credential.Cost{Memory: 64, Time: 1}, SecretKeys: oneKey()})
		p.watched()
		apply(t, p.Console, "version: 1\norganization: {key: other, name: Other}\nmembers: [{email: twice@example.com, groups: [administrators]}]\n", services.ApplyOptions{})
		body(t, p)
	})
}

// link makes a link to the change of a member's address, as its mail has it.
func (p people) link(change models.AddressChange, objects bool) string {
	p.t.Helper()
	token := credential.NewToken()
	must(p.t, p.store.CreateAddressChangeLink(context.Background(), credential.Digest(token), change.ID, objects))
	return token
}

func (p people) propose(by, member, email string) (models.AddressChange, error) {
	return p.ProposeAddress(context.Background(), p.by(by), p.member(member).ID, services.AddressProposal{Email: email})
}

func (p people) proposed(by, member, email string) models.AddressChange {
	p.t.Helper()
	change, err := p.propose(by, member, email)
	must(p.t, err)
	return change
}

// hasAddress tells whether the member with this address is the person.
func (p people) hasAddress(email string, person models.PersonID) bool {
	m, err := p.scope().MemberByEmail(context.Background(), email)
	return err == nil && m.PersonID == person && m.Email == email
}

// Attack: somebody takes a member over by proposing an address that they read (R7), or learns by it who is where (R15, R19).
func TestWhoProposesAnAddressHoldsAllThatTheMemberHolds(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx := context.Background()
		must(t, p.store.CreatePerson(ctx, &models.Person{Email: "elsewhere@example.com", CreatedAt: p.clock.Now()}))
		_, err := p.Invite(ctx, p.by("administrator"), services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{"invited@example.com"}, Groups: []string{"readers"}})
		must(t, err)
		var high services.TooHigh
		var forbidden services.Forbidden
		var unsure services.UnsureAddresses
		says := func(text string) func(error) bool {
			return func(err error) bool { return strings.Contains(invalidText(err, "Email"), text) }
		}
		for _, test := range []struct {
			by, member, email string
			is                func(error) bool
		}{
			{"watcher", "reader", "new@example.com", func(err error) bool { return errors.As(err, &forbidden) }},
			{"steward", "reader", "new@example.com", func(err error) bool { return errors.As(err, &high) }},
			{"steward", "administrator", "new@example.com", func(err error) bool { return errors.As(err, &high) }},
			{"administrator", "administrator", "new@example.com", func(err error) bool { return errors.Is(err, services.ErrOneself) }},
			{"administrator", "twice", "new@example.com", func(err error) bool { return errors.Is(err, services.ErrOnlyThemselves) }},
			{"administrator", "reader", "no address", says("Enter a complete address")},
			{"administrator", "reader", "Reader@Example.com", says("already the address")},
			{"administrator", "reader", "alone@example.com", says("Another member")},
			{"administrator", "reader", "invited@example.com", says("already invited")},
			{"administrator", "reader", "re\u0430der@example.com", func(err error) bool { return errors.As(err, &unsure) }},
			{"steward", "watcher", "new@example.com", func(err error) bool { return err == nil }},
			{"administrator", "reader", "elsewhere@example.com", func(err error) bool { return err == nil }}, // told to that mailbox alone
		} {
			if _, err := p.propose(test.by, test.member, test.email); !test.is(err) {
				t.Errorf("%s proposes %s for %s: %v", test.by, test.email, test.member, err)
			}
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

func TestAProposedAddressChangesWhenItIsProvenAndDue(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx, reader := context.Background(), p.member("reader")
		must(t, p.SetPassword(ctx, "acme", reader.Email, passphrase))
		token, _, err := p.SignIn(ctx, services.Credentials{Email: reader.Email, Password: passphrase, Address: "192.0.2.7"})
		must(t, err)
		change := p.proposed("administrator", "reader", "zoe@example.com")
		link := p.link(change, false)
		proven, err := p.ProveAddress(ctx, services.Session{}, link, "192.0.2.9")
		if err != nil || proven.Outcome != "" || proven.ProvenAt == nil || !p.hasAddress("reader@example.com", reader.PersonID) {
			t.Fatalf("before it is due: %+v, %v", proven, err)
		}
		if _, err := p.ProveAddress(ctx, services.Session{}, link, "192.0.2.9"); !errors.Is(err, services.ErrGone) {
			t.Errorf("the link once more: %v", err)
		}
		p.clock.Advance(services.ObjectionTime - time.Second)
		must(t, p.EndAddressChanges(ctx))
		if !p.hasAddress("reader@example.com", reader.PersonID) {
			t.Error("it changed too soon")
		}
		p.clock.Advance(time.Second)
		must(t, p.EndAddressChanges(ctx))
		if !p.hasAddress("zoe@example.com", reader.PersonID) {
			t.Fatal("it has not changed")
		}
		if _, err := p.Session(ctx, token); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the session goes on: %v", err)
		}
		for _, email := range []string{"reader@example.com", "zoe@example.com"} {
			if _, _, err := p.SignIn(ctx, services.Credentials{Email: email, Password: passphrase, Address: "192.0.2.7"}); !errors.Is(err, services.ErrWrongCredentials) {
				t.Errorf("the password opens %s: %v", email, err)
			}
		}
		a := p.lastActivity(models.OpMemberAddressChanged)
		if a.ResourceKey != "zoe@example.com" || !strings.Contains(a.Before, "reader@example.com") || !strings.Contains(a.After, "zoe@example.com") {
			t.Errorf("recorded as %+v", a)
		}
		if found, err := p.scope().Members(ctx, models.MemberFilter{Page: models.Page{Query: "zoe", Limit: 10}}, p.clock.Now()); err != nil || len(found.Rows) != 1 {
			t.Errorf("found by the new address: %d, %v", len(found.Rows), err)
		}
		p.wantGroupsOf("zoe@example.com", "readers")
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

// wantGroupsOf are the groups of the member with an address.
func (p people) wantGroupsOf(email string, want ...string) {
	p.t.Helper()
	m, err := p.scope().MemberByEmail(context.Background(), email)
	must(p.t, err)
	found, err := p.scope().GroupsOfMemberByKeys(context.Background(), m.PersonID, want)
	must(p.t, err)
	for _, g := range found {
		if !g.In(p.clock.Now()) {
			p.t.Errorf("%s is not in %s", email, g.Key)
		}
	}
}

func TestAProposedAddressNeverComesAboutAgainstARule(t *testing.T) {
	for what, since := range map[string]struct {
		do      func(p people, change models.AddressChange) error
		outcome string
	}{
		"the present address objects": {func(p people, change models.AddressChange) error {
			_, err := p.ObjectToAddress(context.Background(), p.link(change, true), "192.0.2.7")
			return err
		}, models.AddressObjected},
		"an administrator withdraws it": {func(p people, _ models.AddressChange) error {
			return p.WithdrawAddress(context.Background(), p.by("administrator"), p.member("watcher").ID)
		}, models.AddressWithdrawn},
		"the proposer holds less by now": {func(p people, _ models.AddressChange) error {
			_, err := p.AddMember(context.Background(), p.by("administrator"), "readers", services.NewMembership{Email: "watcher@example.com"})
			return err
		}, models.AddressVoid},
		"the proposer has left": {func(p people, _ models.AddressChange) error {
			_, err := p.RemoveMember(context.Background(), p.by("administrator"), "stewards", "steward@example.com")
			return err
		}, models.AddressVoid},
		"the member is elsewhere by now": {func(p people, _ models.AddressChange) error {
			apply(p.t, p.Console, "version: 1\norganization: {key: other, name: Other}\nmembers: [{email: watcher@example.com, groups: [administrators]}]\n", services.ApplyOptions{})
			return nil
		}, models.AddressVoid},
		"somebody is invited by the new address": {func(p people, _ models.AddressChange) error {
			_, err := p.Invite(context.Background(), p.by("administrator"),
				services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{"new@example.com"}, Groups: []string{"watchers"}})
			return err
		}, models.AddressVoid},
		"the operator’s file names the member by now": {func(p people, _ models.AddressChange) error {
			applyOperator(p.t, p.Console, "version: 1\nvendor: {name: Vendor}\noperators: [watcher@example.com]\n")
			return nil
		}, models.AddressVoid},
		"the new address is somebody’s by now": {func(p people, _ models.AddressChange) error {
			return p.store.CreatePerson(context.Background(), &models.Person{Email: "new@example.com", CreatedAt: p.clock.Now()})
		}, models.AddressVoid},
	} {
		t.Run(what, func(t *testing.T) {
			onAddressed(t, func(t *testing.T, p people) {
				ctx := context.Background()
				change := p.proposed("steward", "watcher", "new@example.com")
				_, err := p.ProveAddress(ctx, services.Session{}, p.link(change, false), "192.0.2.9")
				must(t, err)
				must(t, since.do(p, change))
				p.clock.Advance(services.ObjectionTime)
				must(t, p.EndAddressChanges(ctx))
				if ended, err := p.store.AddressChange(ctx, change.ID); err != nil || ended.Outcome != since.outcome {
					t.Errorf("it ended as %q, %v", ended.Outcome, err)
				}
				if !p.hasAddress("watcher@example.com", change.PersonID) {
					t.Error("the address has changed")
				}
			})
		})
	}
}

func TestOnesOwnAddressChangesWithProofFromTheNewOne(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx := context.Background()
		must(t, p.SetPassword(ctx, "acme", "twice@example.com", passphrase))
		token, _, err := p.SignIn(ctx, services.Credentials{Email: "twice@example.com", Password: passphrase, Address: "192.0.2.7"})
		must(t, err)
		who, err := p.Session(ctx, token)
		must(t, err)
		ask := func(email, password string) error {
			return p.AskForAddress(ctx, who, services.AddressWish{Email: email, Present: password, Address: "192.0.2.7"})
		}
		if err := ask("new@example.com", "wrong"); invalidText(err, "Present") == "" {
			t.Errorf("with a wrong password: %v", err)
		}
		unproven := who
		unproven.Person.Unproven = true
		if err := p.AskForAddress(ctx, unproven, services.AddressWish{Email: "new@example.com", Present: passphrase}); invalidText(err, "Email") == "" {
			t.Errorf("of an account that proves nothing: %v", err)
		}
		must(t, ask("first@example.com", passphrase))
		first, err := p.OwnAddressChange(ctx, who.Person)
		must(t, err)
		old := p.link(first, false)
		must(t, ask("new@example.com", passphrase))
		if _, err := p.ProveAddress(ctx, who, old, ""); !errors.Is(err, services.ErrGone) {
			t.Errorf("the link of an earlier wish: %v", err)
		}
		change, err := p.OwnAddressChange(ctx, who.Person)
		must(t, err)
		link := p.link(change, false)
		reader := modelstest.Proven(t, p.store, "reader@example.com")
		for what, session := range map[string]services.Session{"signed out": {}, "another account": {Person: reader}} {
			if _, err := p.ProveAddress(ctx, session, link, ""); !errors.Is(err, services.ErrAnotherAccount) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if changed, err := p.ProveAddress(ctx, who, link, "192.0.2.7"); err != nil || changed.Outcome != models.AddressChanged {
			t.Fatalf("proven: %+v, %v", changed, err)
		}
		if !p.hasAddress("new@example.com", who.Person.ID) {
			t.Error("the member has the old address")
		}
		other, err := p.store.OrganizationByKey(ctx, "other")
		must(t, err)
		if m, err := p.store.In(other.ID).MemberByEmail(ctx, "new@example.com"); err != nil || m.PersonID != who.Person.ID {
			t.Errorf("in the other organization: %+v, %v", m, err)
		}
		if _, err := p.Session(ctx, token); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the session goes on: %v", err)
		}
		if _, _, err := p.SignIn(ctx, services.Credentials{Email: "new@example.com", Password: passphrase, Address: "192.0.2.7"}); err != nil {
			t.Errorf("signing in with the new address: %v", err)
		}
		if _, err := p.ObjectToAddress(ctx, p.link(change, true), ""); !errors.Is(err, services.ErrGone) {
			t.Errorf("objecting afterwards: %v", err)
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

// Of proving, objecting and proving again at once, one has its way.
func TestAnAddressIsChangedOrKeptOnce(t *testing.T) {
	onAddressed(t, func(t *testing.T, p people) {
		ctx, reader := context.Background(), p.member("reader")
		change := p.proposed("administrator", "reader", "new@example.com")
		_, err := p.ProveAddress(ctx, services.Session{}, p.link(change, false), "")
		must(t, err)
		keep := p.link(change, true)
		p.clock.Advance(services.ObjectionTime)
		var wait sync.WaitGroup
		kept := 0
		wait.Add(3)
		for range 2 {
			go func() {
				defer wait.Done()
				if err := p.EndAddressChanges(ctx); err != nil {
					t.Errorf("changing: %v", err)
				}
			}()
		}
		go func() {
			defer wait.Done()
			if _, err := p.ObjectToAddress(ctx, keep, ""); err == nil {
				kept = 1
			} else if !errors.Is(err, services.ErrGone) {
				t.Errorf("objecting: %v", err)
			}
		}()
		wait.Wait()
		ended, err := p.store.AddressChange(ctx, change.ID)
		must(t, err)
		if (ended.Outcome == models.AddressObjected) != (kept == 1) || p.hasAddress("new@example.com", reader.PersonID) == (kept == 1) {
			t.Errorf("it ended as %q, and objecting %d times", ended.Outcome, kept)
		}
	})
}
