package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

// What is wrong stands at the fields. The summary leads there, and says what no field says.
func TestErrorSummaryLeadsToItsFieldsAndKeepsSilentWithoutErrors(t *testing.T) {
	name, email, none := parts.FieldError{ID: "name", Label: "Name"}, parts.FieldError{ID: "email", Label: "Email"}, parts.FieldError{Text: "Nobody has this address."}
	for want, errs := range map[string][]parts.FieldError{
		"These fields need your attention.Name Email":                    {name, email},
		"This field needs your attention.Name":                           {name},
		"This field needs your attention.Name Nobody has this address.":  {name, none},
		"Nobody has this address.":                                       {none},
		"This field needs your attention.Confirmation Confirm it below.": {{ID: "confirm", Label: "Confirmation", Text: "Confirm it below."}},
	} {
		doc := draw(t, parts.ErrorSummary(errs))
		wantWords(t, one(t, doc, "[role=alert][data-refused]"), want)
	}
	doc := draw(t, parts.ErrorSummary([]parts.FieldError{name, none}))
	wantAttr(t, one(t, doc, "a"), "href", "#name")
	if n := draw(t, parts.ErrorSummary(nil)).Find("div").Length(); n != 0 {
		t.Error("a summary without errors is drawn")
	}
}
