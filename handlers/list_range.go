package handlers

import (
	"strconv"
	"strings"

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

// paged is a page of a list: how many rows it has, the cursors to its neighbours, and how many rows all pages have; 0 where
// nobody counted them.
type paged struct {
	rows           int
	next, previous string
	found          int
}

func pagedBy[T any](l models.Listing[T]) paged {
	return paged{len(l.Rows), l.Next, l.Previous, l.Found}
}

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

// turns are the values of the buttons that turn a list of check boxes without the script: where to, the number of the first row there,
// and the rows of this page, which the box in the head selects.
func (q query) turns(p paged, rows []string) parts.Turns {
	turns, first := parts.Turns{}, q.first(p, 0)
	value := func(at string, from int) string {
		return strings.Join(append([]string{at, strconv.Itoa(from)}, rows...), " ")
	}
	if p.next != "" {
		turns.Next = value(cursor(p.next, ""), q.numbered(first, first+p.rows))
	}
	if p.previous != "" {
		turns.First, turns.Previous = value(firstPage, 1), value(cursor("", p.previous), q.numbered(first, first-pageRows))
	}
	return turns
}

// firstPage is where a button leads that has no cursor.
const firstPage = "first"

// numbered is the number of a row where that of the page's first row is known; 0 elsewhere.
func (q query) numbered(first, row int) int {
	if first == 0 {
		return 0
	}
	return max(1, row)
}

// turned is the page to which a button led. The rows of the page before are selected where its box in the head was.
func (q query) turned(value string) query {
	said := strings.Fields(value)
	if len(said) < 2 {
		return q
	}
	q.After, q.Before = cursors(said[0])
	q.from = readFrom(said[1])
	q.picks = q.picks.with(said[2:])
	q.picks.page = false
	return q
}

// manyPager leads to the other pages of a list of check boxes.
func (q query) manyPager(address string, p paged, rows []string) parts.Pager {
	pager := q.pager(address, p)
	pager.Turns = q.turns(p, rows)
	return pager
}

// count is the foot of a list: how many there are and which of them the page has, or how many of them match.
func (q query) count(p paged, total int, of words.Noun) string {
	if q.filtered() {
		return q.shown(p, of) + ", " + words.Roughly(total) + " in all"
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
	first := q.first(p, p.found)
	last := first + p.rows - 1
	switch {
	case p.alone():
		return of.Count(p.rows)
	case p.found > 0 && first > 0 && p.rows > 0:
		return of.RangeOf(first, last, p.found)
	case p.found > 0:
		return of.Roughly(p.found)
	case first == 0 || p.rows == 0:
		return of.Count(p.rows) + " on this page"
	case p.next == "":
		return of.RangeOf(first, last, last)
	}
	return of.Range(first, last)
}
