package models

import (
	"context"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/names"
)

// MemberID is the number of a member in one organization; 0 is none. Who leaves and returns is another member.
type MemberID int64

// Member is a person who is in at least one group of the organization.
type Member struct {
	ID             MemberID
	PersonID       PersonID
	Name           string
	Email          string
	Groups         int // memberships that have not ended
	Since          time.Time
	LastUsedMinute int64      // of the last page opened in the organization, counted from 1970 in UTC; 0 = never
	Revision       int64      // raised by each change of the memberships
	Provider       string     // with which they enter the organization; "any" until they joined with one
	SuspendedAt    *time.Time // since when what they hold counts for nothing (R23); nil: it counts
	GroupKeys      []string   `gorm:"-"` // of those for good, sorted; filled by AllMembers only

	GroupEnds map[string]time.Time `gorm:"-"` // of the others, by key; filled by AllMembers only
	Marks     `gorm:"-"`           // filled in lists
}

// LastUsed is when the member last used the organization, to the minute; the zero time where never.
func (m Member) LastUsed() time.Time {
	if m.LastUsedMinute == 0 {
		return time.Time{}
	}
	return time.Unix(m.LastUsedMinute*60, 0).UTC()
}

// memberRow is a Member with what its list is paged by.
type memberRow struct {
	SortKey string
	Member
}

const memberColumns = "n.id, n.sort_key, n.person_id, n.name, n.email, n.groups, n.since, n.last_used_minute, n.revision, n.provider, n.suspended_at"

// memberSelect ends inside its WHERE clause; its parameter is the organization.
const memberSelect = "SELECT " + memberColumns + `
	FROM members n
	WHERE n.organization_id = ? AND n.ended_at IS NULL `

var memberKeys = keyset[memberRow]{
	columns: map[string]column[memberRow]{
		"name": {"n.sort_key", func(m memberRow) any { return m.SortKey }},
		"used": {"n.last_used_minute", func(m memberRow) any { return m.LastUsedMinute }},
	},
	id:   "n.id",
	idOf: func(m memberRow) int64 { return int64(m.ID) },
	named: &fitNames[memberRow]{key: "n.sort_key", keyOf: func(m memberRow) string { return m.SortKey },
		email: "n.email", emailOf: func(m memberRow) string { return m.Email }},
}

// MemberFilter is which members are asked for. The query looks in names and e-mails. Columns to sort by: name, used;
// those of a group are always in the order of their names, which its own rows keep.
type MemberFilter struct {
	Page
	Group  access.GranteeID // 0 = all
	Status MemberStatus     // "" = any
	Unused Unused
	Ends   *time.Time // only who has a membership that ends by then; nil = all
}

// memberOfGroupSelect starts from the rows of one group; its parameters are the group, the organization and the moment.
// CROSS JOIN keeps SQLite from going through all members instead.
const memberOfGroupSelect = "SELECT " + memberColumns + `
	FROM memberships g CROSS JOIN members n
	WHERE g.group_id = ? AND g.ended_at IS NULL AND n.organization_id = g.organization_id AND n.person_id = g.person_id
	AND n.organization_id = ? AND n.ended_at IS NULL AND (g.expires_at IS NULL OR g.expires_at > ?) `

var memberOfGroupKeys = keyset[memberRow]{
	columns: map[string]column[memberRow]{"name": {"g.sort_key", func(m memberRow) any { return m.SortKey }}},
	id:      "g.person_id",
	idOf:    func(m memberRow) int64 { return int64(m.PersonID) },
}

// endingMembers are the people with a membership in force that ends; its parameters are the organization, now, and by when.
const endingMembers = `SELECT m.person_id FROM memberships m
	WHERE m.organization_id = ? AND m.ended_at IS NULL AND m.expires_at > ? AND m.expires_at <= ?`

// Members is one page of the members; of a group, those who are in it at a moment.
func (s *Scope) Members(ctx context.Context, f MemberFilter, at time.Time) (Listing[Member], error) {
	found, err := s.membersFound(ctx, f, at)
	if err != nil {
		return Listing[Member]{}, wrap("list members", err)
	}
	listing := listingOf(found, members(found.Rows))
	err = mark(ctx, s, listing.Rows, func(m *Member) (PersonID, *Marks) { return m.PersonID, &m.Marks })
	return listing, wrap("list members", err)
}

func (s *Scope) membersFound(ctx context.Context, f MemberFilter, at time.Time) (Listing[memberRow], error) {
	if f.Group == 0 {
		return memberKeys.search(ctx, s, f.Page, wordsOfMembers, nil, s.drivenByUse(f, func(among string, args ...any) *query {
			return s.ofMembers(s.members(f.Status, among, args), f, at)
		}))
	}
	if f.Status == MemberSuspended { // few of a large group, as a rule
		few, err := s.suspendedFirst(ctx)
		if err != nil {
			return Listing[memberRow]{}, err
		}
		if len(few) <= drivenByList {
			q := s.ofMembers(s.membersOf(f, at, "AND "+s.store.dialect.ids("n.id"), []any{list(few)}), f, at)
			q.few = true
			q.has(wordsOfMembers.column(false), names.Words(f.Query))
			return memberOfGroupKeys.list(ctx, s.store, q, f.Page)
		}
	}
	return memberOfGroupKeys.search(ctx, s, f.Page, wordsOfMembers, nil, s.drivenByUse(f, func(among string, args ...any) *query {
		return s.ofMembers(s.membersOf(f, at, among, args), f, at)
	}))
}

// drivenByUse has the list found from the indexes of status and of last uses, where walking in its own order meets too few.
func (s *Scope) drivenByUse(f MemberFilter, build func(among string, args ...any) *query) func(among string, args ...any) *query {
	among, args := "AND n.id IN (SELECT n.id FROM members n WHERE n.organization_id = ? AND n.ended_at IS NULL"+f.Status.of(), []any{s.id}
	if f.Unused.asked() {
		among, args = among+" AND n.last_used_minute < ?", append(args, f.Unused.before())
	}
	return func(only string, more ...any) *query {
		q := build(only, more...)
		if only == "" {
			q.driveBy(func() *query { return build(among+")", args...) })
		}
		return q
	}
}

// ofMembers leaves those that meet the rest of the filter.
func (s *Scope) ofMembers(q *query, f MemberFilter, at time.Time) *query {
	if f.Ends != nil {
		q.add("AND "+s.store.dialect.oneOf("n.person_id", endingMembers), s.id, moment(at), moment(*f.Ends))
	}
	if f.Unused.asked() {
		f.Unused.ofMember(q, "n.last_used_minute")
		if strings.TrimPrefix(f.Sort, "-") != "used" || f.Group != 0 { // else the index of uses knows it
			q.sifted = true
		}
	}
	return q
}

// members begins the query for members of a status, among those that a condition on n.id names where there is one.
func (s *Scope) members(status MemberStatus, among string, args []any) *query {
	if among != "" {
		return newQuery("SELECT "+memberColumns+" FROM members n WHERE "+s.store.dialect.unindexed("n.organization_id")+" = ? AND n.ended_at IS NULL "+
			status.of()+among, append([]any{s.id}, args...)...)
	}
	q := newQuery(memberSelect+status.of(), s.id)
	q.walks("SELECT n.id FROM members n WHERE n.organization_id = ? AND n.ended_at IS NULL"+status.of(), s.id)
	return q
}

// membersOf is members for those of a group.
func (s *Scope) membersOf(f MemberFilter, at time.Time, among string, args []any) *query {
	if among != "" {
		return newQuery("SELECT "+memberColumns+`
			FROM members n CROSS JOIN memberships g
			WHERE `+s.store.dialect.unindexed("n.organization_id")+` = ? AND n.ended_at IS NULL AND g.group_id = ? AND g.person_id = n.person_id
			AND g.ended_at IS NULL AND (g.expires_at IS NULL OR g.expires_at > ?) `+f.Status.of()+among,
			append([]any{s.id, f.Group, moment(at)}, args...)...)
	}
	q := newQuery(memberOfGroupSelect, f.Group, s.id, moment(at))
	q.walks("SELECT g.person_id FROM memberships g WHERE g.group_id = ? AND g.ended_at IS NULL", f.Group)
	if f.Status != "" { // the rows of the group do not know it
		q.sift(f.Status.of())
	}
	return q
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
		PersonID  PersonID
		Key       string
		ExpiresAt *time.Time
	}
	groups, err := rows[in](ctx, s.store, `
		SELECT m.person_id, r.key, m.expires_at FROM memberships m
		JOIN resources r ON r.id = m.group_id
		WHERE m.organization_id = ? AND m.ended_at IS NULL AND r.ended_at IS NULL
		ORDER BY r.key`, s.id)
	if err != nil {
		return nil, wrap("read groups of all members", err)
	}
	keys, ends := map[PersonID][]string{}, map[PersonID]map[string]time.Time{}
	for _, g := range groups {
		switch {
		case g.ExpiresAt == nil:
			keys[g.PersonID] = append(keys[g.PersonID], g.Key)
		case ends[g.PersonID] == nil:
			ends[g.PersonID] = map[string]time.Time{g.Key: *g.ExpiresAt}
		default:
			ends[g.PersonID][g.Key] = *g.ExpiresAt
		}
	}
	for i := range all {
		all[i].GroupKeys, all[i].GroupEnds = keys[all[i].PersonID], ends[all[i].PersonID]
	}
	return all, nil
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

// MembersByEmails are the members with these canonical e-mails, by e-mail; who is none is left out.
func (s *Scope) MembersByEmails(ctx context.Context, emails []string) ([]Member, error) {
	all, err := rows[Member](ctx, s.store, memberSelect+`
		AND n.person_id IN (SELECT p.id FROM people p WHERE `+s.store.dialect.texts("p.email")+") ORDER BY n.email", s.id, list(emails))
	return all, wrap("read members", err)
}

// MemberByID is the member with the number.
func (s *Scope) MemberByID(ctx context.Context, id MemberID) (Member, error) {
	m, err := row[Member](ctx, s.store, memberSelect+"AND n.id = ?", s.id, id)
	return m, wrap("read member", err)
}

// MemberOf is the member that a person is.
func (s *Scope) MemberOf(ctx context.Context, person PersonID) (Member, error) {
	m, err := row[Member](ctx, s.store, memberSelect+"AND n.person_id = ?", s.id, person)
	return m, wrap("read member", err)
}

// MemberCount is how many members the organization has, from the counter kept with each change.
func (s *Scope) MemberCount(ctx context.Context) (int, error) {
	n, err := row[int](ctx, s.store, "SELECT members FROM organizations WHERE id = ?", s.id)
	return n, wrap("count members", err)
}
