package models

import (
	"context"
	"time"
)

// SendForm notes that a form was sent, for forms that must count once. id is a SHA-256 of its token and of who sends it; ErrConflict when it
// was sent before.
func (s *Store) SendForm(ctx context.Context, id string, at time.Time) error {
	sent, err := s.exec(ctx, "INSERT INTO sent_forms (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", id, moment(at))
	if err == nil && sent == 0 {
		err = ErrConflict
	}
	return wrap("send form", err)
}

// FormSent tells whether a form was sent.
func (s *Store) FormSent(ctx context.Context, id string) (bool, error) {
	sent, err := rows[string](ctx, s, "SELECT id FROM sent_forms WHERE id = ?", id)
	return len(sent) > 0, wrap("look for a sent form", err)
}

// DeleteSentForms tidies up those sent before a moment.
func (s *Store) DeleteSentForms(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, "DELETE FROM sent_forms WHERE at < ?", moment(before))
	return wrap("delete sent forms", err)
}
