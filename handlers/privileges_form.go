package handlers

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// privilegesForm is a Privileges tab as it was submitted: the draft, and what the page needs besides.
type privilegesForm struct {
	Draft    services.PrivilegesDraft
	Wrong    []services.FieldError // what could not be read
	Query    string
	Show     string // granted, changed or "" for all
	Revision revision
	Searched access.DomainKey // whose list the form was sent to search; "" where it was sent for something else
	Unticked bool             // it was to be saved without the box that it takes
	Was      privilegesWas
}

// draft is what the form asks for.
func (f privilegesForm) draft() services.PrivilegesDraft {
	draft := f.Draft
	draft.Revision = f.Revision.number()
	return draft
}

// chosen tells whether the form holds something that would be lost if the tab was opened anew.
func (f privilegesForm) chosen() bool {
	if len(f.Wrong) > 0 || f.Draft.Preset != "" || f.Draft.Confirmed {
		return true
	}
	for _, list := range f.Draft.Lists {
		if list.SetAll != services.SetNothing {
			return true
		}
	}
	for _, choice := range f.Draft.Choices {
		if !choice.Untouched {
			return true
		}
	}
	return false
}

// given is what something new is to hold.
func (f privilegesForm) given() services.NewPrivileges {
	return services.NewPrivileges{Choices: f.Draft.Choices, Confirmed: f.Draft.Confirmed}
}

// readPrivileges reads only the fields of domains that the catalogue has. A level is one of the domain's own, written
// exactly so and once; everything else is an error at its field.
func readPrivileges(catalog *access.Catalog, form url.Values) privilegesForm {
	f := privilegesForm{
		Draft: services.PrivilegesDraft{Choices: services.PrivilegeChoices{}, Lists: map[access.DomainKey]services.ListQuery{}, Preset: form.Get(views.PrivilegesPreset),
			Confirmed: form.Get(views.PrivilegesConfirm) == "yes"},
		Query: cutRunes(form.Get(parts.QueryName), 200), Show: form.Get(views.PrivilegesShow), Revision: revision(form.Get(parts.RevisionName)),
	}
	f.Was = readPrivilegesWas(catalog, form)
	undo, rows := form.Get(views.PrivilegesUndo), 0
	for _, d := range catalog.Domains() {
		choice, said := f.readChoice(d, form)
		if d.Granular() {
			f.readList(d, form)
		}
		if said && string(d.Key) != undo {
			f.Draft.Choices[d.Key] = choice
			if rows += len(choice.Rows); rows > maxRows {
				f.Wrong = wrongOnce(f.Wrong, services.FieldError{Field: "Privileges", Domain: d.Key, Text: tooManyRows})
			}
		}
	}
	return f
}

// readChoice reads the choice on a domain. Where the level can't be read, what was chosen in the list is kept, with Custom.
// said is false where there is no choice.
func (f *privilegesForm) readChoice(d *access.Domain, form url.Values) (choice services.PrivilegeChoice, said bool) {
	level, problem, said := readLevel(d, form)
	f.Wrong = wrongOnce(f.Wrong, problem)
	choice = services.PrivilegeChoice{Level: level, CanCreate: said && form.Get(views.CreateControl(string(d.Key))) == "yes"}
	if d.Granular() {
		choice.Rows = f.readRows(d, form)
	}
	if problem.Text != "" {
		choice.Level = access.LevelCustom
		return choice, len(choice.Rows) > 0
	}
	choice.Untouched = said && len(choice.Rows) == 0 && f.Was.has(d.Key, choice)
	return choice, said
}

// readRows reads the rows that were chosen on the page, and those carried from other pages.
func (f *privilegesForm) readRows(d *access.Domain, form url.Values) map[string]bool {
	rows, name := map[string]bool{}, string(d.Key)
	for _, carried := range strings.Fields(strings.Join(form[views.CarriedControl(name)], " ")) {
		if key, level, ok := strings.Cut(carried, "="); ok {
			f.readRow(d, rows, key, level)
		}
	}
	for _, key := range strings.Fields(form.Get(views.RowsControl(name))) {
		value := form.Get(views.RowControl(name, key))
		if was, known := f.Was.rows[d.Key][key]; value != "" && (!known || value != editWord(was)) {
			f.readRow(d, rows, key, value)
		}
	}
	for _, key := range strings.Fields(form.Get(views.RefusedControl(name))) {
		if value := form.Get(views.RowControl(name, key)); value != "" {
			f.readRow(d, rows, key, value)
		}
	}
	return rows
}

func (f *privilegesForm) readRow(d *access.Domain, rows map[string]bool, key, level string) {
	if !access.ValidKey(key) || level != "view" && level != "edit" {
		f.Wrong = wrongOnce(f.Wrong, services.FieldError{Field: "Privileges", Domain: d.Key, Text: "Each " + d.Resource + " takes View or Edit."})
		return
	}
	rows[key] = level == "edit"
}

// What a list shows, as the filter says it, and what sets all of it.
var (
	listShows = map[string]services.ListShow{views.EditsShown: services.ListEdits, views.ChangedShown: services.ListChanged}
	listSets  = map[string]services.ListSet{"view": services.SetView, "edit": services.SetEdit}
)

// readList finds where a list stands, if it is open. Who opens it anew sees all of it.
func (f *privilegesForm) readList(d *access.Domain, form url.Values) {
	name := string(d.Key)
	place := readPlace(form, name, views.ListShow, views.ListType, views.ListOrder)
	if place.Searched && f.Searched == "" {
		f.Searched = d.Key
	}
	if form.Get(views.PrivilegesList) == name {
		place = formPlace{list: name}
	} else if !place.Said && !place.narrowed() && !form.Has(views.RowsControl(name)) {
		return
	}
	f.Draft.Lists[d.Key] = services.ListQuery{Page: place.Page, Show: listShows[place.filter(views.ListShow)],
		Type: place.filter(views.ListType), Edits: place.filter(views.ListOrder) == views.EditsFirst, SetAll: listSets[form.Get(views.AllControl(name))]}
}

// place is where a domain's list stands.
func (f privilegesForm) place(d *access.Domain) formPlace {
	query, show, order := f.Draft.Lists[d.Key], "", ""
	if query.Edits {
		order = views.EditsFirst
	}
	for word, is := range listShows {
		if is == query.Show {
			show = word
		}
	}
	return formPlace{Page: query.Page, list: string(d.Key),
		filters: []parts.Hidden{{Name: views.ListShow, Value: show}, {Name: views.ListType, Value: query.Type}, {Name: views.ListOrder, Value: order}}}
}

// placeOfPrivileges is what an address may say about the tab: what it shows, and no choices.
func placeOfPrivileges(catalog *access.Catalog, address url.Values) privilegesForm {
	place := url.Values{}
	for _, name := range []string{parts.QueryName, views.PrivilegesShow, views.PrivilegesList} {
		place[name] = address[name]
	}
	for _, d := range catalog.Domains() {
		if d.Granular() {
			maps.Copy(place, placeAt(address, string(d.Key), views.ListShow, views.ListType, views.ListOrder))
		}
	}
	return readPrivileges(catalog, place)
}

// saved is the tab as it is found again after saving: nothing is changed any more, so all is shown where only that was.
func (f privilegesForm) saved() privilegesForm {
	if f.Show == "changed" {
		f.Show = ""
	}
	lists := map[access.DomainKey]services.ListQuery{}
	for key, list := range f.Draft.Lists {
		if list.Show == services.ListChanged {
			list.Show, list.After, list.Before = services.ListAll, "", ""
		}
		lists[key] = list
	}
	f.Draft.Lists = lists
	return f
}

// address is what an address says of the tab as it is shown: placeOfPrivileges reads it.
func (f privilegesForm) address(catalog *access.Catalog) url.Values {
	at := url.Values{}
	if f.Query != "" {
		at.Set(parts.QueryName, f.Query)
	}
	if f.Show == "granted" || f.Show == "changed" {
		at.Set(views.PrivilegesShow, f.Show)
	}
	for _, d := range catalog.Domains() {
		if _, open := f.Draft.Lists[d.Key]; open {
			f.place(d).address(at)
		}
	}
	return at
}

// hidden carries all choices through a tab that does not show them, in the order of the catalogue. None is what stands while
// adding, but its rows have to be kept for when another level is chosen again.
func (f privilegesForm) hidden(catalog *access.Catalog) []parts.Hidden {
	var all []parts.Hidden
	for _, d := range catalog.Domains() {
		choice, name := f.Draft.Choices[d.Key], string(d.Key)
		if choice.Level != access.LevelNone || len(choice.Rows) > 0 {
			all = append(all, parts.Hidden{Name: views.LevelControl(name), Value: choice.Level.String()})
		}
		if choice.CanCreate {
			all = append(all, parts.Hidden{Name: views.CreateControl(name), Value: "yes"})
		}
		if len(choice.Rows) > 0 {
			all = append(all, carry(d, choice.Rows))
		}
	}
	return all
}

// carry takes choices on rows through a page that does not show them.
func carry(d *access.Domain, rows map[string]bool) parts.Hidden {
	var all []string
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		all = append(all, key+"="+editWord(rows[key]))
	}
	return parts.Hidden{Name: views.CarriedControl(string(d.Key)), Value: strings.Join(all, " ")}
}

func editWord(edit bool) string {
	if edit {
		return "edit"
	}
	return "view"
}
