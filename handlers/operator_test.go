package handlers

import (
	"slices"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// What the catalogue no longer has stands in the file for nothing (R17).
func TestTheOperatorSeesWhatACategoryMayAskFor(t *testing.T) {
	c := models.Category{Key: "sources", Name: "Sources", Longest: 8 * time.Hour, MinLength: 20, Pattern: "CASE-[0-9]+", Hint: "the number of the case", Link: "https://cases.example.com", Privileges: []models.CategoryPrivilege{
		{Domain: sources, Level: "edit", Sensitive: true}, {Domain: "gone/things", Level: "edit"}, {Domain: "content/fields", Level: "mighty"}}}
	got := operatorCategory(catalog, c)
	facts := []parts.Fact{{Term: "Key", Value: "sources"}, {Term: "Longest", Value: "8 hours"}, {Term: "Justification", Value: "20 characters or more, name the number of the case"}, {Term: "Cases", Value: "https://cases.example.com"}}
	if !slices.Equal(got.Facts, facts) || !slices.Equal(got.Privileges, []views.OperatorPrivilege{{Domain: "Content / Sources", Level: "edit", Word: "Edit all", Sensitive: true}}) {
		t.Errorf("drawn as %+v", got)
	}
	for want, c := range map[string]models.Category{"Any": {}, "1 character or more": {MinLength: 1}, "Name the case that this is about, as your company writes it": {Pattern: "CASE"}} {
		if got := justificationRule(c); got != want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestTheOperatorSeesWhoOfTheVendorMayAsk(t *testing.T) {
	s := models.Support{Vendor: models.Vendor{Name: "Vendor"}, Operators: []models.Person{{Email: "a@example.com"}, {Email: "b@example.com"}},
		Categories: []models.Category{{Key: "sources", Name: "Sources"}, {Key: "search", Name: "Search"}},
		Personnel: []models.Personnel{{Name: "Agent", Email: "agent@example.com", Categories: []string{"search", "sources"}, Organizations: []string{"acme", "west"}},
			{Email: "new@example.com", Unproven: true}}}
	want := []views.OperatorPerson{{Name: "Agent", Email: "agent@example.com", Categories: "Search, Sources", Organizations: "acme, west"},
		{Email: "new@example.com", Organizations: "All organizations", Unproven: "Has not proven the address yet, so can’t ask for access."}}
	if got := (Operator{}).personnel(s); !slices.Equal(got, want) {
		t.Errorf("personnel are %+v", got)
	}
	if got := vendorFacts(s); !slices.Equal(got, []parts.Fact{{Term: "Name", Value: "Vendor"}, {Term: "Operators", Value: "a@example.com, b@example.com"}}) {
		t.Errorf("the vendor is %+v", got)
	}
}
