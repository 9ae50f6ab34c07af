package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

// review is of three people, one of whom is left out.
var review = parts.Review{Title: "Add 3 members to 1 group?", Lead: "2 can be added. 1 can’t, and stays as it is.", Changed: "1 more can’t be added since you looked.",
	Parts: []parts.Outcome{
		{Title: "1 can’t be added", LeftOut: true, Rows: []parts.OutcomeRow{{Name: "Content Editor", Sub: "content.editor@example.com", Person: true, Effect: "In the group already"}}},
		{Title: "2 will be added, and gain", Rows: []parts.OutcomeRow{{Name: "Data Steward", Sub: "9 members", Effect: "Edit on fields"}}, Show: "Show the other 1",
			Others: []parts.OutcomeRow{{Name: "Release Manager", Effect: "Edit on fields"}}},
		{Title: "Nobody"},
	},
	Notices: []parts.Notice{{ID: "gives", Tone: "warning", Title: "Administrators may do everything.", Text: "Always."}},
	Fields:  []parts.Confirmation{{Name: "sure", Label: "I am sure", DescribedBy: "gives"}},
	Note:    "All 2 are added, or none.", Doing: "Adding 2…", Action: "/add", Button: "Add 2, leave out 1", Cancel: "/members"}

func TestAReviewFoldsAwayWhatIsBeyondTheFirst(t *testing.T) {
	doc := draw(t, parts.ReviewDialog(review))
	wantWords(t, one(t, doc, "details.more summary"), "Show the other 1")
	wantWords(t, one(t, doc, "details.more li"), "Release Manager Edit on fields")
	if n := doc.Find(".outcome").Length(); n != 2 {
		t.Errorf("%d lists are drawn, want those two that have rows", n)
	}
	wantAttr(t, one(t, doc, "form"), "data-doing", "Adding 2…")
	wantAttr(t, one(t, doc, "[autofocus]"), "href", "/members")
}

func TestAReviewOfNoneHasNoButton(t *testing.T) {
	none := review
	none.Button = ""
	if n := draw(t, parts.ReviewDialog(none)).Find("button").Length(); n != 0 {
		t.Errorf("%d buttons, though it can be done to nobody", n)
	}
}
