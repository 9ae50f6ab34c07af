package services_test

import (
	"context"
	"errors"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
)

// R15 holds for confirmations too: the lead may end the makers' memberships, and may view sources but not fields.
func TestLeavingNamesOnlyResourcesThatTheCallerMayView(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		lead := callerOf(t, c, store, "lead@example.com")
		deletion, err := c.GroupDeletion(context.Background(), lead, "makers")
		if err != nil || deletion.Orphans != 1 || len(deletion.Orphaned) != 1 || deletion.Orphaned[0].Key != "web" {
			t.Errorf("deleting the group names %v of %d, %v", deletion.Orphaned, deletion.Orphans, err)
		}
		removal, err := c.MemberRemoval(context.Background(), lead, "makers", "maker@example.com")
		if err != nil || removal.Orphans != 1 || len(removal.Orphaned) != 1 || removal.Orphaned[0].Key != "web" {
			t.Errorf("removing the member names %v of %d, %v", removal.Orphaned, removal.Orphans, err)
		}
	})
}

// Who may not view groups is warned before locking themselves out, without the names of groups they don't see (R10).
func TestEditorsAreNamedOnlyToWhoMayViewGroups(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, maker := context.Background(), callerOf(t, c, store, "maker@example.com")
		tab, err := c.AccessTab(ctx, maker, services.ResourceRef{Domain: "content/sources"},
			services.AccessDraft{Choices: []services.AccessChoice{{Kind: access.Group, Key: "makers"}}})
		must(t, err)
		if tab.LockOut == nil || len(tab.LockOut.Editors) != 0 || tab.LockOut.Keep.Key != "makers" {
			t.Errorf("the warning is %+v", tab.LockOut)
		}
	})
}

// Attack: a form with a row that its sender does not see. The maker may view API keys, but without Groups the Access tab
// shows no keys (R10).
func TestAPIKeyThatTheAccessTabHidesCanNotBeGivenAccess(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx, maker := context.Background(), callerOf(t, c, store, "maker@example.com")
		var forbidden services.Forbidden
		_, err := c.AddResource(ctx, maker, "content/sources", services.NewResource{ResourceConfiguration: services.ResourceConfiguration{Name: "Wiki", Visibility: models.VisibilityShared}, Access: services.NewAccess{Choices: []services.AccessChoice{{Kind: access.APIKey, Key: "connector", Edit: true}}, Confirmed: true}})
		if !errors.As(err, &forbidden) || forbidden.Need != services.ViewGroups {
			t.Errorf("sharing with a hidden key: %v", err)
		}
	})
}

func TestComparisonCountsOnlyWhatTheCallerMayView(t *testing.T) {
	onDelegated(t, func(t *testing.T, c *services.Console, store *models.Store) {
		for email, want := range map[string]map[access.DomainKey]int{
			"lead@example.com": {"content/sources": 0, "organization/groups": 1},
			administrator:      {"content/sources": 0, "content/fields": 0, "organization/groups": 1},
		} {
			compared, err := c.CompareGroups(context.Background(), callerOf(t, c, store, email), services.CompareQuery{Groups: []string{"leads", "users"}})
			must(t, err)
			for domain := range map[access.DomainKey]bool{"content/sources": true, "content/fields": true, "organization/groups": true} {
				got, shown := compared.Columns[0].Lengths[domain]
				if n, may := want[domain]; shown != may || got != n {
					t.Errorf("%s is shown a list of %d on %s: %t, want %d: %t", email, got, domain, shown, n, may)
				}
			}
		}
	})
}
