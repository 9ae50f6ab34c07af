package models

import (
	"context"
	"math"

	"bailiwick/access"
)

// members are those of the part who have it through groups. Of a few groups each is read in the order of its own index, as far
// as the page can need; of many, members are looked through by name, since many have it then.
func (r *reachers) members(ctx context.Context, p reachPart) ([]Reacher, error) {
	if !r.people() {
		return nil, nil
	}
	if r.byWords(p.in) {
		return r.membersByWords(ctx, p)
	}
	q := r.membersByGroup(p)
	if r.many[p.in] && r.ReachFilter.Group == 0 {
		q = r.membersByName(p, among{})
	}
	return rows[Reacher](ctx, r.store, q.sql.String(), q.args...)
}

const reacherColumns = "n.person_id AS person, n.id AS member, n.name, n.email, n.last_used_minute"

// membersByGroup merges the members of the groups in SQL.
func (r *reachers) membersByGroup(p reachPart) *query {
	d := r.store.dialect
	inner := newQuery(`
		SELECT c.id FROM memberships c
		JOIN members n ON n.organization_id = c.organization_id AND n.person_id = c.person_id AND n.ended_at IS NULL AND n.suspended_at IS NULL
		WHERE c.group_id = g.id AND `+inForce("c"), r.at)
	r.only(inner, p, "c.person_id")
	p.beyond(inner, "c.sort_key", "c.person_id", false)
	p.order(inner, "c.sort_key", "c.person_id")
	q := newQuery("SELECT DISTINCT " + reacherColumns + ", m.sort_key, ")
	r.hasFull(q, p, "m.person_id")
	q.add(`AS "full"
		FROM (SELECT CAST(value AS bigint) AS id FROM `+d.values()+`) g
		CROSS JOIN memberships m
		JOIN members n ON n.organization_id = m.organization_id AND n.person_id = m.person_id AND n.ended_at IS NULL
		WHERE m.organization_id = ? AND `+d.oneOf("m.id", inner.sql.String()), append([]any{list(r.sources(p)), r.id}, inner.args...)...)
	p.order(q, "m.sort_key", "n.person_id")
	return q
}

// sources are the groups whose members are looked through.
func (r *reachers) sources(p reachPart) []access.GranteeID {
	if r.ReachFilter.Group != 0 {
		return []access.GranteeID{r.ReachFilter.Group}
	}
	var ids []access.GranteeID
	for _, g := range r.givers[p.in] {
		ids = append(ids, g.ID)
	}
	return ids
}

// membersByName looks through members in the order of their names, or through some of them, for who has it.
func (r *reachers) membersByName(p reachPart, those among) *query {
	q := newQuery("SELECT " + reacherColumns + ", n.sort_key, ")
	r.hasFull(q, p, "n.person_id")
	q.add(`AS "full"`)
	r.fromMembers(q, p, those)
	p.beyond(q, "n.sort_key", "n.person_id", !those.few)
	p.order(q, "n.sort_key", "n.person_id")
	return q
}

// fromMembers are the members n of the part who are among those, through any group or the one of the filter.
func (r *reachers) fromMembers(q *query, p reachPart, those among) {
	organization := "n.organization_id"
	if those.few {
		organization = r.store.dialect.unindexed(organization)
	}
	where := "WHERE " + organization + " = ? AND n.ended_at IS NULL AND n.suspended_at IS NULL " + those.sql
	args := append([]any{r.id}, those.args...)
	if those.sorted {
		q.add("FROM (SELECT * FROM members n "+where, args...)
		q.add(p.sorted("n.sort_key", "n.person_id") + r.store.dialect.byRow() + ") n")
		where, args = "WHERE n.ended_at IS NULL", nil
	} else {
		q.add("FROM members n")
	}
	if r.ReachFilter.Group != 0 {
		q.add("CROSS JOIN memberships c")
	}
	q.add(where, args...)
	if r.ReachFilter.Group != 0 {
		q.add("AND c.group_id = ? AND c.person_id = n.person_id AND "+inForce("c"), r.ReachFilter.Group, r.at)
	} else {
		full, gives := r.gives("x.group_id")
		if p.in == rangeFull {
			gives = full
		}
		q.add("AND")
		r.through(q, "n.person_id", gives)
	}
	r.only(q, p, "n.person_id")
}

// through is the condition that the person is in a group of which the condition holds.
func (r *reachers) through(q *query, person string, group *query) {
	q.add("EXISTS (SELECT 1 FROM memberships x WHERE x.person_id = "+person+" AND x.organization_id = ? AND "+inForce("x")+" AND", r.id, r.at)
	q.add(group.sql.String()+r.store.dialect.byRow()+")", group.args...)
}

// hasFull is the condition that the person has the more, where the part does not say so already.
func (r *reachers) hasFull(q *query, p reachPart, person string) {
	switch p.in {
	case rangeFull:
		q.add("true")
	case rangePart:
		q.add("false")
	default:
		r.isFull(q, person)
	}
}

func (r *reachers) isFull(q *query, person string) {
	full, _ := r.gives("x.group_id")
	q.add("("+r.store.dialect.ids(person)+" OR", list(r.fullLenders()))
	r.through(q, person, full)
	q.add(")")
}

// fullLenders have the more through temporary access, or through a group besides.
func (r *reachers) fullLenders() []PersonID {
	var ids []PersonID
	for _, l := range r.lenders {
		if l.Full {
			ids = append(ids, l.Person)
		}
	}
	return ids
}

// only leaves the members n that the filter is for and that belong into the part.
func (r *reachers) only(q *query, p reachPart, person string) {
	switch {
	case p.in == rangePart:
		q.add("AND NOT")
		r.isFull(q, person)
	case p.in == rangeFull && r.ReachFilter.Group != 0:
		q.add("AND")
		r.isFull(q, person)
	}
	if r.ReachFilter.Group != 0 {
		_, gives := r.gives("c.group_id")
		q.add("AND "+gives.sql.String(), gives.args...)
	}
	r.Unused.ofMember(q, r.store.dialect.unindexed("n.last_used_minute")) // the order is that of names, which the index of uses would lose
	q.has(r.store.dialect.unsearched(wordsOfMembers.column(r.named.keyed)), r.named.words)
}

// beyond leaves the rows of people beyond the spot that the part begins at. An index that holds the name without the person's
// number is told by the name where to begin.
func (p reachPart) beyond(q *query, name, id string, byName bool) {
	if p.from == nil {
		return
	}
	at := p.from.ID
	if p.from.Key { // people come before the API keys of their name
		at = math.MaxInt64
	}
	sign := ">"
	if p.down {
		sign = "<"
	}
	q.add("AND ("+name+", "+id+") "+sign+" (?, ?)", p.from.SortKey, at)
	if byName {
		q.add("AND "+name+" "+sign+"= ?", p.from.SortKey)
	}
}

func (p reachPart) order(q *query, name, id string) {
	q.add(p.sorted(name, id)+" LIMIT ?", p.limit)
}

func (p reachPart) sorted(name, id string) string {
	direction := " ASC"
	if p.down {
		direction = " DESC"
	}
	return "ORDER BY " + name + direction + ", " + id + direction
}
