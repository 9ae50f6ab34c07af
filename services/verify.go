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
	organizations, err := c.verifiable(ctx, key)
	if err != nil {
		return nil, err
	}
	var all []Verified
	for _, o := range organizations {
		v, err := verified(o.Key, func() (models.Chain, error) { return c.store.In(o.ID).WalkActivities(ctx, hashes...) })
		if err != nil {
			return nil, err
		}
		if v.Broken == nil && v.Activities == 0 { // making it is recorded
			v.Broken = &models.Tampered{What: "has no activities, not even that it was made: they were taken out"}
		}
		all = append(all, v)
	}
	if key != "" {
		return all, nil
	}
	v, err := verified("", func() (models.Chain, error) { return c.store.WalkGlobalActivities(ctx, hashes...) })
	if err != nil {
		return nil, err
	}
	return append(all, v), nil
}

// verified is what became of a walk. That the chain is broken is an answer, not an error.
func verified(key string, walk func() (models.Chain, error)) (Verified, error) {
	chain, err := walk()
	var broken models.Tampered
	if errors.As(err, &broken) {
		return Verified{Organization: key, Chain: chain, Broken: &broken}, nil
	}
	if err != nil {
		return Verified{}, err
	}
	return Verified{Organization: key, Chain: chain}, nil
}

func (c *Console) verifiable(ctx context.Context, key string) ([]models.Organization, error) {
	if key == "" {
		return c.store.Organizations(ctx)
	}
	o, err := c.namedOrganization(ctx, key)
	if err != nil {
		return nil, err
	}
	return []models.Organization{o}, nil
}
