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
	Looked   int    // not 0: only so many were looked at for this page; the cursor beyond them goes on
	Ahead    string // with Looked, for Page.After: where names begin with what was typed; "" = not further on
}

// listingOf is a page with other rows in place of its own.
func listingOf[T, U any](page Listing[T], rows []U) Listing[U] {
	return Listing[U]{Rows: rows, Next: page.Next, Previous: page.Previous, Looked: page.Looked, Ahead: page.Ahead}
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
	end, err := k.end(ctx, s, q, name, down != backward, from, given)
	if err != nil {
		return Listing[T]{}, err
	}
	sql, args := k.statement(q, name, down != backward, from, given, end, limit)
	found, err := rows[T](ctx, s, sql, args...)
	if err != nil {
		return Listing[T]{}, err
	}
	if end != nil && len(found) <= limit {
		return k.stopped(found, p.Query, name, down, from, backward, given, *end), nil
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

func (k keyset[T]) statement(
	q *query, name string, down bool, from position, given bool, end *position, limit int,
) (string, []any) {
	by, until := k.columns[name].sql, "<="
	if down {
		until = ">="
	}
	after, order, args := k.beyond(name, down, from, given)
	args = append(slices.Clone(q.args), args...)
	if end != nil {
		after += fmt.Sprintf("AND (%s, %s) %s (?, ?)\n", by, k.id, until)
		args = append(args, end.value, end.id)
	}
	return q.sql.String() + after + order + " LIMIT ?", append(args, limit+1) // one more, to know whether there is more
}

// beyond is the condition for what comes after a position, and the order.
func (k keyset[T]) beyond(name string, down bool, from position, given bool) (condition, order string, args []any) {
	by, sign, direction := k.columns[name].sql, ">", "ASC"
	if down {
		sign, direction = "<", "DESC"
	}
	if given {
		condition, args = fmt.Sprintf("AND (%s, %s) %s (?, ?)\n", by, k.id, sign), []any{from.value, from.id}
	}
	return condition, fmt.Sprintf("ORDER BY %s %s, %s %s", by, direction, k.id, direction), args
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
	return cursorAt(position{name, k.columns[name].value(row), k.idOf(row)})
}

func cursorAt(p position) string {
	text, _ := json.Marshal([]any{p.column, p.value, p.id}) // texts, numbers and times always can be
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
