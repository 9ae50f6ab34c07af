package models

import (
	"context"
	"time"
)

// Administrators are the members who are in the Administrators group at a moment, by name. CROSS JOIN makes SQLite start
// from the one group instead of going through every membership there is, and "= true" find it by the index.
func (s *Scope) Administrators(ctx context.Context, at time.Time) ([]Member, error) {
	all, err := rows[Member](ctx, s.store, "SELECT "+memberColumns+`
		FROM groups g CROSS JOIN resources r CROSS JOIN memberships m CROSS JOIN members n
		WHERE g.organization_id = ? AND g.administrators = true
		AND r.id = g.id AND r.ended_at IS NULL
		AND m.group_id = g.id AND m.ended_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ?)
		AND n.organization_id = m.organization_id AND n.person_id = m.person_id AND n.ended_at IS NULL
		ORDER BY n.folded, n.id`, s.id, moment(at))
	return all, wrap("read administrators", err)
}

// AdministratorNames are whom to ask for privileges (R5): the administrators by name, or by e-mail without one.
func (s *Scope) AdministratorNames(ctx context.Context, at time.Time) ([]string, error) {
	all, err := s.Administrators(ctx, at)
	var names []string
	for _, m := range all {
		if m.Name == "" {
			m.Name = m.Email
		}
		names = append(names, m.Name)
	}
	return names, err
}

// administratorships are the memberships in Administrators that have not ended. It ends inside its WHERE clause; its
// parameter is the organization.
const administratorships = `
	FROM groups g CROSS JOIN resources r CROSS JOIN memberships m
	WHERE g.organization_id = ? AND g.administrators = true
	AND r.id = g.id AND r.ended_at IS NULL
	AND m.group_id = g.id AND m.ended_at IS NULL `

// Administered tells whether the organization has an administrator at a moment, and whether it has one for good: one
// whose membership has no end, and who will not be gone some day by themselves (R8, R12).
func (s *Scope) Administered(ctx context.Context, at time.Time) (now, forGood bool, err error) {
	found, err := rows[bool](ctx, s.store, "SELECT m.expires_at IS NULL"+administratorships+`
		AND (m.expires_at IS NULL OR m.expires_at > ?)
		ORDER BY 1 DESC LIMIT 1`, s.id, moment(at))
	return len(found) > 0, len(found) > 0 && found[0], wrap("look for an administrator", err)
}

// IsLastAdministrator tells whether the person is an administrator for good and nobody else is.
func (s *Scope) IsLastAdministrator(ctx context.Context, person PersonID) (bool, error) {
	found, err := rows[int](ctx, s.store, "SELECT 1"+administratorships+`AND m.expires_at IS NULL AND m.person_id = ?
		AND NOT EXISTS (
			SELECT 1 FROM memberships x
			WHERE x.group_id = g.id AND x.ended_at IS NULL AND x.expires_at IS NULL AND x.person_id <> m.person_id)`,
		s.id, person)
	return len(found) > 0, wrap("look for other administrators", err)
}
