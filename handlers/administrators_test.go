package handlers

import (
	"strings"
	"testing"

	"bailiwick/models"
)

func TestWhatIsSaidOfFewAdministratorsIsTrueOfThem(t *testing.T) {
	for _, test := range []struct {
		now, forGood         int
		title, danger, other string // other is what must not be said
	}{
		{0, 0, "No administrator can sign in.", "Nobody can do what only administrators may.", "this account"},
		{1, 0, "Only one administrator can sign in.", "only until some day", "second member"},
		{1, 1, "Only one administrator can sign in.", "If this account is lost, nobody", "some day"},
		{2, 0, "Every administrator who can sign in is one only until some day.", "After the last of these days", "this account"},
		{2, 1, "Only one administrator who can sign in is one without an end.", "once the others have reached their end", "some day"},
	} {
		few, warns := fewEntering(models.Administration{Now: 3, ForGood: 3, EnterNow: test.now, EnterForGood: test.forGood})
		if text := few.danger + " " + few.remedy; !warns || few.title != test.title || !strings.Contains(text, test.danger) || strings.Contains(text, test.other) {
			t.Errorf("%d now, %d for good: %+v", test.now, test.forGood, few)
		}
	}
	if few, warns := fewEntering(models.Administration{EnterNow: 2, EnterForGood: 2}); warns {
		t.Errorf("of two for good: %+v", few)
	}
}
