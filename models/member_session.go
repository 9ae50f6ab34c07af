package models

import (
	"context"
	"time"
)

// MemberSessionID is the number of a session as an organization knows it, which says nothing elsewhere.
type MemberSessionID int64

// MemberSession is a session of a member as far as it is their organization's: what it did elsewhere is not told (R19).
type MemberSession struct {
	ID         MemberSessionID
	SessionID  string
	Device     string
	Address    string
	LastUsedAt time.Time // in the organization, to the minute
}

// memberSessionSelect ends inside its WHERE clause; its parameters are the organization and the person.
const memberSessionSelect = `
	SELECT x.id, x.session_id, s.device, s.address, x.last_used_at
	FROM sessions s
	JOIN session_organizations x ON x.session_id = s.id AND x.organization_id = ? AND x.ended_at IS NULL
	WHERE s.person_id = ? `

// SessionsOfMember are the sessions of a person that used the organization since a moment and are not over, the last used first, at
// most 100.
func (s *Scope) SessionsOfMember(ctx context.Context, person PersonID, since, at time.Time) ([]MemberSession, error) {
	all, err := rows[MemberSession](ctx, s.store, memberSessionSelect+`
		AND x.last_used_at > ? AND s.expires_at > ? ORDER BY x.last_used_at DESC, x.id LIMIT ?`,
		s.id, person, moment(since), moment(at), sessionsShown)
	return all, wrap("read sessions of a member", err)
}

// CountSessionsOfMembers is how many SessionsOfMember each of several people has; who has none is left out.
func (s *Scope) CountSessionsOfMembers(ctx context.Context, people []PersonID, since, at time.Time) (map[PersonID]int, error) {
	type counted struct {
		PersonID PersonID
		N        int
	}
	all, err := rows[counted](ctx, s.store, `
		SELECT s.person_id, count(*) AS n FROM sessions s
		JOIN session_organizations x ON x.session_id = s.id AND x.organization_id = ? AND x.ended_at IS NULL
		WHERE `+s.store.dialect.ids("s.person_id")+` AND x.last_used_at > ? AND s.expires_at > ?
		GROUP BY s.person_id`, s.id, list(people), moment(since), moment(at))
	if err != nil {
		return nil, wrap("count sessions of members", err)
	}
	counts := map[PersonID]int{}
	for _, c := range all {
		counts[c.PersonID] = c.N
	}
	return counts, nil
}

// StampSessions notes that these sessions last used the organization in the minute of a moment. A later stamp stays. Sessions that
// something holds, such as what ends them, are left out on PostgreSQL: the next minute brings the next stamp.
func (s *Scope) StampSessions(ctx context.Context, sessions []string, at time.Time) error {
	d := s.store.dialect
	_, err := s.exec(ctx, `
		WITH live AS (SELECT s.id FROM sessions s WHERE `+d.texts("s.id")+d.skipLocked()+`)
		INSERT INTO session_organizations (session_id, organization_id, last_used_at)
		SELECT live.id, ?, ? FROM live WHERE true
		ON CONFLICT (session_id, organization_id) DO UPDATE SET last_used_at = excluded.last_used_at
		WHERE session_organizations.last_used_at IS NULL OR session_organizations.last_used_at < excluded.last_used_at`,
		list(sessions), s.id, moment(at.Truncate(time.Minute)))
	return wrap("stamp sessions", err)
}

// EndSessionsHere lets no session of these people open the organization any more: those of accounts that open nothing else end, the
// others go on elsewhere (R19). It holds the sessions, as StampSessions does, before what it writes of them.
func (s *Scope) EndSessionsHere(ctx context.Context, people []PersonID, at time.Time) error {
	d := s.store.dialect
	err := s.whole(ctx, func(tx *Scope) error {
		if err := tx.deleteSessionsHere(ctx, people, at); err != nil {
			return err
		}
		return tx.execAll(ctx, []statement{
			do("UPDATE sessions SET person_id = person_id WHERE "+d.ids("person_id"), list(people)),
			do(`INSERT INTO session_organizations (session_id, organization_id, ended_at)
				SELECT s.id, ?, ? FROM sessions s WHERE `+d.ids("s.person_id")+`
				ON CONFLICT (session_id, organization_id) DO UPDATE SET ended_at = excluded.ended_at
				WHERE session_organizations.ended_at IS NULL`, tx.id, moment(at), list(people)),
		})
	})
	return wrap("end sessions of members", err)
}

// EndSessionHere is EndSessionsHere for one session of a person. ErrNotFound when they have no such session here.
func (s *Scope) EndSessionHere(ctx context.Context, person PersonID, id MemberSessionID, at time.Time) error {
	err := s.whole(ctx, func(tx *Scope) error {
		one, err := row[MemberSession](ctx, tx.store, memberSessionSelect+"AND x.id = ?", tx.id, person, id)
		if err != nil {
			return err
		}
		deleted, err := tx.store.endSessions(ctx, `id = ? AND account_id IN (
			SELECT a.id FROM accounts a WHERE a.person_id = ? AND `+leftWithNothing+")", one.SessionID, person, tx.id, tx.id, moment(at))
		if err != nil || deleted > 0 {
			return err
		}
		_, err = tx.exec(ctx, "UPDATE session_organizations SET ended_at = ? WHERE id = ?", moment(at), id)
		return err
	})
	return wrap("end a session of a member", err)
}
