package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

// The pages of a list inside a form are turned by buttons, so that unsaved choices travel along, unchecked.
func TestAListInAFormIsPagedByButtons(t *testing.T) {
	doc := draw(t, parts.FormPagerButtons(parts.FormPager{Name: "page.content/sources", Of: "sources", Range: "50 rows on this page", Previous: "b:x", Next: "a:y"}, "/save#d-sources"))
	buttons := doc.Find("button[name='page.content/sources'][formaction='/save#d-sources'][formnovalidate]")
	wantLabels(t, buttons, "First sources", "Previous sources", "Next sources")
	for n, want := range []string{"first", "b:x", "a:y"} {
		wantAttr(t, buttons.Eq(n), "value", want)
	}
}
