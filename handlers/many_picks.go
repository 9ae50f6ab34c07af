package handlers

import (
	"net/url"
	"slices"
	"strings"

	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// picks are the rows of a list that are selected: some by key, on whatever page they stand, or all that the list's filter finds.
type picks struct {
	keys    []string // each once, in the order of the address
	all     bool
	covered []string // with all: which those are, as far as anybody asked
	page    bool     // the rows of the page that is shown, besides
	dropped string   // so many were selected until the filter changed: a number, or AllRows
	unseen  bool     // some may be no rows of the list any more: of a list with a filter, none of the page that is shown
	left    int      // so many were selected and are in the list no longer
}

// between stands between the keys of a long selection, and in no key. Each key by itself would make the address of a thousand rows longer
// than proxies let through.
const between = "~"

// fewPicks is as many keys as stand in an address each by itself.
const fewPicks = 20

// joined are keys as an address has them.
func joined(keys []string) []string {
	if len(keys) <= fewPicks {
		return keys
	}
	return []string{strings.Join(keys, between)}
}

// readPicks reads the selection of a list of check boxes from its address. More than one action takes are not read.
func readPicks(values url.Values) picks {
	p := picks{page: values.Get(parts.PickName) == parts.PickPage, dropped: values.Get(parts.DroppedName)}
	seen := map[string]bool{}
	for _, key := range strings.Split(strings.Join(values[parts.SelectedName], between), between) {
		switch {
		case key == parts.AllRows:
			p.all = true
		case key == "" || seen[key] || len(p.keys) == services.MaxMany:
		default:
			seen[key], p.keys = true, append(p.keys, key)
		}
	}
	if p.all {
		p.keys = nil
	}
	return p
}

// one is the key of the one row that is selected; "" where none is, or several are.
func (p picks) one() string {
	if p.all || len(p.keys) != 1 {
		return ""
	}
	return p.keys[0]
}

func (p picks) none() bool { return !p.all && len(p.keys) == 0 }

// has tells whether a row is selected.
func (p picks) has(key string) bool {
	if p.all {
		return slices.Contains(p.covered, key)
	}
	return slices.Contains(p.keys, key)
}

// with are the picks and the rows of the page, where those are asked for.
func (p picks) with(rows []string) picks {
	if !p.page || p.all {
		return p
	}
	p.keys = slices.Clone(p.keys)
	for _, key := range rows {
		if !slices.Contains(p.keys, key) && len(p.keys) < services.MaxMany {
			p.keys = append(p.keys, key)
		}
	}
	return p
}

// over are the picks of a list of which a page with these rows is shown.
func (q query) over(rows []string) query {
	q.picks = q.picks.with(rows)
	q.picks.unseen = q.filtered() && len(q.picks.without(rows).keys) > 0
	q.Selected = q.picks.one()
	return q
}

// several tells whether the selection is to be read as one of many rows: one that is not on the page may be in the list no longer.
func (p picks) several() bool { return !p.none() && (len(p.keys) != 1 || p.unseen) }

// among are the picks less those that are no rows of the list: with all, they are told which these are.
func (q *query) among(rows []string) {
	p := &q.picks
	p.unseen = false
	if p.all {
		p.covered = rows
		return
	}
	kept := slices.DeleteFunc(slices.Clone(p.keys), func(key string) bool { return !slices.Contains(rows, key) })
	p.left, p.keys = len(p.keys)-len(kept), kept
	q.Selected = p.one()
}

// renamed are the picks with one key in place of another.
func (p picks) renamed(from, to string) picks {
	if i := slices.Index(p.keys, from); i >= 0 {
		p.keys = slices.Clone(p.keys)
		p.keys[i] = to
	}
	return p
}

// without are the picks less those rows.
func (p picks) without(rows []string) picks {
	p.keys = slices.DeleteFunc(slices.Clone(p.keys), func(key string) bool { return slices.Contains(rows, key) })
	return p
}

// sent is what makes the selection again, in an address or a form.
func (p picks) sent() []string {
	if p.all {
		return []string{parts.AllRows}
	}
	return joined(p.keys)
}

// onto is an address with the selection.
func (p picks) onto(address string) string {
	if p.none() {
		return address
	}
	path, query, _ := strings.Cut(address, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return address // only addresses of our own making come here, which all parse
	}
	values[parts.SelectedName] = p.sent()
	return path + "?" + values.Encode()
}

// listed is what the list draws of the selection besides its rows.
func (p picks) listed(rows []string, of words.Noun) *parts.Picks {
	shown := 0
	for _, key := range rows {
		if p.has(key) {
			shown++
		}
	}
	drawn := &parts.Picks{Page: "Select " + of.All(len(rows)) + " on this page", All: shown == len(rows) && shown > 0, Some: shown > 0 && shown < len(rows)}
	carried := []string{parts.AllRows}
	if !p.all {
		carried = joined(slices.DeleteFunc(slices.Clone(p.keys), func(key string) bool { return slices.Contains(rows, key) }))
	}
	for _, keys := range carried {
		drawn.Carried = append(drawn.Carried, parts.Hidden{Name: parts.SelectedName, Value: keys})
	}
	return drawn
}

// hint is what the bar says while nothing is selected, and why nothing is any more where the filter changed.
func (p picks) hint(text string) string {
	if p.dropped == "" {
		return text
	}
	return "The selection was cleared because the filter changed. " + text
}

var selectedRows = words.Noun{One: "selected row is", Many: "selected rows are"}

// told is an Action bar that says besides how many rows left the selection because they are not in the list any more.
func (p picks) told(bar parts.ActionBar) parts.ActionBar {
	if p.left == 0 {
		return bar
	}
	gone := selectedRows.Count(p.left) + " no longer in this list."
	if bar.State == "none" {
		bar.Hint = gone + " " + bar.Hint
	} else {
		bar.Why = joinTexts(gone, bar.Why)
	}
	return bar
}
