package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// APIKeyByPublicID is the key that has not ended, of any organization, with the readable part of its secret. Whether it is
// usable, and whether the secret is right, is the caller's to judge.
func (s *Store) APIKeyByPublicID(ctx context.Context, id string) (APIKey, error) {
	if id == "" || !storable(id) {
		return APIKey{}, wrap("read API key", ErrNotFound)
	}
	k, err := row[APIKey](ctx, s, keyRows+"WHERE k.public_id = ? AND r.ended_at IS NULL", id)
	return k, wrap("read API key", err)
}

// StampAPIKeys notes that keys were used at a moment. It takes no organization's lock (R14), and a later stamp stays. Rows
// that a change holds are left out on PostgreSQL, so that neither can wait for the other: the next use brings the next
// stamp.
func (s *Store) StampAPIKeys(ctx context.Context, ids []access.GranteeID, at time.Time) error {
	_, err := s.exec(ctx, `
		UPDATE api_keys SET last_used_at = ?
		WHERE id IN (
			SELECT k.id FROM api_keys k
			WHERE (k.last_used_at IS NULL OR k.last_used_at < ?) AND `+
		s.dialect.ids("k.id")+s.dialect.skipLocked()+")", moment(at), moment(at), list(ids))
	return wrap("stamp API keys", err)
}
