package models

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/names"
)

// FirstGroup is the first of a person's groups by name, others than built-in ones ahead, and what a list says of all of them.
type FirstGroup struct {
	PersonID PersonID
	Key      string
	Name     string
	Total    int
	Role     string     // name of the first built-in group, the administrators before others; "" = none
	Ends     *time.Time // when the first of the memberships ends that do; nil = none does
	Ending   int        // how many of them end
}

// FirstGroupsOf are those of several people at a moment; who is in no group has none.
func (s *Scope) FirstGroupsOf(ctx context.Context, people []PersonID, at time.Time) (map[PersonID]FirstGroup, error) {
	found, err := rows[FirstGroup](ctx, s.store, `
		SELECT person_id, key, name, total, role, ends, ending FROM (
			SELECT m.person_id, m.expires_at AS ends,
				row_number() OVER (PARTITION BY m.person_id ORDER BY CASE WHEN m.expires_at IS NULL THEN 1 ELSE 0 END, m.expires_at) AS place,
				first_value(r.key) OVER (PARTITION BY m.person_id ORDER BY CASE WHEN g.built_in = '' THEN 0 ELSE 1 END, r.sort_key, r.id) AS key,
				first_value(r.name) OVER (PARTITION BY m.person_id ORDER BY CASE WHEN g.built_in = '' THEN 0 ELSE 1 END, r.sort_key, r.id) AS name,
				count(*) OVER (PARTITION BY m.person_id) AS total,
				count(m.expires_at) OVER (PARTITION BY m.person_id) AS ending,
				first_value(CASE WHEN g.built_in <> '' THEN r.name ELSE '' END) OVER (PARTITION BY m.person_id
					ORDER BY CASE WHEN g.administrators THEN 0 WHEN g.built_in <> '' THEN 1 ELSE 2 END, r.sort_key, r.id) AS role
			FROM memberships m
			JOIN resources r ON r.id = m.group_id
			JOIN groups g ON g.id = m.group_id
			WHERE m.organization_id = ? AND m.ended_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ?)
			AND r.ended_at IS NULL AND `+s.store.dialect.ids("m.person_id")+`) AS placed
		WHERE place = 1`, s.id, moment(at), list(people))
	if err != nil {
		return nil, wrap("read groups of members", err)
	}
	groups := make(map[PersonID]FirstGroup, len(found))
	for _, g := range found {
		groups[g.PersonID] = g
	}
	return groups, nil
}

// MemberGroup is a group as a person stands to it.
type MemberGroup struct {
	Group
	Joined    bool       // there is a membership that nobody has ended
	ExpiresAt *time.Time // of that membership; nil = never
}

// In tells whether the person is in the group at a moment (R12).
func (g MemberGroup) In(at time.Time) bool {
	return g.Joined && (g.ExpiresAt == nil || at.Before(*g.ExpiresAt))
}

// MemberGroupFilter is which groups are asked for. Column to sort by: name.
type MemberGroupFilter struct {
	Page
	Joined bool // only those that the person is in
}

const memberGroupColumns = `
	SELECT r.*, g.built_in, g.administrators, g.members, g.invitations, g.identity_sets, g.privileges,
		m.id IS NOT NULL AS joined, m.expires_at`

// memberGroupSelect is all groups as a person stands to them, of the organization in a column that an index may know. It ends
// inside its WHERE clause; its parameters are the person, the organization and the Groups domain.
func memberGroupSelect(organization string) string {
	return memberGroupColumns + `
	FROM resources r
	JOIN groups g ON g.id = r.id
	LEFT JOIN memberships m ON m.group_id = r.id AND m.person_id = ? AND m.ended_at IS NULL
	WHERE ` + organization + ` = ? AND r.domain = ? AND r.ended_at IS NULL `
}

// joinedGroupSelect is those of them that the person is in, with the same parameters. It starts from the memberships, of
// which there are few; CROSS JOIN holds SQLite to that.
const joinedGroupSelect = memberGroupColumns + `
	FROM memberships m
	CROSS JOIN resources r
	CROSS JOIN groups g
	WHERE m.person_id = ? AND m.organization_id = ? AND m.ended_at IS NULL
	AND r.id = m.group_id AND r.domain = ? AND r.ended_at IS NULL AND g.id = r.id `

var memberGroupKeys = keyset[MemberGroup]{
	columns: map[string]column[MemberGroup]{"name": {"r.sort_key", func(g MemberGroup) any { return g.SortKey }}},
	id:      "r.id",
	idOf:    func(g MemberGroup) int64 { return int64(g.ID) },
}

// GroupsOfMember is one page of the organization's groups as a person stands to them.
func (s *Scope) GroupsOfMember(ctx context.Context, person PersonID, f MemberGroupFilter) (Listing[MemberGroup], error) {
	if f.Joined {
		q := newQuery(joinedGroupSelect, person, s.id, access.GroupsDomain)
		q.has(wordsOfResources.column(false), names.Words(f.Query))
		l, err := memberGroupKeys.list(ctx, s.store, q, f.Page)
		return l, wrap("list groups of a member", err)
	}
	l, err := memberGroupKeys.search(ctx, s, f.Page, wordsOfResources, []access.DomainKey{access.GroupsDomain},
		func(among string, args ...any) *query {
			organization := "r.organization_id"
			if among != "" {
				organization = s.store.dialect.unindexed(organization)
			}
			return newQuery(memberGroupSelect(organization)+among, append([]any{person, s.id, access.GroupsDomain}, args...)...)
		})
	return l, wrap("list groups of a member", err)
}

// GroupsOfMemberByKeys are those with the keys, by key; keys that there are not are left out.
func (s *Scope) GroupsOfMemberByKeys(ctx context.Context, person PersonID, keys []string) ([]MemberGroup, error) {
	all, err := rows[MemberGroup](ctx, s.store,
		memberGroupSelect("r.organization_id")+"AND "+s.store.dialect.texts("r.key")+" ORDER BY r.key", person, s.id, access.GroupsDomain, list(keys))
	return all, wrap("read groups of a member", err)
}

// CountMemberships is how many groups a person is in at a moment.
func (s *Scope) CountMemberships(ctx context.Context, person PersonID, at time.Time) (int, error) {
	n, err := row[int](ctx, s.store, `
		SELECT count(*) FROM memberships m
		WHERE m.organization_id = ? AND m.person_id = ? AND m.ended_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ?)`,
		s.id, person, moment(at))
	return n, wrap("count memberships", err)
}
