package models

import (
	"strings"

	"bailiwick/names"
)

// fitNames is how a list knows which names fit what was typed: those that begin with it stand together in the order of names, and the
// one that is just that before all of them.
type fitNames[T any] struct {
	key     string // column of what names sort by
	keyOf   func(T) string
	before  string // stands before each key of those that are looked for
	email   string // column of addresses, of which the one that was typed comes before all names; "" where there are none
	emailOf func(T) string
}

// fitting is the list in the order of how well names fit, for the few rows that were found: they are sorted.
func (k keyset[T]) fitting(p Page) (keyset[T], Page) {
	if k.named == nil || len(names.Words(p.Query)) == 0 {
		return k, p
	}
	fit, args := k.named.column(p.Query)
	k.columns, k.args, p.Sort = map[string]column[T]{"name": fit}, args, ""
	return k, p
}

// stretch are the keys, from the first on and before the second, of names that begin with what was typed.
func (f fitNames[T]) stretch(typed string) (from, until string) {
	from, until = names.Beginning(typed)
	return f.before + from, f.before + until
}

func (f fitNames[T]) column(typed string) (column[T], []any) {
	from, until := f.stretch(typed)
	email := strings.ToLower(strings.TrimSpace(typed))
	if f.email == "" || !storable(email) {
		email = ""
	}
	place := func(row T) any {
		switch key := f.keyOf(row); {
		case email != "" && f.emailOf(row) == email:
			return "0" + key
		case key >= from && key < until:
			return "1" + key
		default:
			return "2" + key
		}
	}
	sql, args := "", []any{}
	if email != "" {
		sql, args = "WHEN "+f.email+" = ? THEN '0' ", append(args, email)
	}
	sql = "(CASE " + sql + "WHEN " + f.key + " >= ? AND " + f.key + " < ? THEN '1' ELSE '2' END || " + f.key + ")"
	return column[T]{sql, place}, append(args, from, until)
}

// fittingOfMany is the page where very many rows have the words: first a stretch of the list's order, and then all others in that order.
func (k keyset[T]) fittingOfMany(p Page, listed func(p Page, narrow func(*query)) (Listing[T], error)) (Listing[T], error) {
	from, until := k.named.stretch(p.Query)
	p.Sort = ""
	part := func(narrow func(*query)) func(Page) (Listing[T], error) {
		return func(p Page) (Listing[T], error) { return listed(p, narrow) }
	}
	return inTurn(p,
		part(func(q *query) { q.within("AND "+k.named.key+" >= ? AND "+k.named.key+" < ?", from, until) }),
		part(func(q *query) { q.sift("AND ("+k.named.key+" < ? OR "+k.named.key+" >= ?)", from, until) }))
}
