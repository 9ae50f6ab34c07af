package models

import (
	"context"
	"time"
)

// Member is a person who is in at least one group of the organization.
type Member struct {
	PersonID   PersonID
	Name       string
	Email      string
	Groups     int // memberships that have not ended
	Since      time.Time
	LastUsedAt *time.Time
	GroupKeys  []string `gorm:"-"` // sorted; filled by AllMembers only
}

// memberRow is a Member with what its list is paged by.
type memberRow struct {
	ID     int64
	Folded string
	Member
}

const memberColumns = "n.id, n.folded, n.person_id, n.name, n.email, n.groups, n.since, n.last_used_at"

// memberSelect ends inside its WHERE clause; its parameter is the organization.
const memberSelect = "SELECT " + memberColumns + `
	FROM members n
	WHERE n.organization_id = ? AND n.ended_at IS NULL `

var memberKeys = keyset[memberRow]{
	columns: map[string]column[memberRow]{"name": {"n.folded", func(m memberRow) any { return m.Folded }}},
	id:      "n.id",
	idOf:    func(m memberRow) int64 { return m.ID },
}

// Members is one page of the members. The query looks in names and e-mails; column to sort by: name.
func (s *Scope) Members(ctx context.Context, p Page) (Listing[Member], error) {
	q := newQuery(memberSelect, s.id)
	q.contains("(n.folded || ' ' || n.email)", p.Query)
	found, err := memberKeys.list(ctx, s.store, q, p)
	return Listing[Member]{members(found.Rows), found.Next, found.Previous}, wrap("list members", err)
}

func members(found []memberRow) []Member {
	var all []Member
	for _, m := range found {
		all = append(all, m.Member)
	}
	return all
}

// AllMembers are all of the organization with the keys of their groups, by e-mail. Memberships with an end are left out:
// a file can't say when one ends, and would make it last.
func (s *Scope) AllMembers(ctx context.Context) ([]Member, error) {
	all, err := rows[Member](ctx, s.store, memberSelect+"ORDER BY n.email", s.id)
	if err != nil {
		return nil, wrap("read all members", err)
	}
	type in struct {
		PersonID PersonID
		Key      string
	}
	groups, err := rows[in](ctx, s.store, `
		SELECT m.person_id, r.key FROM memberships m
		JOIN resources r ON r.id = m.group_id
		WHERE m.organization_id = ? AND m.ended_at IS NULL AND m.expires_at IS NULL AND r.ended_at IS NULL
		ORDER BY r.key`, s.id)
	keys := map[PersonID][]string{}
	for _, g := range groups {
		keys[g.PersonID] = append(keys[g.PersonID], g.Key)
	}
	for i := range all {
		all[i].GroupKeys = keys[all[i].PersonID]
	}
	return all, wrap("read groups of all members", err)
}

// MemberByEmail is the member with the canonical e-mail.
func (s *Scope) MemberByEmail(ctx context.Context, email string) (Member, error) {
	if !storable(email) {
		return Member{}, wrap("read member", ErrNotFound)
	}
	m, err := row[Member](ctx, s.store, memberSelect+`
		AND n.person_id = (SELECT p.id FROM people p WHERE p.email = ?)`, s.id, email)
	return m, wrap("read member", err)
}

// MemberCount is how many members the organization has.
func (s *Scope) MemberCount(ctx context.Context) (int, error) {
	n, err := row[int](ctx, s.store,
		"SELECT count(*) FROM members WHERE organization_id = ? AND ended_at IS NULL", s.id)
	return n, wrap("count members", err)
}

// Administrators are the members who are in the Administrators group at a moment, by name. CROSS JOIN makes SQLite start
// from the one group instead of going through every membership there is.
func (s *Scope) Administrators(ctx context.Context, at time.Time) ([]Member, error) {
	all, err := rows[Member](ctx, s.store, "SELECT "+memberColumns+`
		FROM groups g CROSS JOIN resources r CROSS JOIN memberships m CROSS JOIN members n
		WHERE g.organization_id = ? AND g.administrators
		AND r.id = g.id AND r.ended_at IS NULL
		AND m.group_id = g.id AND m.ended_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ?)
		AND n.organization_id = m.organization_id AND n.person_id = m.person_id AND n.ended_at IS NULL
		ORDER BY n.folded, n.id`, s.id, moment(at))
	return all, wrap("read administrators", err)
}

// AdministratorNames are whom to ask for privileges (R5): the administrators by name, or by e-mail without one.
func (s *Scope) AdministratorNames(ctx context.Context, at time.Time) ([]string, error) {
	all, err := s.Administrators(ctx, at)
	var names []string
	for _, m := range all {
		if m.Name == "" {
			m.Name = m.Email
		}
		names = append(names, m.Name)
	}
	return names, err
}
