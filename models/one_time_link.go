package models

import (
	"context"
	"time"
)

// What a one-time link is for.
const (
	LinkSignIn   = "sign-in"
	LinkPassword = "password" // to set one
)

// OneTimeLink is a link that was mailed to a person. Anyone who has it has read the person's mail.
type OneTimeLink struct {
	ID        string // SHA-256 of the link's secret, in hexadecimal digits
	Kind      string
	PersonID  PersonID
	Next      string // path to go to afterwards; "" for the start
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// OneTimeLink is the link of a kind with the hash. Whether it still opens is the caller's to judge, by its times.
func (s *Store) OneTimeLink(ctx context.Context, kind, id string) (OneTimeLink, error) {
	link, err := row[OneTimeLink](ctx, s, "SELECT * FROM one_time_links WHERE id = ? AND kind = ?", id, kind)
	return link, wrap("read one-time link", err)
}

// CreateOneTimeLink adds one.
func (s *Store) CreateOneTimeLink(ctx context.Context, link *OneTimeLink) error {
	link.CreatedAt, link.ExpiresAt, link.UsedAt = moment(link.CreatedAt), moment(link.ExpiresAt), momentOrNil(link.UsedAt)
	return wrap("create one-time link", s.insert(ctx, link))
}

// UseOneTimeLink uses the link up, once, and every other open one of its person and kind with it. ErrConflict when it is
// used, expired or unknown. One statement, so that of two who try at the same time one succeeds.
func (s *Store) UseOneTimeLink(ctx context.Context, kind, id string, at time.Time) error {
	used, err := s.exec(ctx, `
		UPDATE one_time_links SET used_at = ?
		WHERE kind = ? AND used_at IS NULL AND person_id = (
			SELECT l.person_id FROM one_time_links l
			WHERE l.id = ? AND l.kind = ? AND l.used_at IS NULL AND l.expires_at > ?)`,
		moment(at), kind, id, kind, moment(at))
	if err == nil && used == 0 {
		err = ErrConflict
	}
	return wrap("use one-time link", err)
}

// endLinksOf uses up what was mailed to the person.
func (s *Store) endLinksOf(ctx context.Context, person PersonID) error {
	_, err := s.exec(ctx, "UPDATE one_time_links SET used_at = expires_at WHERE person_id = ? AND used_at IS NULL", person)
	return err
}

// DeleteOneTimeLinks tidies up those that expired before a moment.
func (s *Store) DeleteOneTimeLinks(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, "DELETE FROM one_time_links WHERE expires_at < ?", moment(before))
	return wrap("delete one-time links", err)
}
