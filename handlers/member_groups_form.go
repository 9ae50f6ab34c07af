package handlers

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// memberGroupsForm is a member's Groups tab as it was submitted: choices by group, those of other pages among them.
type memberGroupsForm struct {
	Choices   map[string]services.MembershipChoice
	Typed     map[string]string // the ends as they were typed
	Revision  revision
	Place     formPlace
	Joined    bool // only groups that the member is in are shown
	Confirmed services.Confirmed
	Wrong     []services.FieldError
}

// Names of fields of the form.
const (
	rowsName  = "rows"
	showName  = "show"
	joinedWay = "joined" // value of show
)

// placeOfMemberGroups is what an address may say about the tab: which part of the list it shows, and no choices.
func placeOfMemberGroups(address url.Values) memberGroupsForm {
	place := url.Values{}
	for _, name := range []string{"q", showName, "at", "page", "was.q", "was.show"} {
		place[name] = address[name]
	}
	return readMemberGroups(place)
}

// readMemberGroups reads the choices: a group stands in rows, and is one to be in where its box is checked.
func readMemberGroups(form url.Values) memberGroupsForm {
	f := memberGroupsForm{
		Choices: map[string]services.MembershipChoice{}, Typed: map[string]string{}, Revision: revision(form.Get(revisionName)),
		Place: readPlace(form, "", showName), Joined: form.Get(showName) == joinedWay,
		Confirmed: services.Confirmed{
			Administrators: form.Get(parts.ConfirmAdministrators) == "yes", Leave: form.Get(parts.ConfirmLeave) == "yes"},
	}
	for _, row := range form[rowsName] {
		for _, key := range strings.Fields(row) {
			f.readChoice(form, key)
		}
	}
	if len(f.Choices) > services.MaxRows {
		f.Wrong = append(f.Wrong, services.FieldError{Field: rowsName, Text: "More than " + words.Number(services.MaxRows) + " choices at once. Save some of them first."})
	}
	return f
}

func (f *memberGroupsForm) readChoice(form url.Values, key string) {
	if !access.ValidKey(key) {
		f.Wrong = wrongOnce(f.Wrong, rowsName, "There is no such group.")
		return
	}
	choice := services.MembershipChoice{Key: key, In: form.Get(services.InField(key)) == "yes"}
	typed := strings.TrimSpace(form.Get(services.UntilField(key)))
	f.Typed[key] = typed
	if choice.In && typed != "" {
		end, err := readMinute(typed)
		if err == nil {
			choice.Until = &end
		} else {
			f.Wrong = append(f.Wrong, services.FieldError{Field: services.UntilField(key), Text: noMinute})
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

// choices are what the form asks for, in a stable order.
func (f memberGroupsForm) choices() []services.MembershipChoice {
	var all []services.MembershipChoice
	for _, choice := range f.Choices {
		all = append(all, choice)
	}
	slices.SortFunc(all, func(a, b services.MembershipChoice) int { return strings.Compare(a.Key, b.Key) })
	return all
}

// carried are the choices on groups that this page does not show and that differ from what is stored, and where the list
// stands.
func (f memberGroupsForm) carried(changes []services.MembershipChange, shown map[string]bool) []parts.Hidden {
	var all []parts.Hidden
	for _, change := range changes {
		if shown[change.Key] {
			continue
		}
		all = append(all, parts.Hidden{Name: rowsName, Value: change.Key})
		if change.In {
			all = append(all, parts.Hidden{Name: services.InField(change.Key), Value: "yes"},
				parts.Hidden{Name: services.UntilField(change.Key), Value: f.Typed[change.Key]})
		}
	}
	return append(all, f.Place.hidden()...)
}
