package models

import (
	"context"
	"math"
	"slices"
)

// apiKeys are those of the part. One that is disabled or expired reaches nothing, and none has more than its template allows,
// whatever is stored (R11).
func (r *reachers) apiKeys(ctx context.Context, p reachPart) ([]Reacher, error) {
	if !r.keys() || r.holding[p.in].none() {
		return nil, nil
	}
	q := r.keysWithReach(p.in)
	if p.from != nil {
		at := p.from.ID
		if !p.from.Key {
			at = math.MinInt64 // API keys come after the people of their name
		}
		sign := ">"
		if p.down {
			sign = "<"
		}
		q.add("AND (l.sort_key, l.key_id) "+sign+" (?, ?)", p.from.SortKey, at)
	}
	p.order(q, "l.sort_key", "l.key_id")
	return rows[Reacher](ctx, r.store, `SELECT l.key_id AS "key", l.name, l.slug, l.sort_key, l.last_used_at, l.expires_at, l.reach = 2 AS "full" `+
		q.sql.String(), q.args...)
}

// keysWithReach are the usable keys of a range as a table l, each with what it reaches: 2 the more, 1 the less. It ends inside its
// WHERE clause. PostgreSQL looks up one key after the other: merging both tables by number, it would go on through all resources after
// the last key.
func (r *reachers) keysWithReach(in reachRange) *query {
	q := newQuery(`FROM (
		SELECT r.id AS key_id, r.name, r.key AS slug, r.sort_key, k.last_used_at, k.expires_at, (
			SELECT MAX(`)
	r.keyReach(q)
	q.add(`) FROM privileges p WHERE p.grantee_id = r.id AND p.domain = ? AND `+inForce("p")+`) AS reach
		FROM resources r`, r.Domain, r.at)
	if r.store.dialect == postgresDialect {
		q.add("CROSS JOIN LATERAL (SELECT * FROM api_keys k WHERE k.id = r.id" + r.store.dialect.byRow() + ") k")
	} else {
		q.add("JOIN api_keys k ON k.id = r.id")
	}
	organization := "r.organization_id"
	set := r.holding[in]
	if set.few {
		organization = r.store.dialect.unindexed(organization)
	}
	q.add("WHERE "+organization+" = ? AND r.domain = 'organization/api-keys' AND r.ended_at IS NULL AND k.enabled AND (k.expires_at IS NULL OR k.expires_at > ?)",
		r.id, r.at)
	if set.few {
		q.add("AND "+r.store.dialect.ids("r.id"), list(set.keys))
	}
	r.Unused.ofKey(q)
	q.has(wordsOfResources.column(false), r.named.words)
	q.add(") l WHERE " + map[reachRange]string{rangeFull: "l.reach = 2", rangePart: "l.reach = 1", rangeAll: "l.reach > 0"}[in])
	return q
}

// keyReach is what privilege p of key k comes to. The template is compared once, however much it says.
func (r *reachers) keyReach(q *query) {
	listed := "0 = 1"
	var more []any
	if r.lists() {
		listed = "EXISTS (SELECT 1 FROM editor_entries e WHERE e.grantee_id = p.grantee_id AND e.resource_id = ? AND e.domain = p.domain AND " + inForce("e") + r.store.dialect.byRow() + ")"
		more = []any{r.Reach.Resource, r.at}
	}
	stored := func() {
		for _, level := range slices.Concat(r.Full, r.Part) {
			q.add("WHEN p.level = ? THEN", level)
			r.worth(q, level, listed, more)
		}
		q.add("ELSE 0 END")
	}
	q.add("CASE")
	for template := range slices.Values(r.templates()) {
		q.add("WHEN k.template = ? THEN CASE", template)
		for _, k := range r.Keys {
			if k.Template == template {
				q.add("WHEN p.level = ? AND p.can_create = ? THEN", k.Level, k.CanCreate)
				r.worth(q, k.Gives, listed, more)
			}
		}
		stored()
	}
	stored()
}

// templates are those that give a key something else than is stored.
func (q Reach) templates() []string {
	var all []string
	for _, k := range q.Keys {
		if !slices.Contains(all, k.Template) {
			all = append(all, k.Template)
		}
	}
	return all
}

// worth is what a level gives a key: of Custom what its list says.
func (r *reachers) worth(q *query, level, listed string, more []any) {
	switch {
	case level == custom && r.lists():
		q.add("CASE WHEN "+listed+" THEN 2 ELSE 1 END", more...)
	case slices.Contains(r.Full, level):
		q.add("2")
	case slices.Contains(r.Part, level):
		q.add("1")
	default:
		q.add("0")
	}
}
