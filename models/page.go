package models

import (
	"context"
	"slices"
)

// Page is which part of a list is asked for.
type Page struct {
	Query         string // words that the name has, in any order (names.Words); "" = everything
	Sort          string // a column of the list, with "-" before it from the highest down; "" = name
	After, Before string // a cursor of a Listing; at most one is given; what can't be read is the first page
	With          string // key of a row: without a cursor, a page that has it a few rows below its top where the first one does not have it
	Limit         int    // rows; 0 = PageRows
	Count         bool   // also count the rows of all pages
	Fitting       bool   // with words: by how well names fit, those first that begin with what was typed, and of these the one that is just that
}

// PageRows is how many rows a page has where nothing is said.
const PageRows = 50

// Listing is one page of rows, with the cursors to its neighbours.
type Listing[T any] struct {
	Rows     []T
	Next     string // for Page.After; "" = this is the last page
	Previous string // for Page.Before; "" = this is the first page
	Looked   int    // not 0: only so many were looked at for this page; the cursor beyond them goes on
	Found    int    // rows of all pages, up to FoundCounted and one more where there are more; 0 where they were not counted
}

// listingOf is a page with other rows in place of its own.
func listingOf[T, U any](page Listing[T], rows []U) Listing[U] {
	return Listing[U]{Rows: rows, Next: page.Next, Previous: page.Previous, Looked: page.Looked, Found: page.Found}
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
	key     string         // column of what Page.With says; "" where no row is asked for
	keyOf   func(T) string // its value
	named   *fitNames[T]   // how it knows names that fit; nil: it does not
	args    []any          // of the SQL of its one column (fitting)
}

// list runs the query, which ends inside its WHERE clause, for one page.
func (k keyset[T]) list(ctx context.Context, s *Store, q *query, p Page) (Listing[T], error) {
	if p.Fitting && q.few {
		k, p = k.fitting(p)
	}
	l, err := k.page(ctx, s, q, p)
	if err != nil || !p.Count {
		return l, err
	}
	counted := q.counted()
	if counted == nil {
		return l, nil
	}
	l.Found, err = row[int](ctx, s, "SELECT count(*) FROM ("+counted.sql.String()+" LIMIT ?) AS listed",
		append(slices.Clone(counted.args), FoundCounted+1)...)
	return l, err
}

// counted is the query by which its rows are counted; nil where counting might look at all rows there are.
func (q *query) counted() *query {
	switch {
	case q.few || !q.sifted:
		return q
	case q.beyond != nil && !q.sieved:
		return q.beyond()
	}
	return nil
}

func (k keyset[T]) page(ctx context.Context, s *Store, q *query, p Page) (Listing[T], error) {
	a := k.asked(q, p)
	end, err := a.end(ctx, s)
	if err != nil {
		return Listing[T]{}, err
	}
	sql, args := a.statement(s.dialect, end)
	found, err := rows[T](ctx, s, sql, args...)
	if err != nil {
		return Listing[T]{}, err
	}
	if end != nil && len(found) <= a.limit && q.beyond != nil {
		return k.page(ctx, s, q.beyond(), p)
	}
	if end != nil && len(found) <= a.limit {
		return a.stopped(found, *end), nil
	}
	if len(found) == 0 && a.from != nil { // everything beyond the cursor is gone
		p.After, p.Before = "", ""
		return k.page(ctx, s, q, p)
	}
	if l := a.listing(found); p.With == "" || k.key == "" || a.from != nil || p.Query != "" || l.Next == "" || k.holds(l.Rows, p.With) {
		return l, nil
	}
	if a.from, err = a.littleBefore(ctx, s, p.With); err != nil {
		return Listing[T]{}, err
	}
	sql, args = a.statement(s.dialect, nil)
	if found, err = rows[T](ctx, s, sql, args...); err != nil {
		return Listing[T]{}, err
	}
	return a.listing(found), nil
}

// holds tells whether the row with the key is among the rows.
func (k keyset[T]) holds(rows []T, key string) bool {
	return slices.ContainsFunc(rows, func(row T) bool { return k.keyOf(row) == key })
}
