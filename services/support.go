package services

import (
	"context"
	"errors"
	"time"

	"bailiwick/models"
)

// IsSupporter tells whether somebody is one of the vendor's personnel.
func (c *Console) IsSupporter(ctx context.Context, who Session) (bool, error) {
	_, err := c.Supporter(ctx, who)
	if errors.Is(err, models.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, nil
}

// OwnRequest is what somebody of the personnel asked for in an organization, also when it has ended. One of somebody else is
// ErrNotFound (R15).
func (c *Console) OwnRequest(ctx context.Context, who Session, organization, key string) (models.OwnAccess, error) {
	if _, err := c.Supporter(ctx, who); err != nil {
		return models.OwnAccess{}, err
	}
	o, err := c.store.OrganizationByKey(ctx, organization)
	if err != nil {
		return models.OwnAccess{}, err
	}
	a, err := c.store.In(o.ID).TemporaryAccess(ctx, key)
	if err != nil {
		return models.OwnAccess{}, err
	}
	if a.PersonID != who.Person.ID {
		return models.OwnAccess{}, models.ErrNotFound
	}
	return models.OwnAccess{TemporaryAccess: a, OrganizationKey: o.Key, OrganizationName: o.Name}, nil
}

// LatestMoment is the latest that this process knows of: a clock that goes back makes nothing active again.
func (c *Console) LatestMoment() time.Time { return c.latest.note(c.now()) }
