package models

import (
	"context"
	"slices"

	"bailiwick/access"
)

// ReachCount is how many can reach something, none of them counted beyond a limit.
type ReachCount struct {
	People, FullPeople int // members
	Keys, FullKeys     int
	Lent, FullLent     int // people who have temporary access and are no members
}

// Count counts who can reach it: each number up to the limit, and one beyond it where there are more. That of all members goes beyond
// the limit by those who have the more, so that the rest is known as well.
func (a *Reached) Count(ctx context.Context, f ReachFilter, limit int) (ReachCount, error) {
	r, err := a.filtered(ctx, f)
	if err != nil {
		return ReachCount{}, err
	}
	n, err := r.count(ctx, limit)
	return n, wrap("count who can reach something", err)
}

func (r *reachers) count(ctx context.Context, limit int) (ReachCount, error) {
	var n ReachCount
	var err error
	if n.FullPeople, err = r.countMembers(ctx, rangeFull, limit); err != nil {
		return n, err
	}
	if n.People, err = r.countMembers(ctx, rangeAll, limit+n.FullPeople); err != nil {
		return n, err
	}
	for _, l := range r.lenders {
		switch {
		case l.Member != 0:
			n.People += one(!l.Grouped)
			n.FullPeople += one(l.Full && !l.GroupFull)
		case !r.NoLent:
			n.Lent++
			n.FullLent += one(l.Full)
		}
	}
	if !r.keys() {
		return n, nil
	}
	if n.FullKeys, err = r.countKeys(ctx, rangeFull, limit); err != nil {
		return n, err
	}
	n.Keys, err = r.countKeys(ctx, rangeAll, limit+n.FullKeys)
	return n, err
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// countMembers is how many members have it through groups, as far as the limit and one more. Where very many groups give it, some of
// them have that many members as a rule; else those are looked through.
func (r *reachers) countMembers(ctx context.Context, in reachRange, limit int) (int, error) {
	batches := r.batches(in, limit)
	for i := range batches { // each with those before it, since they share members
		q := r.membersOfGroups(slices.Concat(batches[:i+1]...), limit+1)
		n, err := row[int](ctx, r.store, "SELECT count(*) FROM ("+q.sql.String()+") AS listed", q.args...)
		if err != nil || n > limit || i == len(batches)-1 && !r.many[in] {
			return n, err
		}
	}
	if !r.many[in] {
		return 0, nil
	}
	q := newQuery("SELECT 1")
	r.fromMembers(q, reachPart{in: in}, among{})
	q.add("LIMIT ?", limit+1)
	return row[int](ctx, r.store, "SELECT count(*) FROM ("+q.sql.String()+") AS listed", q.args...)
}

// membersOfGroups are so many of the people who are in the groups, each once.
func (r *reachers) membersOfGroups(groups []access.GranteeID, limit int) *query {
	return newQuery(`
		SELECT DISTINCT m.person_id FROM memberships m
		JOIN members n ON n.organization_id = m.organization_id AND n.person_id = m.person_id AND n.ended_at IS NULL AND n.suspended_at IS NULL
		WHERE `+r.store.dialect.unindexed("m.organization_id")+` = ? AND `+r.store.dialect.ids("m.group_id")+" AND "+inForce("m")+" LIMIT ?",
		r.id, list(groups), r.at, limit)
}

// batches are the groups, the largest first, in portions that double: a count beyond its limit is seldom more than the first.
func (r *reachers) batches(in reachRange, limit int) [][]access.GranteeID {
	var all [][]access.GranteeID
	most, size := 0, 0
	for _, g := range r.givers[in] {
		if size >= most {
			all = append(all, nil)
			most, size = max(2*most, limit+limit/4), 0
		}
		all[len(all)-1] = append(all[len(all)-1], g.ID)
		size += g.Members
	}
	return all
}

func (r *reachers) countKeys(ctx context.Context, in reachRange, limit int) (int, error) {
	if r.holding[in].none() {
		return 0, nil
	}
	q := r.keysWithReach(in)
	q.add("LIMIT ?", limit+1)
	return row[int](ctx, r.store, "SELECT count(*) FROM (SELECT 1 "+q.sql.String()+") AS listed", q.args...)
}
