package services

import (
	"cmp"
	"context"

	"bailiwick/models"
)

// clockEnds is what the record calls the ends that nobody brings about.
var clockEnds = map[string]models.Operation{models.AddressExpired: models.OpMemberAddressExpired, models.AddressVoid: models.OpMemberAddressVoided}

// endAddressByTheClock ends a change that has run out or can't be done any more, and records it: what was proposed in the organization
// where it was, which is the only one to know of it; what the person asked for in each that they open.
func (c *Console) endAddressByTheClock(ctx context.Context, change models.AddressChange, outcome string) error {
	if !change.Proposed() {
		return c.store.Tx(ctx, func(tx *models.Store) error {
			if err := tx.HoldOrganizationsOf(ctx, change.PersonID, c.now()); err != nil {
				return err
			}
			return c.endOwnByTheClock(ctx, tx, change, outcome)
		})
	}
	o, err := c.organizationByID(ctx, *change.OrganizationID)
	if err != nil {
		return err
	}
	return c.open(ctx, door{by: theClock(o)}, func(tx *Tx) error { return tx.endAddressByTheClock(ctx, change, outcome) })
}

// endOwnByTheClock is endAddressByTheClock inside of a transaction that holds the organizations of the person.
func (c *Console) endOwnByTheClock(ctx context.Context, tx *models.Store, change models.AddressChange, outcome string) error {
	person, err := tx.LockPerson(ctx, change.PersonID)
	if err != nil {
		return err
	}
	if err := tx.EndAddressChange(ctx, change.ID, outcome, c.now()); err != nil {
		return err
	}
	person.Unproven = false // an account that proves nothing asks for no address
	return c.recordWithOwn(ctx, tx, person, theClock, clockEnds[outcome], addressState{change.Email}, nil)
}

// endAddressByTheClock is that of Console inside of a change of the organization.
func (tx *Tx) endAddressByTheClock(ctx context.Context, change models.AddressChange, outcome string) error {
	person, err := tx.Store().PersonByID(ctx, change.PersonID)
	if err != nil {
		return err
	}
	return tx.byTheClock(func() error {
		if err := tx.Store().EndAddressChange(ctx, change.ID, outcome, tx.At); err != nil {
			return err
		}
		tx.record(clockEnds[outcome], subject{Key: change.EmailBefore, Name: cmp.Or(person.Name, change.EmailBefore)}, addressState{change.Email}, nil)
		return nil
	})
}
