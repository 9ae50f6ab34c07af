package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestErrorSummaryCountsAndKeepsSilentWithoutErrors(t *testing.T) {
	two := []parts.FieldError{{ID: "name", Label: "Name", Text: "is missing"}, {ID: "email", Label: "Email", Text: "is not an address"}}
	doc := draw(t, parts.ErrorSummary(two))
	wantWords(t, one(t, doc, "strong"), "Several things need your attention.")
	wantLabels(t, doc.Find("li"), "Name: is missing", "Email: is not an address")
	if n := draw(t, parts.ErrorSummary(nil)).Find("div").Length(); n != 0 {
		t.Error("a summary without errors is drawn")
	}
}
