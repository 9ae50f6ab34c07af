package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// maxRows is how many choices about the rows of its lists a form takes. Each page of a list adds what was chosen on it, and what is
// carried has to fit into one request (web.bodyLimit), also where keys are as long as they may be. Each form with such lists says so
// as soon as it is read, with all that it holds.
const maxRows = services.MaxChoices

var tooManyRows = "More than " + words.Choices.Count(maxRows) + " at a time. Undo some of them, save, and then continue."

// formPlace is where a list stands inside a form that spans pages: what it is searched for, and the cursor of the page. A
// form with several lists sets their fields apart by the list's name at their end, "q.content/sources".
//
//	q     what to search for
//	at    where the list stood when the form was drawn: "a:CURSOR" after it, "b:CURSOR" before it, all else the first page; then the
//	      number of the page's first row, where it is known
//	page  the button that turns it, with the same values
//	was.q what was searched for then: another search begins at its first page, and so does another choice of its filters
type formPlace struct {
	models.Page
	Said     bool // the form says where it stands, were it on the first page
	Searched bool // the form was sent to search the list, so the focus goes back to its search

	from    int            // number of the page's first row, as the page before said; 0 where nobody knows it
	list    string         // "" where it is the only one of its form
	filters []parts.Hidden // further fields that decide what the list shows
}

// readPlace reads where a list stands; filters are the names of further fields that decide what it shows.
func readPlace(form url.Values, list string, filters ...string) formPlace {
	p := formPlace{list: list}
	p.Query = cutRunes(form.Get(p.field(parts.QueryName)), 200)
	same := form.Get(p.field(parts.Was(parts.QueryName))) == p.Query
	for _, name := range filters {
		value := form.Get(p.field(name))
		p.filters = append(p.filters, parts.Hidden{Name: name, Value: value})
		same = same && form.Get(p.field(parts.Was(name))) == value
	}
	at := form.Get(p.field(parts.AtName))
	if turned := form.Get(p.field(parts.TurnName)); turned != "" {
		at = turned
	}
	p.Searched = form.Get(parts.StepName) == parts.FilterStep && (list == "" || !same)
	if same {
		p.Said = at != ""
		cursor, from, _ := strings.Cut(at, " ")
		p.After, p.Before = cursors(cursor)
		p.from = readFrom(from)
	}
	return p
}

// field is the name of one of the list's fields.
func (p formPlace) field(name string) string { return parts.InList(name, p.list) }

// cursors reads a value of at or page.
func cursors(at string) (after, before string) {
	if rest, ok := strings.CutPrefix(at, "a:"); ok {
		return rest, ""
	}
	if rest, ok := strings.CutPrefix(at, "b:"); ok {
		return "", rest
	}
	return "", ""
}

// cursor is a value of at and page.
func cursor(after, before string) string {
	switch {
	case after != "":
		return "a:" + after
	case before != "":
		return "b:" + before
	}
	return ""
}

// at is where the list stands, as a value of at.
func (p formPlace) at() string { return numberedCursor(cursor(p.After, p.Before), p.from) }

// numberedCursor is a cursor with the number of the first row there, where it is known.
func numberedCursor(cursor string, from int) string {
	if cursor == "" || from == 0 {
		return cursor
	}
	return cursor + " " + strconv.Itoa(from)
}

// filter is the value of one of its filters.
func (p formPlace) filter(name string) string {
	for _, f := range p.filters {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// narrowed tells whether the list shows less than all there is.
func (p formPlace) narrowed() bool {
	return p.Query != "" || slices.ContainsFunc(p.filters, func(f parts.Hidden) bool { return f.Value != "" })
}

// address adds the place to an address, so that a GET draws the list where it stands: readPlaceOf reads it.
func (p formPlace) address(to url.Values) {
	set := func(name, value string) {
		if value != "" {
			to.Set(p.field(name), value)
		}
	}
	set(parts.QueryName, p.Query)
	set(parts.AtName, p.at())
	for _, f := range p.filters {
		set(f.Name, f.Value)
	}
}

// placeAt is what an address says about where a list stands. One that no form sent says it once: what it is searched for now is
// what it was searched for.
func placeAt(address url.Values, list string, filters ...string) url.Values {
	place := formPlace{list: list}
	in, names := url.Values{}, append([]string{parts.QueryName}, filters...)
	sent := address.Has(parts.StepName) || address.Has(place.field(parts.TurnName))
	for _, name := range names {
		now, was := place.field(name), place.field(parts.Was(name))
		in[now], in[was] = address[now], address[was]
		if !sent {
			in[was] = address[now]
		}
	}
	for _, name := range []string{place.field(parts.AtName), place.field(parts.TurnName), parts.StepName} {
		in[name] = address[name]
	}
	for name, values := range in {
		if len(values) == 0 {
			delete(in, name)
		}
	}
	return in
}

// hidden carries the place through a form, in the order of the fields' names.
func (p formPlace) hidden() []parts.Hidden {
	all := []parts.Hidden{{Name: parts.AtName, Value: p.at()}, {Name: parts.Was(parts.QueryName), Value: p.Query}}
	for _, f := range p.filters {
		all = append(all, parts.Hidden{Name: parts.Was(f.Name), Value: f.Value})
	}
	all = slices.DeleteFunc(all, func(h parts.Hidden) bool { return h.Value == "" })
	for i := range all {
		all[i].Name = p.field(all[i].Name)
	}
	slices.SortFunc(all, func(a, b parts.Hidden) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// pager turns the list's pages; of is what it lists, total how many rows all pages have, 0 where nobody counted them.
func (p formPlace) pager(of string, page paged, total int) parts.FormPager {
	if page.alone() {
		return parts.FormPager{}
	}
	q := query{from: p.from}
	first := q.first(page, total)
	return parts.FormPager{Name: p.field(parts.TurnName), Of: of, Range: rangeInForm(first, page, total),
		Previous: numberedCursor(cursor("", page.previous), q.numbered(first, first-pageRows)),
		Next:     numberedCursor(cursor(page.next, ""), q.numbered(first, first+page.rows))}
}

// rangeInForm says which rows a page of a form's list has.
func rangeInForm(first int, page paged, total int) string {
	last := first + page.rows - 1
	switch {
	case first == 0 || page.rows == 0:
		return words.Rows.Count(page.rows) + " on this page"
	case total > 0:
		return words.RangeOf(first, last, total)
	case page.next == "":
		return words.RangeOf(first, last, last)
	}
	return words.Rows.Range(first, last)
}

// redrawing are the buttons that ask for a form again, each for a list of that name where one follows.
var redrawing = []string{parts.StepName, parts.TabName, parts.TurnName, views.PrivilegesUndo, views.PrivilegesPreset, views.PrivilegesList,
	views.PrivilegesAll, views.AccessKeep}

// redraws tells whether a form asks to be drawn again with other choices, instead of being saved. One that was kept is always drawn
// again.
func redraws(c echo.Context, form url.Values) bool {
	if resuming(c) {
		return true
	}
	for name := range form {
		if slices.Contains(redrawing, parts.ListName(name)) {
			return true
		}
	}
	return false
}
