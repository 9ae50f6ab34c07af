package models

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// ErrTampered says that a line of the record of activities was changed, taken out or put in after it was written.
var ErrTampered = errors.New("the record of activities does not match its hashes")

// Digest is what Hash must be: SHA-256 over the previous hash, a line end and the row's JSON without ID and hashes, its
// fields in the order of the struct.
func (a Activity) Digest() string {
	previous := a.PreviousHash
	a.ID, a.PreviousHash, a.Hash, a.At = 0, "", "", moment(a.At)
	text, _ := json.Marshal(a) // texts, numbers and times always can be
	sum := sha256.Sum256(append([]byte(previous+"\n"), text...))
	return hex.EncodeToString(sum[:])
}

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
// numbers: for what changes the person, and with them rows of those organizations. Whoever holds both has taken these first.
func (s *Store) HoldOrganizationsOf(ctx context.Context, person PersonID, at time.Time) error {
	organizations, err := s.OrganizationsOf(ctx, person, at)
	slices.SortFunc(organizations, func(a, b Organization) int { return cmp.Compare(a.ID, b.ID) })
	for _, o := range organizations {
		if err == nil {
			_, err = s.In(o.ID).holdRevision(ctx)
		}
	}
	return wrap("hold the organizations of a person", err)
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
		a.OrganizationID, a.At, a.PreviousHash = organization, moment(a.At), previous
		a.Hash = a.Digest()
		previous = a.Hash
	}
	return s.write.WithContext(ctx).CreateInBatches(activities, batch).Error
}

// VerifyActivities walks the organization's record from its first line. ErrTampered, with the number of the line where
// it shows, when a line does not have the hash of its content or does not follow from the one before. Lines cut off at
// the end leave a whole chain behind: only the last hash, kept elsewhere, tells of those.
func (s *Scope) VerifyActivities(ctx context.Context) error {
	return wrap("verify activities", s.store.verifyChain(ctx, &s.id))
}

// VerifyGlobalActivities is VerifyActivities for what belongs to no organization.
func (s *Store) VerifyGlobalActivities(ctx context.Context) error {
	return wrap("verify global activities", s.verifyChain(ctx, nil))
}

func (s *Store) verifyChain(ctx context.Context, organization *OrganizationID) error {
	which, args := ofChain(organization)
	last := Activity{ID: math.MinInt64} // nothing hides below zero
	for {
		found, err := rows[Activity](ctx, s,
			"SELECT * FROM activities WHERE "+which+" AND id > ? ORDER BY id LIMIT ?", append(args, last.ID, batch)...)
		if err != nil || len(found) == 0 {
			return err
		}
		for _, a := range found {
			if a.PreviousHash != last.Hash || a.Hash != a.Digest() {
				return fmt.Errorf("activity %d: %w", a.ID, ErrTampered)
			}
			last = a
		}
	}
}
