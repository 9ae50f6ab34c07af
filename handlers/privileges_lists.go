package handlers

import (
	"fmt"
	"sort"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// list is the editor list that Custom opens.
func (p privilegesPage) list(d *access.Domain) *views.EditorList {
	stored, opened := p.detail.Lists[d.Key]
	many := words.Things(d).Many
	list := &views.EditorList{Noun: many, Of: many + " can be edited", Query: p.form.Pages[d.Key].Query}
	if !opened {
		return nil
	}
	length := p.length(d, stored)
	list.Count = words.Number(length) + " of " + words.Roughly(stored.Total)
	if list.Closed = stored.Closed; list.Closed {
		list.Carried = p.carried(d, nil)
		return list
	}
	onPage := map[string]bool{}
	for _, r := range stored.Rows {
		onPage[r.Key] = true
		list.Rows = append(list.Rows, p.editorRow(d, stored, r.Key, r.Name, r.ID))
	}
	p.finishList(d, stored, list)
	if !p.readOnly {
		list.Carried = p.carried(d, onPage)
	}
	return list
}

// length is how many resources the list would hold after saving.
func (p privilegesPage) length(d *access.Domain, stored services.EditorList) int {
	before, after := p.draft.Before[d.Key].Editors, p.draft.After[d.Key].Editors
	return stored.Length - len(before) + len(after)
}

func (p privilegesPage) editorRow(d *access.Domain, stored services.EditorList, key, name string, id access.ResourceID) views.EditorRow {
	listed := stored.Listed[id]
	if end, ends := stored.Ends[id]; ends && listed {
		name += " (until " + words.Minute(end) + ")"
	}
	row := views.EditorRow{Key: key, Name: name, Icon: domainIcon(d.Key), Edit: listed, StoredEdit: listed}
	if chosen, said := p.form.Rows[d.Key][key]; said {
		row.Edit = chosen
	}
	if !p.readOnly && !listed && p.detail.Stored[d.Key].Level != access.LevelEdit && !p.mine.May(services.EditIn(d.Key), id) {
		row.Locked, row.Edit = "you cannot edit it yourself", false
	}
	return row
}

func (p privilegesPage) finishList(d *access.Domain, stored services.EditorList, list *views.EditorList) {
	many := words.Things(d).Many
	if len(list.Rows) == 0 {
		list.Nothing = "There are no " + many + " yet."
		if list.Query != "" {
			list.Nothing = "None of the " + many + " matches “" + list.Query + "”."
		}
		if stored.Looked > 0 {
			list.Nothing = "None of the " + words.Number(stored.Looked) + " " + many + " looked at matches “" + list.Query + "”. There are more: go on."
		}
	}
	if p.form.carried > services.MaxRows {
		list.Note = fmt.Sprintf("More than %s choices are unsaved. Save them before you go on.", words.Number(services.MaxRows))
	} else if len(list.Rows) > 1 {
		list.ViewAll, list.EditAll = fmt.Sprintf("View on these %d", len(list.Rows)), fmt.Sprintf("Edit on these %d", len(list.Rows))
	}
	list.Pager = p.form.place(d).pager(many, len(list.Rows), stored.Next, stored.Previous)
}

// carried are the unsaved choices on rows that this page of the list does not show, and where the list stands.
func (p privilegesPage) carried(d *access.Domain, onPage map[string]bool) []parts.Hidden {
	var all []parts.Hidden
	differs := p.differing(d)
	for key, edit := range p.form.Rows[d.Key] {
		if !onPage[key] && (differs[key] || p.level(d) != access.LevelCustom) {
			all = append(all, carry(d.Key, key, edit))
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Value < all[j].Value })
	return append(all, p.form.place(d).hidden()...)
}

// differing are the keys of the rows whose choice is not what is stored.
func (p privilegesPage) differing(d *access.Domain) map[string]bool {
	keys := map[string]bool{}
	for _, diff := range p.differences {
		if diff.Domain == d.Key && diff.Resource != 0 {
			keys[p.draft.Keys[diff.Resource]] = true
		}
	}
	return keys
}
