package services_test

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

const evilFile = `version: 1
organization: {key: evil, name: Evil}
members: [{email: boss@evil.example.com, name: Boss, groups: [administrators]}]
`

// Attack: an organization lets an address in that is known elsewhere, by a link that it copies for itself, and removes it
// again, so that the owner of the address is signed out everywhere (R19).
func TestLeavingOneOrganizationSignsNobodyOutOfAnother(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		ctx := context.Background()
		owner, err := a.GiveSecondFactor(ctx, a.step(), a.code(), "192.0.2.1", "")
		must(t, err)
		step := a.step()
		apply(t, a.Console, evilFile, services.ApplyOptions{})
		boss := modelstest.Proven(t, a.store, "boss@evil.example.com")
		by, err := a.Identify(ctx, services.Session{Person: boss, Provider: services.ProviderPassword}, "evil", "")
		must(t, err)
		invited, err := a.Invite(ctx, by, services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{administrator}, Groups: []string{"users"}})
		must(t, err)
		_, attacker, err := a.JoinWithAccount(ctx, path.Base(invited[0].Link), services.NewAccount{Name: "X", Password: passphrase + " evil"})
		must(t, err)
		if _, err := a.Session(ctx, attacker); err != nil {
			t.Fatalf("the account of the copied link has no session: %v", err)
		}
		member, err := a.store.In(by.Organization.ID).MemberByEmail(ctx, administrator)
		must(t, err)
		_, err = a.RemoveFromOrganization(ctx, by, member.ID)
		must(t, err)
		if _, err := a.Session(ctx, owner); err != nil {
			t.Errorf("the owner’s session in the other organization: %v", err)
		}
		if _, err := a.SignInStep(ctx, step); err != nil {
			t.Errorf("the owner’s step to the second factor: %v", err)
		}
		if _, err := a.Session(ctx, attacker); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the session of the account that opens nothing more: %v", err)
		}
	})
}

// Of somebody who leaves the last organization nothing stays that could still be used, unless something else waits for them.
func TestLeavingTheLastOrganizationEndsSessions(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		apply(t, c, modelstest.LeadsFile, services.ApplyOptions{})
		apply(t, c, evilFile, services.ApplyOptions{})
		p := people{c, t, store, clock}
		boss := modelstest.Proven(t, store, "boss@evil.example.com")
		by, err := c.Identify(ctx, services.Session{Person: boss, Provider: services.ProviderPassword}, "evil", "")
		must(t, err)
		_, err = c.Invite(ctx, by, services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{"leader@example.com"}, Groups: []string{"users"}})
		must(t, err)
		for name, stays := range map[string]bool{"leader": true, "viewer": false} {
			member := p.member(name)
			person := modelstest.Proven(t, store, member.Email)
			must(t, store.CreateSession(ctx, &models.Session{ID: name, PersonID: person.ID, AccountID: person.AccountID,
				CreatedAt: clock.Now(), LastSeenAt: clock.Now(), ExpiresAt: clock.Now().Add(services.SessionLife)}))
			_, err := c.RemoveFromOrganization(ctx, p.by("administrator"), member.ID)
			must(t, err)
			if _, err := store.SessionByID(ctx, name); (err == nil) != stays {
				t.Errorf("the session of %s, invited elsewhere %t: %v", name, stays, err)
			}
		}
	})
}

// Attack: hide what other organizations offer by inviting an address time and again.
func TestInvitationsOfOneOrganizationHideNoOthers(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		apply(t, c, evilFile, services.ApplyOptions{})
		as := func(email, organization string) services.Caller {
			by, err := c.Identify(ctx, services.Session{Person: modelstest.Proven(t, store, email), Provider: services.ProviderPassword}, organization, "")
			must(t, err)
			return by
		}
		victim := modelstest.Person(t, store, "victim@example.com")
		invite := func(by services.Caller, group string) {
			invited, err := c.Invite(ctx, by, services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{victim.Email}, Groups: []string{group}})
			must(t, err)
			if invited[0].Outcome != services.Invited {
				t.Fatalf("not invited: %+v", invited)
			}
		}
		invite(as(administrator, "acme"), "users")
		clock.Advance(time.Minute)
		boss := as("boss@evil.example.com", "evil")
		for i := range 101 {
			group, err := c.AddGroup(ctx, boss, services.NewGroup{Name: fmt.Sprint("Group ", i)})
			must(t, err)
			invite(boss, group)
		}
		own, err := c.OwnInvitations(ctx, services.Session{Person: modelstest.Proven(t, store, victim.Email), Provider: services.ProviderPassword})
		must(t, err)
		if !slices.ContainsFunc(own, func(j services.Joining) bool { return j.Organization.Key == "acme" }) {
			t.Errorf("of %d invitations that are shown none is of acme", len(own))
		}
	})
}
