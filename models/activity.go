package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"bailiwick/access"
)

// The outcomes of an activity.
const (
	OutcomeDone    = "done"
	OutcomeRefused = "refused"
)

// Activity is one line of the record of what happened (R14). Each carries the hash of the one before, so that a line
// that is changed or taken out later shows.
type Activity struct {
	ID             int64
	OrganizationID *OrganizationID // nil: outside of every organization
	At             time.Time
	ActorKind      string
	ActorID        int64
	ActorName      string
	Address        string
	Operation      string
	Outcome        string
	Domain         access.DomainKey
	ResourceID     access.ResourceID
	ResourceKey    string
	ResourceName   string
	Before, After  string // JSON; "" = nothing
	Revision       int64  // of the organization
	PreviousHash   string
	Hash           string
}

// Digest is what Hash must be: SHA-256 over the previous hash, a line end and the row's JSON without ID and hashes, its
// fields in the order of the struct.
func (a Activity) Digest() string {
	previous := a.PreviousHash
	a.ID, a.PreviousHash, a.Hash, a.At = 0, "", "", moment(a.At)
	text, _ := json.Marshal(a) // texts, numbers and times always can be
	sum := sha256.Sum256(append([]byte(previous+"\n"), text...))
	return hex.EncodeToString(sum[:])
}

// Append records activities of the organization, in this order. Outside of a Change it takes the organization's lock by
// itself, for the chain has one end.
func (s *Scope) Append(ctx context.Context, activities []Activity) error {
	err := s.whole(ctx, func(tx *Scope) error {
		if !s.store.locked {
			if _, err := tx.exec(ctx, "UPDATE organizations SET revision = revision WHERE id = ?", tx.id); err != nil {
				return err
			}
		}
		id := tx.id
		return tx.store.chain(ctx, &id, activities)
	})
	return wrap("append activities", err)
}

// globalChain is the number of PostgreSQL's advisory lock on the chain outside of organizations.
const globalChain = 7_262_010_001

// AppendGlobal records activities that belong to no organization.
func (s *Store) AppendGlobal(ctx context.Context, activities []Activity) error {
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

func (s *Store) chain(ctx context.Context, organization *OrganizationID, activities []Activity) error {
	if len(activities) == 0 {
		return nil
	}
	which, args := "organization_id IS NULL", []any{}
	if organization != nil {
		which, args = "organization_id = ?", []any{*organization}
	}
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

// ActivityFilter is which activities are asked for; the newest come first. Page.Sort is ignored.
type ActivityFilter struct {
	Page
	Domain   access.DomainKey  // "" = all
	Resource access.ResourceID // 0 = all
}

var activityKeys = keyset[Activity]{
	columns: map[string]column[Activity]{
		"name": {"a.id", func(a Activity) any { return a.ID }}, // the order in which they happened
	},
	id:   "a.id",
	idOf: func(a Activity) int64 { return a.ID },
}

// Activities is one page of the record. The query looks in operations and in the names of actors and resources.
func (s *Scope) Activities(ctx context.Context, f ActivityFilter) (Listing[Activity], error) {
	q := newQuery("SELECT a.* FROM activities a WHERE a.organization_id = ?", s.id)
	if f.Domain != "" {
		q.add("AND a.domain = ?", f.Domain)
	}
	if f.Resource != 0 {
		q.add("AND a.resource_id = ?", f.Resource)
	}
	q.contains("lower(a.operation || ' ' || a.actor_name || ' ' || a.resource_name)", f.Query)
	f.Sort = "-name"
	l, err := activityKeys.list(ctx, s.store, q, f.Page)
	return l, wrap("list activities", err)
}
