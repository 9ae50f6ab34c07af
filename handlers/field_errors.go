package handlers

import (
	"slices"

	"bailiwick/services"
	"bailiwick/views/parts"
)

// controls is a page's table: which control shows which field of its command.
type controls map[string]parts.Control

// find is the control of a field. What the page does not show is told at the page as a whole.
func (t controls) find(f services.FieldError) (id, label string) {
	c, shown := t[f.Field]
	if !shown {
		return pageID, "This form"
	}
	return c.Name, c.Label
}

// showAny tells whether the page shows one of the fields that are wrong.
func (t controls) showAny(wrong services.Invalid) bool {
	return slices.ContainsFunc(wrong.Fields, func(f services.FieldError) bool { return t[f.Field] != parts.Control{} })
}

// pageID is the id of what a page shows besides its frame.
const pageID = "content"

// fieldErrors turns what a service says of a command's fields into what a page says of its controls. Each is told where
// find has it; pages with a control for each field hand over the find of their table.
func fieldErrors(wrong services.Invalid, find func(services.FieldError) (id, label string)) []parts.FieldError {
	var all []parts.FieldError
	for _, f := range wrong.Fields {
		id, label := find(f)
		all = append(all, parts.FieldError{ID: id, Label: label, Text: f.Text})
	}
	return all
}

// problemAt is what is wrong with the control of that id, "" where nothing is.
func problemAt(all []parts.FieldError, id string) string {
	for _, e := range all {
		if e.ID == id {
			return e.Text
		}
	}
	return ""
}

// markAreas does for texts of several lines what mark does for fields.
func markAreas(all []parts.FieldError, fields ...*parts.TextArea) {
	for _, f := range fields {
		f.Error = problemAt(all, f.ID)
	}
}

// mark puts beside the fields what is wrong with them.
func mark(all []parts.FieldError, fields ...*parts.Field) {
	for _, f := range fields {
		f.Error = problemAt(all, f.ID)
	}
}
