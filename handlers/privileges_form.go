package handlers

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/models"
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

// given is what something new is to hold.
func (f privilegesForm) given() services.NewPrivileges {
	return services.NewPrivileges{Choices: f.Draft.Choices, Confirmed: f.Draft.Confirmed}
}

// readPrivileges reads only the fields of domains that the catalogue has. A level is one of the domain's own, written
// exactly so and once; everything else is an error at its field.
func readPrivileges(catalog *access.Catalog, form url.Values) privilegesForm {
	f := privilegesForm{
		Draft: services.PrivilegesDraft{Choices: services.PrivilegeChoices{}, Lists: map[access.DomainKey]models.Page{}, Preset: form.Get(views.PrivilegesPreset),
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
	for _, carried := range form[views.CarriedControl(name)] {
		if key, level, ok := strings.Cut(carried, "="); ok {
			f.readRow(d, rows, key, level)
		}
	}
	all := form.Get(views.AllControl(name))
	for _, key := range strings.Fields(form.Get(views.RowsControl(name))) {
		value := form.Get(views.RowControl(name, key))
		if all != "" {
			value = all
		}
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

// readList finds where a list stands, if it is open.
func (f *privilegesForm) readList(d *access.Domain, form url.Values) {
	name := string(d.Key)
	place := readPlace(form, name)
	if place.Said || place.Query != "" || form.Get(views.PrivilegesList) == name || form.Has(views.RowsControl(name)) {
		f.Draft.Lists[d.Key] = place.Page
	}
	if place.Searched && f.Searched == "" {
		f.Searched = d.Key
	}
}

// place is where a domain's list stands.
func (f privilegesForm) place(d *access.Domain) formPlace {
	return formPlace{Page: f.Draft.Lists[d.Key], list: string(d.Key)}
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
		for _, key := range slices.Sorted(maps.Keys(choice.Rows)) {
			all = append(all, carry(d, key, choice.Rows[key]))
		}
	}
	return all
}

// carry takes the choice on a row through a page that does not show it.
func carry(d *access.Domain, key string, edit bool) parts.Hidden {
	return parts.Hidden{Name: views.CarriedControl(string(d.Key)), Value: key + "=" + editWord(edit)}
}

func editWord(edit bool) string {
	if edit {
		return "edit"
	}
	return "view"
}
