package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestLevelIsAWordWithASignAndAnUnknownOneAWordAlone(t *testing.T) {
	known := draw(t, parts.Level("custom", "Custom"))
	wantAttr(t, one(t, known, ".level"), "data-level", "custom")
	wantAttr(t, one(t, known, "use"), "href", "#sliders-horizontal")
	unknown := draw(t, parts.Level("approve", "Approve"))
	wantWords(t, one(t, unknown, ".level"), "Approve")
	if unknown.Find("svg").Length() != 0 {
		t.Error("a level without a sign draws one")
	}
}
