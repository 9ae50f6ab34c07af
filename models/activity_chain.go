package models

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Append records activities of the organization, in this order, with its revision. Outside of a Change it takes the
// organization's lock by itself, for the chain has one end.
func (s *Scope) Append(ctx context.Context, activities []Activity) error {
	if len(activities) == 0 {
		return nil
	}
	err := s.whole(ctx, func(tx *Scope) error {
		revision, err := tx.holdRevision(ctx)
		if err != nil {
			return err
		}
		for i := range activities {
			activities[i].Revision = revision
		}
		id := tx.id
		return tx.store.chain(ctx, &id, activities)
	})
	return wrap("append activities", err)
}

// holdRevision reads the organization's revision under its lock, which a Change holds already.
func (s *Scope) holdRevision(ctx context.Context) (int64, error) {
	if s.store.locked {
		return row[int64](ctx, s.store, "SELECT revision FROM organizations WHERE id = ?", s.id)
	}
	return row[int64](ctx, s.store, "UPDATE organizations SET revision = revision WHERE id = ? RETURNING revision", s.id)
}

// HoldOrganizationsOf makes changes of the person's organizations queue until the transaction ends, in the order of their
// numbers: for what changes the person, and with them rows of those organizations. Anyone who holds both has taken these first.
func (s *Store) HoldOrganizationsOf(ctx context.Context, person PersonID, at time.Time) error {
	organizations, err := s.OrganizationsOf(ctx, person, at)
	if err != nil {
		return wrap("hold the organizations of a person", err)
	}
	slices.SortFunc(organizations, func(a, b Organization) int { return cmp.Compare(a.ID, b.ID) })
	for _, o := range organizations {
		if _, err := s.In(o.ID).holdRevision(ctx); err != nil {
			return wrap("hold the organizations of a person", err)
		}
	}
	return nil
}

// globalChain is the number of PostgreSQL's advisory lock on the chain outside of organizations.
const globalChain = 7_262_010_001

// AppendGlobal records activities that belong to no organization.
func (s *Store) AppendGlobal(ctx context.Context, activities []Activity) error {
	if len(activities) == 0 {
		return nil
	}
	err := s.whole(ctx, func(tx *Store) error {
		if tx.dialect == postgresDialect {
			if _, err := tx.exec(ctx, "SELECT pg_advisory_xact_lock(?)", int64(globalChain)); err != nil {
				return err
			}
		}
		return tx.chain(ctx, nil, activities)
	})
	return wrap("append global activities", err)
}

// ofChain is the condition for the rows of one chain: an organization's, or with nil the global one.
func ofChain(organization *OrganizationID) (condition string, args []any) {
	if organization == nil {
		return "organization_id IS NULL", nil
	}
	return "organization_id = ?", []any{*organization}
}

func (s *Store) chain(ctx context.Context, organization *OrganizationID, activities []Activity) error {
	which, args := ofChain(organization)
	last, err := rows[string](ctx, s, "SELECT hash FROM activities WHERE "+which+" ORDER BY id DESC LIMIT 1", args...)
	if err != nil {
		return err
	}
	previous := ""
	if len(last) == 1 {
		previous = last[0]
	}
	for i := range activities {
		a := &activities[i]
		a.OrganizationID, a.At, a.PreviousHash, a.DigestVersion = organization, moment(a.At), previous, digestNow
		a.settle()
		a.Words = a.words()
		a.Hash = a.Digest()
		previous = a.Hash
	}
	return s.write.WithContext(ctx).CreateInBatches(activities, batch).Error
}
