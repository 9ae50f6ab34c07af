package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestAnEventSaysInItsStateWhetherItWasDone(t *testing.T) {
	for refused, want := range map[string]string{"": "Group", "It needs Edit.": "Refused"} {
		e := event
		e.Refused = refused
		doc := draw(t, parts.Event(e))
		wantWords(t, one(t, doc, "summary .chip"), want)
		wantPhrases(t, one(t, doc, ".event-text"), "John Smith (john@example.com) renamed a group")
		wantAttr(t, one(t, doc, "summary .avatar"), "aria-hidden", "true")
	}
	rows := draw(t, parts.Event(event)).Find("table.diff tbody tr")
	wantPhrases(t, rows.Eq(0), "Name Web Web Team")
	wantPhrases(t, rows.Eq(1), "Until For good For good")
	wantLabels(t, rows.Eq(0).Find("del, ins"), "Web", "Web Team")
}
