package handlers

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// privilegesForm is a Privileges tab as it was submitted: typed values, and what could not be read.
type privilegesForm struct {
	Levels   map[access.DomainKey]access.Level
	Create   map[access.DomainKey]bool
	Rows     map[access.DomainKey]map[string]bool // rows of editor lists: true for Edit
	Pages    map[access.DomainKey]models.Page     // where each list stands
	Wrong    []services.FieldError
	Query    string
	Revision revision
	Show     string // granted, changed or "" for all
	carried  int
}

// readPrivileges reads only the fields of domains that the catalogue has. A level is one of the domain's own, written
// exactly so and once; everything else is an error at its field.
func readPrivileges(catalog *access.Catalog, form url.Values) privilegesForm {
	f := privilegesForm{
		Levels: map[access.DomainKey]access.Level{}, Create: map[access.DomainKey]bool{},
		Rows: map[access.DomainKey]map[string]bool{}, Pages: map[access.DomainKey]models.Page{},
		Query: cutRunes(form.Get("q"), 200), Show: form.Get("show"), Revision: revision(form.Get(revisionName)),
	}
	for _, d := range catalog.Domains() {
		f.readLevel(d, form)
		if d.Granular() {
			f.readRows(d, form)
			f.readPage(d, form)
		}
	}
	if undo := catalog.Domain(access.DomainKey(form.Get("undo"))); undo != nil {
		f.forget(undo.Key)
	}
	return f
}

func (f *privilegesForm) readLevel(d *access.Domain, form url.Values) {
	field := services.LevelField(d.Key)
	values, said := form[field]
	if !said {
		return
	}
	level, err := access.ParseLevel(values[0])
	if err != nil || len(values) > 1 || !d.Offers(level) {
		f.Wrong = append(f.Wrong, services.FieldError{Field: field, Text: d.Name + " offers " + offered(d) + "."})
		return
	}
	f.Levels[d.Key] = level
	f.Create[d.Key] = form.Get(services.CreateField(d.Key)) == "yes"
}

// offered names a domain's levels.
func offered(d *access.Domain) string {
	names := []string{"None"}
	for _, l := range d.Levels {
		names = append(names, d.Label(l))
	}
	return words.List(names, len(names))
}

// readRows reads the rows that were on the page, and those carried from other pages.
func (f *privilegesForm) readRows(d *access.Domain, form url.Values) {
	rows := map[string]bool{}
	for _, carried := range form["carry."+string(d.Key)] {
		if key, level, ok := strings.Cut(carried, "="); ok {
			f.setRow(d, rows, key, level)
		}
	}
	all := form.Get("all." + string(d.Key))
	for _, key := range strings.Fields(form.Get("rows." + string(d.Key))) {
		value := form.Get(services.RowField(d.Key, key))
		if all != "" {
			value = all
		}
		if value != "" {
			f.setRow(d, rows, key, value)
		}
	}
	f.carried += len(rows)
	f.Rows[d.Key] = rows
}

func (f *privilegesForm) setRow(d *access.Domain, rows map[string]bool, key, level string) {
	if !access.ValidKey(key) || level != "view" && level != "edit" {
		f.Wrong = wrongOnce(f.Wrong, services.LevelField(d.Key), "Each "+d.Resource+" takes View or Edit.")
		return
	}
	rows[key] = level == "edit"
}

// readPage finds where a list stands, if it is open.
func (f *privilegesForm) readPage(d *access.Domain, form url.Values) {
	name := string(d.Key)
	place := readPlace(form, name)
	if place.Said || place.Query != "" || form.Get("list") == name || form.Has("rows."+name) {
		f.Pages[d.Key] = place.Page
	}
}

// place is where a domain's list stands.
func (f privilegesForm) place(d *access.Domain) formPlace {
	return formPlace{Page: f.Pages[d.Key], list: string(d.Key)}
}

func (f *privilegesForm) forget(d access.DomainKey) {
	delete(f.Levels, d)
	delete(f.Create, d)
	delete(f.Rows, d)
}

// wanted is what the form asks for. A domain that it does not name stays as it is.
func (f privilegesForm) wanted() services.Wanted {
	w := services.Wanted{}
	for d, level := range f.Levels {
		w[d] = services.WantedPrivilege{Level: level, CanCreate: f.Create[d], Rows: f.Rows[d]}
	}
	return w
}

// apply puts a whole set in place of the levels, as a preset does.
func (f *privilegesForm) apply(catalog *access.Catalog, set access.PrivilegeSet) {
	for _, d := range catalog.Domains() {
		f.Levels[d.Key], f.Create[d.Key] = set[d.Key].Level, set[d.Key].CanCreate
		f.Rows[d.Key] = nil
	}
}

// hidden carries all choices through a tab that does not show them.
func (f privilegesForm) hidden(catalog *access.Catalog) []parts.Hidden {
	var all []parts.Hidden
	for _, d := range catalog.Domains() {
		if level := f.Levels[d.Key]; level != access.LevelNone {
			all = append(all, parts.Hidden{Name: services.LevelField(d.Key), Value: level.String()})
		}
		if f.Create[d.Key] {
			all = append(all, parts.Hidden{Name: services.CreateField(d.Key), Value: "yes"})
		}
		for _, key := range slices.Sorted(maps.Keys(f.Rows[d.Key])) {
			all = append(all, carry(d.Key, key, f.Rows[d.Key][key]))
		}
	}
	return all
}

func carry(d access.DomainKey, key string, edit bool) parts.Hidden {
	return parts.Hidden{Name: "carry." + string(d), Value: key + "=" + editWord(edit)}
}

func editWord(edit bool) string {
	if edit {
		return "edit"
	}
	return "view"
}

// redraws tells whether a form asks to be drawn again with other choices, instead of being saved.
func redraws(form url.Values) bool {
	for name := range form {
		switch name {
		case "step", "undo", "preset", "list", "keep", "page", "tab":
			return true
		}
		if len(name) > 4 && name[:4] == "all." || len(name) > 5 && name[:5] == "page." {
			return true
		}
	}
	return false
}
