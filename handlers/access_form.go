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

// accessForm is an Access tab as it was submitted: choices by grantee, those of other pages among them.
type accessForm struct {
	Choices   map[string]bool     // "group:KEY": true for Edit
	Longer    map[string]bool     // those that are to last for longer
	Was       map[string]bool     // what the form was made with, as far as it says
	Revision  revision            // of the resource
	Revisions map[string]revision // of the grantees
	Place     formPlace
	Confirmed bool
	Wrong     map[string]bool   // grantees whose choice can't be read, and what was written in place of one
	LockOut   *services.LockOut // why saving was refused; nil where it was not
}

// chose tells whether somebody chose something about the grantee, rather than the form sending what it was made with.
func (f accessForm) chose(grantee string) bool {
	edit, said := f.Choices[grantee]
	was, known := f.Was[grantee]
	return said && (!known || was != edit || f.Longer[grantee])
}

// chosen tells whether the form holds something that would be lost if the tab was opened anew.
func (f accessForm) chosen() bool {
	if f.Confirmed || len(f.Wrong) > 0 {
		return true
	}
	for grantee := range f.Choices {
		if f.chose(grantee) {
			return true
		}
	}
	return false
}

// address is what an address says of the tab as it is shown: placeOfAccess reads it.
func (f accessForm) address() url.Values {
	at := url.Values{}
	f.Place.address(at)
	return at
}

// wrong is what is wrong with the form as a whole, each thing once.
func (f accessForm) wrong() []services.FieldError {
	var all []services.FieldError
	if len(f.Wrong) > 0 {
		all = append(all, services.FieldError{Field: "Choices", Text: noAccessChoice})
	}
	chosen := 0
	for grantee := range f.Choices {
		if f.chose(grantee) {
			chosen++
		}
	}
	if chosen > maxRows {
		all = append(all, services.FieldError{Field: "Choices", Text: tooManyRows})
	}
	return all
}

// noAccessChoice is what is wrong with those.
const noAccessChoice = "Choose View or Edit."

// placeOfAccess is what an address may say about the tab: which part of the list it shows, and no choices.
func placeOfAccess(address url.Values) accessForm {
	return readAccess(placeAt(address, "", views.AccessShow, views.AccessOrder))
}

// readAccess reads the choices. A level is one of the three values, written exactly so and once; all else is an error at its field.
func readAccess(form url.Values) accessForm {
	f := accessForm{Choices: map[string]bool{}, Longer: map[string]bool{}, Was: map[string]bool{}, Revision: revision(form.Get(parts.RevisionName)), Revisions: map[string]revision{},
		Place: readPlace(form, "", views.AccessShow, views.AccessOrder), Confirmed: form.Get(views.AccessConfirm) == "yes", Wrong: map[string]bool{}}
	choice, seen, was := views.AccessControl(""), views.AccessRevisionControl(""), parts.Was(views.AccessControl(""))
	for name, values := range form {
		if grantee, ok := strings.CutPrefix(name, choice); ok {
			f.readChoice(grantee, values)
		}
		if grantee, ok := strings.CutPrefix(name, seen); ok {
			f.Revisions[grantee] = revision(values[0])
		}
		if grantee, ok := strings.CutPrefix(name, was); ok {
			f.Was[grantee] = values[0] == "edit"
		}
	}
	if keep := form.Get(views.AccessKeep); keep != "" {
		f.readChoice(keep, []string{"edit"})
	}
	return f
}

var accessValues = []string{"view", "edit", views.AccessLonger}

func (f *accessForm) readChoice(grantee string, values []string) {
	kind, key, ok := strings.Cut(grantee, ":")
	known := kind == string(access.Group) || kind == string(access.APIKey)
	if !ok || !known || !access.ValidKey(key) || len(values) != 1 || !slices.Contains(accessValues, values[0]) {
		f.Wrong[grantee] = true
		return
	}
	f.Choices[grantee], f.Longer[grantee] = values[0] != "view", values[0] == views.AccessLonger
}

// draft is what the form asks for, in a stable order.
func (f accessForm) draft() services.AccessDraft {
	draft := services.AccessDraft{Revision: f.Revision.number(), Confirmed: f.Confirmed, Page: f.Place.Page, Show: f.show(), ByLevel: f.byLevel()}
	for _, grantee := range slices.Sorted(maps.Keys(f.Choices)) {
		kind, key, _ := strings.Cut(grantee, ":")
		choice := services.AccessChoice{Kind: access.GranteeKind(kind), Key: key, Edit: f.Choices[grantee], Longer: f.Longer[grantee],
			Revision: f.Revisions[grantee].number()}
		if was, known := f.Was[grantee]; known {
			choice.Was = &was
		}
		draft.Choices = append(draft.Choices, choice)
	}
	return draft
}

// show is which rows the list shows; what it does not know shows all.
func (f accessForm) show() models.AccessShow {
	if show := models.AccessShow(f.Place.filter(views.AccessShow)); slices.Contains(accessShows, show) {
		return show
	}
	return ""
}

// byLevel tells whether the rows are sorted by level.
func (f accessForm) byLevel() bool { return f.Place.filter(views.AccessOrder) == views.AccessByLevel }

var accessShows = []models.AccessShow{models.AccessAny, models.AccessEdit, models.AccessView, models.AccessCustom}

// given is who is to edit something new.
func (f accessForm) given() services.NewAccess {
	draft := f.draft()
	return services.NewAccess{Choices: draft.Choices, Confirmed: draft.Confirmed}
}

// hidden carries what was chosen through a tab that does not show it.
func (f accessForm) hidden() []parts.Hidden {
	var all []parts.Hidden
	for _, grantee := range slices.Sorted(maps.Keys(f.Choices)) {
		if f.chose(grantee) {
			all = append(all, parts.Hidden{Name: views.AccessControl(grantee), Value: editWord(f.Choices[grantee])})
		}
	}
	return all
}
