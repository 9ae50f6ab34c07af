package services

import (
	"context"
	"time"

	"bailiwick/models"
)

// memberUse is one person using one organization, in one session.
type memberUse struct {
	organization models.OrganizationID
	person       models.PersonID
	session      string // its ID
}

// writeMemberUses stores when members last used their organizations, in one transaction, and then in which sessions, each organization by
// itself: whatever ends sessions must not wait for a stamp that waits for it. It takes no organization's lock (R14): a stamp decides
// nothing.
func (c *Console) writeMemberUses(ctx context.Context) error {
	return c.memberUses.flush(func(used []memberUse, minute time.Time) error {
		people, sessions := map[models.OrganizationID][]models.PersonID{}, map[models.OrganizationID][]string{}
		for _, u := range used {
			people[u.organization] = append(people[u.organization], u.person)
			sessions[u.organization] = append(sessions[u.organization], u.session)
		}
		for organization, ids := range sessions {
			if err := c.store.In(organization).StampSessions(ctx, ids, minute); err != nil {
				return err
			}
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
