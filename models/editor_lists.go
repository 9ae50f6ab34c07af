package models

import (
	"context"

	"bailiwick/access"
)

// The plus signs below change no value. They hold SQLite to the index by grantee, where it would walk the lists, or the
// levels, of the whole organization.

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
					AND e.ended_at IS NULL LIMIT ?) AS listed) AS length
			FROM privileges p
			WHERE +p.organization_id = ? AND p.level = 'custom' AND p.ended_at IS NULL
			AND `+s.store.dialect.ids("p.grantee_id")+`) AS measured
		WHERE length > 0 ORDER BY domain, grantee_id`, drivenByList+1, s.id, list(grantees))
	return all, wrap("measure editor lists", err)
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
					WHERE e.organization_id = ? AND e.domain = d.domain AND e.ended_at IS NULL AND `+s.store.dialect.ids("e.grantee_id")+`
					LIMIT ?) AS x) AS length
			FROM (
				SELECT DISTINCT p.domain FROM privileges p
				WHERE +p.organization_id = ? AND p.level = 'custom' AND p.ended_at IS NULL
				AND `+s.store.dialect.ids("p.grantee_id")+`) AS d) AS measured
		WHERE length > 0`, s.id, holders, (drivenByList+1)*len(grantees), s.id, holders)
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
	all, err := rows[ListLength](ctx, s.store, `
		SELECT p.grantee_id, p.domain FROM privileges p
		WHERE +p.organization_id = ? AND p.level = 'custom' AND p.ended_at IS NULL AND `+s.store.dialect.ids("p.grantee_id")+`
		AND EXISTS (
			SELECT 1 FROM editor_entries e
			WHERE e.organization_id = p.organization_id AND e.domain = p.domain AND e.grantee_id = p.grantee_id AND e.ended_at IS NULL
			AND NOT EXISTS (
				SELECT 1 FROM editor_entries x
				WHERE x.resource_id = e.resource_id AND x.ended_at IS NULL AND `+s.store.dialect.ids("x.grantee_id")+`))
		ORDER BY p.grantee_id, p.domain`, s.id, list(grantees), list(mine))
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
		SELECT grantee_id, domain, resource_id FROM editor_entries
		WHERE +organization_id = ? AND ended_at IS NULL AND `+s.store.dialect.ids("grantee_id")+`
		ORDER BY grantee_id, resource_id`, s.id, list(grantees))
	for _, e := range found {
		if p := sets[e.GranteeID][e.Domain]; p.Level == access.LevelCustom {
			p.Editors = append(p.Editors, e.ResourceID)
			sets[e.GranteeID][e.Domain] = p
		}
	}
	return sets, wrap("read editor lists", err)
}
