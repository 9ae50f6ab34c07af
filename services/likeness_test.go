package services_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// Attack: a member takes another's name, and acts.
func TestWhoTakesAnothersNameIsToldByTheAddress(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		leader := p.by("leader")
		must(t, p.RenameSelf(ctx, services.Session{Person: leader.Person, Provider: services.ProviderPassword}, "Administrator", "192.0.2.1"))
		i, _ := p.invited("leader", "new@example.com", "readers")
		if i.InviterName != "Administrator (leader@example.com)" {
			t.Errorf("who invited is %q", i.InviterName)
		}
		last := activities(t, p.store)[0]
		if last.ActorName != "Administrator" || last.ActorEmail != "leader@example.com" {
			t.Errorf("the record names %q, %q", last.ActorName, last.ActorEmail)
		}
		_, err := p.invite("leader", "x@example.com", "administrators")
		var forbidden services.Forbidden
		if !errors.As(err, &forbidden) {
			t.Fatalf("inviting administrators: %v", err)
		}
		if refused := activities(t, p.store)[0]; refused.Outcome != models.OutcomeRefused || refused.ActorEmail != "leader@example.com" {
			t.Errorf("the refusal names %q, %q", refused.ActorName, refused.ActorEmail)
		}
		must(t, p.RenameSelf(ctx, services.Session{Person: leader.Person, Provider: services.ProviderPassword}, "Leader again", "192.0.2.1"))
		if kept := activities(t, p.store)[2]; kept.ActorName != "Administrator" || kept.ActorEmail != "leader@example.com" {
			t.Errorf("after another renaming the record names %q, %q: the name at the time stays", kept.ActorName, kept.ActorEmail)
		}
		must(t, modelstest.VerifyActivities(ctx, p.store.In(leader.Organization.ID)))
	})
}

func TestAnAddressThatLooksLikeAnotherIsInvitedOnlyWhenItWasConfirmed(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		const typed = "Аdmin@example.com" // begins in Cyrillic
		form := services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{typed, "plain@example.com"}, Groups: []string{"readers"}}
		_, err := p.Invite(context.Background(), p.by("leader"), form)
		var unsure services.UnsureAddresses
		if !errors.As(err, &unsure) || len(unsure.Addresses) != 1 || !slices.Equal(unsure.Addresses[0].Characters, []string{"а U+0430 CYRILLIC SMALL LETTER A"}) {
			t.Fatalf("got %v", err)
		}
		form.Sure = []string{"plain@example.com", "admin@example.com"} // others
		if _, err := p.Invite(context.Background(), p.by("leader"), form); !errors.As(err, &unsure) {
			t.Errorf("another address was confirmed: %v", err)
		}
		if open := invitations(t, p); len(open) != 0 {
			t.Errorf("invited without being asked: %v", open)
		}
		form.Sure = []string{unsure.Addresses[0].Email}
		_, err = p.Invite(context.Background(), p.by("leader"), form)
		must(t, err)
		if open := invitations(t, p); !slices.Equal(open, []string{"plain@example.com", "аdmin@example.com"}) {
			t.Errorf("invited are %q", open)
		}
	})
}

func invitations(t *testing.T, p inviting) []string {
	t.Helper()
	list, err := p.store.In(p.by("leader").Organization.ID).Invitations(context.Background(), models.InvitationFilter{}, p.store.Now())
	must(t, err)
	var emails []string
	for _, i := range list.Rows {
		emails = append(emails, i.Email)
	}
	return emails
}

func TestFilesWarnOfAddressesThatLookLikeOthers(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		const file = `version: 1
organization: {key: acme, name: Acme}
members:
  - {email: admin@example.com, name: Administrator, groups: [administrators]}
  - {email: аdmin@example.com, name: Administrator, groups: [administrators]}
`
		plan := apply(t, c, file, services.ApplyOptions{DryRun: true})
		const want = "look at the address аdmin@example.com closely: it mixes Cyrillic and Latin letters: а U+0430 CYRILLIC SMALL LETTER A"
		expectLine(t, plan, "note: "+want)
		apply(t, c, file, services.ApplyOptions{})
		if again := apply(t, c, file, services.ApplyOptions{}); strings.Contains(again.String(), "look at the address") {
			t.Errorf("who is a member already is warned of again:\n%s", again)
		}
	})
}
