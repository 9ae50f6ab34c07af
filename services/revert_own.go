package services

import (
	"context"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
)

// ownNeeds are what a Privileges tab asks about whoever takes it from themselves, beside Edit on the very group (R7).
var ownNeeds = []access.Need{ViewOrganization, EditGroup}

// takenTogether are the groups that reverting several activities leaves without one of those needs. Each by itself may leave the caller
// another group that meets it, and all of them none.
type takenTogether map[access.Need][]access.GranteeID

// locksOut tells whether the caller would lose one of the needs if this were reverted too. Where they would not, it is counted as reverted.
func (t takenTogether) locksOut(v *view, plan reversalPlan) bool {
	var taken []access.Need
	for _, need := range ownNeeds {
		if plan.group == 0 || v.console.gives(plan.after, need) {
			continue
		}
		if v.console.holdsThrough(v.By, need, append(slices.Clone(t[need]), plan.group)...) {
			return true
		}
		taken = append(taken, need)
	}
	for _, need := range taken {
		t[need] = append(t[need], plan.group)
	}
	return false
}

// keepingOwn reverts several activities, and refuses what they took from the caller together that a Privileges tab asks about: their
// rights are read again, since each activity was judged by those from before (R7).
func (c *Console) keepingOwn(ctx context.Context, tx *Tx, all []models.Activity, revert func() error) error {
	var groups []access.ResourceID
	for _, a := range all {
		if a.Operation.Now() == models.OpGroupPrivilegesChanged {
			groups = append(groups, a.ResourceID)
		}
	}
	if len(groups) < 2 { // one by itself asks
		return revert()
	}
	before, after := *tx.view, *tx.view // of their own: nothing is done by what they ask
	before.changes, after.changes = false, false
	edits, err := before.mayAmong(ctx, EditGroup, groups)
	if err != nil {
		return err
	}
	if err := revert(); err != nil {
		return err
	}
	if err := c.resolve(ctx, tx.Scope, &after.By); err != nil {
		return err
	}
	still, err := after.mayAmong(ctx, EditGroup, groups)
	if err != nil {
		return err
	}
	lost := slices.ContainsFunc(groups, func(id access.ResourceID) bool { return edits[id] && !still[id] })
	for _, need := range ownNeeds {
		lost = lost || before.By.Rights.May(need, 0) && !after.By.Rights.May(need, 0)
	}
	if lost {
		return NeedsConfirmation{ConfirmLockOut}
	}
	return nil
}
