package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestActionBarWithoutSelectionExplainsItself(t *testing.T) {
	doc := draw(t, parts.ActionBarFragment(parts.ActionBar{State: "none", Hint: "Select a group to see what you can do."}))
	bar := one(t, doc, `[role="toolbar"][aria-label="Action bar"]`)
	wantAttr(t, bar, "data-state", "none")
	wantWords(t, bar.Find("p"), "Select a group to see what you can do.")
	wantLabels(t, bar.Find("a, button"), "Show actions")
	wantAttr(t, bar.Find("button"), "type", "submit")
}
