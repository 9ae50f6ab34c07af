package models

import (
	"context"
	"slices"
	"strings"
	"time"

	"bailiwick/access"
)

// Giver is a group that gives what a Reach is about.
type Giver struct {
	ID        access.GranteeID
	Key, Name string
	Members   int  // counted, those whose membership has expired among them until somebody ends it
	Full      bool // it gives the more
}

// Givers are the groups that give it, the largest first; of more than so many some.
func (a *Reached) Givers(ctx context.Context, limit int) ([]Giver, error) {
	all := a.givers[rangeAll]
	if a.many[rangeAll] && len(all) < limit {
		found := a.giversOf("g.organization_id", false)
		found.add("ORDER BY g.members DESC, g.id DESC LIMIT ?", limit)
		var err error
		if all, err = rows[Giver](ctx, a.store, found.sql.String(), found.args...); err != nil {
			return nil, wrap("read groups that give access", err)
		}
	}
	return all[:min(limit, len(all))], nil
}

// fewGivers are the groups that give what the question is about, or only those that give the more, the largest first. They are found
// from what is held, since looking at each group would take as long as there are groups. Of more than mergedGivers it tells that they
// are many, and gives some of them.
func (a *Reached) fewGivers(ctx context.Context, onlyFull bool) (few []Giver, many bool, _ error) {
	held := a.holders(onlyFull)
	ids, err := rows[access.GranteeID](ctx, a.store, held.sql.String(), held.args...)
	if err != nil {
		return nil, false, err
	}
	found := a.giversOf(a.store.dialect.unindexed("g.organization_id"), onlyFull)
	found.add("AND "+a.store.dialect.ids("g.id")+" ORDER BY g.members DESC, g.id DESC", list(ids))
	few, err = rows[Giver](ctx, a.store, found.sql.String(), found.args...)
	return few, len(ids) > mergedGivers, err
}

// holders are the numbers of the groups that may give it, as far as mergedGivers and one more: those with a level, those with the
// resource on an editor list, and Administrators. Whether they do is for gives to say.
func (a *Reached) holders(onlyFull bool) *query {
	levels := slices.Clone(a.Full)
	if !onlyFull {
		levels = append(levels, a.Part...)
	}
	held := newQuery(`
		SELECT g.id FROM (
			SELECT a.id FROM groups a WHERE a.organization_id = ? AND a.administrators = true
			UNION ALL
			SELECT p.grantee_id FROM privileges p
			WHERE p.organization_id = ? AND p.domain = ? AND p.ended_at IS NULL AND `+levelIn(levels), a.id, a.id, a.Domain)
	for _, l := range levels {
		held.args = append(held.args, l)
	}
	if a.lists() {
		held.add("UNION ALL SELECT e.grantee_id FROM editor_entries e WHERE e.organization_id = ? AND e.resource_id = ? AND e.ended_at IS NULL", a.id, a.Reach.Resource)
	}
	held.add(") AS c CROSS JOIN groups g WHERE g.id = c.id LIMIT ?", mergedGivers+1)
	return held
}

// giversOf is the statement of all Givers, which ends inside its WHERE clause.
func (a *Reached) giversOf(organization string, onlyFull bool) *query {
	full, gives := a.gives("g.id")
	if onlyFull {
		gives = full
	}
	found := newQuery(`
		SELECT g.id, r.key, r.name, g.members, `+full.sql.String()+` AS "full"
		FROM groups g JOIN resources r ON r.id = g.id AND r.ended_at IS NULL
		WHERE `+organization+" = ?", append(slices.Clone(full.args), a.id)...)
	found.add("AND "+gives.sql.String(), gives.args...)
	return found
}

// gives are two conditions on the number of a grantee that is a group or a temporary access: that it gives the more, and that
// it gives anything. Administrators gives everything (R8).
func (a *Reached) gives(grantee string) (full, gives *query) {
	byRow := a.store.dialect.byRow()
	holds := "EXISTS (SELECT 1 FROM privileges p WHERE p.grantee_id = " + grantee + " AND p.domain = ? AND " + inForce("p") + " AND "
	full, gives = newQuery("("+holds+"("+levelIn(a.Full), args(a.Domain, a.at, a.Full)...), newQuery("(")
	if a.lists() {
		full.add(`OR p.level = 'custom' AND EXISTS (
			SELECT 1 FROM editor_entries e
			WHERE e.grantee_id = `+grantee+` AND e.resource_id = ? AND e.domain = p.domain AND `+inForce("e")+byRow+`)`, a.Reach.Resource, a.at)
	}
	full.add(")" + byRow + ")")
	all := slices.Concat(a.Full, a.Part)
	gives.add(holds+levelIn(all)+byRow+")", args(a.Domain, a.at, all)...)
	for _, boss := range a.bosses {
		full.add("OR "+grantee+" = ?", boss)
		gives.add("OR "+grantee+" = ?", boss)
	}
	full.add(")")
	gives.add(")")
	return full, gives
}

// levelIn is the condition that privilege p is one of the levels; of none it holds for nothing.
func levelIn(levels []string) string {
	if len(levels) == 0 {
		return "1 = 0"
	}
	return "p.level IN (" + strings.TrimSuffix(strings.Repeat("?, ", len(levels)), ", ") + ")"
}

func args(domain access.DomainKey, at time.Time, levels []string) []any {
	all := []any{domain, at}
	for _, l := range levels {
		all = append(all, l)
	}
	return all
}

// readLenders are the people for whom a temporary access runs that gives what the question is about: the vendor's personnel are
// few, and fewer are here at a time. Who is a member besides stands among the members, by the name that they have here.
func (r *reachers) readLenders(ctx context.Context) error {
	running, more := r.store.running(r.at)
	full, gives := r.gives("t.id")
	groupFull, groupGives := r.gives("x.group_id")
	q := newQuery(`
		SELECT t.person_id AS person, COALESCE(n.id, 0) AS member, COALESCE(n.name, a.name) AS name, p.email,
			COALESCE(n.sort_key, a.sort_key) AS sort_key, COALESCE(n.last_used_minute, 0) AS last_used_minute, n.since AS since, `)
	q.add(full.sql.String()+` AS "full",`, full.args...)
	r.through(q, "t.person_id", groupGives)
	q.add("AS grouped,")
	r.through(q, "t.person_id", groupFull)
	q.add(`AS group_full
		FROM temporary_accesses t
		JOIN clock c ON c.id = 1
		JOIN resources a ON a.id = t.id AND a.ended_at IS NULL
		JOIN people p ON p.id = t.person_id
		LEFT JOIN members n ON n.organization_id = t.organization_id AND n.person_id = t.person_id AND n.ended_at IS NULL
		WHERE t.organization_id = ? AND `+active("t")+" AND "+running, append([]any{r.id}, more...)...)
	q.add("AND "+gives.sql.String(), gives.args...)
	q.has("(COALESCE("+wordsOfMembers.column(false)+", a.words) || '  ' || p.email)", r.named.words)
	found, err := rows[Reacher](ctx, r.store, q.sql.String()+" ORDER BY t.id", q.args...)
	if err != nil {
		return err
	}
	for i := range found {
		found[i].Full = found[i].Full || found[i].GroupFull
	}
	r.lenders = united(found)
	return nil
}

// united has each person once, at the more if any of their rows says so.
func united(found []Reacher) []Reacher {
	var all []Reacher
	for _, f := range found {
		at := slices.IndexFunc(all, func(r Reacher) bool { return r.Person == f.Person })
		if at < 0 {
			all = append(all, f)
			continue
		}
		all[at].Full = all[at].Full || f.Full
	}
	return all
}
