package parts_test

import (
	"strings"
	"testing"

	"bailiwick/views/parts"
)

func TestConflictShowsBothVersions(t *testing.T) {
	doc := draw(t, parts.ConflictNotice(&parts.Conflict{
		Who: "Security Administrator", When: "2 minutes ago",
		Rows: []parts.ConflictRow{{Label: "Name", Yours: "Atlassian Team", Theirs: "Atlassian Admins"}},
	}))
	if !strings.Contains(words(one(t, doc, "[role=alert]")), "Security Administrator saved a change 2 minutes ago") {
		t.Error("the notice does not say who saved, and when")
	}
	wantPhrases(t, doc.Find("thead"), "What Yours, not saved Saved by Security Administrator")
	wantPhrases(t, doc.Find("tbody tr"), "Name Atlassian Team Atlassian Admins")
}

func TestNoConflictDrawsNothing(t *testing.T) {
	if got := words(draw(t, parts.ConflictNotice(nil)).Selection); got != "" {
		t.Errorf("draws %q", got)
	}
}
