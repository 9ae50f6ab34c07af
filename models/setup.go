package models

import (
	"context"
	"time"
)

// SetupLink is the one-time link with which the first administrator makes the first organization.
type SetupLink struct {
	ID        string // SHA-256 of the link's secret, in hexadecimal digits
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// SetupLink is the link with the hash. Whether it still opens is the caller's to judge, by its times.
func (s *Store) SetupLink(ctx context.Context, id string) (SetupLink, error) {
	link, err := row[SetupLink](ctx, s, "SELECT * FROM setup_links WHERE id = ?", id)
	return link, wrap("read setup link", err)
}

// CreateSetupLink adds one.
func (s *Store) CreateSetupLink(ctx context.Context, link *SetupLink) error {
	link.CreatedAt, link.ExpiresAt, link.UsedAt = moment(link.CreatedAt), moment(link.ExpiresAt), momentOrNil(link.UsedAt)
	return wrap("create setup link", s.insert(ctx, link))
}

// UseSetupLink uses the link up, once, and every other open one with it: there is one first organization. ErrConflict when
// it is used, expired or unknown. One statement, so that of two who try at the same time one succeeds.
func (s *Store) UseSetupLink(ctx context.Context, id string, at time.Time) error {
	used, err := s.exec(ctx, `
		UPDATE setup_links SET used_at = ?
		WHERE used_at IS NULL
		AND EXISTS (SELECT 1 FROM setup_links l WHERE l.id = ? AND l.used_at IS NULL AND l.expires_at > ?)`,
		moment(at), id, moment(at))
	if err == nil && used == 0 {
		err = ErrConflict
	}
	return wrap("use setup link", err)
}
