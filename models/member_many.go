package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// MembersByIDs are those of these numbers who are members, by name. They have no marks.
func (s *Scope) MembersByIDs(ctx context.Context, ids []MemberID) ([]Member, error) {
	all, err := rows[Member](ctx, s.store, "SELECT "+memberColumns+" FROM members n WHERE "+s.store.dialect.unindexed("n.organization_id")+
		" = ? AND n.ended_at IS NULL AND "+s.store.dialect.ids("n.id")+" ORDER BY n.sort_key, n.id", s.id, list(ids))
	return all, wrap("read members", err)
}

// MemberNames are the names of these people as members, "" where nobody gave them one; who is no member is left out.
func (s *Scope) MemberNames(ctx context.Context, people []PersonID) (map[PersonID]string, error) {
	type named struct {
		PersonID PersonID
		Name     string
	}
	found, err := rows[named](ctx, s.store, `
		SELECT n.person_id, n.name FROM members n
		WHERE n.organization_id = ? AND n.ended_at IS NULL AND `+s.store.dialect.ids("n.person_id"), s.id, list(people))
	if err != nil {
		return nil, wrap("read names of members", err)
	}
	all := make(map[PersonID]string, len(found))
	for _, n := range found {
		all[n.PersonID] = n.Name
	}
	return all, nil
}

// MembershipsOfAll are those of several people, by the names of people and groups. Expired ones that nobody has ended yet are
// there, with their end.
func (s *Scope) MembershipsOfAll(ctx context.Context, people []PersonID) ([]Membership, error) {
	all, err := rows[Membership](ctx, s.store,
		membershipSelect+"AND "+s.store.dialect.ids("m.person_id")+" ORDER BY m.sort_key, m.person_id, r.sort_key, r.id", s.id, list(people))
	return all, wrap("read memberships of several people", err)
}

// OwnedByAll are the resources of any domain that these people own, in the order of their numbers, at most limit of each.
func (s *Scope) OwnedByAll(ctx context.Context, people []PersonID, limit int) ([]Resource, error) {
	owned, err := rows[Resource](ctx, s.store, `
		SELECT * FROM (
			SELECT r.*, o.email AS owner_email, row_number() OVER (PARTITION BY r.owner_id ORDER BY r.id) AS place
			FROM resources r
			JOIN people o ON o.id = r.owner_id
			WHERE r.organization_id = ? AND r.ended_at IS NULL AND `+s.store.dialect.ids("r.owner_id")+`) AS placed
		WHERE place <= ? ORDER BY id`, s.id, list(people), limit)
	return owned, wrap("read what several people own", err)
}

// CountOwned is how many resources of these domains each of these people owns; who owns none is left out.
func (s *Scope) CountOwned(ctx context.Context, people []PersonID, domains []access.DomainKey) (map[PersonID]int, error) {
	type counted struct {
		OwnerID PersonID
		Total   int
	}
	found, err := rows[counted](ctx, s.store, `
		SELECT r.owner_id, count(*) AS total FROM resources r
		WHERE r.organization_id = ? AND r.ended_at IS NULL AND `+s.store.dialect.ids("r.owner_id")+" AND "+s.store.dialect.texts("r.domain")+`
		GROUP BY r.owner_id`, s.id, list(people), list(domains))
	if err != nil {
		return nil, wrap("count what several people own", err)
	}
	owned := make(map[PersonID]int, len(found))
	for _, c := range found {
		owned[c.OwnerID] = c.Total
	}
	return owned, nil
}

// Administrator is one of those that an Administration counts.
type Administrator struct {
	PersonID PersonID
	ForGood  bool // the membership in Administrators has no end
	Enters   bool // they could sign in
}

// AdministratorsAmong are those of these people who are in Administrators at a moment. Mails says whether mails can be sent.
func (s *Scope) AdministratorsAmong(ctx context.Context, people []PersonID, at time.Time, mails bool) ([]Administrator, error) {
	all, err := rows[Administrator](ctx, s.store,
		"SELECT m.person_id, m.expires_at IS NULL AS for_good, "+signsIn+" AS enters"+administratorships+
			"= ? AND "+s.store.dialect.ids("m.person_id")+" ORDER BY n.sort_key, n.id", mails, moment(at), s.id, list(people))
	return all, wrap("read administrators among people", err)
}

// Without is what is left of an Administration when one of its administrators goes.
func (a Administration) Without(gone Administrator) Administration {
	one := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	a.Now--
	a.ForGood -= one(gone.ForGood)
	a.EnterNow -= one(gone.Enters)
	a.EnterForGood -= one(gone.ForGood && gone.Enters)
	return a
}
