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

// DrawnFormLimits bound what KeepDrawnForm keeps.
type DrawnFormLimits struct {
	All       int // forms at once
	OfAccount int // of those, of all sessions of one account: older ones make room
}

// KeepDrawnForm keeps a form. ErrNoRoom where there are too many.
func (s *Store) KeepDrawnForm(ctx context.Context, form *DrawnForm, limits DrawnFormLimits) error {
	err := s.whole(ctx, func(tx *Store) error {
		_, err := tx.exec(ctx, `
			DELETE FROM drawn_forms WHERE (session_id, mark) IN (
				SELECT d.session_id, d.mark FROM drawn_forms d JOIN sessions s ON s.id = d.session_id
				WHERE s.account_id = (SELECT account_id FROM sessions WHERE id = ?)
				ORDER BY d.made_at DESC, d.mark LIMIT ? OFFSET ?)`,
			form.SessionID, limits.All, limits.OfAccount-1)
		if err != nil {
			return err
		}
		kept, err := tx.exec(ctx, `
			INSERT INTO drawn_forms (session_id, mark, sealed, made_at)
			SELECT ?, ?, ?, ? WHERE (SELECT count(*) FROM drawn_forms) < ?`,
			form.SessionID, form.Mark, form.Sealed, moment(form.MadeAt), limits.All)
		if err == nil && kept == 0 {
			err = ErrNoRoom
		}
		return err
	})
	return wrap("keep a drawn form", err)
}

// DrawnForm is the session's form with the mark. Whether it still counts is the caller's to judge, by its moment.
func (s *Store) DrawnForm(ctx context.Context, session, mark string) (DrawnForm, error) {
	if !storable(mark) {
		return DrawnForm{}, wrap("read a drawn form", ErrNotFound)
	}
	form, err := row[DrawnForm](ctx, s, "SELECT * FROM drawn_forms WHERE session_id = ? AND mark = ?", session, mark)
	return form, wrap("read a drawn form", err)
}

// DropDrawnForms forgets those that were kept before a moment.
func (s *Store) DropDrawnForms(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, "DELETE FROM drawn_forms WHERE made_at < ?", moment(before))
	return wrap("drop drawn forms", err)
}
