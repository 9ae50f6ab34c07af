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

// What a form with many rows is saved over is said as it is: only what was changed on both sides is replaced.
func TestConflictSaysWhatSavingMakesOfBothVersions(t *testing.T) {
	both, theirs := parts.ConflictRow{Label: "Fields", Yours: "Edit", Theirs: "None"}, parts.ConflictRow{Label: "Models", Theirs: "View"}
	for _, c := range []struct {
		conflict parts.Conflict
		want     string
	}{
		{parts.Conflict{Rows: []parts.ConflictRow{both}}, "If you save now, you replace their version."},
		{parts.Conflict{Merges: true, Rows: []parts.ConflictRow{both, theirs}},
			"Their other changes stay. Where you both changed the same thing, saving replaces theirs with yours."},
		{parts.Conflict{Merges: true, Rows: []parts.ConflictRow{theirs}}, "Their changes stay."},
		{parts.Conflict{Merges: true}, "Their change is not on this page. It stays."},
	} {
		doc := draw(t, parts.ConflictNotice(&c.conflict))
		if len(c.conflict.Rows) == 0 {
			c.conflict.Rows = []parts.ConflictRow{{}}
		}
		if text := words(one(t, doc, "[role=alert]")); !strings.HasSuffix(text, "the form still has what you entered. "+c.want) {
			t.Errorf("it says %q", text)
		}
		if last := c.conflict.Rows[len(c.conflict.Rows)-1]; last == theirs {
			wantPhrases(t, doc.Find("tbody tr").Last(), "Models Not changed View")
		}
	}
}

func TestNoConflictDrawsNothing(t *testing.T) {
	if got := words(draw(t, parts.ConflictNotice(nil)).Selection); got != "" {
		t.Errorf("draws %q", got)
	}
}
