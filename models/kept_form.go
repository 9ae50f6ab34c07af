package models

import (
	"context"
	"errors"
	"time"
)

// ErrNoRoom says that as many are kept as may be.
var ErrNoRoom = errors.New("no more are kept")

// KeptForm is a form that was sent after its session had ended, kept so that its person can go on with it.
type KeptForm struct {
	ID        string // SHA-256 of the secret in the browser's cookie, in hexadecimal digits
	SessionID string // the ended session that sent it
	AccountID AccountID
	Path      string // where it was sent to
	Sealed    string // what was typed; without the secret it can't be read
	Sent      int    // how often the session sent a form
	KeptAt    time.Time
}

// KeptFormLimits bound what KeepForm keeps.
type KeptFormLimits struct {
	All       int // forms at once
	OfAccount int // of those, of one account: older ones make room
	Sent      int // by one session, one after the other
}

// KeepForm keeps the form in place of the one before of its session. ErrNoRoom where there are too
// many, or the session has sent too many; ErrNotFound for a path that is no text, and leads nowhere.
func (s *Store) KeepForm(ctx context.Context, form *KeptForm, limits KeptFormLimits) error {
	if !storable(form.Path) {
		return wrap("keep form", ErrNotFound)
	}
	err := s.whole(ctx, func(tx *Store) error {
		kept, err := tx.exec(ctx, `
			INSERT INTO kept_forms (id, session_id, account_id, path, sealed, sent, kept_at)
			SELECT ?, ?, ?, ?, ?, 1, ? WHERE (SELECT count(*) FROM kept_forms WHERE session_id <> ?) < ?
			ON CONFLICT (session_id) DO UPDATE SET id = excluded.id, path = excluded.path, sealed = excluded.sealed,
				sent = kept_forms.sent + 1, kept_at = excluded.kept_at
			WHERE kept_forms.sent < ?`,
			form.ID, form.SessionID, form.AccountID, form.Path, form.Sealed, moment(form.KeptAt), form.SessionID, limits.All, limits.Sent)
		if err != nil {
			return err
		}
		if kept == 0 {
			return ErrNoRoom
		}
		_, err = tx.exec(ctx, `
			DELETE FROM kept_forms WHERE account_id = ? AND id <> ? AND id NOT IN (
				SELECT id FROM kept_forms WHERE account_id = ? AND id <> ? ORDER BY kept_at DESC, id LIMIT ?)`,
			form.AccountID, form.ID, form.AccountID, form.ID, limits.OfAccount-1)
		return err
	})
	return wrap("keep form", err)
}

// KeptForm is the account's form with the hash. Whether it still counts is the caller's to judge, by its moment.
func (s *Store) KeptForm(ctx context.Context, account AccountID, id string) (KeptForm, error) {
	form, err := row[KeptForm](ctx, s, "SELECT * FROM kept_forms WHERE id = ? AND account_id = ?", id, account)
	return form, wrap("read kept form", err)
}

// DropKeptForm forgets the account's form with the hash. It is no error if there is none.
func (s *Store) DropKeptForm(ctx context.Context, account AccountID, id string) error {
	_, err := s.exec(ctx, "DELETE FROM kept_forms WHERE id = ? AND account_id = ?", id, account)
	return wrap("drop kept form", err)
}

// DropKeptForms forgets those that were kept before a moment.
func (s *Store) DropKeptForms(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, "DELETE FROM kept_forms WHERE kept_at < ?", moment(before))
	return wrap("drop kept forms", err)
}
