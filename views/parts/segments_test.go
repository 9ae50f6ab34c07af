package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestSegmentsSayHowManyThereAreOfEach(t *testing.T) {
	doc := draw(t, parts.Segments("show", "Show sources", []parts.Segment{{Label: "All", Count: "400", ID: "all-shown"}, {Value: "changed", Label: "Changed", Count: "3", Checked: true}}))
	wantLabels(t, doc.Find("fieldset.seg-count > label"), "All 400", "Changed 3")
	wantAttr(t, doc.Find("input[checked]"), "value", "changed")
	wantLabels(t, doc.Find("#all-shown"), "400")
	wantLabels(t, doc.Find("legend.vh"), "Show sources")
}

func TestWordsAreMarkedWithNothingBetween(t *testing.T) {
	doc := draw(t, parts.Words{{Text: "<Doc"}, {Text: "ument", Marked: true}, {Text: "ation>"}, {Text: " 8", Strong: true}})
	wantLabels(t, doc.Find("body"), "<Documentation> 8")
	wantLabels(t, doc.Find("mark"), "ument")
	wantLabels(t, doc.Find("strong"), "8")
}
