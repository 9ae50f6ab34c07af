package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// GrantsOfMembers is GrantsOf for many members at once, by canonical e-mail, in one statement. Each member has an entry,
// if only an empty one, as whoever is suspended (R23); who is not a member has none.
func (s *Scope) GrantsOfMembers(ctx context.Context, emails []string, at time.Time) (map[string][]access.Grant, error) {
	running, args := s.store.running(at)
	args = append([]any{s.id, moment(at), moment(at), list(emails), s.id}, append(args, list(emails))...)
	found, err := rows[grantRow](ctx, s.store, `
		SELECT p.email AS email, 'group' AS kind, COALESCE(g.administrators, false) AS administrators,
			m.expires_at AS until, COALESCE(r.sort_key, '') AS sort_key, COALESCE(r.id, 0) AS id, COALESCE(r.key, '') AS key, COALESCE(r.name, '') AS name,
			COALESCE(v.domain, '') AS domain, COALESCE(v.level, 'none') AS level, COALESCE(v.can_create, false) AS can_create,
			v.expires_at AS ends, CASE WHEN v.expires_at IS NULL THEN 1 ELSE 0 END AS lasting
		FROM people p
		JOIN members n ON n.person_id = p.id AND n.organization_id = ? AND n.ended_at IS NULL
		LEFT JOIN memberships m ON m.person_id = p.id AND m.organization_id = n.organization_id AND m.ended_at IS NULL
			AND (m.expires_at IS NULL OR m.expires_at > ?) AND n.suspended_at IS NULL
		LEFT JOIN resources r ON r.id = m.group_id AND r.organization_id = m.organization_id AND r.ended_at IS NULL
		LEFT JOIN groups g ON g.id = r.id
		LEFT JOIN privileges v ON v.grantee_id = r.id AND `+inForce("v")+` AND NOT g.administrators
		WHERE `+s.store.dialect.texts("p.email")+`
		UNION ALL
		SELECT p.email, 'temporary-access', false, t.expires_at, r.sort_key, r.id, r.key, r.name, v.domain, v.level, v.can_create,
			v.expires_at, 1
		FROM people p
		JOIN temporary_accesses t ON t.person_id = p.id AND t.organization_id = ?
		JOIN members n ON n.person_id = p.id AND n.organization_id = t.organization_id AND n.ended_at IS NULL AND n.suspended_at IS NULL
		JOIN clock c ON c.id = 1
		JOIN resources r ON r.id = t.id AND r.ended_at IS NULL
		JOIN privileges v ON v.grantee_id = r.id AND v.ended_at IS NULL
		WHERE `+running+" AND "+s.store.dialect.texts("p.email")+`
		ORDER BY email, kind, sort_key, id, domain, lasting, ends`, args...)
	if err != nil {
		return nil, wrap("read grants of members", err)
	}
	held := map[string][]access.Grant{}
	for _, row := range found {
		if held[row.Email] == nil {
			held[row.Email] = []access.Grant{}
		}
		if row.ID != 0 { // else a member whose memberships have all expired
			held[row.Email] = append(held[row.Email], grants([]grantRow{row})...)
		}
	}
	return held, nil
}
