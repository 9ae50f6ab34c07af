package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// Way is one grant by which somebody has something on a domain: of a membership or a temporary access, with when that began.
type Way struct {
	Person PersonID // 0: an API key
	access.Grant
	Since         time.Time
	Justification string // of a temporary access
}

// wayRow is one line of the statement behind it.
type wayRow struct {
	Person        PersonID
	Stored        grantRow `gorm:"embedded"`
	Since         time.Time
	Justification string
}

// WaysOf are all grants of the people on one domain at a moment. Each ends with the membership or with the privilege, whichever
// comes first.
func (s *Scope) WaysOf(ctx context.Context, people []PersonID, domain access.DomainKey, at time.Time) ([]Way, error) {
	if len(people) == 0 {
		return nil, nil
	}
	running, more := s.store.running(at)
	at, among := moment(at), s.store.dialect
	q := newQuery(`
		SELECT 'group' AS kind, m.person_id AS person, m.since, '' AS justification, g.administrators, m.expires_at AS until, r.sort_key, `+grantColumns+`
		FROM memberships m
		JOIN resources r ON r.id = m.group_id AND r.organization_id = m.organization_id AND r.ended_at IS NULL
		JOIN groups g ON g.id = r.id
		LEFT JOIN privileges p ON p.grantee_id = r.id AND p.domain = ? AND `+inForce("p")+` AND NOT g.administrators
		WHERE `+among.unindexed("m.organization_id")+` = ? AND `+inForce("m")+` AND `+active("m")+` AND (g.administrators OR p.id IS NOT NULL) AND `+among.ids("m.person_id"),
		domain, at, s.id, at, list(people))
	q.add(`UNION ALL
		SELECT 'temporary-access', t.person_id, t.requested_at, t.justification, false, t.expires_at, r.sort_key, `+grantColumns+`
		FROM temporary_accesses t
		JOIN clock c ON c.id = 1
		JOIN resources r ON r.id = t.id AND r.ended_at IS NULL
		JOIN privileges p ON p.grantee_id = r.id AND p.domain = ? AND `+inForce("p")+`
		WHERE t.organization_id = ? AND `+active("t")+" AND "+among.ids("t.person_id")+" AND "+running, append([]any{domain, at, s.id, list(people)}, more...)...)
	q.add("ORDER BY kind, sort_key, id, lasting, ends")
	found, err := rows[wayRow](ctx, s.store, q.sql.String(), q.args...)
	return ways(found), wrap("read ways of people", err)
}

// WaysOfKeys are what usable API keys have stored on one domain at a moment. What their templates allow of it is not asked (R11).
func (s *Scope) WaysOfKeys(ctx context.Context, keys []access.GranteeID, domain access.DomainKey, at time.Time) ([]KeyWay, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	at = moment(at)
	found, err := rows[keyWayRow](ctx, s.store, `
		SELECT 'api-key' AS kind, k.template, p.since, k.expires_at AS until, `+grantColumns+`
		FROM privileges p
		JOIN api_keys k ON k.id = p.grantee_id
		JOIN resources r ON r.id = k.id AND r.ended_at IS NULL
		WHERE `+s.store.dialect.unindexed("p.organization_id")+` = ? AND p.domain = ? AND `+inForce("p")+" AND "+s.store.dialect.ids("p.grantee_id")+`
		AND k.enabled AND (k.expires_at IS NULL OR k.expires_at > ?)
		ORDER BY lasting, ends`, s.id, domain, at, list(keys), at)
	if err != nil {
		return nil, wrap("read ways of API keys", err)
	}
	var all []KeyWay
	for _, k := range found {
		for _, w := range ways([]wayRow{k.Way}) {
			all = append(all, KeyWay{w, k.Template})
		}
	}
	return all, nil
}

// KeyWay is a Way of an API key, with its template.
type KeyWay struct {
	Way
	Template string
}

type keyWayRow struct {
	Way      wayRow `gorm:"embedded"`
	Template string
}

func ways(found []wayRow) []Way {
	var all []Way
	for _, row := range found {
		for _, g := range grants([]grantRow{row.Stored}) {
			all = append(all, Way{row.Person, g, row.Since, row.Justification})
		}
	}
	return all
}
