package models

import (
	"context"
	"fmt"
	"slices"
)

// walkLimit is how many rows a page looks at, at most, for those that meet a condition which no index knows: what is in none of very
// long editor lists, and who holds nothing on a domain. A page then costs the same however many there are; where the rows run
// out before the page is full, it says so and its reader goes on. Lists of at most so many are always looked through.
const walkLimit = 10_000

// wordsLimit is how many rows a page looks at where an index, of words or of what is held, knows all that it looks for, before
// that is asked.
const wordsLimit = 2_000

// walk is how a list finds its rows by number alone, in the order of the list and from an index alone: a SELECT of the
// numbers that ends inside its WHERE clause. Without one, conditions are looked for to the end.
type walk struct {
	sql  string
	args []any
	base query // the list without the conditions that no index knows
}

// walks says how to walk through the rows of the query as it stands. What is added afterwards by sift is looked for.
func (q *query) walks(sql string, args ...any) {
	q.walk = &walk{sql: sql, args: args}
	q.walk.base.add(q.sql.String(), q.args...)
}

// sift adds a condition that no index knows.
func (q *query) sift(sql string, args ...any) {
	q.sifted = true
	q.add(sql, args...)
}

// within adds a condition that the index of the list's order knows.
func (q *query) within(sql string, args ...any) {
	if q.walk != nil {
		q.walk.base.add(sql, args...)
		q.walk.sql += " " + sql
		q.walk.args = slices.Concat(q.walk.args, args)
	}
	q.add(sql, args...)
}

// driveBy says how to find the same rows from what few of them have in common, for where walking finds too few; nil: there is no way.
func (q *query) driveBy(held func() *query) {
	if held != nil && q.sifted {
		q.beyond, q.sieved = held, held().sifted
	}
}

// end is the last row that the page may look at; nil where the list ends before.
func (a asked[T]) end(ctx context.Context, s *Store) (*position, error) {
	walk := a.query.walk
	if walk == nil || !a.query.sifted {
		return nil, nil
	}
	after, order, more := a.beyond()
	limit := walkLimit
	if a.query.beyond != nil {
		limit = wordsLimit
	}
	args := slices.Concat(walk.base.args, walk.args, more, a.args, []any{limit - 1})
	found, err := rows[T](ctx, s, fmt.Sprintf("%sAND %s = (%s\n%s%s LIMIT 1 OFFSET ?)",
		walk.base.sql.String(), a.id, walk.sql, after, order), args...)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	end := a.position(found[0])
	return &end, nil
}

// stopped is the page that ends where looking ended, although it is not full.
func (a asked[T]) stopped(found []T, end position) Listing[T] {
	l := Listing[T]{Rows: found, Looked: walkLimit}
	if a.backward {
		slices.Reverse(found)
		l.Previous, l.Next = end.cursor(), a.beside().cursor()
		return l
	}
	l.Next = end.cursor()
	if a.from != nil {
		l.Previous = a.beside().cursor()
	}
	return l
}

// beside is just before the row that the page begins at, so that it is met again on the way back.
func (a asked[T]) beside() position {
	back := *a.from
	if a.descending() {
		back.id--
	} else {
		back.id++
	}
	return back
}
