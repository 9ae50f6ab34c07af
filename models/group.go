package models

import (
	"context"
	"strings"

	"bailiwick/access"
)

// Group is a grantee with members. Its name, key and revision are those of its resource.
type Group struct {
	Resource
	Description    string // what it is for, one line; "" = not said
	BuiltIn        string // key of the catalogue's group that it came from; "" = custom
	Administrators bool   // the one group of R8
	Members        int    // memberships that have not ended
	Invitations    int
	IdentitySets   int
	Privileges     int // domains with a level; of Administrators 0, callers know better (R8)
	LastUsedMinute int64
}

// Grantee is the group as something that holds privileges.
func (g Group) Grantee() access.Grantee {
	return access.Grantee{
		Kind: access.Group, ID: access.GranteeID(g.ID), Key: g.Key, Name: g.Name, Administrators: g.Administrators,
	}
}

// The kinds of group that a GroupFilter tells apart.
const (
	GroupsBuiltIn = "built-in"
	GroupsCustom  = "custom"
)

// GroupFilter is which groups are asked for. Columns to sort by: name, members, privileges, modified, used.
type GroupFilter struct {
	Page
	Kind   string           // GroupsBuiltIn or GroupsCustom; "" = both
	Domain access.DomainKey // only those with a level on the domain, Administrators among them; "" = all

	Empty     bool // only those without members
	Unused    Unused
	Sensitive []access.DomainKey // not nil: only those with a level on one of these, Administrators among them
}

// groupRows ends before its WHERE clause. Each group has its row in groups; with a left join PostgreSQL knows that there are
// as many rows as resources.
const groupRows = `
	SELECT r.*, COALESCE(o.email, '') AS owner_email,
		g.description, g.built_in, g.administrators, g.members, g.invitations, g.identity_sets, g.privileges, g.last_used_minute
	FROM resources r
	LEFT JOIN groups g ON g.id = r.id
	LEFT JOIN people o ON o.id = r.owner_id `

// groupSelect ends inside its WHERE clause; its parameters are the organization and the Groups domain.
const groupSelect = groupRows + "WHERE r.organization_id = ? AND r.domain = ? AND r.ended_at IS NULL "

// groupsByNumber is groupSelect for a condition on r.id, which follows.
func (d dialect) groupsByNumber() string {
	return groupRows + "WHERE " + d.unindexed("r.organization_id") + " = ? AND r.domain = ? AND r.ended_at IS NULL AND "
}

var groupColumns = map[string]column[Group]{
	"name":       {"r.sort_key", func(g Group) any { return g.SortKey }},
	"members":    {"g.members", func(g Group) any { return int64(g.Members) }},
	"privileges": {"g.privileges", func(g Group) any { return int64(g.Privileges) }},
	"used":       {"g.last_used_minute", func(g Group) any { return g.LastUsedMinute }},
	"modified":   {"r.modified_at", func(g Group) any { return g.ModifiedAt }},
}

// groupKeys pages by the table that the column to sort by is in: an index holds that table's number, not the other's,
// though they are the same.
func groupKeys(sort string) keyset[Group] {
	keys := keyset[Group]{columns: groupColumns, id: "r.id", idOf: func(g Group) int64 { return int64(g.ID) },
		key: "r.key", keyOf: func(g Group) string { return g.Key },
		named: &fitNames[Group]{key: "r.sort_key", keyOf: func(g Group) string { return g.SortKey }}}
	if strings.HasPrefix(groupColumns[strings.TrimPrefix(sort, "-")].sql, "g.") {
		keys.id = "g.id"
	}
	return keys
}

// emptyGroups are those without members; its parameter is the organization.
const emptyGroups = "SELECT e.id FROM groups e JOIN resources x ON x.id = e.id AND x.ended_at IS NULL WHERE e.organization_id = ? AND e.members = 0"

// sensitiveGroups are those with a level on one of the domains; its parameters are the organization, the list of the domains, the
// moment, and the organization.
func (d dialect) sensitiveGroups() string {
	return `SELECT p.grantee_id FROM privileges p JOIN groups e ON e.id = p.grantee_id AND NOT e.administrators
		WHERE p.organization_id = ? AND ` + d.texts("p.domain") + ` AND p.level <> 'none' AND ` + inForce("p") + `
		UNION SELECT a.id FROM groups a WHERE a.organization_id = ? AND a.administrators = true`
}

// Groups is one page of the groups.
func (s *Scope) Groups(ctx context.Context, f GroupFilter) (Listing[Group], error) {
	keys := groupKeys(f.Sort)
	l, err := keys.search(ctx, s, f.Page, wordsOfResources, []access.DomainKey{access.GroupsDomain},
		func(among string, args ...any) *query { return s.groups(f, keys, among, args) })
	return l, wrap("list groups", err)
}

// groups begins the query for a page of the groups, among those that a condition on r.id names where there is one.
func (s *Scope) groups(f GroupFilter, keys keyset[Group], among string, args []any) *query {
	q := newQuery(groupSelect, s.id, access.GroupsDomain)
	if among != "" {
		q = newQuery(s.store.dialect.groupsByNumber()+"1 = 1 "+among, append([]any{s.id, access.GroupsDomain}, args...)...)
	}
	switch f.Kind {
	case GroupsBuiltIn: // they are few: from their own index, which holds their numbers too
		q = newQuery(s.store.dialect.groupsByNumber()+`r.id IN (
			SELECT b.id FROM groups b WHERE b.organization_id = ? AND b.built_in <> '' AND b.id > 0)`, s.id, access.GroupsDomain, s.id)
	case GroupsCustom:
		q.add("AND g.built_in = ''")
	}
	switch {
	case f.Domain == "":
	case !storable(string(f.Domain)):
		q.add("AND 1 = 0")
	default:
		// A comparison: PostgreSQL expects it to hold for many groups, and then does not look all of them up.
		q.add(`AND CASE WHEN g.administrators THEN 1 ELSE COALESCE((
			SELECT p.id FROM privileges p WHERE p.grantee_id = r.id AND p.domain = ? AND `+inForce("p")+` LIMIT 1), 0) END > 0`, f.Domain, s.store.Now())
	}
	if f.Empty {
		q.add("AND "+s.store.dialect.oneOf("r.id", "SELECT e.id FROM groups e WHERE e.organization_id = ? AND e.members = 0"), s.id)
	}
	if f.Sensitive != nil {
		q.add("AND "+s.store.dialect.oneOf("r.id", s.store.dialect.sensitiveGroups()), s.id, list(f.Sensitive), s.store.Now(), s.id)
	}
	f.Unused.ofGroup(q, s.id)
	if keys.id == "g.id" && among == "" {
		q.add("AND g.organization_id = ?", s.id) // from the index of the counter
	}
	return q
}

// Group is the one with the key.
func (s *Scope) Group(ctx context.Context, key string) (Group, error) {
	if !storable(key) {
		return Group{}, wrap("read group", ErrNotFound)
	}
	g, err := row[Group](ctx, s.store, groupSelect+"AND r.key = ?", s.id, access.GroupsDomain, key)
	return g, wrap("read group", err)
}

// GroupByID is the one with the number.
func (s *Scope) GroupByID(ctx context.Context, id access.GranteeID) (Group, error) {
	g, err := row[Group](ctx, s.store, groupSelect+"AND r.id = ?", s.id, access.GroupsDomain, id)
	return g, wrap("read group", err)
}

// GroupsByIDs are those with the numbers, by name; what is not a group of the organization is left out.
func (s *Scope) GroupsByIDs(ctx context.Context, ids []access.GranteeID) ([]Group, error) {
	d := s.store.dialect
	all, err := rows[Group](ctx, s.store,
		d.groupsByNumber()+d.ids("r.id")+" ORDER BY r.sort_key, r.id", s.id, access.GroupsDomain, list(ids))
	return all, wrap("read groups", err)
}

// AllGroups are all of the organization, by key.
func (s *Scope) AllGroups(ctx context.Context) ([]Group, error) {
	all, err := rows[Group](ctx, s.store, groupSelect+"ORDER BY r.key", s.id, access.GroupsDomain)
	return all, wrap("read all groups", err)
}

// CreateGroup adds a group without members and privileges and sets its ID. ErrDuplicate when the key is taken.
func (s *Scope) CreateGroup(ctx context.Context, g *Group) error {
	err := s.whole(ctx, func(tx *Scope) error {
		g.Domain = access.GroupsDomain
		if err := tx.createResource(ctx, &g.Resource, g.Description); err != nil {
			return err
		}
		g.Members, g.Invitations, g.IdentitySets, g.Privileges = 0, 0, 0, 0
		_, err := tx.exec(ctx, "INSERT INTO groups (id, organization_id, description, built_in, administrators, skeleton) VALUES (?, ?, ?, ?, ?, ?)",
			g.ID, tx.id, g.Description, g.BuiltIn, g.Administrators, skeletonOfGroup(g.Resource))
		return err
	})
	return wrap("create group", err)
}

// DescribeGroup says what a group of the organization is for, which it is found by too. It raises no revision: UpdateResource does, with
// what else changes.
func (s *Scope) DescribeGroup(ctx context.Context, id access.GranteeID, description string) error {
	err := s.whole(ctx, func(tx *Scope) error {
		changed, err := tx.exec(ctx, "UPDATE groups SET description = ? WHERE organization_id = ? AND id = ?", description, tx.id, id)
		if err != nil || changed == 0 {
			return err
		}
		return tx.writeWordsOfGroup(ctx, id)
	})
	return wrap("describe a group", err)
}

// writeWordsOfGroup writes what a group is found by: its name and its description.
func (s *Scope) writeWordsOfGroup(ctx context.Context, id access.GranteeID) error {
	g, err := row[Group](ctx, s.store, groupRows+"WHERE r.organization_id = ? AND r.id = ?", s.id, id)
	if err != nil {
		return err
	}
	g.key(g.Description)
	_, err = s.exec(ctx, "UPDATE resources SET words = ? WHERE organization_id = ? AND id = ?", g.Words, s.id, id)
	return err
}
