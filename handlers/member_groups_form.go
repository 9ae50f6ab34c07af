package handlers

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// memberGroupsForm is a member's Groups tab as it was submitted: the choice for each group, also for groups of other pages.
type memberGroupsForm struct {
	Choices   map[string]services.MembershipChoice
	Typed     map[string]string                   // the ends as they were typed
	Was       map[string]services.MembershipShown // what the form was made with, as far as it says
	Revision  revision
	Place     formPlace
	Joined    bool // only groups that the member is in are shown
	Confirmed services.Confirmed
	Wrong     []services.FieldError
}

// placeOfMemberGroups is what an address may say about the tab: which part of the list it shows, and no choices.
func placeOfMemberGroups(address url.Values) memberGroupsForm {
	return readMemberGroups(placeAt(address, "", views.MemberGroupsShow))
}

// address is what an address says of the tab as it is shown: placeOfMemberGroups reads it.
func (f memberGroupsForm) address() url.Values {
	at := url.Values{}
	f.Place.address(at)
	return at
}

// chosen tells whether the form holds something that would be lost if the tab was opened anew.
func (f memberGroupsForm) chosen() bool {
	if len(f.Wrong) > 0 || f.Confirmed != (services.Confirmed{}) {
		return true
	}
	for key, choice := range f.Choices {
		if choice.Chosen() || !choice.In && f.Typed[key] != "" {
			return true
		}
	}
	return false
}

// readMemberGroups reads the choices: a group stands in rows, and is one to be in where its box is checked.
func readMemberGroups(form url.Values) memberGroupsForm {
	f := memberGroupsForm{
		Choices: map[string]services.MembershipChoice{}, Typed: map[string]string{}, Was: map[string]services.MembershipShown{}, Revision: revision(form.Get(parts.RevisionName)),
		Place: readPlace(form, "", views.MemberGroupsShow), Joined: form.Get(views.MemberGroupsShow) == views.MemberGroupsJoined,
		Confirmed: services.Confirmed{
			Administrators: form.Get(parts.ConfirmAdministrators) == "yes", Unproven: form.Get(parts.ConfirmUnproven) == "yes", Leave: form.Get(parts.ConfirmLeave) == "yes"},
	}
	for _, row := range form[views.MemberGroupsRows] {
		for _, key := range strings.Fields(row) {
			f.readChoice(form, key)
		}
	}
	if len(f.Choices) > maxRows {
		f.Wrong = wrongOnce(f.Wrong, services.FieldError{Field: "Choices", Text: tooManyRows})
	}
	return f
}

func (f *memberGroupsForm) readChoice(form url.Values, key string) {
	if !access.ValidKey(key) {
		f.Wrong = wrongOnce(f.Wrong, services.FieldError{Field: "Choices", Text: "There is no such group."})
		return
	}
	choice := services.MembershipChoice{Key: key, In: form.Get(views.InControl(key)) == "yes"}
	if was, known := readMembershipWas(form.Get(parts.Was(views.InControl(key)))); known {
		f.Was[key], choice.Was = was, &was
	}
	typed := strings.TrimSpace(form.Get(views.UntilControl(key)))
	f.Typed[key] = typed
	if choice.In && typed != "" {
		end, err := readMinute(typed)
		if err == nil {
			choice.Until = &end
		} else {
			choice.Was = nil // it is no end, but somebody chose one
			f.Wrong = wrongOnce(f.Wrong, services.FieldError{Field: "Until", Key: key, Text: noMinute})
		}
	}
	f.Choices[key] = choice
}

// minuteLayout is how a control for a date and a time writes what it holds; seconds may follow.
const minuteLayout = "2006-01-02T15:04"

// noMinute is what is wrong with any other text.
const noMinute = "Enter a date and a time, such as 2027-12-03T18:00, or leave it empty."

// readMinute reads a moment in UTC.
func readMinute(typed string) (time.Time, error) {
	at, err := time.Parse(minuteLayout, typed)
	if err != nil {
		at, err = time.Parse(minuteLayout+":05", typed)
	}
	return at.UTC(), err
}

func writeMinute(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.UTC().Format(minuteLayout)
}

// draft is what the form asks for, in a stable order.
func (f memberGroupsForm) draft() services.MemberGroupsDraft {
	draft := services.MemberGroupsDraft{Revision: f.Revision.number(), Confirmed: f.Confirmed, Page: f.Place.Page, Joined: f.Joined}
	for _, key := range slices.Sorted(maps.Keys(f.Choices)) {
		draft.Choices = append(draft.Choices, f.Choices[key])
	}
	return draft
}
