package views

import (
	"testing"

	"bailiwick/views/parts"
)

// What small screens have no columns for stands beneath the name.
func TestAPersonsWayIsWholeOnASmallScreen(t *testing.T) {
	for want, row := range map[string]PersonRow{
		"Editors":                             {Through: parts.Link{Label: "Editors"}},
		"Editors: Edit":                       {Through: parts.Link{Label: "Editors"}, How: "Edit"},
		"Editors: Edit · Until 6 Dec 2026":    {Through: parts.Link{Label: "Editors"}, How: "Edit", Until: "6 Dec 2026"},
		"Editors · Until Tomorrow, 05:00 UTC": {Through: parts.Link{Label: "Editors"}, Until: "Tomorrow, 05:00 UTC"},
	} {
		if got := row.narrow(); got != want {
			t.Errorf("%+v: %q, want %q", row, got, want)
		}
	}
}
