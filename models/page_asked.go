package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// asked is a page that was asked for of a list: all that is known of it before its rows are read.
type asked[T any] struct {
	keyset[T]
	query    *query
	by       string // the name of the column to sort by
	down     bool   // from the highest value down
	limit    int
	from     *position // the page begins beside it; nil = at the beginning of the list
	backward bool      // it ends there instead: the rows before are asked for
}

// asked reads what is asked for.
func (k keyset[T]) asked(q *query, p Page) asked[T] {
	a := asked[T]{keyset: k, query: q, limit: p.Limit}
	if a.limit <= 0 {
		a.limit = PageRows
	}
	a.by, a.down = k.sorting(p.Sort)
	if a.from = k.read(p.After, a.by); a.from == nil {
		a.from = k.read(p.Before, a.by)
		a.backward = a.from != nil
	}
	return a
}

func (k keyset[T]) sorting(asked string) (name string, down bool) {
	name, down = strings.CutPrefix(asked, "-")
	if _, known := k.columns[name]; !known {
		return "name", down && name == ""
	}
	return name, down
}

// descending tells how the rows are read: backward against the order of the list.
func (a asked[T]) descending() bool { return a.down != a.backward }

// statement reads the page, and no row beyond end where there is one.
//
// Where many rows have to be sorted, their numbers are, and what a page shows of them is read for its own rows alone.
func (a asked[T]) statement(d dialect, end *position) (sql string, args []any) {
	after, order, more := a.beyond()
	args = append(slices.Clone(a.query.args), more...)
	if end != nil {
		until := "<="
		if a.descending() {
			until = ">="
		}
		after += fmt.Sprintf("AND (%s, %s) %s (?, ?)\n", a.columns[a.by].sql, a.id, until)
		args = slices.Concat(args, a.args, []any{end.value, end.id})
	}
	sql = a.query.sql.String() + after + order + " LIMIT ?"
	args = append(append(args, a.args...), a.limit+1) // one more, to know whether there is more
	if a.query.whole != "" {
		sql, args = a.query.whole+"WHERE "+d.oneOf(a.id, sql)+"\n"+order, append(args, a.args...)
	}
	return sql, args
}

// beyond is the condition for what comes after the position that the page begins at, and the order.
func (a asked[T]) beyond() (condition, order string, args []any) {
	by, sign, direction := a.columns[a.by].sql, ">", "ASC"
	if a.descending() {
		sign, direction = "<", "DESC"
	}
	if a.from != nil {
		condition = fmt.Sprintf("AND (%s, %s) %s (?, ?)\n", by, a.id, sign)
		args = append(slices.Clone(a.args), a.from.value, a.from.id)
	}
	return condition, fmt.Sprintf("ORDER BY %s %s, %s %s", by, direction, a.id, direction), args
}

// listing is the page of the rows that were found, one of which may be too many.
func (a asked[T]) listing(found []T) Listing[T] {
	more := len(found) > a.limit
	found = found[:min(a.limit, len(found))]
	if a.backward {
		slices.Reverse(found)
	}
	l := Listing[T]{Rows: found}
	if len(found) == 0 {
		return l
	}
	if more || a.backward {
		l.Next = a.position(found[len(found)-1]).cursor()
	}
	if a.from != nil && (!a.backward || more) {
		l.Previous = a.position(found[0]).cursor()
	}
	return l
}

// rowsBefore are the rows that stand above the one that is asked for, so that a copy stands below its original.
const rowsBefore = 5

// littleBefore is the position a few rows before the row with the key; nil where the list has no such row.
func (a asked[T]) littleBefore(ctx context.Context, s *Store, key string) (*position, error) {
	if !storable(key) {
		return nil, nil
	}
	found, err := rows[T](ctx, s, a.query.sql.String()+"AND "+a.key+" = ? LIMIT 1", append(slices.Clone(a.query.args), key)...)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	at := a.position(found[0])
	before := a
	before.from, before.backward, before.limit = &at, true, min(rowsBefore, a.limit/2)-1 // a statement reads one more
	sql, args := before.statement(s.dialect, nil)
	above, err := rows[T](ctx, s, sql, args...)
	if err != nil {
		return nil, err
	}
	if len(above) > 0 {
		at = a.position(above[len(above)-1])
	}
	return a.justBefore(at), nil
}

// justBefore is the position that a row follows at once.
func (a asked[T]) justBefore(at position) *position {
	if a.down {
		at.id++
	} else {
		at.id--
	}
	return &at
}
