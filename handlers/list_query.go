package handlers

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/names"
	"bailiwick/views/parts"
)

// query is what a listing's address says: filter, order and page. A sort that the list does not have is its first one.
type query struct {
	models.Page
	Selected string
	added    bool              // just now
	from     int               // number of the page's first row, as the page before counted; 0: nobody did
	values   map[string]string // further filters, by name
	usual    bool              // the order is the list’s own: the address names none
	picks    picks             // of a list of check boxes
}

func readQuery(c echo.Context, sorts []string, filters ...string) query {
	q := query{Selected: c.QueryParam(parts.SelectedName), added: c.QueryParam(parts.AddedName) != "", values: map[string]string{}}
	q.Query = cutRunes(c.QueryParam(parts.QueryName), 200)
	q.After, q.Before = c.QueryParam(parts.AfterName), c.QueryParam(parts.BeforeName)
	q.from = readFrom(c.QueryParam(parts.FromName))
	for _, s := range sorts {
		if wanted := c.QueryParam(parts.SortName); wanted == s || wanted == "-"+s {
			q.Sort = wanted
		}
	}
	for _, name := range filters {
		q.values[name] = c.QueryParam(name)
	}
	return q
}

// manyPicked reads the selection of a list of check boxes besides. Where it is one row, that is selected as in any list.
func (q query) manyPicked(c echo.Context) query {
	q.picks = readPicks(c.QueryParams())
	q = q.turned(c.QueryParam(parts.TurnName))
	q.Selected = q.picks.one()
	return q
}

// letGo carries through a list's filters how many rows are selected: with another filter they no longer are, and the list says so.
func (q query) letGo() []parts.Hidden {
	switch {
	case q.picks.all:
		return []parts.Hidden{{Name: parts.DroppedName, Value: parts.AllRows}}
	case len(q.picks.keys) > 1:
		return []parts.Hidden{{Name: parts.DroppedName, Value: strconv.Itoa(len(q.picks.keys))}}
	}
	return nil
}

// page is what of the list to read: the page of the address, or the one with the row that was just added.
func (q query) page() models.Page {
	p := q.Page
	p.Count = q.filtered()
	if q.added {
		p.With = q.Selected
	}
	return p
}

// oneOf keeps a filter that is one of the words which the page offers; any other is as good as none.
func (q query) oneOf(name string, offered ...string) query {
	if !slices.Contains(offered, q.values[name]) {
		q.values[name] = ""
	}
	return q
}

// withAdded is the address of a list that shows the row that was just added, and has it selected.
func withAdded(list, row string) string {
	joint := "?"
	if strings.Contains(list, "?") {
		joint = "&"
	}
	return list + joint + strings.TrimPrefix(with("", parts.SelectedName, row, parts.AddedName, "yes"), "?")
}

// unusedFirst gives the list the order that it has without one in the address, where it is asked for what was not used.
func (q query) unusedFirst() query {
	order := unusedFor(q).Order(q.Sort)
	q.usual, q.Sort = order != q.Sort, order
	return q
}

// named is the order that the address names.
func (q query) named() string {
	if q.usual {
		return ""
	}
	return q.Sort
}

func cutRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// pairs are the query values that make the same list again, without page and selection.
func (q query) pairs() []string {
	pairs := []string{parts.QueryName, q.Query, parts.SortName, q.named()}
	for _, name := range slices.Sorted(maps.Keys(q.values)) {
		pairs = append(pairs, name, q.values[name])
	}
	return pairs
}

// placed are those that make this very page of it again.
func (q query) placed() []string {
	pairs := append(q.pairs(), parts.AfterName, q.After, parts.BeforeName, q.Before)
	if q.from > 0 && q.After+q.Before != "" {
		pairs = append(pairs, parts.FromName, strconv.Itoa(q.from))
	}
	return pairs
}

func (q query) filtered() bool {
	for _, v := range q.values {
		if v != "" {
			return true
		}
	}
	return q.Query != ""
}

// here is the address of this very page of the list.
func (q query) here(address string) string {
	return with(address, q.placed()...)
}

// around is the address of this page of the list with a row selected; of the page that has the row, where the address names none.
func (q query) around(address, row string) string {
	return with(address, append(q.placed(), parts.SelectedName, row, parts.AddedName, "yes")...)
}

// copied is the address of the list that shows a copy that was just added, and has it selected: in the list's order, and with
// its words where the copy's name has them.
func (q query) copied(list, row, name string) string {
	typed := q.Query
	if !names.Matches(typed, name) {
		typed = ""
	}
	return withAdded(with(list, parts.QueryName, typed, parts.SortName, q.named()), row)
}

// selecting is the address of this page of the list with a row of it selected.
func (q query) selecting(address, row string) string {
	return with(address, append(q.placed(), parts.SelectedName, row)...)
}

// keepPlace lets the actions on a row come back to this page of the list: those at addresses below the row's own.
func (q query) keepPlace(row string, actions []action) []action {
	for i, a := range actions {
		if strings.HasPrefix(a.Href, row+"/") {
			actions[i].Href = q.here(a.Href)
		}
	}
	return actions
}

// asked is the list beneath a question about a row: the page that has it.
func (q query) asked(row string) query {
	q.Selected, q.added, q.picks = row, true, picks{keys: []string{row}}
	return q
}

// order carries the list's order through its filters.
func (q query) order() []parts.Hidden {
	if q.named() == "" {
		return nil
	}
	return []parts.Hidden{{Name: parts.SortName, Value: q.Sort}}
}

// hidden is what Show actions carries along.
func (q query) hidden() []parts.Hidden {
	var all []parts.Hidden
	pairs := q.placed()
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			all = append(all, parts.Hidden{Name: pairs[i], Value: pairs[i+1]})
		}
	}
	return all
}

// hiddenWithPicks carries the selection besides.
func (q query) hiddenWithPicks() []parts.Hidden {
	hidden := q.hidden()
	for _, key := range q.picks.sent() {
		hidden = append(hidden, parts.Hidden{Name: parts.SelectedName, Value: key})
	}
	return hidden
}

// column is a table head that sorts by the named column; the first column is the order without a sort.
func (q query) column(address, label, name, class string, first bool) parts.Column {
	col := parts.Column{Label: label, Class: class}
	ascending := q.Sort == name || first && q.Sort == ""
	next := name
	switch {
	case ascending:
		col.Sort, next = "ascending", "-"+name
	case q.Sort == "-"+name:
		col.Sort = "descending"
	}
	again := q
	again.Sort, again.usual = next, false
	col.Href = q.picks.onto(with(address, again.pairs()...))
	return col
}
