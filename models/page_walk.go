package models

import (
	"context"
	"fmt"
	"slices"
)

// walkLimit is how many rows a page looks at, at most, for those that meet a condition which no index knows: names that
// contain something, resources in nobody's list. A page then costs the same however many there are; where the rows run
// out before the page is full, it says so and its reader goes on. Lists of at most so many are always looked through.
const walkLimit = 10_000

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

// end is the last row that a page may look at; nil where the list ends before.
func (k keyset[T]) end(
	ctx context.Context, s *Store, q *query, name string, down bool, from position, given bool,
) (*position, error) {
	if q.walk == nil || !q.sifted {
		return nil, nil
	}
	after, order, more := k.beyond(name, down, from, given)
	args := slices.Concat(q.walk.base.args, q.walk.args, more, []any{walkLimit - 1})
	found, err := rows[T](ctx, s, fmt.Sprintf("%sAND %s = (%s\n%s%s LIMIT 1 OFFSET ?)",
		q.walk.base.sql.String(), k.id, q.walk.sql, after, order), args...)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &position{name, k.columns[name].value(found[0]), k.idOf(found[0])}, nil
}

// stopped is the page that ends where looking ended, although it is not full.
func (k keyset[T]) stopped(
	found []T, typed, name string, down bool, from position, backward, given bool, end position,
) Listing[T] {
	l := Listing[T]{Rows: found, Looked: walkLimit}
	back := from // beside the row that the page began at, so that it is met again
	if down != backward {
		back.id--
	} else {
		back.id++
	}
	if backward {
		slices.Reverse(found)
		l.Previous, l.Next = cursorAt(end), cursorAt(back)
		return l
	}
	l.Next = cursorAt(end)
	if given {
		l.Previous = cursorAt(back)
	}
	if reached, text := end.value.(string); text && name == "name" && !down && fold(typed) > reached {
		l.Ahead = cursorAt(position{name, fold(typed), 0})
	}
	return l
}
