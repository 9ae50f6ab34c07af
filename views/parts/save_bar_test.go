package parts_test

import (
	"strings"
	"testing"

	"bailiwick/views/parts"
)

func sampleSaveBar() parts.SaveBar {
	return parts.SaveBar{
		Title: "4 changes", Scope: "for 6 members and 1 API key", Discard: "/o/example/groups/atlassian/privileges",
		Warnings: []parts.Notice{{ID: "minimum", Tone: "warning", Title: "The console closes.", Text: "Without View on Organization members can’t open it."}},
		Changes: []parts.Change{
			{Gains: true, What: "Edit", On: "on Fields", Was: "was View"},
			{Gains: true, What: "Edit", On: "on Jira Software Cloud in Sources"},
			{What: "View", On: "on Organization"},
		},
		Folded: []parts.Change{{What: "View", On: "on Activities"}}, More: "and 1 more",
		Confirm: []parts.Confirmation{{Name: "confirm_minimum", Label: "Members lose the console", DescribedBy: "minimum"}},
	}
}

func TestSaveBarFoldsSomeChanges(t *testing.T) {
	doc := draw(t, sampleSaveBar().Component())
	open := doc.Find("#savebar > ul > li")
	if open.Length() != 3 {
		t.Fatalf("%d changes stand open, want 3", open.Length())
	}
	wantWords(t, open.First(), "gains Edit on Fields (was View)")
	wantAttr(t, open.First(), "data-op", "gains")
	wantWords(t, open.Last(), "loses View on Organization")
	wantWords(t, doc.Find("details summary"), "and 1 more")
	wantWords(t, doc.Find("details li"), "loses View on Activities")
	wantWords(t, one(t, doc, "[role=status]"), "4 changes for 6 members and 1 API key")
}

func TestSaveBarAsksForConfirmationBesideItsReason(t *testing.T) {
	doc := draw(t, sampleSaveBar().Component())
	box := one(t, doc, "input[name=confirm_minimum]")
	if _, ok := box.Attr("required"); !ok {
		t.Error("the box need not be ticked")
	}
	wantAttr(t, box, "form", parts.TabForm)
	if !strings.Contains(words(one(t, doc, "#"+box.AttrOr("aria-describedby", "none"))), "members can’t open it") {
		t.Error("the box does not point at its reason")
	}
	review := one(t, doc, "[name=step][value=review]")
	if _, ok := review.Attr("formnovalidate"); !ok {
		t.Error("reviewing already demands the tick")
	}
}

func TestSaveBarWithoutChangesWaitsForBrowsersWithoutScript(t *testing.T) {
	doc := draw(t, parts.SaveBar{}.Component())
	if !one(t, doc, "#savebar").HasClass("savebar-idle") {
		t.Error("the bar is in the way although nothing changed")
	}
	wantWords(t, doc.Find(".btn-primary"), "Save")
	one(t, doc, "button.noscript-only[name=step]")
}
