package handlers

import (
	"fmt"
	"maps"
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
	many := words.Things(d.Domain).Many
	list := &views.EditorList{Noun: many, Of: many + " can be edited", Query: p.form.Draft.Lists[d.Key].Query, Searched: p.form.Searched == d.Key,
		Count: words.Number(d.List.Length) + " of " + words.Roughly(d.List.Total), Closed: d.List.Closed}
	if list.Closed {
		list.Carried, list.Changed = p.carried(d)
		return list
	}
	for _, r := range d.List.Rows {
		list.Rows = append(list.Rows, editorRow(d, r))
	}
	p.finishList(d, list)
	if p.tab.Fixed == services.NotFixed {
		list.Carried, list.Changed = p.carried(d)
	}
	return list
}

func editorRow(d services.PrivilegeDomain, r models.Resource) views.EditorRow {
	listed := d.List.Listed[r.ID]
	row := views.EditorRow{Key: r.Key, Name: r.Name, Icon: domainIcon(d.Key), Edit: listed, StoredEdit: listed}
	if end, ends := d.List.Ends[r.ID]; ends && listed {
		row.Name += " (until " + words.Minute(end) + ")"
	}
	if chosen, said := d.Chosen.Rows[r.Key]; said {
		row.Edit = chosen
	}
	if d.List.Beyond[r.ID] {
		row.Locked = "you cannot edit it yourself"
	}
	return row
}

func (p privilegesPage) finishList(d services.PrivilegeDomain, list *views.EditorList) {
	if len(list.Rows) == 0 {
		list.Nothing = "There are no " + list.Noun + " yet."
		if list.Query != "" {
			list.Nothing = "None of the " + list.Noun + " matches “" + list.Query + "”."
		}
	}
	if p.rows() > maxRows {
		list.Note = tooManyRows
	} else if n := free(list.Rows); n > 1 {
		list.ViewAll, list.EditAll = fmt.Sprintf("View on these %d", n), fmt.Sprintf("Edit on these %d", n)
		if n < len(list.Rows) {
			list.ViewAll, list.EditAll = fmt.Sprintf("View on the %d you can give", n), fmt.Sprintf("Edit on the %d you can give", n)
		}
	}
	list.Pager = p.form.place(d.Domain).pager(list.Noun, len(list.Rows), d.List.Next, d.List.Previous)
}

// free counts the rows that the viewer may set to either.
func free(rows []views.EditorRow) int {
	n := 0
	for _, r := range rows {
		if r.Locked == "" {
			n++
		}
	}
	return n
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
	for _, key := range slices.Sorted(maps.Keys(d.Chosen.Rows)) {
		if !shown[key] && (differs[key] || d.Chosen.Level != access.LevelCustom) {
			all = append(all, carry(d.Domain, key, d.Chosen.Rows[key]))
			changed = changed || differs[key]
		}
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
