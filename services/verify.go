package services

import (
	"context"
	"errors"

	"bailiwick/models"
)

// Verified is what became of walking one chain of the record.
type Verified struct {
	Organization string // key; "" = what belongs to no organization
	models.Chain
	Broken *models.Tampered // the first place at which it does not hold; nil: it holds
}

// Verify walks the record of the organization with the key, or with "" everything: that of each organization, and what
// belongs to none. It looks for hashes on the way. NotThere where there is no such organization.
func (c *Console) Verify(ctx context.Context, key string, hashes []string) ([]Verified, error) {
	var all []Verified
	add := func(key string, chain models.Chain, err error) error {
		v := Verified{Organization: key, Chain: chain}
		var broken models.Tampered
		if errors.As(err, &broken) {
			v.Broken, err = &broken, nil
		}
		all = append(all, v)
		return err
	}
	organizations, err := c.verifiable(ctx, key)
	if err != nil {
		return nil, err
	}
	for _, o := range organizations {
		chain, err := c.store.In(o.ID).WalkActivities(ctx, hashes...)
		if err == nil && chain.Activities == 0 { // making it is recorded
			err = models.Tampered{What: "has no activities, not even that it was made: they were taken out"}
		}
		if err := add(o.Key, chain, err); err != nil {
			return nil, err
		}
	}
	if key != "" {
		return all, nil
	}
	chain, err := c.store.WalkGlobalActivities(ctx, hashes...)
	return all, add("", chain, err)
}

func (c *Console) verifiable(ctx context.Context, key string) ([]models.Organization, error) {
	if key == "" {
		return c.store.Organizations(ctx)
	}
	o, err := c.namedOrganization(ctx, key)
	return []models.Organization{o}, err
}
