package handlers

import (
	"strconv"

	"bailiwick/models"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// pageRows is how many rows a full page of a list has.
const pageRows = 50

// mostRows is as far as addresses number rows.
const mostRows = 1_000_000_000

// readFrom reads the number of a page's first row. It stands in the address, where anybody can write anything: nothing but
// the foot of the list follows from it.
func readFrom(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostRows {
		return 0
	}
	return n
}

// paged is a page of a list: how many rows it has, and the cursors to its neighbours.
type paged struct {
	rows           int
	next, previous string
}

func pagedBy[T any](l models.Listing[T]) paged { return paged{len(l.Rows), l.Next, l.Previous} }

func (p paged) alone() bool { return p.next == "" && p.previous == "" }

// first is the number of the page's first row; 0 where nobody knows it. At both ends of a list it is certain, in between it
// is what the page before said. total is how many rows the list has; 0 where nobody counts them.
func (q query) first(p paged, total int) int {
	counted := total > 0 && total <= countedRows
	switch {
	case p.previous == "":
		return 1
	case p.next == "" && counted:
		return max(1, total-p.rows+1)
	case q.from > 0 && counted:
		return max(2, min(q.from, total-p.rows))
	}
	return q.from
}

// countedRows is as far as lists are counted.
const countedRows = 1_000

// pager leads to the other pages; each address says which rows it shows.
func (q query) pager(address string, p paged) parts.Pager {
	pager, first := parts.Pager{}, q.first(p, 0)
	turn := func(name, cursor string, from int) string {
		pairs := append(q.pairs(), name, cursor)
		if first > 0 {
			pairs = append(pairs, parts.FromName, strconv.Itoa(max(1, from)))
		}
		return q.picks.onto(with(address, pairs...))
	}
	if p.next != "" {
		pager.Next = turn(parts.AfterName, p.next, first+p.rows)
	}
	if p.previous != "" {
		pager.First = q.picks.onto(with(address, q.pairs()...))
		pager.Previous = turn(parts.BeforeName, p.previous, first-pageRows)
	}
	return pager
}

// count is the foot of a list: how many there are and which of them the page has, or how many of them match.
func (q query) count(p paged, total int, of words.Noun) string {
	if q.filtered() {
		return q.shown(p, of)
	}
	if first := q.first(p, total); !p.alone() && first > 0 && p.rows > 0 {
		return of.RangeOf(first, first+p.rows-1, total)
	}
	return of.Roughly(total)
}

// shown is the foot of a list whose total nobody knows: which of its rows the page has.
func (q query) shown(p paged, of words.Noun) string {
	if q.filtered() {
		of = of.With("matching")
	}
	first := q.first(p, 0)
	last := first + p.rows - 1
	switch {
	case p.alone():
		return of.Count(p.rows)
	case first == 0 || p.rows == 0:
		return of.Count(p.rows) + " on this page"
	case p.next == "":
		return of.RangeOf(first, last, last)
	}
	return of.Range(first, last)
}
