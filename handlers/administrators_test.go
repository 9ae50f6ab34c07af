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
		{0, 0, "No administrator can sign in.", "Nobody can do what only administrators can do.", "this account"},
		{1, 0, "Only one administrator can sign in.", "Their membership ends on a date.", "second member"},
		{1, 1, "Only one administrator can sign in.", "If they lose this account, nobody", "ends on a date"},
		{2, 0, "All administrators who can sign in have an end date.", "After the last of these dates", "this account"},
		{2, 1, "Only one administrator who can sign in has no end date.", "after the end dates of the others", "ends on a date"},
	} {
		few, warns := lastAdministratorWords(models.Administration{Now: 3, ForGood: 3, EnterNow: test.now, EnterForGood: test.forGood})
		if text := few.danger + " " + few.remedy; !warns || few.title != test.title || !strings.Contains(text, test.danger) || strings.Contains(text, test.other) {
			t.Errorf("%d now, %d for good: %+v", test.now, test.forGood, few)
		}
	}
	if few, warns := lastAdministratorWords(models.Administration{EnterNow: 2, EnterForGood: 2}); warns {
		t.Errorf("of two for good: %+v", few)
	}
}
