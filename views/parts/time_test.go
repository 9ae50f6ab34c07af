package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestAMomentIsReadByPeopleAndMachines(t *testing.T) {
	at := one(t, draw(t, parts.Time(parts.When{ISO: "2027-01-04T12:00:00Z", Text: "yesterday"})), "time")
	wantAttr(t, at, "datetime", "2027-01-04T12:00:00Z")
	wantAttr(t, at, "title", "2027-01-04T12:00:00Z")
	wantWords(t, at, "yesterday")
	if never := draw(t, parts.Time(parts.When{Text: "Never"})); never.Find("time").Length() != 0 || words(never.Selection) != "Never" {
		t.Error("no moment is drawn as one")
	}
}
