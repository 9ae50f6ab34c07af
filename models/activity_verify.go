package models

import (
	"context"
	"errors"
	"fmt"
	"math"
)

// ErrTampered says that a line of the record of activities was changed, taken out or put in after it was written.
var ErrTampered = errors.New("the record of activities does not match its hashes")

// Tampered is the first place at which a chain does not hold. It is ErrTampered.
type Tampered struct {
	Activity Activity // where it shows
	What     string   // in words, as the end of a sentence about it: "was changed after it was written"
}

func (t Tampered) Error() string { return fmt.Sprintf("activity %d %s", t.Activity.ID, t.What) }

// Is makes it ErrTampered.
func (t Tampered) Is(target error) bool { return target == ErrTampered }

// Chain is what walking a whole chain of activities found.
type Chain struct {
	Activities int
	Last       string           // hash of the last one; "" where there is none
	Met        map[string]int64 // of the hashes that were looked for: which activity has each
}

// WalkActivities walks the organization's record from its first line, and tells at which activities it met the hashes
// that are looked for. Tampered, which is ErrTampered, when a line does not have the hash of its content or does not follow
// from the one before. Lines cut off at the end leave a whole chain behind, and so does anyone who computes every hash anew:
// only a hash kept elsewhere, looked for here, tells of those.
func (s *Scope) WalkActivities(ctx context.Context, hashes ...string) (Chain, error) {
	chain, err := s.store.walkChain(ctx, &s.id, hashes)
	return chain, wrap("verify activities", err)
}

// WalkGlobalActivities is WalkActivities for what belongs to no organization.
func (s *Store) WalkGlobalActivities(ctx context.Context, hashes ...string) (Chain, error) {
	chain, err := s.walkChain(ctx, nil, hashes)
	return chain, wrap("verify global activities", err)
}

// walkChain reads in batches: what is added meanwhile comes at the end, and is read as well.
func (s *Store) walkChain(ctx context.Context, organization *OrganizationID, hashes []string) (Chain, error) {
	chain := Chain{Met: map[string]int64{}}
	sought := map[string]bool{}
	for _, hash := range hashes {
		sought[hash] = true
	}
	which, args := ofChain(organization)
	last := Activity{ID: math.MinInt64} // nothing hides below zero
	for {
		found, err := rows[Activity](ctx, s,
			"SELECT * FROM activities WHERE "+which+" AND id > ? ORDER BY id LIMIT ?", append(args, last.ID, batch)...)
		if err != nil || len(found) == 0 {
			return chain, err
		}
		for _, a := range found {
			if err := s.follows(ctx, organization, last, a); err != nil {
				return chain, err
			}
			if sought[a.Hash] {
				chain.Met[a.Hash] = a.ID
			}
			chain.Activities, chain.Last, last = chain.Activities+1, a.Hash, a
		}
	}
}

// follows tells whether an activity has the hash of its content, and comes after the one before.
func (s *Store) follows(ctx context.Context, organization *OrganizationID, last, a Activity) error {
	switch digest := a.Digest(); {
	case a.DigestVersion > digestNow:
		return Tampered{a, fmt.Sprintf("has digest version %d, which this program does not know: a newer one wrote it, or it was changed", a.DigestVersion)}
	case a.Hash != digest || digest == "":
		return Tampered{a, "was changed after it was written"}
	case a.PreviousHash != last.Hash:
		what, err := s.outOfPlace(ctx, organization, last, a)
		if err != nil {
			return err
		}
		return Tampered{a, what}
	case a.DigestVersion < last.DigestVersion:
		return Tampered{a, fmt.Sprintf("has digest version %d, although the one before has %d: it was put in, or the program of an older version wrote it",
			a.DigestVersion, last.DigestVersion)}
	}
	return nil
}

// outOfPlace says why an activity does not follow the one before, by where the one that it was written after is now.
func (s *Store) outOfPlace(ctx context.Context, organization *OrganizationID, last, a Activity) (string, error) {
	if a.PreviousHash == "" {
		return "was the first of its record, but others stand before it: they were put in, or the lines were reordered", nil
	}
	which, args := ofChain(organization)
	found, err := rows[int64](ctx, s, "SELECT id FROM activities WHERE "+which+" AND hash = ? ORDER BY id LIMIT 1", append(args, a.PreviousHash)...)
	switch {
	case err != nil:
		return "", err
	case len(found) == 0 && last.Hash == "":
		return "is the first that is left: what stood before it was taken out", nil
	case len(found) == 0:
		return fmt.Sprintf("does not follow activity %d: what stood between them was taken out, or that one was changed and its hash computed anew", last.ID), nil
	case found[0] > a.ID:
		return fmt.Sprintf("was written after activity %d, which now stands behind it: the lines were reordered", found[0]), nil
	}
	return fmt.Sprintf("was written right after activity %d: what stands between them was put in, or the lines were reordered", found[0]), nil
}
