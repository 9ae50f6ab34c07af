package services_test

import (
	"context"
	"testing"

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
