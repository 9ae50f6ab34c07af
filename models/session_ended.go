package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// EndedSession is a session that is over. It opens nothing; it tells whose it was.
type EndedSession struct {
	ID        string
	AccountID AccountID
	ExpiresAt time.Time         // when it would have ended at the latest
	AccessID  *access.GranteeID // the temporary access with which it ended; nil: with none
}

// endSessions ends the sessions that a condition names, and is the only way to: it remembers whose they were, so that a form that
// was open meanwhile is kept for that person. It gives the number of sessions.
func (s *Store) endSessions(ctx context.Context, where string, args ...any) (int, error) {
	return s.endSessionsWith(ctx, nil, where, args...)
}

// endSessionsWith is endSessions for those that end with a temporary access, which it remembers too.
func (s *Store) endSessionsWith(ctx context.Context, over *access.GranteeID, where string, args ...any) (int, error) {
	ended := 0
	err := s.whole(ctx, func(tx *Store) error {
		_, err := tx.exec(ctx, `
			INSERT INTO ended_sessions (access_id, id, account_id, expires_at)
			SELECT CAST(? AS bigint), id, account_id, expires_at FROM sessions WHERE `+where+` ON CONFLICT DO NOTHING`,
			append([]any{over}, args...)...)
		if err != nil {
			return err
		}
		ended, err = tx.exec(ctx, "DELETE FROM sessions WHERE "+where, args...)
		return err
	})
	return ended, err
}

// EndedSession is the one with the hash, if it is remembered. A session that ran out and that nobody has tidied up yet is
// no ended one here: its own row says that.
func (s *Store) EndedSession(ctx context.Context, id string) (EndedSession, error) {
	ended, err := row[EndedSession](ctx, s, "SELECT * FROM ended_sessions WHERE id = ?", id)
	return ended, wrap("read ended session", err)
}

// ForgetEndedSessions forgets those that would have been over before a moment in any case.
func (s *Store) ForgetEndedSessions(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, "DELETE FROM ended_sessions WHERE expires_at < ?", moment(before))
	return wrap("forget ended sessions", err)
}
