package handlers

import (
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
)

func TestLeavingAnOrganizationSaysWhatItEnds(t *testing.T) {
	d := services.Departure{Member: john, Held: 12, Groups: []access.Grantee{{Name: "Interns"}, {Name: "Leads"}},
		Orphaned: []models.Resource{{Name: "Jira"}, {Name: "Wiki"}}, Orphans: 14}
	dialog := departureDialog(query{}, siteOf("acme"), lead(), d)
	want := []string{"Their address is john.smith@example.com.", "They lose 12 privileges in 2 groups and are signed out immediately."}
	if dialog.Title != "Remove John Smith from Acme?" || !slices.Equal(dialog.Text, want) || dialog.Action != "/o/acme/members/7/delete" || dialog.Cancel != "/o/acme/members?selected=7" {
		t.Errorf("asked is %+v", dialog.Confirm)
	}
	if !slices.Equal(dialog.Groups, []string{"Interns", "Leads"}) || dialog.MoreGroup != "" || !slices.Equal(dialog.Resources, []string{"Jira", "Wiki"}) || dialog.More != "and 12 more" {
		t.Errorf("what ends is %+v", dialog)
	}
	d.Member.PersonID, d.Groups = 5, make([]access.Grantee, 12)
	dialog = departureDialog(query{}, siteOf("acme"), lead(), d)
	if len(dialog.Groups) != 10 || dialog.MoreGroup != "and 2 more" || !slices.Contains(dialog.Text, "This is you. You leave the organization.") {
		t.Errorf("of oneself, in many groups: %+v", dialog)
	}
}
