package handlers

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"bailiwick/services"
	"bailiwick/views/parts"
)

func TestAServicesErrorIsToldAtTheControlsOfThePage(t *testing.T) {
	table := controls{"Expires": {Name: "expires", Label: "Expires on"}, "Name": {Name: "name", Label: "Name"}}
	for name, c := range map[string]struct {
		wrong []services.FieldError
		want  []parts.FieldError
	}{
		"nothing": {},
		"in the order of the service": {[]services.FieldError{{Field: "Expires", Text: "Choose a day."}, {Field: "Name", Text: "Enter a name."}},
			[]parts.FieldError{{ID: "expires", Label: "Expires on", Text: "Choose a day."}, {ID: "name", Label: "Name", Text: "Enter a name."}}},
		"a field that the page does not show": {[]services.FieldError{{Field: "Owner", Text: "Nobody has this address."}},
			[]parts.FieldError{{Text: "Nobody has this address."}}},
		"several about one field": {[]services.FieldError{{Field: "Name", Text: "Enter a name."}, {Field: "Expires", Text: "Choose a day."}, {Field: "Name", Text: "Leave out the line break."}},
			[]parts.FieldError{{ID: "name", Label: "Name", Text: "Enter a name. Leave out the line break."}, {ID: "expires", Label: "Expires on", Text: "Choose a day."}}},
		"several about none": {[]services.FieldError{{Field: "Owner", Text: "One."}, {Field: "Level", Text: "Two."}}, []parts.FieldError{{Text: "One."}, {Text: "Two."}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := fieldErrors(c.wrong, table.find); !slices.Equal(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// The field says it, so the summary does not.
func TestAFieldTakesItsProblemOutOfTheSummary(t *testing.T) {
	all := []parts.FieldError{{ID: "name", Label: "Name", Text: "Enter a name."}, {ID: "deny", Text: "Line 2 is no network."}, {ID: "lockout", Text: "Confirm it below."}, {Text: "Nobody."}}
	name, owner, deny := parts.Control{Name: "name"}.Field(), parts.Control{Name: "owner"}.Field(), parts.Control{Name: "deny"}.Area()
	mark(all, &name, &owner)
	markAreas(all, &deny)
	if name.Error != "Enter a name." || owner.Error != "" || deny.Error != "Line 2 is no network." {
		t.Errorf("name: %q, owner: %q, deny: %q", name.Error, owner.Error, deny.Error)
	}
	if left := []parts.FieldError{{ID: "name", Label: "Name"}, {ID: "deny"}, {ID: "lockout", Text: "Confirm it below."}, {Text: "Nobody."}}; !slices.Equal(all, left) {
		t.Errorf("the summary has %+v", all)
	}
}

func TestATabShowsWhatIsWrongWithItsOwnFields(t *testing.T) {
	table := controls{"Name": {Name: "name"}}
	for field, want := range map[string]bool{"Name": true, "Level": false} {
		if got := table.showAny([]services.FieldError{{Field: field, Text: "Wrong."}}); got != want {
			t.Errorf("%s: %t", field, got)
		}
	}
}

func TestAMistakeIsToldOnceHoweverOftenAFormHoldsIt(t *testing.T) {
	var wrong []services.FieldError
	for range 3 {
		wrong = wrongOnce(wrong, services.FieldError{Field: "Until", Key: "auditors", Text: "Enter a date."})
		wrong = wrongOnce(wrong, services.FieldError{Field: "Until", Key: "users", Text: "Enter a date."})
		wrong = wrongOnce(wrong, services.FieldError{Field: "Until"}) // nothing is wrong
	}
	if len(wrong) != 2 {
		t.Errorf("told are %+v", wrong)
	}
	for n := range 2 * mostWrong {
		wrong = wrongOnce(wrong, services.FieldError{Field: "Until", Key: strconv.Itoa(n), Text: "Enter a date."})
	}
	if len(wrong) != mostWrong {
		t.Errorf("%d mistakes are told", len(wrong))
	}
}

func TestWhatIsWrongIsFoundInARefusal(t *testing.T) {
	field := services.FieldError{Field: "Privileges", Domain: "content/fields", Text: "Choose one."}
	wrong := wrongIn(fmt.Errorf("save: %w", services.Invalid{Fields: []services.FieldError{field}}))
	if !slices.Equal(wrong, []services.FieldError{field}) || textOf(wrong, "Name") != "" || textOf(wrong, "Privileges") != "" {
		t.Errorf("wrong are %+v", wrong)
	}
	if got := textOf([]services.FieldError{{Field: "Name", Text: "Enter a name."}}, "Name"); got != "Enter a name." {
		t.Errorf("the name says %q", got)
	}
	if wrong := wrongIn(services.ErrLastAdministrator); wrong != nil {
		t.Errorf("another refusal says %+v", wrong)
	}
}
