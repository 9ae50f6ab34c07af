package models

import (
	"context"
	"slices"
	"time"

	"bailiwick/access"
)

// ReachCount is how many can reach something, none of them counted beyond a limit.
type ReachCount struct {
	People, FullPeople int // members
	Keys, FullKeys     int
	Lent, FullLent     int // people who have temporary access and are no members
}

// CountReachers counts who can reach something at a moment: each number up to the limit, and one beyond it where there are more.
// That of all members goes beyond the limit by those who have the more, so that the rest is known as well.
func (s *Scope) CountReachers(ctx context.Context, q Reach, f ReachFilter, limit int, at time.Time) (ReachCount, error) {
	r := reachers{Scope: s, Reach: q, ReachFilter: f, at: moment(at)}
	if err := r.prepare(ctx); err != nil {
		return ReachCount{}, wrap("find who gives access", err)
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
	if n.FullKeys, err = r.countKeys(ctx, 2, limit); err != nil {
		return n, err
	}
	n.Keys, err = r.countKeys(ctx, 1, limit+n.FullKeys)
	return n, err
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// countMembers is how many members have it through groups, as far as the limit and one more.
func (r *reachers) countMembers(ctx context.Context, in reachRange, limit int) (int, error) {
	if r.many[in] {
		q := r.membersByName(reachPart{in: in, limit: limit + 1})
		return row[int](ctx, r.store, "SELECT count(*) FROM ("+q.sql.String()+") AS listed", q.args...)
	}
	people := map[PersonID]bool{}
	for groups := range slices.Values(r.batches(in)) {
		found, err := rows[PersonID](ctx, r.store, `
			SELECT DISTINCT m.person_id FROM memberships m
			JOIN members n ON n.organization_id = m.organization_id AND n.person_id = m.person_id AND n.ended_at IS NULL AND n.suspended_at IS NULL
			WHERE `+r.store.dialect.unindexed("m.organization_id")+` = ? AND `+r.store.dialect.ids("m.group_id")+" AND "+inForce("m")+" LIMIT ?",
			r.id, list(groups), r.at, limit+1)
		if err != nil {
			return 0, err
		}
		for _, p := range found {
			people[p] = true
		}
		if len(people) > limit {
			return limit + 1, nil
		}
	}
	return len(people), nil
}

// batchMembers is about how many memberships are read at once for a count.
const batchMembers = 5_000

// batches are the groups, the largest first, so that a count beyond its limit is seldom more than one batch.
func (r *reachers) batches(in reachRange) [][]access.GranteeID {
	var all [][]access.GranteeID
	size := batchMembers
	for _, g := range r.givers[in] {
		if size >= batchMembers {
			all, size = append(all, nil), 0
		}
		all[len(all)-1] = append(all[len(all)-1], g.ID)
		size += g.Members
	}
	return all
}

func (r *reachers) countKeys(ctx context.Context, least, limit int) (int, error) {
	q := r.keysWithReach()
	q.add("AND l.reach >= ? LIMIT ?", least, limit+1)
	return row[int](ctx, r.store, "SELECT count(*) FROM (SELECT 1 "+q.sql.String()+") AS listed", q.args...)
}
