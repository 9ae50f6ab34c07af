package models

import (
	"context"

	"bailiwick/access"
	"bailiwick/names"
)

// ResourceFilter is which resources of a domain are asked for. Columns to sort by: name, type, modified.
type ResourceFilter struct {
	Page
	OnlyIDsOf []access.GranteeID // not nil: only those in an editor list of these grantees; empty: none at all
	NotIDsOf  []access.GranteeID // only those in no editor list of these grantees
}

var resourceKeys = keyset[Resource]{
	columns: map[string]column[Resource]{
		"name":     {"r.sort_key", func(r Resource) any { return r.SortKey }},
		"type":     {"r.type", func(r Resource) any { return r.Type }},
		"modified": {"r.modified_at", func(r Resource) any { return r.ModifiedAt }},
	},
	id:    "r.id",
	idOf:  func(r Resource) int64 { return int64(r.ID) },
	key:   "r.key",
	keyOf: func(r Resource) string { return r.Key },
}

// drivenByList is how long an editor list may be for a page to be made from the list: its rows are fetched and sorted.
// Beyond, the page walks the domain in order and looks each row up, and meets a listed one soon enough. The limit is the
// square root of 50 rows times a million resources, where both cost the same.
const drivenByList = 7000

// Resources is one page of a domain.
func (s *Scope) Resources(ctx context.Context, domain access.DomainKey, f ResourceFilter) (Listing[Resource], error) {
	var few []access.ResourceID
	if f.OnlyIDsOf != nil {
		ids, err := s.listedFirst(ctx, f.OnlyIDsOf, domain)
		if err != nil {
			return Listing[Resource]{}, wrap("list resources", err)
		}
		few = ids
	}
	if f.OnlyIDsOf != nil && len(few) <= drivenByList {
		q := newQuery(s.store.dialect.resourcesByNumber()+" AND r.domain = ?", s.id, list(few), domain)
		s.notListed(q, domain, f)
		q.has("r.words", names.Words(f.Query))
		l, err := resourceKeys.list(ctx, s.store, q, f.Page)
		return l, wrap("list resources", err)
	}
	l, err := resourceKeys.search(ctx, s, f.Page, wordsOfResources, []access.DomainKey{domain}, func(among string, args ...any) *query {
		q := s.inDomain(domain, among, args)
		if f.OnlyIDsOf != nil {
			q.sift("AND ("+s.entry()+") IS NOT NULL", s.id, domain, s.store.Now(), list(f.OnlyIDsOf))
		}
		s.notListed(q, domain, f)
		return q
	})
	return l, wrap("list resources", err)
}

func (s *Scope) notListed(q *query, domain access.DomainKey, f ResourceFilter) {
	if len(f.NotIDsOf) > 0 {
		q.sift("AND ("+s.entry()+") IS NULL", s.id, domain, s.store.Now(), list(f.NotIDsOf))
	}
}

// inDomain begins the query for all resources of a domain, or among those that a condition on r.id names.
func (s *Scope) inDomain(domain access.DomainKey, among string, args []any) *query {
	if among != "" {
		return newQuery(resourceRows+"WHERE "+s.store.dialect.unindexed("r.organization_id")+" = ? AND r.ended_at IS NULL AND r.domain = ? "+among,
			append([]any{s.id, domain}, args...)...)
	}
	q := newQuery(resourceSelect+"AND r.domain = ?", s.id, domain)
	q.walks("SELECT r.id FROM resources r WHERE r.organization_id = ? AND r.ended_at IS NULL AND r.domain = ?", s.id, domain)
	return q
}

// entry finds a row of the grantees' editor lists about resource r. Not EXISTS: PostgreSQL would read the whole lists for a
// join, where one look for each row on the way is enough.
func (s *Scope) entry() string {
	return "SELECT e.id FROM editor_entries e WHERE e.resource_id = r.id AND " + s.listed() + " LIMIT 1"
}

// listed is the condition for rows of the grantees' editor lists on a domain; its parameters are the organization, the
// domain, now and the list of grantees. Only the index by grantee is left to choose from.
func (s *Scope) listed() string {
	d := s.store.dialect
	return d.unindexed("e.organization_id") + " = ? AND e.domain = ? AND " + inForce("e") + " AND " + d.ids("e.grantee_id")
}

// listedSome are the numbers of the resources in the grantees' lists: all of them up to drivenByList, or some more than
// that. Nobody reads longer lists: a resource stands in each list once, so that among so many rows there are enough.
func (s *Scope) listedSome(grantees []access.GranteeID, domain access.DomainKey) (sql string, args []any) {
	return "SELECT DISTINCT listed.resource_id FROM (SELECT e.resource_id FROM editor_entries e WHERE " + s.listed() + " LIMIT ?) AS listed LIMIT ?",
		[]any{s.id, domain, s.store.Now(), list(grantees), (drivenByList + 1) * len(grantees), drivenByList + 1}
}

func (s *Scope) listedFirst(
	ctx context.Context, grantees []access.GranteeID, domain access.DomainKey,
) ([]access.ResourceID, error) {
	sql, args := s.listedSome(grantees, domain)
	return rows[access.ResourceID](ctx, s.store, sql, args...)
}

// CountListed is how many resources are in an editor list of one of the grantees, and some number above drivenByList
// where there are more.
func (s *Scope) CountListed(ctx context.Context, grantees []access.GranteeID, domain access.DomainKey) (int, error) {
	sql, args := s.listedSome(grantees, domain)
	n, err := row[int](ctx, s.store, "SELECT count(*) FROM ("+sql+") AS listed", args...)
	return n, wrap("count listed resources", err)
}

// Count is how many resources a domain has, from the counter that each change keeps.
func (s *Scope) Count(ctx context.Context, domain access.DomainKey) (int, error) {
	found, err := rows[int](ctx, s.store,
		"SELECT resources FROM domain_counts WHERE organization_id = ? AND domain = ?", s.id, domain)
	if err != nil || len(found) == 0 {
		return 0, wrap("count resources", err)
	}
	return found[0], nil
}

// countResources keeps the counter. The row comes with the domain's first resource.
func (s *Scope) countResources(ctx context.Context, domain access.DomainKey, more int) error {
	counted, err := s.exec(ctx, "UPDATE domain_counts SET resources = resources + ? WHERE organization_id = ? AND domain = ?",
		more, s.id, domain)
	if err != nil || counted > 0 {
		return err
	}
	_, err = s.exec(ctx, `
		INSERT INTO domain_counts (organization_id, domain, resources) VALUES (?, ?, ?)
		ON CONFLICT (organization_id, domain) DO UPDATE SET resources = domain_counts.resources + excluded.resources`,
		s.id, domain, more)
	return err
}
