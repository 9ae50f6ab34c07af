package handlers

import (
	"errors"
	"slices"

	"bailiwick/services"
	"bailiwick/views/parts"
)

// controls is a page's table: which control shows which field of its command.
type controls map[string]parts.Control

// find is the control of a field, without a name where the page does not show it.
func (t controls) find(f services.FieldError) (id, label string) {
	return t[f.Field].Name, t[f.Field].Label
}

// showAny tells whether the page shows one of the fields that are wrong.
func (t controls) showAny(wrong []services.FieldError) bool {
	return slices.ContainsFunc(wrong, func(f services.FieldError) bool { return t[f.Field] != parts.Control{} })
}

// wrongIn is what a refusal says is wrong with the fields of a command, nil where it is about something else.
func wrongIn(cause error) []services.FieldError {
	var wrong services.Invalid
	if errors.As(cause, &wrong) {
		return wrong.Fields
	}
	return nil
}

// mostWrong is how much is told of one form: who mends that much sends it again.
const mostWrong = 100

// wrongOnce adds what is wrong with a field, unless that was said already: a forged form can hold a mistake thousands of
// times, and the page that names each would take seconds.
func wrongOnce(wrong []services.FieldError, problem services.FieldError) []services.FieldError {
	if problem.Text == "" || len(wrong) >= mostWrong || slices.Contains(wrong, problem) {
		return wrong
	}
	return append(wrong, problem)
}

// textOf is what is wrong with a field of that name, "" where nothing is.
func textOf(wrong []services.FieldError, field string) string {
	return services.Invalid{Fields: wrong}.Text(field)
}

// fieldErrors turns what is wrong with the fields of a command into what a page says of its controls, one entry each. find
// names the control; a page with one control a field hands over the find of its table. What take does not put beside a
// control is said in the summary.
func fieldErrors(wrong []services.FieldError, find func(services.FieldError) (id, label string)) []parts.FieldError {
	var all []parts.FieldError
	for _, f := range wrong {
		id, label := find(f)
		all = withProblem(all, parts.FieldError{ID: id, Label: label, Text: f.Text})
	}
	return all
}

// withProblem adds a problem to that of the same control, where one is told already.
func withProblem(all []parts.FieldError, problem parts.FieldError) []parts.FieldError {
	at := slices.IndexFunc(all, func(e parts.FieldError) bool { return e.ID != "" && e.ID == problem.ID })
	if at < 0 {
		return append(all, problem)
	}
	all[at].Text += " " + problem.Text
	return all
}

// take is what is wrong with the control of that id, "" where nothing is. The control says it: the summary above the form
// then only leads there.
func take(all []parts.FieldError, id string) string {
	for i, e := range all {
		if e.ID == id {
			all[i].Text = ""
			return e.Text
		}
	}
	return ""
}

// markAreas does for texts of several lines what mark does for fields.
func markAreas(all []parts.FieldError, fields ...*parts.TextArea) {
	for _, f := range fields {
		f.Error = take(all, f.ID)
	}
}

// mark puts beside the fields what is wrong with them.
func mark(all []parts.FieldError, fields ...*parts.Field) {
	for _, f := range fields {
		f.Error = take(all, f.ID)
	}
}
