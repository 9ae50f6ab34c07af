package models

import (
	"context"
	"strings"
	"time"

	"bailiwick/access"
)

// InvitationFilter is which invitations are asked for. The query looks in addresses. Columns to sort by: name, which is
// the address, and, of pending ones, expires.
type InvitationFilter struct {
	Page
	Outcome string     // InvitationAccepted and so on; "" = pending
	Ends    *time.Time // of pending ones, those that run out by then; nil = all
}

var invitationKeys = keyset[Invitation]{
	columns: map[string]column[Invitation]{
		"name":    {"i.email", func(i Invitation) any { return i.Email }},
		"expires": {"i.expires_at", func(i Invitation) any { return i.ExpiresAt }},
	},
	id:   "i.id",
	idOf: func(i Invitation) int64 { return int64(i.ID) },
}

var endedInvitationKeys = keyset[Invitation]{
	columns: map[string]column[Invitation]{"name": invitationKeys.columns["name"]}, id: "i.id", idOf: invitationKeys.idOf,
}

// Invitations is one page of those that are pending at a moment, or that had an outcome by then.
func (s *Scope) Invitations(ctx context.Context, f InvitationFilter, at time.Time) (Listing[Invitation], error) {
	if !storable(f.Outcome) {
		return Listing[Invitation]{}, nil
	}
	keys, condition := endedInvitationKeys, "i.outcome = ?"
	args := []any{f.Outcome}
	switch f.Outcome {
	case "":
		keys, condition, args = invitationKeys, "i.outcome = '' AND "+stillRunning(f.Sort), []any{moment(at)}
	case InvitationExpired:
		condition, args = "(i.outcome = ? OR i.outcome = '' AND i.expires_at <= ?)", append(args, moment(at))
	}
	if f.Ends != nil && f.Outcome == "" {
		condition, args = condition+" AND i.expires_at <= ?", append(args, moment(*f.Ends))
	}
	l, err := keys.search(ctx, s, f.Page, wordsOfInvitations, nil, func(among string, more ...any) *query {
		all := append([]any{s.id}, args...)
		if among != "" {
			return newQuery("SELECT i.* FROM invitations i WHERE "+s.store.dialect.unindexed("i.organization_id")+" = ? AND "+condition+" "+among, append(all, more...)...)
		}
		q := newQuery(invitationSelect+"AND "+condition, all...)
		q.walks("SELECT i.id FROM invitations i WHERE i.organization_id = ? AND "+condition, all...)
		return q
	})
	return l, wrap("list invitations", err)
}

// stillRunning is the condition that an invitation's time is not over. COALESCE, which changes no value, keeps SQLite from
// starting with all that are not over, and sorting them, where they are not asked for in this order.
func stillRunning(sort string) string {
	if strings.TrimPrefix(sort, "-") == "expires" {
		return "i.expires_at > ?"
	}
	return "COALESCE(i.expires_at, i.created_at) > ?"
}

// invitedRow is an Invitation with what a group's list of them is paged by.
type invitedRow struct {
	Place int64
	Invitation
}

var invitedKeys = keyset[invitedRow]{
	columns: map[string]column[invitedRow]{"name": {"ig.email", func(r invitedRow) any { return r.Email }}},
	id:      "ig.id",
	idOf:    func(r invitedRow) int64 { return r.Place },
}

// GroupInvitations is one page of the invitations into a group that are pending at a moment. The query looks in
// addresses; column to sort by: name, which is the address.
func (s *Scope) GroupInvitations(
	ctx context.Context, group access.GranteeID, p Page, at time.Time,
) (Listing[Invitation], error) {
	found, err := invitedKeys.search(ctx, s, p, wordsOfInvitations, nil, func(among string, args ...any) *query {
		if among != "" {
			return newQuery(`
				SELECT ig.id AS place, i.* FROM invitations i CROSS JOIN invitation_groups ig
				WHERE ig.organization_id = ? AND +ig.group_id = ? AND ig.ended_at IS NULL
				AND ig.invitation_id = i.id AND i.expires_at > ? `+among, append([]any{s.id, group, moment(at)}, args...)...)
		}
		q := newQuery(`
			SELECT ig.id AS place, i.* FROM invitation_groups ig CROSS JOIN invitations i
			WHERE ig.organization_id = ? AND ig.group_id = ? AND ig.ended_at IS NULL
			AND i.id = ig.invitation_id AND i.expires_at > ?`, s.id, group, moment(at))
		q.walks("SELECT ig.id FROM invitation_groups ig WHERE ig.group_id = ? AND ig.ended_at IS NULL", group)
		return q
	})
	if err != nil {
		return Listing[Invitation]{}, wrap("list invitations into a group", err)
	}
	var all []Invitation
	for _, r := range found.Rows {
		all = append(all, r.Invitation)
	}
	return listingOf(found, all), nil
}

// ExpiredInvitations are those that have run out but that nobody has ended yet, the earliest first, at most limit.
func (s *Scope) ExpiredInvitations(ctx context.Context, at time.Time, limit int) ([]Invitation, error) {
	all, err := rows[Invitation](ctx, s.store, invitationSelect+`
		AND i.outcome = '' AND i.expires_at <= ? ORDER BY i.expires_at, i.id LIMIT ?`, s.id, moment(at), limit)
	return all, wrap("read expired invitations", err)
}

// InvitationsInto are the open invitations into a group, at most limit, in the order of their numbers, after one.
func (s *Scope) InvitationsInto(
	ctx context.Context, group access.GranteeID, after InvitationID, limit int,
) ([]Invitation, error) {
	all, err := rows[Invitation](ctx, s.store, invitationSelect+`
		AND i.id IN (SELECT ig.invitation_id FROM invitation_groups ig WHERE ig.group_id = ? AND ig.ended_at IS NULL)
		AND i.id > ? ORDER BY i.id LIMIT ?`, s.id, group, after, limit)
	return all, wrap("read invitations into a group", err)
}

// OpenInvitation is the one of an address into a group that nobody has ended yet.
func (s *Scope) OpenInvitation(ctx context.Context, group access.GranteeID, email string) (Invitation, error) {
	i, err := row[Invitation](ctx, s.store, invitationSelect+`
		AND i.outcome = '' AND i.email = ?
		AND i.id IN (SELECT ig.invitation_id FROM invitation_groups ig WHERE ig.group_id = ? AND ig.ended_at IS NULL)
		ORDER BY i.id LIMIT 1`, s.id, email, group)
	return i, wrap("read invitation", err)
}

// OpenInvitationsInto are those into any of the groups that nobody has ended yet, of these addresses, by address.
func (s *Scope) OpenInvitationsInto(ctx context.Context, groups []access.GranteeID, emails []string) ([]Invitation, error) {
	d := s.store.dialect
	all, err := rows[Invitation](ctx, s.store, invitationSelect+"AND i.outcome = '' AND "+d.texts("i.email")+`
		AND i.id IN (SELECT ig.invitation_id FROM invitation_groups ig WHERE `+d.ids("ig.group_id")+` AND ig.ended_at IS NULL)
		ORDER BY i.email, i.id`, s.id, list(emails), list(groups))
	return all, wrap("read invitations into groups", err)
}

// CountInvited is how many addresses have a pending invitation at a moment and are nobody's who is a member: the seats
// that invitations take.
func (s *Scope) CountInvited(ctx context.Context, at time.Time) (int, error) {
	n, err := row[int](ctx, s.store, `
		SELECT count(DISTINCT i.email) FROM invitations i
		WHERE i.organization_id = ? AND i.outcome = '' AND i.expires_at > ?
		AND NOT EXISTS (
			SELECT 1 FROM people p JOIN members n ON n.person_id = p.id
			WHERE p.email = i.email AND n.organization_id = i.organization_id AND n.ended_at IS NULL)`, s.id, moment(at))
	return n, wrap("count invited", err)
}

// CountMailed counts all mails of those invitations that sent at least one since a moment. That is no fewer than were sent
// since then, first ones and repetitions alike.
func (s *Scope) CountMailed(ctx context.Context, since time.Time) (int, error) {
	n, err := row[int](ctx, s.store, `
		SELECT COALESCE(sum(i.mails), 0) FROM invitations i
		WHERE i.organization_id = ? AND i.mailed_at > ?`, s.id, moment(since))
	return n, wrap("count mails of invitations", err)
}

// CountMailedTo is how many of them went to each of these addresses; one without any is left out. COALESCE, which changes
// no value, makes both databases start from the addresses.
func (s *Scope) CountMailedTo(ctx context.Context, emails []string, since time.Time) (map[string]int, error) {
	type counted struct {
		Email string
		N     int
	}
	found, err := rows[counted](ctx, s.store, `
		SELECT i.email, sum(i.mails) AS n FROM invitations i
		WHERE `+s.store.dialect.texts("i.email")+` AND COALESCE(i.mailed_at, i.created_at) > ? AND COALESCE(i.organization_id, 0) = ? AND i.mails > 0
		GROUP BY i.email`, list(emails), moment(since), s.id)
	if err != nil {
		return nil, wrap("count mails to addresses", err)
	}
	counts := map[string]int{}
	for _, c := range found {
		counts[c.Email] = c.N
	}
	return counts, nil
}

// Seat is whether an address takes a seat, and whether it does as a member's.
type Seat struct{ Taken, Member bool }

// Seated are those of the addresses that take a seat at a moment: a member's, or with a pending invitation.
func (s *Scope) Seated(ctx context.Context, emails []string, at time.Time) (map[string]Seat, error) {
	type seatRow struct {
		Email  string
		Member bool
	}
	found, err := rows[seatRow](ctx, s.store, `
		SELECT p.email, TRUE AS member FROM people p JOIN members n ON n.person_id = p.id
		WHERE n.organization_id = ? AND n.ended_at IS NULL AND `+s.store.dialect.texts("p.email")+`
		UNION
		SELECT i.email, FALSE AS member FROM invitations i
		WHERE i.organization_id = ? AND i.outcome = '' AND i.expires_at > ? AND `+s.store.dialect.texts("i.email"),
		s.id, list(emails), s.id, moment(at), list(emails))
	if err != nil {
		return nil, wrap("look for seats", err)
	}
	seated := map[string]Seat{}
	for _, row := range found {
		seated[row.Email] = Seat{Taken: true, Member: row.Member || seated[row.Email].Member}
	}
	return seated, nil
}

// MemberOf is an address whose person is in a group.
type MemberOf struct {
	Email   string
	GroupID access.GranteeID
}

// MembersAmong are those of the addresses whose people are in one of these groups.
func (s *Scope) MembersAmong(ctx context.Context, emails []string, groups []access.GranteeID) ([]MemberOf, error) {
	found, err := rows[MemberOf](ctx, s.store, `
		SELECT p.email, m.group_id FROM people p JOIN memberships m ON m.person_id = p.id
		WHERE m.organization_id = ? AND m.ended_at IS NULL
		AND `+s.store.dialect.texts("p.email")+` AND `+s.store.dialect.ids("m.group_id"), s.id, list(emails), list(groups))
	return found, wrap("look for members among addresses", err)
}
