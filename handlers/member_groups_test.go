package handlers

import (
	"errors"
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/words"
)

func TestRefusalsOfAMembersGroupsInWords(t *testing.T) {
	beyond := services.TooHigh{Excess: []access.Excess{{Domain: "content/sources", Abilities: access.Edit}}}
	for _, c := range []struct {
		cause error
		want  services.FieldError
	}{
		{services.Invalid{Fields: []services.FieldError{{Field: "Until", Key: "auditors", Text: "Later."}}}, services.FieldError{Field: "Until", Key: "auditors", Text: "Later."}},
		{services.AtField{Field: "In", Key: "auditors", Name: "Auditors", Cause: beyond}, services.FieldError{Field: "In", Key: "auditors", Text: notGivenWords(files.DefaultCatalog(), "Auditors", beyond.Excess)}},
		{services.AtField{Field: "In", Key: "auditors", Name: "Auditors", Cause: services.BringsNobodyIn{}}, services.FieldError{Field: "In", Key: "auditors", Text: "You can’t choose Auditors: " + words.BringsNobodyIn + "."}},
		{services.NeedsConfirmation{Of: services.ConfirmLeave}, services.FieldError{Field: "Confirmed", Text: "Confirm below that this person leaves the organization."}},
		{services.NeedsConfirmation{Of: services.ConfirmAdministrators}, services.FieldError{Field: "Confirmed", Text: "Confirm below that this person may do everything."}},
		{services.AtField{Field: "In", Key: "administrators", Cause: services.ErrLastAdministrator}, services.FieldError{Field: "Choices", Text: lastAdministrator}},
	} {
		if got := memberGroupsProblems(files.DefaultCatalog(), c.cause); !slices.Equal(got, []services.FieldError{c.want}) {
			t.Errorf("%v: %+v, want %+v", c.cause, got, c.want)
		}
	}
	for _, cause := range []error{errors.New("broken"), services.AtField{Field: "In", Key: "auditors", Cause: services.Forbidden{Need: services.EditGroup}}} {
		if got := memberGroupsProblems(files.DefaultCatalog(), cause); got != nil {
			t.Errorf("%v is no matter of the page, and says %+v", cause, got)
		}
	}
}
