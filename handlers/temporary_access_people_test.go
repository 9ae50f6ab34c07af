package handlers

import (
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

func TestAMembershipThatPersonnelBroughtAboutSaysHow(t *testing.T) {
	b := services.BroughtIn{Keepable: true, BroughtIn: models.BroughtIn{ID: 12, By: "Agent", ByEmail: "agent@example.com"}}
	b.Email, b.GroupName, b.GroupKey, b.Since = "john.smith@example.com", "Interns", "interns", noon
	invited := b
	invited.Invited, invited.Name = true, "John Smith"
	section := broughtIn(lead(), services.BroughtInList{Rows: []services.BroughtIn{b, invited}, Total: 3})
	if r := section.Rows[0]; r.Name != "john.smith@example.com" || r.By != "Added by Agent · agent@example.com" || r.Keep != "/o/acme/temporary-access/-/memberships/12/keep" || r.Why != "" {
		t.Errorf("added: %+v", r)
	}
	if r := section.Rows[1]; r.Name != "John Smith" || r.By != "Invited by Agent · agent@example.com" {
		t.Errorf("invited: %+v", r)
	}
	if section.More == "" || section.Notice.Title != "3 memberships came about through temporary access." {
		t.Errorf("the notice is %+v, %q", section.Notice, section.More)
	}
	if broughtIn(lead(), services.BroughtInList{}) != nil {
		t.Error("there is something to decide about nothing")
	}
}

func TestAMembershipThatTheViewerCannotKeepSaysWhatKeepingNeeds(t *testing.T) {
	section := broughtIn(services.Caller{}, services.BroughtInList{Rows: make([]services.BroughtIn, 1), Total: 1})
	if row := section.Rows[0]; row.Keep != "" || row.Why != "To keep it, you need Edit on Temporary access and on the group, and all that the group holds, for as long as the membership lasts." {
		t.Errorf("the row is %+v", row)
	}
}
