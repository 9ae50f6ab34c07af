package models

import (
	"context"
	"errors"
	"time"

	"bailiwick/access"
)

// Membership is one person in one group.
type Membership struct {
	GroupID     access.GranteeID
	PersonID    PersonID
	MemberID    MemberID
	Since       time.Time
	ExpiresAt   *time.Time // nil = never; at that very instant it has expired (R12)
	Name        string     // of the member
	Email       string
	GroupKey    string
	GroupName   string
	SuspendedAt *time.Time // since when the member is suspended (R23); nil: they are not
	Marks       `gorm:"-"` // filled by GroupMembers only
}

// membershipRow is a Membership with what its list is paged by.
type membershipRow struct {
	SortKey string
	Membership
}

const membershipColumns = `
	SELECT m.group_id, m.person_id, m.since, m.expires_at, m.sort_key, n.id AS member_id, n.name, n.email, n.suspended_at,
		r.key AS group_key, r.name AS group_name `

// membershipSelect ends inside its WHERE clause; its parameter is the organization.
const membershipSelect = membershipColumns + `
	FROM memberships m
	JOIN members n ON n.organization_id = m.organization_id AND n.person_id = m.person_id AND n.ended_at IS NULL
	JOIN resources r ON r.id = m.group_id
	WHERE m.organization_id = ? AND m.ended_at IS NULL AND r.ended_at IS NULL `

// membershipOfFew is membershipSelect for one group and few members, who come first. It ends inside its WHERE clause; its
// parameters are the group and the organization.
func membershipOfFew(d dialect) string {
	return membershipColumns + `
	FROM members n
	CROSS JOIN memberships m
	CROSS JOIN resources r
	WHERE m.group_id = ? AND m.person_id = n.person_id AND m.ended_at IS NULL
	AND r.id = m.group_id AND r.ended_at IS NULL AND ` + d.unindexed("n.organization_id") + ` = ? AND n.ended_at IS NULL `
}

var membershipKeys = keyset[membershipRow]{
	columns: map[string]column[membershipRow]{"name": {"m.sort_key", func(m membershipRow) any { return m.SortKey }}},
	id:      "m.person_id",
	idOf:    func(m membershipRow) int64 { return int64(m.PersonID) },
	key:     "n.email",
	keyOf:   func(m membershipRow) string { return m.Email },
}

// MembershipsOf are the person's, by the group's name. Expired ones that nobody has ended yet are there, with their end.
func (s *Scope) MembershipsOf(ctx context.Context, person PersonID) ([]Membership, error) {
	all, err := rows[Membership](ctx, s.store,
		membershipSelect+"AND m.person_id = ? ORDER BY r.sort_key, r.id", s.id, person)
	return all, wrap("read memberships", err)
}

// GroupMembers is one page of a group's members, expired ones that nobody has ended yet among them. The query looks in
// names and e-mails; column to sort by: name.
func (s *Scope) GroupMembers(ctx context.Context, group access.GranteeID, p Page) (Listing[Membership], error) {
	found, err := membershipKeys.search(ctx, s, p, wordsOfMembers, nil, func(among string, args ...any) *query {
		if among != "" {
			return newQuery(membershipOfFew(s.store.dialect)+among, append([]any{group, s.id}, args...)...)
		}
		q := newQuery(membershipSelect+"AND m.group_id = ?", s.id, group)
		q.walks("SELECT m.person_id FROM memberships m WHERE m.group_id = ? AND m.ended_at IS NULL", group)
		return q
	})
	if err != nil {
		return Listing[Membership]{}, wrap("list members of a group", err)
	}
	var all []Membership
	for _, m := range found.Rows {
		all = append(all, m.Membership)
	}
	err = mark(ctx, s, all, func(m *Membership) (PersonID, *Marks) { return m.PersonID, &m.Marks })
	return listingOf(found, all), wrap("list members of a group", err)
}

// GroupMembersAmong are those of these members who are in a group, as GroupMembers has them but without marks.
func (s *Scope) GroupMembersAmong(ctx context.Context, group access.GranteeID, members []MemberID) ([]Membership, error) {
	d := s.store.dialect
	all, err := rows[Membership](ctx, s.store,
		membershipOfFew(d)+"AND "+d.ids("n.id")+" ORDER BY m.sort_key, m.person_id", group, s.id, list(members))
	return all, wrap("read members of a group", err)
}

// AddMembership puts the person into a group, until a moment or, with nil, for good; in their first group the person
// becomes a member. ErrDuplicate when the person is in it, ErrNotFound when there is no such group or person. A
// membership that has expired stands in nobody's way: it ends when it expired.
func (s *Scope) AddMembership(
	ctx context.Context, group access.GranteeID, p Person, expires *time.Time, at time.Time,
) error {
	err := s.whole(ctx, func(tx *Scope) error {
		people := []PersonID{p.ID}
		added, err := tx.addMemberships(ctx, group, people, expires, at)
		if err != nil || added > 0 {
			return err
		}
		found, err := rows[PersonID](ctx, tx.store, `
			SELECT person_id FROM memberships
			WHERE organization_id = ? AND group_id = ? AND person_id = ? AND ended_at IS NULL`, tx.id, group, p.ID)
		if err == nil && len(found) == 1 {
			return ErrDuplicate
		}
		if err == nil {
			return ErrNotFound
		}
		return err
	})
	return wrap("add membership", err)
}

// AddMembershipsUntil is AddMembership for several people at once. ErrDuplicate when one of them is in the group, or is named twice;
// ErrNotFound when there is no such group or person.
func (s *Scope) AddMembershipsUntil(ctx context.Context, group access.GranteeID, people []PersonID, expires *time.Time, at time.Time) error {
	err := s.whole(ctx, func(tx *Scope) error {
		if _, err := tx.GroupByID(ctx, group); err != nil {
			return err
		}
		added, err := tx.addMemberships(ctx, group, people, expires, at)
		if err == nil && added != len(people) {
			err = ErrDuplicate
		}
		return err
	})
	return wrap("add memberships", err)
}

// AddMemberships puts all of the people into a group for good; who is in it until some moment is from now on in it for
// good as well. ErrNotFound when there is no such group.
func (s *Scope) AddMemberships(ctx context.Context, group access.GranteeID, people []Person, at time.Time) error {
	ids := make([]PersonID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	err := s.whole(ctx, func(tx *Scope) error {
		if _, err := tx.GroupByID(ctx, group); err != nil {
			return err
		}
		if err := tx.endLimited(ctx, group, ids, at); err != nil {
			return err
		}
		_, err := tx.addMemberships(ctx, group, ids, nil, at)
		return err
	})
	return wrap("add memberships", err)
}

func (s *Scope) addMemberships(
	ctx context.Context, group access.GranteeID, people []PersonID, expires *time.Time, at time.Time,
) (int, error) {
	if err := s.endExpired(ctx, group, people, at); err != nil {
		return 0, err
	}
	added, err := s.exec(ctx, `
		INSERT INTO memberships (organization_id, group_id, person_id, sort_key, since, expires_at)
		SELECT r.organization_id, r.id, p.id, `+memberSortKey+`, ?, ?
		FROM resources r, people p
		WHERE r.organization_id = ? AND r.domain = ? AND r.id = ? AND r.ended_at IS NULL
		AND `+s.store.dialect.ids("p.id")+`
		ON CONFLICT DO NOTHING`,
		moment(at), momentOrNil(expires), s.id, access.GroupsDomain, group, list(people))
	if err != nil || added == 0 {
		return 0, err
	}
	if err := s.countInGroup(ctx, group, added); err != nil {
		return 0, err
	}
	if err := s.newMembers(ctx, people, at); err != nil {
		return 0, err
	}
	if err := s.shutUnproven(ctx, people); err != nil {
		return 0, err
	}
	if err := s.execAll(ctx, []statement{s.recountGroups(people)}); err != nil {
		return 0, err
	}
	return added, s.regroup(ctx, at, "= ?", group)
}

// regroup notes that who is in some groups has changed; among is a condition on their numbers. What was saved keeps who saved it
// and when. A change that was noted later stays. errNobodyActs where nobody is named who could be noted.
func (s *Scope) regroup(ctx context.Context, at time.Time, among string, args ...any) error {
	if s.who == nil {
		return errNobodyActs
	}
	_, err := s.exec(ctx, `
		UPDATE resources SET saved_at = COALESCE(saved_at, modified_at), saved_by = COALESCE(saved_by, modified_by), modified_at = ?, modified_by = ?
		WHERE `+s.store.dialect.unindexed("organization_id")+` = ? AND domain = ? AND ended_at IS NULL AND modified_at <= ? AND id `+among,
		append([]any{moment(at), s.who(), s.id, access.GroupsDomain, moment(at)}, args...)...)
	return err
}

// errNobodyActs is a fault of the program: it changed who is in a group without saying who does so (ActsFor).
var errNobodyActs = errors.New("nobody is named who changes who is in a group")

// memberSortKey is the name by which a membership of the person p in the organization of r is sorted and found: the member's,
// who may go by another name here than elsewhere.
const memberSortKey = `COALESCE((SELECT n.sort_key FROM members n
	WHERE n.organization_id = r.organization_id AND n.person_id = p.id AND n.ended_at IS NULL), p.sort_key)`

// endExpired ends, as of their expiry, the memberships in a group that have expired.
func (s *Scope) endExpired(ctx context.Context, group access.GranteeID, people []PersonID, at time.Time) error {
	ended, err := s.exec(ctx, `
		UPDATE memberships SET ended_at = expires_at
		WHERE organization_id = ? AND group_id = ? AND ended_at IS NULL AND expires_at <= ?
		AND `+s.store.dialect.ids("person_id"), s.id, group, moment(at), list(people))
	if err != nil {
		return err
	}
	return s.countInGroup(ctx, group, -ended)
}

// endLimited ends the memberships in a group that would have ended later, to make room for others.
func (s *Scope) endLimited(ctx context.Context, group access.GranteeID, people []PersonID, at time.Time) error {
	ended, err := s.exec(ctx, `
		UPDATE memberships SET ended_at = ?
		WHERE organization_id = ? AND group_id = ? AND ended_at IS NULL AND expires_at > ?
		AND `+s.store.dialect.ids("person_id"), moment(at), s.id, group, moment(at), list(people))
	if err != nil {
		return err
	}
	return s.countInGroup(ctx, group, -ended)
}

// countInGroup keeps a group's counter.
func (s *Scope) countInGroup(ctx context.Context, group access.GranteeID, more int) error {
	if more == 0 {
		return nil
	}
	_, err := s.exec(ctx, "UPDATE groups SET members = members + ? WHERE organization_id = ? AND id = ?", more, s.id, group)
	return err
}

// newMembers makes members of those of the people who are none.
func (s *Scope) newMembers(ctx context.Context, people []PersonID, at time.Time) error {
	added, err := s.exec(ctx, `
		INSERT INTO members (organization_id, person_id, name, sort_key, words, skeleton, email, since)
		SELECT o.id, p.id, p.name, p.sort_key, CAST(? AS text) || p.words, p.skeleton, p.email, ?
		FROM organizations o, people p
		WHERE o.id = ? AND `+s.store.dialect.ids("p.id")+`
		ON CONFLICT DO NOTHING`, wordsOfMembers.mark(s.id, ""), moment(at), s.id, list(people))
	if err != nil {
		return err
	}
	return s.countMembers(ctx, added)
}

// countMembers keeps the organization's counter.
func (s *Scope) countMembers(ctx context.Context, more int) error {
	if more == 0 {
		return nil
	}
	_, err := s.exec(ctx, "UPDATE organizations SET members = members + ? WHERE id = ?", more, s.id)
	return err
}

// recountGroups sets the counters of these members to what there is, after a change of their memberships.
func (s *Scope) recountGroups(people []PersonID) statement {
	return do(`
		UPDATE members SET revision = revision + 1, groups = (
			SELECT count(*) FROM memberships m
			WHERE m.person_id = members.person_id AND m.organization_id = members.organization_id AND m.ended_at IS NULL)
		WHERE organization_id = ? AND ended_at IS NULL AND `+s.store.dialect.ids("person_id"), s.id, list(people))
}

// EndMembership takes the person out of a group. Who was in no other is no longer a member, and no longer owns anything
// (R16). ErrNotFound when the person is not in the group.
func (s *Scope) EndMembership(
	ctx context.Context, group access.GranteeID, person PersonID, at time.Time,
) error {
	return s.EndMemberships(ctx, group, []PersonID{person}, at)
}

// EndMemberships is EndMembership for several people: as many statements as for one. ErrNotFound when one of them is not in the group,
// or is named twice.
func (s *Scope) EndMemberships(ctx context.Context, group access.GranteeID, people []PersonID, at time.Time) error {
	err := s.whole(ctx, func(tx *Scope) error {
		found, err := rows[PersonID](ctx, tx.store, `
			SELECT person_id FROM memberships
			WHERE organization_id = ? AND group_id = ? AND ended_at IS NULL AND `+tx.store.dialect.ids("person_id"), tx.id, group, list(people))
		if err != nil {
			return err
		}
		if len(found) != len(people) {
			return ErrNotFound
		}
		return tx.endMemberships(ctx, group, people, at)
	})
	return wrap("end memberships", err)
}

// endMemberships takes these people, or with none named everybody, out of a group. The statements find the people by the rows
// that are about to end, which is why they are sorted.
func (s *Scope) endMemberships(ctx context.Context, group access.GranteeID, people []PersonID, at time.Time) error {
	condition, who := "", []any{s.id, group}
	if people != nil {
		condition, who = " AND "+s.store.dialect.ids("person_id"), append(who, list(people))
	}
	leaving, without := inGroup+condition, inNoOther(inGroup+condition)
	args := func(before ...any) []any { return append(before, who...) }
	_, err := s.exec(ctx, `UPDATE resources SET owner_id = NULL
		WHERE organization_id = ? AND ended_at IS NULL AND owner_id IN (`+without+`)`, args(s.id)...)
	if err != nil {
		return err
	}
	left, err := s.exec(ctx, `UPDATE members SET ended_at = ?, groups = 0, revision = revision + 1
		WHERE organization_id = ? AND ended_at IS NULL AND person_id IN (`+without+`)`, args(moment(at), s.id)...)
	if err != nil {
		return err
	}
	if err := s.countMembers(ctx, -left); err != nil {
		return err
	}
	err = s.execAll(ctx, []statement{
		do(`UPDATE members SET groups = groups - 1, revision = revision + 1
			WHERE organization_id = ? AND ended_at IS NULL AND person_id IN (`+leaving+`)`, args(s.id)...),
		do(`UPDATE groups SET members = members - (SELECT count(*) FROM (`+leaving+`) AS l)
			WHERE organization_id = ? AND id = ?`, append(args(), s.id, group)...),
		do(`UPDATE memberships SET ended_at = ?
			WHERE organization_id = ? AND group_id = ? AND ended_at IS NULL`+condition, args(moment(at))...),
	})
	if err != nil {
		return err
	}
	return s.regroup(ctx, at, "= ?", group)
}
