package services

import (
	"cmp"
	"context"
	"slices"

	"bailiwick/models"
)

// recordOwn notes what somebody did to their own account, in the record of each organization that it opens: those who answer
// for it have to see it. The locks are taken in the order of numbers, so that no two people wait for each other.
func (c *Console) recordOwn(
	ctx context.Context, tx *models.Store, person models.Person, address string, operation models.Operation, before, after any,
) error {
	return c.recordWithOwn(ctx, tx, person, func(o models.Organization) Caller {
		return Caller{Organization: o, Person: person, Address: address}
	}, operation, before, after)
}

// recordWithOwn is recordOwn for what somebody else did to an account, or the clock.
func (c *Console) recordWithOwn(
	ctx context.Context, tx *models.Store, person models.Person, caller func(models.Organization) Caller, operation models.Operation, before, after any,
) error {
	at := c.now()
	organizations, err := tx.OpenOrganizationsOf(ctx, person, at)
	if err != nil {
		return err
	}
	slices.SortFunc(organizations, func(a, b models.Organization) int { return cmp.Compare(a.ID, b.ID) })
	name := person.Name
	if name == "" {
		name = person.Email
	}
	what := subject{Key: person.Email, Name: name}
	for _, o := range organizations {
		a := activity(caller(o), at, operation, what, models.OutcomeDone)
		a.Before, a.After = text(before), text(after)
		if err := tx.In(o.ID).Append(ctx, []models.Activity{a}); err != nil {
			return err
		}
	}
	return nil
}
