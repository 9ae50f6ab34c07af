package models

import (
	"context"
	"time"
)

// DrawnForm is a form that its session has drawn again, with all that was typed.
type DrawnForm struct {
	SessionID string
	Mark      string // in the address that draws it
	Sealed    string // without the secret of the session it can't be read
	MadeAt    time.Time
}

// KeepDrawnForm keeps a form. most is how many one session has: older ones make room.
func (s *Store) KeepDrawnForm(ctx context.Context, form *DrawnForm, most int) error {
	err := s.whole(ctx, func(tx *Store) error {
		_, err := tx.exec(ctx, "INSERT INTO drawn_forms (session_id, mark, sealed, made_at) VALUES (?, ?, ?, ?)",
			form.SessionID, form.Mark, form.Sealed, moment(form.MadeAt))
		if err != nil {
			return err
		}
		_, err = tx.exec(ctx, `
			DELETE FROM drawn_forms WHERE session_id = ? AND mark NOT IN (
				SELECT mark FROM drawn_forms WHERE session_id = ? ORDER BY made_at DESC, mark LIMIT ?)`,
			form.SessionID, form.SessionID, most)
		return err
	})
	return wrap("keep a drawn form", err)
}

// DrawnForm is the session's form with the mark. Whether it still counts is the caller's to judge, by its moment.
func (s *Store) DrawnForm(ctx context.Context, session, mark string) (DrawnForm, error) {
	form, err := row[DrawnForm](ctx, s, "SELECT * FROM drawn_forms WHERE session_id = ? AND mark = ?", session, mark)
	return form, wrap("read a drawn form", err)
}

// DropDrawnForms forgets those that were kept before a moment.
func (s *Store) DropDrawnForms(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, "DELETE FROM drawn_forms WHERE made_at < ?", moment(before))
	return wrap("drop drawn forms", err)
}
