package models

import (
	"context"
	"fmt"
	"time"

	"bailiwick/access"
)

// inForce is the condition that a row of privileges or editor_entries counts at a moment, its parameter (R12).
func inForce(alias string) string {
	return fmt.Sprintf("%[1]s.ended_at IS NULL AND (%[1]s.expires_at IS NULL OR %[1]s.expires_at > ?)", alias)
}

// foremost is the condition that no row of the grantee on the domain gives more than privilege p: of several that are open
// the one that ends first does. Its parameter is the moment from which on rows count.
const foremost = `NOT EXISTS (
	SELECT 1 FROM privileges h
	WHERE h.grantee_id = p.grantee_id AND h.domain = p.domain AND h.ended_at IS NULL AND h.expires_at > ?
	AND (p.expires_at IS NULL OR h.expires_at < p.expires_at))`

// always is before the end of everything: from then on all open rows count, those that have expired too.
var always = moment(time.Unix(0, 0))

// Lapse is a grantee with something on a domain that has expired and that nobody has ended yet.
type Lapse struct {
	GranteeID access.GranteeID
	Domain    access.DomainKey
	Key, Name string
	Holders   access.DomainKey // that the grantee itself is in
	ExpiresAt time.Time        // of the first that has expired
}

// Lapses are those of the organization, the earliest first, at most limit.
func (s *Scope) Lapses(ctx context.Context, at time.Time, limit int) ([]Lapse, error) {
	all, err := rows[Lapse](ctx, s.store, `
		SELECT x.grantee_id, x.domain, r.key, r.name, r.domain AS holders, x.expires_at
		FROM (
			SELECT grantee_id, domain, expires_at FROM privileges
			WHERE organization_id = ? AND ended_at IS NULL AND expires_at IS NOT NULL AND expires_at <= ?
			UNION
			SELECT grantee_id, domain, expires_at FROM editor_entries
			WHERE organization_id = ? AND ended_at IS NULL AND expires_at IS NOT NULL AND expires_at <= ?
		) AS x JOIN resources r ON r.id = x.grantee_id
		ORDER BY x.expires_at, x.grantee_id, x.domain LIMIT ?`, s.id, moment(at), s.id, moment(at), limit)
	return all, wrap("read expired privileges", err)
}

// EndLapse ends what of a grantee's on a domain has expired by a moment, as of its expiry. A list without Custom ends too.
func (s *Scope) EndLapse(ctx context.Context, grantee access.GranteeID, domain access.DomainKey, at time.Time) error {
	const place = "WHERE organization_id = ? AND grantee_id = ? AND domain = ? AND ended_at IS NULL "
	err := s.whole(ctx, func(tx *Scope) error {
		err := tx.execAll(ctx, []statement{
			tx.uncountLevels(grantee, domain),
			do("UPDATE privileges SET ended_at = expires_at "+place+"AND expires_at <= ?", tx.id, grantee, domain, moment(at)),
			do("UPDATE editor_entries SET ended_at = expires_at "+place+"AND expires_at <= ?", tx.id, grantee, domain, moment(at)),
			do("UPDATE editor_entries SET ended_at = ? "+place+`AND NOT EXISTS (
				SELECT 1 FROM privileges p
				WHERE p.grantee_id = editor_entries.grantee_id AND p.domain = editor_entries.domain
				AND p.level = 'custom' AND p.ended_at IS NULL)`, moment(at), tx.id, grantee, domain),
			tx.countLevels(grantee, domain),
		})
		if err != nil {
			return err
		}
		return tx.countPrivileges(ctx, grantee)
	})
	return wrap("end expired privileges", err)
}

// ListsEnd tells whether a row of the grantees' editor lists has an end.
func (s *Scope) ListsEnd(ctx context.Context, grantees []access.GranteeID) (bool, error) {
	found, err := rows[int](ctx, s.store, `
		SELECT 1 FROM editor_entries
		WHERE organization_id = ? AND ended_at IS NULL AND expires_at IS NOT NULL AND `+s.store.dialect.ids("grantee_id")+`
		LIMIT 1`, s.id, list(grantees))
	return len(found) > 0, wrap("look for ends in editor lists", err)
}
