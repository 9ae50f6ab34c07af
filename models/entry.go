package models

import "context"

// Entry is an organization as somebody finds it who wants to enter.
type Entry struct {
	Organization
	Provider string // with which the person entered it as a member; "" = the person is none
}

// Entry is that of a person into the organization with the key.
func (s *Store) Entry(ctx context.Context, key string, person PersonID) (Entry, error) {
	if !storable(key) {
		return Entry{}, wrap("read entry", ErrNotFound)
	}
	e, err := row[Entry](ctx, s, `
		SELECT o.*, coalesce(m.provider, '') AS provider
		FROM organizations o
		LEFT JOIN members m ON m.organization_id = o.id AND m.person_id = ? AND m.ended_at IS NULL
		WHERE o.key = ?`, person, key)
	return e, wrap("read entry", err)
}
