package services_test

import (
	"context"
	"fmt"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

// More rows than one change takes are refused by each command on many, with the number, and nothing is done: neither to those that are
// there nor to the first thousand.
func TestEachCommandOnManyRefusesMoreThanItTakes(t *testing.T) {
	const most = services.MaxMany
	onLasting(t, func(t *testing.T, p lasting) {
		ctx, admin := context.Background(), p.by("administrator")
		invited, _ := p.invited("administrator", "new@example.com", "readers")
		members := tooMany(most, p.member("viewer").ID, func(n int) models.MemberID { return models.MemberID(1<<40 + n) })
		invitations := tooMany(most, invited.ID, func(n int) models.InvitationID { return models.InvitationID(1<<40 + n) })
		keys, sources, groups := tooMany(most, "mighty", keyed), tooMany(most, "web", keyed), tooMany(services.MaxGroupsToDelete, "writers", keyed)
		before := newest(t, p.store)
		for name, c := range map[string]struct {
			does        func() error
			field, want string
		}{
			"removing members":      {func() error { return p.RemoveMembers(ctx, admin, members) }, "Members", "1,000 members"},
			"suspending members":    {func() error { return p.DoWithMembers(ctx, admin, services.SuspendMany, members) }, "Members", "1,000 members"},
			"reactivating members":  {func() error { return p.DoWithMembers(ctx, admin, services.ReactivateMany, members) }, "Members", "1,000 members"},
			"ending their sessions": {func() error { return p.DoWithMembers(ctx, admin, services.EndSessionsMany, members) }, "Members", "1,000 members"},
			"adding to groups":      {func() error { return p.AddToGroups(ctx, admin, members, into("auditors")) }, "Members", "1,000 members"},
			"removing from groups":  {func() error { return p.RemoveFromGroups(ctx, admin, members, into("viewers")) }, "Members", "1,000 members"},
			"setting ends":          {func() error { return p.SetMembershipEnds(ctx, admin, members, services.ManyMemberships{}) }, "Members", "1,000 members"},
			"resending":             {func() error { return p.DoWithInvitations(ctx, admin, services.ResendMany, invitations) }, "Invitations", "1,000 invitations"},
			"extending invitations": {func() error { return p.DoWithInvitations(ctx, admin, services.ExtendMany, invitations) }, "Invitations", "1,000 invitations"},
			"revoking":              {func() error { return p.DoWithInvitations(ctx, admin, services.RevokeMany, invitations) }, "Invitations", "1,000 invitations"},
			"copying links": {func() error {
				_, err := p.CopyInvitationLinks(ctx, admin, invitations, p.NewFormToken())
				return err
			}, "Invitations", "1,000 invitations"},
			"activating keys":    {func() error { return p.DoWithAPIKeys(ctx, admin, services.ActivateKeys, keys, nil) }, "Keys", "1,000 API keys"},
			"deactivating keys":  {func() error { return p.DoWithAPIKeys(ctx, admin, services.DeactivateKeys, keys, nil) }, "Keys", "1,000 API keys"},
			"extending keys":     {func() error { return p.DoWithAPIKeys(ctx, admin, services.ExtendKeys, keys, onDay("2027-03-01")) }, "Keys", "1,000 API keys"},
			"giving access":      {onMany(p, services.GiveResources, sources, services.ResourcesChange{Group: "readers"}), "Resources", "1,000 sources"},
			"changing the owner": {onMany(p, services.ChangeOwners, sources, services.ResourcesChange{}), "Resources", "1,000 sources"},
			"running an action":  {onMany(p, services.RunOnResources, sources, services.ResourcesChange{Action: "Rebuild"}), "Resources", "1,000 sources"},
			"deleting sources":   {onMany(p, services.DeleteMany, sources, services.ResourcesChange{}), "Resources", "1,000 sources"},
			"deleting groups":    {func() error { return p.DeleteGroups(ctx, admin, groups) }, "Groups", "100 groups"},
		} {
			has := map[bool]string{true: "101", false: "1,001"}[c.field == "Groups"]
			if got, want := invalidText(c.does(), c.field), "Use at most "+c.want+"; this has "+has+"."; got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
		if a := newest(t, p.store); a.ID != before.ID {
			t.Errorf("recorded is %s of %q", a.Operation, a.ResourceName)
		}
	})
}

// tooMany is one more than a command takes, the first of which is there.
func tooMany[K any](most int, first K, other func(n int) K) []K {
	all := []K{first}
	for n := range most {
		all = append(all, other(n))
	}
	return all
}

func keyed(n int) string { return fmt.Sprint("none-", n) }

// onMany does something with many sources, as an administrator.
func onMany(p lasting, action services.ResourcesAction, keys []string, change services.ResourcesChange) func() error {
	return func() error {
		return p.DoWithResources(context.Background(), p.by("administrator"), sourcesDomain, action, keys, change)
	}
}
