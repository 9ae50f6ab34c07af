package views_test

import (
	"strings"
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

// Beside the name of somebody who can reach a thing stands what there is to say of them, each word apart from the others.
func TestWhatIsSaidOfAPersonStandsApartFromTheName(t *testing.T) {
	tab := views.PeopleTab{Page: samplePage("Web"), List: parts.Listing{Columns: []parts.Column{{Label: "Name"}}}, Rows: []views.PersonRow{{
		ID: "member-1", Name: "Administrator", Href: "/o/example/members/1", Email: "admin@example.com", Initials: "A",
		Chip: "Administrators", You: true, Marks: []parts.Chip{{Word: "Address not proven", Tone: "warning"}},
		Level: "edit", Word: "Edit", Through: parts.Link{Label: "Administrators"},
	}}}
	name := strings.Join(strings.Fields(one(t, tabDocument(t, tab.Component()), ".entry-text").Text()), " ")
	if !strings.HasPrefix(name, "Administrator Administrators You Address not proven") {
		t.Errorf("reads %q", name)
	}
}
