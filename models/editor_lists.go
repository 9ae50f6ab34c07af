package models

import (
	"context"
	"slices"

	"bailiwick/access"
)

// ListLength is how many resources one grantee's editor list on a domain holds.
type ListLength struct {
	GranteeID access.GranteeID
	Domain    access.DomainKey
	Length    int
}

// ListLengthsOf are those of several grantees; lists without resources are left out. Like CountListed it gives some number
// above drivenByList for longer ones: nobody reads them to count them.
func (s *Scope) ListLengthsOf(ctx context.Context, grantees []access.GranteeID) ([]ListLength, error) {
	all, err := rows[ListLength](ctx, s.store, `
		SELECT grantee_id, domain, length FROM (
			SELECT p.grantee_id, p.domain, (
				SELECT count(*) FROM (
					SELECT 1 FROM editor_entries e
					WHERE e.organization_id = p.organization_id AND e.domain = p.domain AND e.grantee_id = p.grantee_id
					AND `+inForce("e")+` LIMIT ?) AS listed) AS length
			FROM privileges p
			WHERE `+s.store.dialect.unindexed("p.organization_id")+` = ? AND p.level = 'custom' AND `+inForce("p")+`
			AND `+s.store.dialect.ids("p.grantee_id")+`) AS measured
		WHERE length > 0 ORDER BY domain, grantee_id`, s.store.Now(), drivenByList+1, s.id, s.store.Now(), list(grantees))
	return slices.Compact(all), wrap("measure editor lists", err) // a grantee may have Custom twice, with and without an end
}

// ListLengths are those of one grantee, by domain.
func (s *Scope) ListLengths(ctx context.Context, grantee access.GranteeID) (map[access.DomainKey]int, error) {
	found, err := s.ListLengthsOf(ctx, []access.GranteeID{grantee})
	return byDomain(found), err
}

// CountListedByDomain is how many resources stand in at least one of the grantees' editor lists, by domain (R3); above
// drivenByList some number.
func (s *Scope) CountListedByDomain(ctx context.Context, grantees []access.GranteeID) (map[access.DomainKey]int, error) {
	holders := list(grantees)
	found, err := rows[ListLength](ctx, s.store, `
		SELECT domain, length FROM (
			SELECT d.domain, (
				SELECT count(DISTINCT x.resource_id) FROM (
					SELECT e.resource_id FROM editor_entries e
					WHERE e.organization_id = ? AND e.domain = d.domain AND `+inForce("e")+` AND `+s.store.dialect.ids("e.grantee_id")+`
					LIMIT ?) AS x) AS length
			FROM (
				SELECT DISTINCT p.domain FROM privileges p
				WHERE `+s.store.dialect.unindexed("p.organization_id")+` = ? AND p.level = 'custom' AND `+inForce("p")+`
				AND `+s.store.dialect.ids("p.grantee_id")+`) AS d) AS measured
		WHERE length > 0`, s.id, s.store.Now(), holders, (drivenByList+1)*len(grantees), s.id, s.store.Now(), holders)
	return byDomain(found), wrap("count listed resources", err)
}

func byDomain(lengths []ListLength) map[access.DomainKey]int {
	all := make(map[access.DomainKey]int, len(lengths))
	for _, l := range lengths {
		all[l.Domain] = l.Length
	}
	return all
}

// ListsBeyond names the editor lists of grantees that hold a resource which stands in none of the lists of mine. Each is
// looked through only until such a resource is found.
func (s *Scope) ListsBeyond(ctx context.Context, grantees, mine []access.GranteeID) ([]ListLength, error) {
	now := s.store.Now()
	all, err := rows[ListLength](ctx, s.store, `
		SELECT DISTINCT p.grantee_id, p.domain FROM privileges p
		WHERE `+s.store.dialect.unindexed("p.organization_id")+` = ? AND p.level = 'custom' AND `+inForce("p")+` AND `+s.store.dialect.ids("p.grantee_id")+`
		AND EXISTS (
			SELECT 1 FROM editor_entries e
			WHERE e.organization_id = p.organization_id AND e.domain = p.domain AND e.grantee_id = p.grantee_id AND `+inForce("e")+`
			AND NOT EXISTS (
				SELECT 1 FROM editor_entries x
				WHERE x.resource_id = e.resource_id AND `+inForce("x")+` AND `+s.store.dialect.ids("x.grantee_id")+`))
		ORDER BY p.grantee_id, p.domain`, s.id, now, list(grantees), now, now, list(mine))
	return all, wrap("look for resources beyond", err)
}

// SetsOf is all that several grantees hold by their own rows, with full editor lists. Each has a set, even if an empty one;
// Administrators has no rows.
func (s *Scope) SetsOf(ctx context.Context, grantees []access.GranteeID) (map[access.GranteeID]access.PrivilegeSet, error) {
	sets, err := s.LevelsOf(ctx, grantees)
	if err != nil || len(grantees) == 0 {
		return sets, err
	}
	found, err := rows[entryRow](ctx, s.store, `
		SELECT e.grantee_id, e.domain, e.resource_id, e.expires_at FROM editor_entries e
		WHERE `+s.store.dialect.unindexed("e.organization_id")+` = ? AND `+inForce("e")+` AND `+s.store.dialect.ids("e.grantee_id")+`
		ORDER BY e.grantee_id, e.resource_id`, s.id, s.store.Now(), list(grantees))
	if err != nil {
		return nil, wrap("read editor lists", err)
	}
	for _, e := range found {
		e.into(sets[e.GranteeID])
	}
	return sets, nil
}
