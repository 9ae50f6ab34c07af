package models

import (
	"context"
	"time"
)

// BroughtIn is a membership that came about through temporary access, before that was forbidden (R20), and that nobody has
// decided about. Setting its end counts as a decision, if somebody of the organization did it.
type BroughtIn struct {
	ID int64 // of the membership
	Membership
	By, ByEmail string // who of the personnel added, kept or invited the person
	Invited     bool   // by an invitation, which the person accepted
}

// bringing are the activities by which personnel bring somebody in, written as the index activities_bringing_in has them,
// so that both planners see that it holds them. The operations have the names of the versions that let it happen.
const bringing = `a.organization_id = ? AND a.actor_kind = 'support' AND a.outcome = 'done'
		AND a.operation IN ('group.add-member', 'group.member-until', 'invitation.create') `

const broughtColumns = `m.id, m.group_id, m.person_id, m.since, m.expires_at, p.name, p.email, r.key AS group_key,
		r.name AS group_name, a.actor_name AS "by", COALESCE(b.email, '') AS by_email, a.operation = 'invitation.create' AS invited`

// undecided ends the joins of both kinds; its parameter is the moment.
const undecided = `
	JOIN resources r ON r.id = m.group_id AND r.ended_at IS NULL
	LEFT JOIN people b ON b.id = a.actor_id
	WHERE m.organization_id = a.organization_id AND m.ended_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ?)
	AND NOT EXISTS (SELECT 1 FROM kept_memberships k WHERE k.membership_id = m.id) AND `

// broughtIn are memberships with BroughtIn, those added or kept by personnel and those invited. A membership is known by the
// moment at which it began, which is that of the activity or of the acceptance. Making it end sooner brings nobody in, but
// does not hide who brought somebody in either.
func (s *Scope) broughtIn(at time.Time) *query {
	field := s.store.dialect.field
	member := field("a.after", "member")
	was, is := field("a.before", "until"), field("a.after", "until")
	return newQuery(`
	SELECT `+broughtColumns+`
	FROM activities a
	JOIN people p ON p.email = `+member+`
	JOIN memberships m ON m.group_id = a.resource_id AND m.person_id = p.id AND m.since = a.at `+undecided+bringing+`
	AND a.operation <> 'invitation.create' AND (a.operation = 'group.add-member'
		OR `+was+` IS NOT NULL AND (`+is+` IS NULL OR `+is+` > `+was+`)
		OR EXISTS (SELECT 1 FROM activities e
			WHERE e.organization_id = a.organization_id AND e.actor_kind = 'support' AND e.outcome = 'done'
			AND e.operation IN ('group.add-member', 'group.member-until', 'invitation.create')
			AND e.operation = 'group.add-member' AND e.resource_id = a.resource_id AND e.id < a.id
			AND `+field("e.after", "member")+` = `+member+`))
	UNION ALL
	SELECT `+broughtColumns+`
	FROM activities a
	JOIN invitations i ON i.organization_id = a.organization_id AND i.outcome = 'accepted'
		AND i.email = `+field("a.after", "invited")+` AND i.inviter_id = a.actor_id AND i.created_at = a.at
	JOIN people p ON p.id = i.person_id
	JOIN memberships m ON m.group_id = a.resource_id AND m.person_id = p.id AND m.since = i.ended_at `+undecided+bringing+`
	AND a.operation = 'invitation.create'`,
		moment(at), s.id, moment(at), s.id)
}

// BroughtIn are the newest memberships that came about through temporary access and stand at a moment, at most limit, and
// how many there are; those beyond 1,001 are not counted.
func (s *Scope) BroughtIn(ctx context.Context, at time.Time, limit int) ([]BroughtIn, int, error) {
	q := s.broughtIn(at)
	all, err := rows[BroughtIn](ctx, s.store, "SELECT * FROM ("+q.sql.String()+") AS b ORDER BY since DESC, id DESC LIMIT ?",
		append(q.args, limit)...)
	if err != nil || len(all) < limit {
		return all, len(all), wrap("read memberships through temporary access", err)
	}
	ids, err := rows[int64](ctx, s.store, "SELECT id FROM ("+q.sql.String()+") AS b LIMIT 1001", q.args...)
	return all, len(ids), wrap("count memberships through temporary access", err)
}

// BroughtInByID is one of BroughtIn, by the number of the membership. ErrNotFound when it has ended, or is decided about.
func (s *Scope) BroughtInByID(ctx context.Context, id int64, at time.Time) (BroughtIn, error) {
	q := s.broughtIn(at)
	b, err := row[BroughtIn](ctx, s.store, "SELECT * FROM ("+q.sql.String()+") AS b WHERE id = ?", append(q.args, id)...)
	return b, wrap("read membership through temporary access", err)
}

// HasMembership tells whether the organization has a membership with the number, or had.
func (s *Scope) HasMembership(ctx context.Context, id int64) (bool, error) {
	found, err := rows[int](ctx, s.store, "SELECT 1 FROM memberships WHERE organization_id = ? AND id = ?", s.id, id)
	return len(found) > 0, wrap("look for a membership", err)
}

// KeepMembership notes that a membership stays although it came about through temporary access. ErrNotFound when it has
// ended, or stays already.
func (s *Scope) KeepMembership(ctx context.Context, id int64, at time.Time) error {
	kept, err := s.exec(ctx, `
		INSERT INTO kept_memberships (membership_id, organization_id, kept_at)
		SELECT m.id, m.organization_id, ? FROM memberships m
		WHERE m.organization_id = ? AND m.id = ? AND m.ended_at IS NULL
		ON CONFLICT DO NOTHING`, moment(at), s.id, id)
	if err == nil && kept == 0 {
		err = ErrNotFound
	}
	return wrap("keep membership", err)
}
