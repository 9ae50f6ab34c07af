package models

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/names"
)

// AccessRow is what one grantee holds on a domain, seen from one of its resources (R10).
type AccessRow struct {
	Grantee   access.Grantee
	BuiltIn   string       // of a group: key of the catalogue's group
	Template  string       // of an API key: key of its template
	Level     access.Level // on the domain; of Administrators None, their flag says it
	CanCreate bool
	Until     *time.Time // end of the level, where it has one
	Listed    bool       // the resource is in the grantee's editor list
	ListedTo  *time.Time // end of that, where it has one
	Revision  int64      // of the grantee

	SavedAt time.Time // when the grantee was last saved
	SavedBy string
}

// LevelCounts are how many grantees can edit a resource, can only view it, and have no access.
type LevelCounts struct {
	Edit, View, None int
	Custom           int // that have Custom on the domain: they are among those who can edit and those who can view it
}

// accessLine is an AccessRow as the statement gives it.
type accessLine struct {
	ID                 access.GranteeID
	Domain             access.DomainKey
	Key, Name, SortKey string
	Revision           int64
	BuiltIn, Template  string
	Administrators     bool
	Level              string
	CanCreate, Listed  bool
	Until, ListedTo    *time.Time
	ModifiedAt         time.Time
	ModifiedBy         string
	SavedAt            *time.Time
	SavedBy            *string
}

func (l accessLine) row() AccessRow {
	level, _ := access.ParseLevel(l.Level) // unknown: None (R17)
	via := access.Grantee{Kind: access.Group, ID: l.ID, Key: l.Key, Name: l.Name, Administrators: l.Administrators}
	if l.Domain == access.APIKeysDomain {
		via.Kind = access.APIKey
	}
	by, at := saved(l.ModifiedBy, l.ModifiedAt, l.SavedBy, l.SavedAt)
	return AccessRow{
		Grantee: via, BuiltIn: l.BuiltIn, Template: l.Template, Level: level, CanCreate: l.CanCreate, Until: l.Until, Listed: l.Listed,
		ListedTo: l.ListedTo, Revision: l.Revision,
		SavedAt: at, SavedBy: by,
	}
}

// grantees are those of the kind with their level on the domain (p) and their entry for the resource (e), of the
// organization in a column that an index may know. It ends inside its WHERE clause. Administrators holds no rows; its flag
// stands for all.
func (s *Scope) grantees(
	organization string, domain access.DomainKey, resource access.ResourceID, kind access.GranteeKind,
) *query {
	q := newQuery("SELECT "+accessColumns+` FROM resources r
		LEFT JOIN groups g ON g.id = r.id
		LEFT JOIN api_keys k ON k.id = r.id
		LEFT JOIN privileges p ON p.grantee_id = r.id AND p.domain = ? AND `+inForce("p")+` AND `+foremost+`
		LEFT JOIN editor_entries e ON e.grantee_id = r.id AND e.resource_id = ? AND `+inForce("e")+`
		WHERE `+organization+" = ? AND r.ended_at IS NULL", domain, s.store.Now(), s.store.Now(), resource, s.store.Now(), s.id)
	switch kind {
	case access.Group:
		q.add("AND r.domain = ?", access.GroupsDomain)
	case access.APIKey:
		q.add("AND r.domain = ?", access.APIKeysDomain)
	default: // written out, so that the planner sees that the index resources_grantees holds them all
		q.add("AND r.domain IN ('organization/groups', 'organization/api-keys')")
	}
	return q
}

// granteeOrder puts the groups by name before the API keys by name. The index resources_grantees is made of the same
// expression.
const granteeOrder = "(CASE r.domain WHEN 'organization/groups' THEN '0' ELSE '1' END || r.sort_key)"

const accessColumns = `r.id, r.domain, r.key, r.name, r.sort_key, r.revision, r.modified_at, r.modified_by, r.saved_at, r.saved_by,
	COALESCE(g.built_in, '') AS built_in, COALESCE(k.template, '') AS template,
	COALESCE(g.administrators, false) AS administrators, COALESCE(p.level, 'none') AS level,
	COALESCE(p.can_create, false) AS can_create, e.id IS NOT NULL AS listed, p.expires_at AS until, e.expires_at AS listed_to`

// accessKeys pages through the groups by name, then through the API keys by name.
var accessKeys = keyset[accessLine]{
	columns: map[string]column[accessLine]{"name": {granteeOrder, func(l accessLine) any { return l.order() }}},
	id:      "r.id",
	idOf:    func(l accessLine) int64 { return int64(l.ID) },
	named:   &fitNames[accessLine]{key: granteeOrder, keyOf: accessLine.order, before: "0"}, // groups
}

func (l accessLine) order() string {
	if l.Domain == access.GroupsDomain {
		return "0" + l.SortKey
	}
	return "1" + l.SortKey
}

// AccessRows is one page of a resource's Access tab; resource 0 is one that is being created.
func (s *Scope) AccessRows(
	ctx context.Context, domain access.DomainKey, resource access.ResourceID, f AccessFilter,
) (Listing[AccessRow], error) {
	if f.ByLevel {
		return s.accessRowsByLevel(ctx, domain, resource, f)
	}
	if f.OnlyGrantees != nil && f.Query != "" {
		var err error
		if f.OnlyGrantees, err = s.named(ctx, f.OnlyGrantees, f.Query); err != nil {
			return Listing[AccessRow]{}, wrap("list access", err)
		}
		f.named = true
	}
	if f.OnlyGrantees == nil && f.Show != "" && f.Show != accessNone {
		holding, err := s.holding(ctx, domain, resource, f.Show)
		if err != nil {
			return Listing[AccessRow]{}, wrap("list access", err)
		}
		if len(holding) <= drivenByList {
			f.OnlyGrantees = append([]access.GranteeID{}, holding...)
		}
	}
	if f.OnlyGrantees != nil {
		return s.accessRowsAmong(ctx, domain, resource, f)
	}
	ofKind := map[access.GranteeKind]string{ // by the order of the index, where the groups come first
		access.Group: "AND " + granteeOrder + " < '1'", access.APIKey: "AND " + granteeOrder + " >= '1'",
	}[f.Kind]
	found, err := accessKeys.search(ctx, s, f.Page, wordsOfResources, f.domains(), func(among string, args ...any) *query {
		if among != "" {
			q := s.grantees(s.store.dialect.unindexed("r.organization_id"), domain, resource, f.Kind)
			q.add(among, args...)
			q.add(f.Show.condition())
			return q
		}
		q := s.grantees("r.organization_id", domain, resource, "")
		q.add(ofKind)
		q.walks(`SELECT r.id FROM resources r
			WHERE r.organization_id = ? AND r.ended_at IS NULL AND r.domain IN ('organization/groups', 'organization/api-keys') `+ofKind, s.id)
		if f.Show != "" {
			q.sift(f.Show.condition())
		}
		if f.Show != "" && f.Show != accessNone {
			q.driveBy(func() *query {
				held, args := s.holdersAmong(domain, resource, f.Show)
				q := s.grantees(s.store.dialect.unindexed("r.organization_id"), domain, resource, f.Kind)
				q.add("AND r.id IN ("+held+")", args...)
				q.add(f.Show.condition())
				return q
			})
		}
		return q
	})
	return listingOf(found, accessRows(found.Rows)), wrap("list access", err)
}

// accessRowsByLevel reads the levels in their order, of the groups and then of the API keys.
func (s *Scope) accessRowsByLevel(
	ctx context.Context, domain access.DomainKey, resource access.ResourceID, f AccessFilter,
) (Listing[AccessRow], error) {
	kinds := []access.GranteeKind{access.Group, access.APIKey}
	if f.Kind != "" {
		kinds = []access.GranteeKind{f.Kind}
	}
	var lists []func(Page) (Listing[AccessRow], error)
	for _, kind := range kinds {
		for _, show := range f.Show.byLevel() {
			lists = append(lists, func(p Page) (Listing[AccessRow], error) {
				return s.AccessRows(ctx, domain, resource, AccessFilter{Page: p, Kind: kind, OnlyGrantees: f.OnlyGrantees, Show: show})
			})
		}
	}
	return inTurn(f.Page, lists...)
}

// named are those of the grantees whose names have the words. Who may not view groups does not find one by its description either.
func (s *Scope) named(ctx context.Context, ids []access.GranteeID, typed string) ([]access.GranteeID, error) {
	all, err := rows[access.Grantee](ctx, s.store, "SELECT r.id, r.name FROM resources r WHERE "+
		s.store.dialect.unindexed("r.organization_id")+" = ? AND "+s.store.dialect.ids("r.id"), s.id, list(ids))
	if err != nil {
		return nil, err
	}
	found := []access.GranteeID{}
	for _, one := range all {
		if names.Matches(typed, one.Name) {
			found = append(found, one.ID)
		}
	}
	return found, nil
}

// holding are the numbers of the grantees among which are all that are to be shown: all of them up to drivenByList, or some more than that.
func (s *Scope) holding(ctx context.Context, domain access.DomainKey, resource access.ResourceID, show AccessShow) ([]access.GranteeID, error) {
	held, args := s.holdersAmong(domain, resource, show)
	return rows[access.GranteeID](ctx, s.store, "SELECT held.id FROM ("+held+") AS held LIMIT ?", append(args, drivenByList+1)...)
}

// holdersAmong is the statement for the grantees among which are all that are to be shown: Administrators, those with one of the levels on the
// domain, and where the editor list decides, those whose list has the resource.
func (s *Scope) holdersAmong(domain access.DomainKey, resource access.ResourceID, show AccessShow) (sql string, args []any) {
	sql = `SELECT g.id FROM groups g WHERE g.organization_id = ? AND g.administrators = true
		UNION ALL
		SELECT p.grantee_id FROM privileges p
		WHERE p.organization_id = ? AND p.domain = ? AND ` + s.store.dialect.texts("p.level") + ` AND ` + inForce("p")
	args = []any{s.id, s.id, domain, list(show.holds()), s.store.Now()}
	if shownAccesses[show].custom == customListed {
		sql += " UNION ALL SELECT e.grantee_id FROM editor_entries e WHERE e.organization_id = ? AND e.resource_id = ? AND " + inForce("e")
		args = append(args, s.id, resource, s.store.Now())
	}
	return sql, args
}

// accessRowsAmong starts from the few grantees that may be seen, and not from all in their order.
func (s *Scope) accessRowsAmong(
	ctx context.Context, domain access.DomainKey, resource access.ResourceID, f AccessFilter,
) (Listing[AccessRow], error) {
	d := s.store.dialect
	q := s.grantees(d.unindexed("r.organization_id"), domain, resource, f.Kind)
	q.add("AND "+d.ids("r.id"), list(f.OnlyGrantees))
	q.add(f.Show.condition())
	if !f.named {
		q.has(wordsOfResources.column(false), names.Words(f.Query))
	}
	q.few = true
	found, err := accessKeys.list(ctx, s.store, q, f.Page)
	return listingOf(found, accessRows(found.Rows)), wrap("list access", err)
}

// AccessRowsByKeys are the rows of the grantees with the keys, by name; keys that there are not are left out.
func (s *Scope) AccessRowsByKeys(
	ctx context.Context, domain access.DomainKey, resource access.ResourceID, kind access.GranteeKind, keys []string,
) ([]AccessRow, error) {
	q := s.grantees("r.organization_id", domain, resource, kind)
	// As an expression the order is no index's: SQLite would walk all names instead of looking for the keys.
	q.add("AND "+s.store.dialect.texts("r.key")+" ORDER BY r.sort_key || '', r.id", list(keys))
	found, err := rows[accessLine](ctx, s.store, q.sql.String(), q.args...)
	return accessRows(found), wrap("read access", err)
}

func accessRows(found []accessLine) []AccessRow {
	var all []AccessRow
	for _, l := range found {
		all = append(all, l.row())
	}
	return all
}

// CountLevels is how many groups and how many API keys can edit the resource, can only view it, and have no access. A key
// counts by its privileges, whether or not it is usable now. It reads counters, and no more rows than list the resource:
// there may be very many grantees.
func (s *Scope) CountLevels(
	ctx context.Context, domain access.DomainKey, resource access.ResourceID,
) (map[access.GranteeKind]LevelCounts, error) {
	now := s.store.Now()
	sums, err := rows[levelSum](ctx, s.store, `
		SELECT d.domain AS holders, d.resources AS total,
			COALESCE((SELECT sum(c.grantees) FROM level_counts c
				WHERE c.organization_id = d.organization_id AND c.domain = ? AND c.level IN (`+levelList(editLevels)+`) AND c.holders = d.domain), 0) +
			(SELECT count(*) FROM groups g JOIN resources r ON r.id = g.id
				WHERE g.organization_id = d.organization_id AND g.administrators = true AND r.domain = d.domain AND r.ended_at IS NULL) AS edit,
			COALESCE((SELECT sum(c.grantees) FROM level_counts c
				WHERE c.organization_id = d.organization_id AND c.domain = ? AND c.level IN (`+levelList(viewLevels)+`, 'custom')
				AND c.holders = d.domain), 0) AS view,
			COALESCE((SELECT sum(c.grantees) FROM level_counts c
				WHERE c.organization_id = d.organization_id AND c.domain = ? AND c.level = 'custom' AND c.holders = d.domain), 0) AS custom,
			(SELECT count(*) FROM editor_entries e
				JOIN privileges p ON p.grantee_id = e.grantee_id AND p.domain = e.domain AND p.level = 'custom' AND `+inForce("p")+`
				AND `+foremost+`
				JOIN resources r ON r.id = e.grantee_id
				WHERE e.organization_id = d.organization_id AND e.resource_id = ? AND e.domain = ? AND `+inForce("e")+`
				AND r.domain = d.domain) AS listed
		FROM domain_counts d
		WHERE d.organization_id = ? AND d.domain IN (?, ?)`,
		domain, domain, domain, now, now, resource, domain, now, s.id, access.GroupsDomain, access.APIKeysDomain)
	if err != nil {
		return nil, wrap("count levels", err)
	}
	counts := map[access.GranteeKind]LevelCounts{access.Group: {}}
	for _, sum := range sums {
		switch {
		case sum.Holders == access.GroupsDomain:
			counts[access.Group] = sum.counts()
		case sum.Total > 0:
			counts[access.APIKey] = sum.counts()
		}
	}
	return counts, nil
}

// levelSum counts the grantees of a kind by their level on a domain, and those at Custom whose list holds a resource.
type levelSum struct {
	Holders                           access.DomainKey
	Total, Edit, View, Custom, Listed int
}

// counts is what the levels and lists come to (R1, R3).
func (l levelSum) counts() LevelCounts {
	return LevelCounts{Edit: l.Edit + l.Listed, View: l.View - l.Listed, None: l.Total - l.Edit - l.View, Custom: l.Custom}
}
