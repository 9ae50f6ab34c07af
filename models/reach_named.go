package models

import "context"

// named is what somebody typed, and where the members who have it are looked for.
type named struct {
	wanted
	ids []int64 // numbers of members who may have the words: all of them up to fewNamed, or one more
}

// fewNamed is of how many members with the words each is rather asked for what they reach than members in the order of their names.
const fewNamed = 500

func (n named) few() bool { return len(n.ids) <= fewNamed }

// among narrows down which members are looked through.
type among struct {
	sql    string
	args   []any
	few    bool // it names them by number
	sorted bool // they are put in order first, and asked for what they reach as far as the page needs
}

// readNamed looks in the index of words for who has what was typed.
func (r *reachers) readNamed(ctx context.Context) error {
	var err error
	if r.named.wanted, err = r.wants(ctx, wordsOfMembers, r.Query); err != nil || !r.indexed() {
		return err
	}
	q := r.index(wordsOfMembers, nil, r.named.wanted)
	r.named.ids, err = rows[int64](ctx, r.store.searching(), q.sql.String()+" LIMIT ?", append(q.args, fewNamed+1)...)
	return err
}

// indexed tells whether something was typed that the index of words finds.
func (r *reachers) indexed() bool {
	n := r.named
	return len(n.words) > 0 && !n.nothing && n.keyed && n.wanted.indexed && r.people()
}

// byWords tells whether the words have fewer members than the groups that give it.
func (r *reachers) byWords(in reachRange) bool {
	switch {
	case !r.indexed():
		return false
	case r.ReachFilter.Group != 0:
		return r.named.few()
	case r.many[in]:
		return true
	}
	members := 0
	for _, g := range r.givers[in] {
		members += g.Members
	}
	if r.named.few() {
		return members > len(r.named.ids)
	}
	return members > wordsLimit
}

// membersByWords are those of the part who have the words. Few are found by the words alone. Of many, one soon comes along in the order
// of names, as a rule; where none does, all come from the index.
func (r *reachers) membersByWords(ctx context.Context, p reachPart) ([]Reacher, error) {
	s := r.store.searching()
	find := func(those among) ([]Reacher, error) {
		q := r.membersByName(p, those)
		return rows[Reacher](ctx, s, q.sql.String(), q.args...)
	}
	if r.named.few() {
		return find(among{sql: "AND " + s.dialect.ids("n.id"), args: []any{list(r.named.ids)}, few: true})
	}
	until, more, err := r.walked(ctx, p)
	if err != nil {
		return nil, err
	}
	found, err := find(until)
	if err != nil || !more || len(found) >= p.limit {
		return found, err
	}
	// Those are looked through in the order of names on SQLite: of who lacks the words nothing but their number is read.
	index := r.index(wordsOfMembers, nil, r.named.wanted)
	return find(among{sql: "AND " + s.dialect.oneOf(s.dialect.unindexed("n.id"), index.sql.String()), args: index.args,
		sorted: s.dialect == postgresDialect})
}

// walked are the next wordsLimit members of the part in the order of names; more tells that others follow.
func (r *reachers) walked(ctx context.Context, p reachPart) (until among, more bool, _ error) {
	q := newQuery("SELECT n.sort_key FROM members n WHERE n.organization_id = ? AND n.ended_at IS NULL", r.id)
	sign := "<="
	order := "ORDER BY n.sort_key, n.id"
	if p.down {
		sign, order = ">=", "ORDER BY n.sort_key DESC, n.id DESC"
	}
	p.beyond(q, "n.sort_key", "n.person_id", true)
	q.add(order+" LIMIT 1 OFFSET ?", wordsLimit)
	end, err := rows[string](ctx, r.store, q.sql.String(), q.args...)
	if err != nil || len(end) == 0 {
		return among{}, false, err
	}
	return among{sql: "AND n.sort_key " + sign + " ?", args: []any{end[0]}}, true, nil
}
