package handlers

import (
	"testing"

	"bailiwick/views/parts"
)

func TestSaveBarFoldsWhatWouldHideThePage(t *testing.T) {
	cases := []struct {
		changes, open, folded int
		title, more           string
	}{{0, 0, 0, "", ""}, {1, 1, 0, "1 change", ""}, {3, 3, 0, "3 changes", ""}, {4, 3, 1, "4 changes", "and 1 more"}, {1203, 3, 1200, "1,203 changes", "and 1,200 more"}}
	for _, tc := range cases {
		bar := saveBar(make([]parts.Change, tc.changes))
		if len(bar.Changes) != tc.open || len(bar.Folded) != tc.folded || bar.Title != tc.title || bar.More != tc.more {
			t.Errorf("of %d changes %d stand open below %q and %d below %q, want %+v", tc.changes, len(bar.Changes), bar.Title, len(bar.Folded), bar.More, tc)
		}
	}
}
