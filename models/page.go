package models

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Page is which part of a list is asked for.
type Page struct {
	Query         string // what the name contains, in any case; "" = everything
	Sort          string // a column of the list, with "-" before it from the highest down; "" = name
	After, Before string // a cursor of a Listing; at most one is given; what can't be read is the first page
	Limit         int    // rows; 0 = 50
}

// defaultLimit is the rows of a page.
const defaultLimit = 50

// Listing is one page of rows, with the cursors to its neighbours.
type Listing[T any] struct {
	Rows     []T
	Next     string // for Page.After; "" = this is the last page
	Previous string // for Page.Before; "" = this is the first page
}

// column is one that a list sorts by. value gives a string, an int64 or a time.Time, never nil.
type column[T any] struct {
	sql   string
	value func(T) any
}

// keyset pages through a list by the values of its last row: as quick on the thousandth page as on the first, and nothing
// is shown twice or left out when rows come and go. The id makes the order total where values are equal.
type keyset[T any] struct {
	columns map[string]column[T] // "name" is the one to sort by when nothing else is asked
	id      string
	idOf    func(T) int64
}

// position is where a page begins or ends: the column, its value, and the id.
type position struct {
	column string
	value  any
	id     int64
}

// list runs the query, which ends inside its WHERE clause, for one page.
func (k keyset[T]) list(ctx context.Context, s *Store, q *query, p Page) (Listing[T], error) {
	name, down := k.sorting(p.Sort)
	limit := p.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	from, backward, given := k.from(p, name)
	sql, args := k.statement(q, name, down != backward, from, given, limit)
	found, err := rows[T](ctx, s, sql, args...)
	if err != nil {
		return Listing[T]{}, err
	}
	if len(found) == 0 && given { // everything beyond the cursor is gone
		p.After, p.Before = "", ""
		return k.list(ctx, s, q, p)
	}
	more := len(found) > limit
	found = found[:min(limit, len(found))]
	if backward {
		slices.Reverse(found)
	}
	return k.listing(found, name, more || backward, given && !backward || backward && more), nil
}

func (k keyset[T]) sorting(asked string) (name string, down bool) {
	name, down = strings.CutPrefix(asked, "-")
	if _, known := k.columns[name]; !known {
		return "name", down && name == ""
	}
	return name, down
}

func (k keyset[T]) from(p Page, name string) (from position, backward, given bool) {
	if from, given = k.read(p.After, name); given {
		return from, false, true
	}
	from, given = k.read(p.Before, name)
	return from, given, given
}

func (k keyset[T]) statement(q *query, name string, down bool, from position, given bool, limit int) (string, []any) {
	by, sign, order := k.columns[name].sql, ">", "ASC"
	if down {
		sign, order = "<", "DESC"
	}
	sql, args := q.sql.String(), slices.Clone(q.args)
	if given {
		sql += fmt.Sprintf("AND (%s, %s) %s (?, ?)\n", by, k.id, sign)
		args = append(args, from.value, from.id)
	}
	sql += fmt.Sprintf("ORDER BY %s %s, %s %s LIMIT ?", by, order, k.id, order)
	return sql, append(args, limit+1) // one more, to know whether there is more
}

func (k keyset[T]) listing(found []T, name string, next, previous bool) Listing[T] {
	l := Listing[T]{Rows: found}
	if len(found) == 0 {
		return l
	}
	if next {
		l.Next = k.cursor(name, found[len(found)-1])
	}
	if previous {
		l.Previous = k.cursor(name, found[0])
	}
	return l
}

func (k keyset[T]) cursor(name string, row T) string {
	text, _ := json.Marshal([]any{name, k.columns[name].value(row), k.idOf(row)}) // texts, numbers and times always can be
	return base64.RawURLEncoding.EncodeToString(text)
}

// read is the position that a cursor means. A cursor made for another column, or by somebody else, means none.
func (k keyset[T]) read(cursor, name string) (position, bool) {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || cursor == "" {
		return position{}, false
	}
	var parts []json.RawMessage
	if json.Unmarshal(text, &parts) != nil || len(parts) != 3 {
		return position{}, false
	}
	var at position
	if json.Unmarshal(parts[0], &at.column) != nil || at.column != name || json.Unmarshal(parts[2], &at.id) != nil {
		return position{}, false
	}
	var zero T
	at.value, err = valueLike(k.columns[name].value(zero), parts[1])
	return at, err == nil
}

// valueLike reads a value of the same kind as the example.
func valueLike(example any, text json.RawMessage) (any, error) {
	switch example.(type) {
	case time.Time:
		var t time.Time
		err := json.Unmarshal(text, &t)
		return moment(t), err
	case int64:
		var n int64
		err := json.Unmarshal(text, &n)
		return n, err
	}
	var s string
	err := json.Unmarshal(text, &s)
	if err == nil && !storable(s) {
		err = ErrNotFound
	}
	return s, err
}
