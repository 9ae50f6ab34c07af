package handlers

import (
	"slices"
	"testing"

	"bailiwick/models"
)

func TestActivitiesAreFoundByTheWordsOfTheirLines(t *testing.T) {
	for word, want := range map[string]models.Operation{
		"suspended":  models.OpMemberSuspended,
		"suspend":    models.OpMemberSuspended,
		"SESSIONS":   models.OpMemberSessionsEnded,
		"invited":    models.OpInvitationCreated,
		"decription": "",
		"rename":     models.OpGroupRenamed,
		"thing":      "", // stands for a name
	} {
		var found []models.Operation
		for _, said := range saying(word) {
			found = append(found, said.Operations...)
		}
		if got := slices.Contains(found, want); got != (want != "") || want == "" && len(found) > 0 {
			t.Errorf("%q is said by %v", word, found)
		}
	}
	if said := saying("not allowed"); !said["allowed"].Refused || !said["not"].Refused {
		t.Errorf("what was refused is said by %v", said)
	}
	if said := saying("su"); len(said) != 0 {
		t.Errorf("two letters say %v", said)
	}
}

func TestSmallWordsNarrowNothing(t *testing.T) {
	for typed, want := range map[string]string{
		"changed the privileges of Makers": "changed privileges Makers", "The": "The", "of the": "of the", "": "", "vitamin A": "vitamin",
	} {
		if got := withoutSmallWords(typed); got != want {
			t.Errorf("%q becomes %q, want %q", typed, got, want)
		}
	}
}
