package services_test

import (
	"context"
	"errors"
	"path"
	"testing"

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
		invited, err := a.Invite(ctx, by, services.InviteForm{Provider: services.ProviderPassword, Emails: administrator, Groups: []string{"users"}})
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
			t.Errorf("the owner's session in the other organization: %v", err)
		}
		if _, err := a.SignInStep(ctx, step); err != nil {
			t.Errorf("the owner's step to the second factor: %v", err)
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
		apply(t, c, peopled, services.ApplyOptions{})
		apply(t, c, evilFile, services.ApplyOptions{})
		p := people{c, t, store, clock}
		boss := modelstest.Proven(t, store, "boss@evil.example.com")
		by, err := c.Identify(ctx, services.Session{Person: boss, Provider: services.ProviderPassword}, "evil", "")
		must(t, err)
		_, err = c.Invite(ctx, by, services.InviteForm{Provider: services.ProviderPassword, Emails: "leader@example.com", Groups: []string{"users"}})
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
