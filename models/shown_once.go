package models

import (
	"context"
	"time"
)

// ShownOnce is what one page of a session shows once, such as a secret that was just made.
type ShownOnce struct {
	SessionID string
	Path      string // of the page, and which of those that it shows
	Sealed    string // without the secret of the session it can't be read
	MadeAt    time.Time
}

// KeepShownOnce keeps what a page is to show, in place of what it has not shown yet. most is how many pages of one session have
// something: older ones make room.
func (s *Store) KeepShownOnce(ctx context.Context, shown *ShownOnce, most int) error {
	err := s.whole(ctx, func(tx *Store) error {
		_, err := tx.exec(ctx, `
			INSERT INTO shown_once (session_id, path, sealed, made_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (session_id, path) DO UPDATE SET sealed = excluded.sealed, made_at = excluded.made_at`,
			shown.SessionID, shown.Path, shown.Sealed, moment(shown.MadeAt))
		if err != nil {
			return err
		}
		_, err = tx.exec(ctx, `
			DELETE FROM shown_once WHERE session_id = ? AND path NOT IN (
				SELECT path FROM shown_once WHERE session_id = ? ORDER BY made_at DESC, path LIMIT ?)`,
			shown.SessionID, shown.SessionID, most)
		return err
	})
	return wrap("keep what is shown once", err)
}

// ShownOnce is what a page of the session has to show, until it is taken. Whether it still counts is the caller's to judge, by its moment.
func (s *Store) ShownOnce(ctx context.Context, session, path string) (ShownOnce, error) {
	if !storable(path) {
		return ShownOnce{}, wrap("read what is shown once", ErrNotFound)
	}
	shown, err := row[ShownOnce](ctx, s, "SELECT * FROM shown_once WHERE session_id = ? AND path = ?", session, path)
	return shown, wrap("read what is shown once", err)
}

// TakeShownOnce takes what was read: of several who read it one gets it, the others ErrNotFound.
func (s *Store) TakeShownOnce(ctx context.Context, shown ShownOnce) error {
	taken, err := s.exec(ctx, "DELETE FROM shown_once WHERE session_id = ? AND path = ? AND sealed = ?", shown.SessionID, shown.Path, shown.Sealed)
	if err == nil && taken == 0 {
		err = ErrNotFound
	}
	return wrap("take what is shown once", err)
}

// DropShownOnce forgets what was to be shown before a moment and was not.
func (s *Store) DropShownOnce(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, "DELETE FROM shown_once WHERE made_at < ?", moment(before))
	return wrap("drop what is shown once", err)
}
