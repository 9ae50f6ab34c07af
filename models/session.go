package models

import (
	"context"
	"time"
)

// Session is somebody signed in on one device.
type Session struct {
	ID             string // SHA-256 of the cookie's value, in hexadecimal digits
	PersonID       PersonID
	AccountID      AccountID // with which it began
	CreatedAt      time.Time
	LastSeenAt     time.Time
	ExpiresAt      time.Time
	Address        string
	Device         string
	Flash          string     // JSON of the message for the next page; "" = none
	Provider       string     // with which it began
	SecondFactorAt *time.Time // when the second factor was given; nil: it was not
}

// SessionByID is the session with the hash. Whether it still holds is the caller's to judge, by its times.
func (s *Store) SessionByID(ctx context.Context, id string) (Session, error) {
	found, err := row[Session](ctx, s, "SELECT * FROM sessions WHERE id = ?", id)
	return found, wrap("read session", err)
}

// CreateSession adds one.
func (s *Store) CreateSession(ctx context.Context, session *Session) error {
	session.CreatedAt, session.LastSeenAt = moment(session.CreatedAt), moment(session.LastSeenAt)
	session.ExpiresAt, session.SecondFactorAt = moment(session.ExpiresAt), momentOrNil(session.SecondFactorAt)
	return wrap("create session", s.insert(ctx, session))
}

// TouchSession notes when the session was last used. It is no error if the session is gone.
func (s *Store) TouchSession(ctx context.Context, id string, at time.Time) error {
	_, err := s.exec(ctx, "UPDATE sessions SET last_seen_at = ? WHERE id = ?", moment(at), id)
	return wrap("touch session", err)
}

// SetFlash keeps the message for the next page; "" takes it away.
func (s *Store) SetFlash(ctx context.Context, id, json string) error {
	_, err := s.exec(ctx, "UPDATE sessions SET flash = ? WHERE id = ?", json, id)
	return wrap("set flash", err)
}

// DeleteSession signs out one device.
func (s *Store) DeleteSession(ctx context.Context, id string) error {
	_, err := s.endSessions(ctx, "id = ?", id)
	return wrap("delete session", err)
}

// sessionsShown is how many sessions of an account SessionsOf gives at most.
const sessionsShown = 100

// SessionsOf are the sessions of the account that were used since idleSince and are not over at the moment, the last used
// first, at most 100.
func (s *Store) SessionsOf(ctx context.Context, account AccountID, idleSince, at time.Time) ([]Session, error) {
	all, err := rows[Session](ctx, s, `
		SELECT * FROM sessions WHERE account_id = ? AND last_seen_at > ? AND expires_at > ?
		ORDER BY last_seen_at DESC, id LIMIT ?`, account, moment(idleSince), moment(at), sessionsShown)
	return all, wrap("read sessions of an account", err)
}

// DeleteSessionOf signs the account out on one device. ErrNotFound when it has no such session.
func (s *Store) DeleteSessionOf(ctx context.Context, account AccountID, id string) error {
	if !storable(id) {
		return wrap("delete session of an account", ErrNotFound)
	}
	deleted, err := s.endSessions(ctx, "id = ? AND account_id = ?", id, account)
	if err == nil && deleted == 0 {
		err = ErrNotFound
	}
	return wrap("delete session of an account", err)
}

// HoldSession makes changes of the person's account queue until the transaction ends; ErrNotFound when the session is over
// by then.
func (s *Store) HoldSession(ctx context.Context, person PersonID, id string) error {
	if err := s.holdPerson(ctx, person); err != nil {
		return wrap("hold session", err)
	}
	_, err := row[string](ctx, s, "SELECT id FROM sessions WHERE id = ? AND person_id = ?", id, person)
	return wrap("hold session", err)
}

// DeleteSessionsOf signs the person out everywhere, also where only the second factor was missing.
func (s *Store) DeleteSessionsOf(ctx context.Context, person PersonID) error {
	err := s.whole(ctx, func(tx *Store) error {
		if _, err := tx.exec(ctx, "DELETE FROM sign_in_steps WHERE person_id = ?", person); err != nil {
			return err
		}
		_, err := tx.endSessions(ctx, "person_id = ?", person) // that of a step taken just now among them
		return err
	})
	return wrap("delete sessions of a person", err)
}

// DeleteSessionsOfAccount signs the account out everywhere, also where only the second factor was missing.
func (s *Store) DeleteSessionsOfAccount(ctx context.Context, account AccountID) error {
	err := s.whole(ctx, func(tx *Store) error {
		if _, err := tx.exec(ctx, "DELETE FROM sign_in_steps WHERE account_id = ?", account); err != nil {
			return err
		}
		_, err := tx.endSessions(ctx, "account_id = ?", account)
		return err
	})
	return wrap("delete sessions of an account", err)
}

// DeleteExpiredSessions tidies up those last used before idleBefore, or over at the moment.
func (s *Store) DeleteExpiredSessions(ctx context.Context, idleBefore, at time.Time) error {
	_, err := s.endSessions(ctx, "last_seen_at < ? OR expires_at <= ?", moment(idleBefore), moment(at))
	return wrap("delete expired sessions", err)
}
