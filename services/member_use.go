package services

import (
	"context"
	"time"

	"bailiwick/models"
)

// memberUse is one person using one organization.
type memberUse struct {
	organization models.OrganizationID
	person       models.PersonID
}

// writeMemberUses stores when members last used their organizations, in one transaction. It takes no organization's lock
// (R14): a stamp decides nothing.
func (c *Console) writeMemberUses(ctx context.Context) error {
	return c.memberUses.flush(func(used []memberUse, minute time.Time) error {
		people := map[models.OrganizationID][]models.PersonID{}
		for _, u := range used {
			people[u.organization] = append(people[u.organization], u.person)
		}
		return c.store.Tx(ctx, func(tx *models.Store) error {
			for organization, ids := range people {
				if err := tx.In(organization).StampMembers(ctx, ids, minute); err != nil {
					return err
				}
			}
			return nil
		})
	})
}
