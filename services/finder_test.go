package services_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// R15: nobody finds what they may not view, and it is not counted either.
func TestSearchFindsWhatTheCallerMayView(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		for _, one := range []struct {
			email, words                     string
			groups, members, resources, keys int
			happened                         bool
		}{
			{administrator, "makers", 1, 0, 0, 0, true},
			{administrator, "maker", 1, 1, 0, 0, true},
			{administrator, "connector", 0, 0, 0, 1, true},
			{administrator, "web", 0, 0, 1, 0, true},
			{administrator, "ＷＥＢ", 0, 0, 1, 0, true},
			{administrator, "", 0, 0, 0, 0, false},
			{administrator, "nowhere at all", 0, 0, 0, 0, false},
			{"maker@example.com", "makers", 0, 0, 0, 0, false},
			{"maker@example.com", "lead", 0, 1, 0, 0, false},
			{"maker@example.com", "web", 0, 0, 1, 0, false},
			{"maker@example.com", "connector", 0, 0, 0, 1, false},
			{"lead@example.com", "connector", 0, 0, 0, 0, false},
			{"lead@example.com", "makers", 1, 0, 0, 0, false},
		} {
			found, err := c.Search(context.Background(), callerOf(t, c, store, one.email), services.SearchQuery{Words: one.words, Events: one.words})
			must(t, err)
			resources := 0
			for _, d := range found.Resources {
				resources += d.Count
			}
			if found.Groups.Count != one.groups || found.Members.Count != one.members || resources != one.resources ||
				found.APIKeys.Count != one.keys || (found.Happened > 0) != one.happened {
				t.Errorf("%s finds for %q: groups %v, members %v, resources %v, keys %v, activities %d", one.email, one.words,
					found.Groups, found.Members, found.Resources, found.APIKeys, found.Happened)
			}
		}
		found, err := c.Search(context.Background(), callerOf(t, c, store, "maker@example.com"), services.SearchQuery{Words: "lead"})
		must(t, err)
		if m := found.Members.First[0]; found.Detailed || m.Email != "lead@example.com" || m.Groups != 0 || !m.Since.IsZero() {
			t.Errorf("who may not view groups learns %+v", m)
		}
	})
}

// R15: a pending invitation is found by who may see invitations, and by nobody else; one that has ended by nobody.
func TestSearchFindsPendingInvitations(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx := context.Background()
		admin := callerOf(t, c, store, administrator)
		for _, email := range []string{"newcomer4@example.com", "newcomer5@example.com"} {
			_, err := c.Invite(ctx, admin, services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{email}, Groups: []string{"makers"}})
			must(t, err)
		}
		list, err := c.Invitations(ctx, admin, services.InvitationQuery{})
		must(t, err)
		_, err = c.RevokeInvitations(ctx, admin, list.Rows[1].ID)
		must(t, err)
		for _, one := range []struct {
			email, words string
			want         int
		}{
			{administrator, "newcomer4", 1}, {administrator, "example newcomer", 1}, {administrator, "newcomer5", 0}, {administrator, "-", 0},
			{"lead@example.com", "newcomer4", 1}, {"maker@example.com", "newcomer4", 0},
		} {
			found, err := c.Search(ctx, callerOf(t, c, store, one.email), services.SearchQuery{Words: one.words})
			must(t, err)
			if found.Invited != one.want || len(found.Invitations.Rows) != one.want {
				t.Errorf("%s finds %d for %q: %+v", one.email, found.Invited, one.words, found.Invitations.Rows)
			}
			for _, i := range found.Invitations.Rows {
				if groups := found.Invitations.Groups[i.ID]; len(groups) != 1 || groups[0].Name != "Makers" {
					t.Errorf("into %+v", groups)
				}
			}
		}
	})
}

// What is found names its owner, as the list of its domain does.
func TestSearchNamesTheOwnersOfWhatItFinds(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		for _, email := range []string{administrator, "maker@example.com"} {
			found, err := c.Search(context.Background(), callerOf(t, c, store, email), services.SearchQuery{Words: "web"})
			must(t, err)
			if len(found.Resources) != 1 || len(found.Owners) != 1 {
				t.Fatalf("%s finds %+v, whose owners are %v", email, found.Resources, found.Owners)
			}
			if r := found.Resources[0].First[0]; r.OwnerID == nil || found.Owners[*r.OwnerID] != "Maker" {
				t.Errorf("%s finds %+v, whose owners are %v", email, r, found.Owners)
			}
		}
	})
}

func TestSearchIsForWhoMayEnter(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		var forbidden services.Forbidden
		outside := services.Caller{Organization: callerOf(t, c, store, administrator).Organization}
		if _, err := c.Search(context.Background(), outside, services.SearchQuery{Words: "web"}); !errors.As(err, &forbidden) {
			t.Errorf("got %v", err)
		}
	})
}

// Personnel find what their access opens for as long as it lasts, and nothing more.
func TestPersonnelFindWhatTheirAccessOpens(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		agent, _ := v.lent(time.Hour)
		org := v.store.In(agent.Organization.ID)
		modelstest.APIKey(t, org, "jira-key", nil)
		modelstest.Resource(t, org, "content/extensions", "jira-extension")
		modelstest.Group(t, org, "jira-group", nil)
		found, err := v.Search(context.Background(), agent, services.SearchQuery{Words: "jira", Events: "jira"})
		must(t, err)
		if len(found.Resources) != 1 || found.Resources[0].Domain.Key != "content/sources" || found.Groups.Count != 1 ||
			found.APIKeys.Count != 0 || found.Happened == 0 {
			t.Errorf("found %+v", found)
		}
		v.clock.Advance(2 * time.Hour)
		if _, in := v.enters(v.Console, v.agent()); in {
			t.Error("the access opens the organization after its end")
		}
	})
}
