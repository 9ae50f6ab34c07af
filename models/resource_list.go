package models

import (
	"context"
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/names"
)

// ResourceFilter is which resources of a domain are asked for. Columns to sort by: name, type, modified.
type ResourceFilter struct {
	Page
	Type      string               // "" = any
	Among     []access.ResourceID  // not nil: only these; empty: none at all
	OnlyIDsOf []access.GranteeID   // not nil: only those in an editor list of these grantees; empty: none at all
	Given     []access.ResourceID  // with OnlyIDsOf and NotIDsOf: these as if they stood in a list
	Taken     []access.ResourceID  // with OnlyIDsOf and NotIDsOf: these as if they stood in none
	NotIDsOf  []access.GranteeID   // only those in no editor list of these grantees
	NotAllOf  [][]access.GranteeID // only those that some of these have in no editor list; each is who holds together
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
	named: &fitNames[Resource]{key: "r.sort_key", keyOf: func(r Resource) string { return r.SortKey }},
}

// drivenByList is how many resources a page may be made from by their numbers: their rows are fetched and sorted. Beyond, the
// page walks the domain in order and looks each row up, and meets one that fits soon enough. The limit is the square root of
// 50 rows times a million resources, where both cost the same.
const drivenByList = 7000

// Resources is one page of a domain.
func (s *Scope) Resources(ctx context.Context, domain access.DomainKey, f ResourceFilter) (Listing[Resource], error) {
	few, f, err := s.fewResources(ctx, domain, f)
	if err != nil {
		return Listing[Resource]{}, wrap("list resources", err)
	}
	if few != nil {
		q := newQuery(s.store.dialect.resourcesByNumber()+" AND r.domain = ?", s.id, list(few), domain)
		q.few = true
		s.narrowed(q, domain, f)
		q.has("r.words", names.Words(f.Query))
		l, err := resourceKeys.list(ctx, s.store, q, f.Page)
		return l, wrap("list resources", err)
	}
	l, err := resourceKeys.search(ctx, s, f.Page, wordsOfResources, []access.DomainKey{domain}, func(among string, args ...any) *query {
		q := s.inDomain(domain, among, args)
		s.narrowed(q, domain, f)
		if among == "" {
			q.driveBy(s.heldBy(domain, f))
		}
		return q
	})
	return l, wrap("list resources", err)
}

// heldBy are all that the filter leaves from what it names, for where walking through the domain meets too few: from the editor lists,
// or from the index of types. nil where it names nothing that could be started from.
func (s *Scope) heldBy(domain access.DomainKey, f ResourceFilter) func() *query {
	among, args := "", []any{}
	switch {
	case f.OnlyIDsOf != nil:
		among = "AND r.id IN (SELECT e.resource_id FROM editor_entries e WHERE " + s.listed() + " UNION ALL SELECT CAST(g.value AS bigint) FROM " + s.store.dialect.values() + " g)"
		args = []any{s.id, domain, s.store.Now(), list(f.OnlyIDsOf), list(f.Given)}
		f.OnlyIDsOf = nil
	case f.Type != "" && storable(f.Type):
		among = "AND r.id IN (SELECT t.id FROM resources t WHERE t.organization_id = ? AND t.domain = ? AND t.type = ? AND t.ended_at IS NULL)"
		args = []any{s.id, domain, f.Type}
		f.Type = ""
	default:
		return nil
	}
	return func() *query {
		q := s.inDomain(domain, among, args)
		s.narrowed(q, domain, f)
		return q
	}
}

// ResourcesListedFirst is one page of a domain with those first that stand in an editor list of the grantees, as Given and Taken have
// it, and then all others, each by name.
func (s *Scope) ResourcesListedFirst(ctx context.Context, domain access.DomainKey, grantees []access.GranteeID, f ResourceFilter) (Listing[Resource], error) {
	part := func(only, not []access.GranteeID) func(Page) (Listing[Resource], error) {
		return func(p Page) (Listing[Resource], error) {
			f := f
			f.Page, f.OnlyIDsOf, f.NotIDsOf = p, only, not
			return s.Resources(ctx, domain, f)
		}
	}
	grantees = append([]access.GranteeID{}, grantees...)
	return inTurn(f.Page, part(grantees, nil), part(nil, grantees))
}

// fewResources are the numbers of the few resources among which are all that the filter leaves, and what of it is left to look at; nil
// where it names too many.
func (s *Scope) fewResources(ctx context.Context, domain access.DomainKey, f ResourceFilter) ([]access.ResourceID, ResourceFilter, error) {
	if f.Among != nil {
		return f.Among, f, nil
	}
	if f.OnlyIDsOf != nil {
		listed, err := s.listedFirst(ctx, f.OnlyIDsOf, domain)
		if err != nil {
			return nil, f, err
		}
		if len(listed) <= drivenByList {
			f.OnlyIDsOf = nil
			return append(append([]access.ResourceID{}, listed...), f.Given...), f, nil
		}
	}
	if f.Type != "" {
		typed, err := s.firstOfType(ctx, domain, f.Type)
		if err != nil {
			return nil, f, err
		}
		if len(typed) <= drivenByList {
			return append([]access.ResourceID{}, typed...), f, nil
		}
	}
	return nil, f, nil
}

// narrowed leaves those that meet the filter, other than its words.
func (s *Scope) narrowed(q *query, domain access.DomainKey, f ResourceFilter) {
	d := s.store.dialect
	switch {
	case !storable(f.Type):
		q.add("AND 1 = 0")
	case f.Type != "":
		q.sift("AND r.type = ?", f.Type)
	}
	if f.OnlyIDsOf != nil {
		q.sift("AND (("+s.entry()+") IS NOT NULL OR "+d.ids("r.id")+")", s.id, domain, s.store.Now(), list(f.OnlyIDsOf), list(f.Given))
	}
	switch {
	case f.NotIDsOf != nil && len(f.Given)+len(f.Taken) > 0:
		q.sift("AND (("+s.entry()+") IS NULL AND NOT "+d.ids("r.id")+" OR "+d.ids("r.id")+")",
			s.id, domain, s.store.Now(), list(f.NotIDsOf), list(f.Given), list(f.Taken))
	case len(f.NotIDsOf) > 0:
		q.sift("AND ("+s.entry()+") IS NULL", s.id, domain, s.store.Now(), list(f.NotIDsOf))
	case len(f.Taken) > 0:
		q.sift("AND NOT "+d.ids("r.id"), list(f.Taken))
	}
	if len(f.NotAllOf) > 0 {
		var missing []string
		var args []any
		for _, together := range f.NotAllOf {
			missing = append(missing, "("+s.entry()+") IS NULL")
			args = append(args, s.id, domain, s.store.Now(), list(together))
		}
		q.sift("AND ("+strings.Join(missing, " OR ")+")", args...)
	}
}

// inDomain begins the query for all resources of a domain, or among those that a condition on r.id names.
func (s *Scope) inDomain(domain access.DomainKey, among string, args []any) *query {
	if among != "" {
		q := newQuery("SELECT r.id FROM resources r WHERE "+s.store.dialect.unindexed("r.organization_id")+" = ? AND r.ended_at IS NULL AND r.domain = ? "+among,
			append([]any{s.id, domain}, args...)...)
		q.whole = resourceRows
		return q
	}
	q := newQuery(resourceSelect+"AND r.domain = ?", s.id, domain)
	q.walks("SELECT r.id FROM resources r WHERE r.organization_id = ? AND r.ended_at IS NULL AND r.domain = ?", s.id, domain)
	return q
}

// firstOfType are the numbers of the resources of a type: all of them up to drivenByList, or one more than that.
func (s *Scope) firstOfType(ctx context.Context, domain access.DomainKey, kind string) ([]access.ResourceID, error) {
	if !storable(kind) {
		return nil, nil
	}
	return rows[access.ResourceID](ctx, s.store, `
		SELECT r.id FROM resources r
		WHERE r.organization_id = ? AND r.domain = ? AND r.type = ? AND r.ended_at IS NULL LIMIT ?`, s.id, domain, kind, drivenByList+1)
}

// ResourceTypes are the types of the resources of domains in their order, up to limit of each. It steps from one to the next in the
// index, and reads no resource twice however many have a type.
func (s *Scope) ResourceTypes(ctx context.Context, domains []access.DomainKey, limit int) (map[access.DomainKey][]string, error) {
	const next = `(SELECT min(r.type) FROM resources r
		WHERE r.organization_id = c.organization_id AND r.domain = c.domain AND r.ended_at IS NULL AND r.type > `
	all := map[access.DomainKey][]string{}
	if len(domains) == 0 {
		return all, nil
	}
	found, err := rows[struct {
		Domain access.DomainKey
		Type   string
	}](ctx, s.store, `
		WITH RECURSIVE stepped(domain, type, n) AS (
			SELECT c.domain, `+next+`''), 1 FROM domain_counts c WHERE c.organization_id = ? AND `+s.store.dialect.texts("c.domain")+`
			UNION ALL
			SELECT c.domain, `+next+`stepped.type), stepped.n + 1
			FROM stepped JOIN domain_counts c ON c.organization_id = ? AND c.domain = stepped.domain
			WHERE stepped.type IS NOT NULL AND stepped.n < ?)
		SELECT domain, type FROM stepped WHERE type IS NOT NULL ORDER BY domain, type`, s.id, list(domains), s.id, limit)
	if err != nil {
		return nil, wrap("list types", err)
	}
	for _, one := range found {
		all[one.Domain] = append(all[one.Domain], one.Type)
	}
	return all, nil
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

// CountApart is how many resources are in an editor list of some of these and not of all, each of which is who holds together, and
// whether the lists are too long for anybody to count: together more than drivenByList for each of them.
func (s *Scope) CountApart(ctx context.Context, apart [][]access.GranteeID, domain access.DomainKey) (int, bool, error) {
	most := drivenByList * len(apart)
	var having []string
	args := []any{len(apart)}
	for _, together := range apart {
		having = append(having, "max(CASE WHEN "+s.store.dialect.ids("listed.grantee_id")+" THEN 1 ELSE 0 END)")
		args = append(args, list(together))
	}
	args = append(args, s.id, domain, s.store.Now(), list(slices.Concat(apart...)), most+1)
	counted, err := row[struct{ Apart, Looked int }](ctx, s.store, `
		SELECT count(*) FILTER (WHERE having_it < ?) AS apart, COALESCE(sum(times), 0) AS looked FROM (
			SELECT listed.resource_id, count(*) AS times, `+strings.Join(having, " + ")+` AS having_it
			FROM (SELECT e.resource_id, e.grantee_id FROM editor_entries e WHERE `+s.listed()+` LIMIT ?) AS listed
			GROUP BY listed.resource_id) AS listed_each`, args...)
	if err != nil || counted.Looked > most {
		return 0, err == nil, wrap("count what lists set apart", err)
	}
	return counted.Apart, false, nil
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
