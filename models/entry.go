package models

import (
	"context"
	"time"
)

// Entry is an organization as somebody finds it who wants to enter.
type Entry struct {
	Organization
	Provider string // with which the person entered it as a member; "" = the person is none
	Open     bool   // to the account: its address is proven, or the organization let it in

	Ended bool // the session, by somebody of the organization: it opens the organization no more

	SuspendedAt *time.Time // since when the member is suspended (R23); nil: they are not
}

// Entry is that of a person, signed in to the account that it shows, into the organization with the key. The session is the ID of
// theirs; "" where it is about the account alone.
func (s *Store) Entry(ctx context.Context, key string, p Person, session string) (Entry, error) {
	if !storable(key) {
		return Entry{}, wrap("read entry", ErrNotFound)
	}
	e, err := row[Entry](ctx, s, `
		SELECT o.*, coalesce(n.provider, '') AS provider, n.suspended_at, EXISTS (SELECT 1 FROM accounts a WHERE a.id = ? AND `+opensSQL+`) AS open, EXISTS (
			SELECT 1 FROM session_organizations x
			WHERE x.session_id = ? AND x.organization_id = o.id AND x.ended_at IS NOT NULL) AS ended
		FROM organizations o
		LEFT JOIN members n ON n.organization_id = o.id AND n.person_id = ? AND n.ended_at IS NULL
		WHERE o.key = ?`, p.AccountID, session, p.ID, key)
	return e, wrap("read entry", err)
}
