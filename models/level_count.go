package models

import "bailiwick/access"

// The table level_counts holds how many groups, and how many API keys, have each level on each domain: holders is the
// domain that the grantees themselves are in. Of several rows of a grantee on a domain the foremost counts. Every statement that begins or ends a privilege has one of these beside it.

// countLevels counts a grantee's levels, for after they have begun: the one on the domain; "" = all. It goes by domain, so
// that two changes never wait for each other's rows.
func (s *Scope) countLevels(grantee access.GranteeID, domain access.DomainKey) statement {
	q := newQuery(`
		INSERT INTO level_counts (organization_id, domain, level, holders, grantees)
		SELECT p.organization_id, p.domain, p.level, r.domain, 1
		FROM privileges p JOIN resources r ON r.id = p.grantee_id
		WHERE `+s.store.dialect.unindexed("p.organization_id")+` = ?
		AND p.grantee_id = ? AND p.ended_at IS NULL AND `+foremost, s.id, grantee, always)
	if domain != "" {
		q.add("AND p.domain = ?", domain)
	}
	q.add(`ORDER BY p.domain
		ON CONFLICT (organization_id, domain, level, holders) DO UPDATE SET grantees = level_counts.grantees + 1`)
	return do(q.sql.String(), q.args...)
}

// uncountLevels takes a grantee's levels out of the count, for before they end: the one on the domain; "" = all.
func (s *Scope) uncountLevels(grantee access.GranteeID, domain access.DomainKey) statement {
	q := newQuery(`
		UPDATE level_counts SET grantees = grantees - 1
		WHERE organization_id = ? AND holders = (SELECT r.domain FROM resources r WHERE r.id = ?)
		AND (domain, level) IN (
			SELECT p.domain, p.level FROM privileges p
			WHERE `+s.store.dialect.unindexed("p.organization_id")+` = ?
			AND p.grantee_id = ? AND p.ended_at IS NULL AND `+foremost, s.id, grantee, s.id, grantee, always)
	if domain != "" {
		q.add("AND p.domain = ?", domain)
	}
	q.add(")")
	return do(q.sql.String(), q.args...)
}
