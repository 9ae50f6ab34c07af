package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestReachDrawsOnePathForEachStrengthInTheOrderOfTheDomains(t *testing.T) {
	reach := parts.Reach{
		Label:    "3 of 4 domains: 1 edit, 1 custom, 1 view",
		Services: [][]parts.Strength{{parts.StrengthFull, parts.StrengthNone}, {parts.StrengthView, parts.StrengthPart}},
	}
	strip := one(t, draw(t, reach.Component()), "svg.reach")
	wantAttr(t, strip, "role", "img")
	wantAttr(t, strip, "aria-label", "3 of 4 domains: 1 edit, 1 custom, 1 view")
	wantAttr(t, strip, "viewBox", "0 0 25 16")
	wantAttr(t, strip, "width", "25")
	for class, path := range map[string]string{
		"r0": "M6 14h4v2h-4z", "r1": "M15 10h4v6h-4z", "r2": "M21 6h4v10h-4z", "r3": "M0 0h4v16h-4z",
	} {
		wantAttr(t, strip.Find("path."+class), "d", path)
	}
}

func TestReachOfManyDomainsIsDrawnCloser(t *testing.T) {
	many := parts.Reach{Services: [][]parts.Strength{make([]parts.Strength, 59)}}
	strip := one(t, draw(t, many.Component()), "svg.reach")
	wantAttr(t, strip, "width", "176")
	if n := strip.Find("path").Length(); n != 1 {
		t.Errorf("a group without privileges has %d paths, want 1", n)
	}
}

func TestReachWithoutDomainsDrawsNothing(t *testing.T) {
	if n := draw(t, parts.Reach{}.Component()).Find("svg").Length(); n != 0 {
		t.Errorf("%d strips drawn", n)
	}
}

func TestUnsavedMarksHaveAColourOfTheirOwn(t *testing.T) {
	reach := parts.Reach{
		Services: [][]parts.Strength{{parts.StrengthFull, parts.StrengthView}, {parts.StrengthNone}},
		Pending:  [][]bool{{true, false}},
	}
	strip := draw(t, reach.Component())
	if path, _ := strip.Find("path.rx").Attr("d"); path != "M0 0h4v16h-4z" {
		t.Errorf("the unsaved mark is drawn as %q", path)
	}
	if n := strip.Find("path.r3").Length(); n != 0 {
		t.Errorf("the unsaved mark is drawn in the colour of saved ones too")
	}
	if n := strip.Find("path.r1, path.r0").Length(); n != 2 {
		t.Errorf("%d of the two saved marks are drawn", n)
	}
}
