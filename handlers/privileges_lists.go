package handlers

import (
	"cmp"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// list is the editor list that Custom opens.
func (p privilegesPage) list(d services.PrivilegeDomain) *views.EditorList {
	if d.List == nil {
		return nil
	}
	many, query := words.Things(d.Domain).Many, p.form.Draft.Lists[d.Key]
	list := &views.EditorList{Noun: many, Of: many + " can be edited", Query: query.Query, Searched: p.form.Searched == d.Key,
		Count: words.Number(d.List.Length) + " of " + words.Roughly(d.List.Total), Closed: d.List.Closed}
	if list.Closed {
		list.Carried, list.Changed = p.carried(d)
		return list
	}
	if d.List.Length != d.List.Stored {
		list.Before = ", " + words.Number(d.List.Stored) + " before"
	}
	list.Show, list.Types = p.listShow(d, query.Show), listTypes(d.List.Types, query.Type)
	list.Order = ordered("Edit first", views.EditsFirst, query.Edits)
	for _, r := range d.List.Rows {
		list.Rows = append(list.Rows, editorRow(d, r, query.Query))
	}
	p.finishList(d, query, list)
	if p.tab.Fixed == services.NotFixed {
		list.Carried, list.Changed = p.carried(d)
	} else {
		list.Carried = p.form.place(d.Domain).hidden()
	}
	return list
}

// listShow is what a list can show: all of it, what can be edited, what the draft changes.
func (p privilegesPage) listShow(d services.PrivilegeDomain, show services.ListShow) []parts.Segment {
	segment := func(value, label string, count int, is services.ListShow) parts.Segment {
		return parts.Segment{Value: value, Label: label, Count: words.Roughly(count), Checked: show == is, ID: "shown-" + rowID(d.Domain) + "-" + cmp.Or(value, "any")}
	}
	all := []parts.Segment{segment("", "All", d.List.Total, services.ListAll), segment(views.EditsShown, "Edit only", d.List.Length, services.ListEdits)}
	if p.tab.Fixed == services.NotFixed {
		all = append(all, segment(views.ChangedShown, "Changed", len(p.differing(d)), services.ListChanged))
	}
	return all
}

// listTypes are the types that a list can be narrowed down to, none where its things have no type or all the same.
func listTypes(types []string, chosen string) []parts.Option {
	if len(types) < 2 && chosen == "" {
		return nil
	}
	if chosen != "" && !slices.Contains(types, chosen) {
		types = append(slices.Clone(types), chosen)
	}
	options := []parts.Option{{Label: "Any type"}}
	for _, kind := range types {
		options = append(options, parts.Option{Value: kind, Label: kind, Selected: kind == chosen})
	}
	return options
}

func editorRow(d services.PrivilegeDomain, r models.Resource, query string) views.EditorRow {
	listed := d.List.Listed[r.ID]
	row := views.EditorRow{Key: r.Key, Name: r.Name, Marked: marked(r.Name, query), Icon: resourceIcon(r), Edit: listed, StoredEdit: listed}
	if end, ends := d.List.Ends[r.ID]; ends && listed {
		row.Until = "until " + words.EndMinute(end)
	}
	if chosen, said := d.Chosen.Rows[r.Key]; said {
		row.Edit = chosen
	}
	if d.List.Beyond[r.ID] {
		row.Locked = "You can’t edit it yourself."
	}
	return row
}

func (p privilegesPage) finishList(d services.PrivilegeDomain, query services.ListQuery, list *views.EditorList) {
	list.Found = p.listFound(d, query)
	if len(list.Rows) == 0 {
		list.Nothing, list.Found = nothingListed(d, query), nil
		if p.form.place(d.Domain).narrowed() && d.List.Total > 0 {
			list.ShowAll = "Show all " + words.Roughly(d.List.Total)
		}
	}
	if p.rows() > maxRows {
		list.Note = tooManyRows
	} else {
		list.SetAll = setAll(*d.List)
	}
	list.Pager = p.form.place(d.Domain).pager(list.Noun, pagedBy(d.List.Listing), foundInList(*d.List))
}

// foundInList is how many rows a list shows on all its pages; 0 where there are more than are counted.
func foundInList(list services.EditorList) int {
	if list.Found > maxRows && list.Found != list.Total {
		return 0
	}
	return list.Found
}

// setAll stands before the buttons that set all that a list shows; "" where there are not several, or too many at once.
func setAll(list services.EditorList) string {
	switch {
	case list.Free < 2:
		return ""
	case list.Some:
		return "Set all that you can give to"
	case list.Free < list.Found:
		return "Set the " + words.Number(list.Free) + " you can give to"
	}
	return "Set all " + words.Number(list.Free) + " to"
}

// listFound says what a list shows, on all its pages.
func (p privilegesPage) listFound(d services.PrivilegeDomain, query services.ListQuery) parts.Words {
	things, count := words.Things(d.Domain), words.Number(d.List.Found)
	if d.List.Found > maxRows {
		count = "more than " + words.Number(maxRows)
	}
	said, matches := parts.Words{{Text: words.Upper(count), Strong: true}}, " "+words.Noun{One: "matches", Many: "match"}.Of(d.List.Found)+narrowedBy(query)
	narrowed := query.Query != "" || query.Type != ""
	switch {
	case query.Show == services.ListAll && !narrowed:
		return parts.Words{{Text: words.Roughly(d.List.Total), Strong: true}, {Text: " " + things.Of(d.List.Total)}}
	case query.Show == services.ListAll:
		return append(said, parts.Word{Text: " of " + words.Roughly(d.List.Total) + matches})
	case narrowed:
		return append(said, parts.Word{Text: shownOnly[query.Show] + matches})
	case query.Show == services.ListEdits:
		return append(said, parts.Word{Text: shownOnly[query.Show] + unsavedAmong(p.unsavedEdits(d))})
	}
	return append(said, parts.Word{Text: shownOnly[query.Show]})
}

// shownOnly says which things a list shows.
var shownOnly = map[services.ListShow]string{services.ListEdits: " with Edit", services.ListChanged: " not saved yet"}

// unsavedAmong is the end of a sentence about so many things.
func unsavedAmong(n int) string {
	if n == 0 {
		return ""
	}
	return ", " + words.Number(n) + " of them not saved yet"
}

// unsavedEdits counts the rows that get Edit by saving.
func (p privilegesPage) unsavedEdits(d services.PrivilegeDomain) int {
	n := 0
	for _, diff := range p.tab.Differences {
		if diff.Domain == d.Key && diff.Resource != 0 && diff.Gains && !diff.Lasting {
			n++
		}
	}
	return n
}

// narrowedBy is what a list is searched for, behind a sentence: " “emea docu”, of type jira".
func narrowedBy(query services.ListQuery) string {
	text := ""
	if query.Query != "" {
		text = " “" + query.Query + "”"
	}
	if query.Type != "" && query.Query != "" {
		text += ","
	}
	if query.Type != "" {
		text += " of type " + query.Type
	}
	return text
}

// nothingListed says why a list shows nothing.
func nothingListed(d services.PrivilegeDomain, query services.ListQuery) string {
	things := words.Things(d.Domain)
	switch {
	case d.List.Looked > 0:
		return "None of the " + things.Count(d.List.Looked) + " searched matches" + narrowedBy(query) + ". Go to the next page to search more."
	case query.Query != "" || query.Type != "":
		return "No " + things.One + shownOnly[query.Show] + " matches" + narrowedBy(query) + "."
	case d.List.Total == 0:
		return "There are no " + things.Many + " yet."
	case query.Show == services.ListEdits:
		return "No " + things.One + " yet. Show all, and set some to Edit."
	case query.Show == services.ListChanged:
		return "Nothing is changed here."
	}
	return "There are no " + things.Many + " yet."
}

// rows counts the rows of editor lists that the form carries.
func (p privilegesPage) rows() int {
	n := 0
	for _, d := range p.tab.Domains {
		n += len(d.Chosen.Rows)
	}
	return n
}

// carried are the unsaved choices on rows that this page of the list does not show, and where the list stands; and whether some of
// them would change something.
func (p privilegesPage) carried(d services.PrivilegeDomain) (all []parts.Hidden, changed bool) {
	shown := map[string]bool{}
	for _, r := range d.List.Rows {
		shown[r.Key] = true
	}
	differs := p.differing(d)
	rows := map[string]bool{}
	for key, edit := range d.Chosen.Rows {
		if !shown[key] && (differs[key] || d.Chosen.Level != access.LevelCustom) {
			rows[key] = edit
			changed = changed || differs[key]
		}
	}
	if len(rows) > 0 {
		all = append(all, carry(d.Domain, rows))
	}
	return append(all, p.form.place(d.Domain).hidden()...), changed
}

// differing are the keys of the rows whose choice is not what is stored.
func (p privilegesPage) differing(d services.PrivilegeDomain) map[string]bool {
	keys := map[string]bool{}
	for _, diff := range p.tab.Differences {
		if diff.Domain == d.Key && diff.Resource != 0 {
			keys[p.tab.Named[diff.Resource].Key] = true
		}
	}
	return keys
}
