package handlers

import (
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
)

func TestEndsOfPrivilegesReadAsWhatTheyEnd(t *testing.T) {
	const may = "2027-05-01T12:30:00Z"
	p := activityOf(nil, services.ActivityList{Names: map[access.ResourceID]models.Named{7: jiraNamed}})
	for _, c := range []struct {
		change services.Change
		want   parts.ChangeRow
	}{
		{services.Change{Of: services.OfEnd, Domain: sources, Before: services.NoEnd, After: may}, parts.ChangeRow{Label: "Content / Sources / Until", Before: "No end", After: "1 May 2027, 12:30 UTC", None: "Not held"}},
		{services.Change{Of: services.OfEnd, Domain: sources, Resource: 7, After: may}, parts.ChangeRow{Label: "Content / Sources / Jira / Until", After: "1 May 2027, 12:30 UTC", None: "Not held"}},
		{services.Change{Of: services.OfEnd, Domain: sources, Resource: 9, Before: may}, parts.ChangeRow{Label: "Content / Sources / number 9 / Until", Before: "1 May 2027, 12:30 UTC", None: "Not held"}},
		{services.Change{Of: services.OfEnd, Name: "Interns", Before: may, After: services.NoEnd}, parts.ChangeRow{Label: "Interns / Until", Before: "1 May 2027, 12:30 UTC", After: "No end", None: "No Edit"}},
		{services.Change{Field: "allow", After: "10.0.0.0/8"}, parts.ChangeRow{Label: "Allowed addresses", After: "10.0.0.0/8", None: "None"}},
		{services.Change{Field: "provider", Before: "password", After: "email-link"}, parts.ChangeRow{Label: "Provider", Before: "Email and password", After: "Email link", None: "None"}},
		{services.Change{Field: "domain", After: "content/sources"}, parts.ChangeRow{Label: "Domain", After: "Content / Sources", None: "None"}},
	} {
		if got := p.changeRow(c.change); got != c.want {
			t.Errorf("%+v reads\n%+v, want\n%+v", c.change, got, c.want)
		}
	}
}

func TestChangesReadAsPagesLabelThem(t *testing.T) {
	for _, c := range []struct {
		change services.Change
		want   parts.ChangeRow
	}{
		{services.Change{Of: services.OfLevel, Domain: sources, Before: "view", After: "custom"},
			parts.ChangeRow{Label: "Content / Sources", Before: "View all", After: "Custom", None: "None"}},
		{services.Change{Of: services.OfLevel, Domain: "content/fields", After: "edit"},
			parts.ChangeRow{Label: "Content / Fields", After: "Edit", None: "None"}},
		{services.Change{Of: services.OfLevel, Domain: "gone/things", Before: "mighty"},
			parts.ChangeRow{Label: "gone/things", Before: "Mighty", None: "None"}},
		{services.Change{Of: services.OfCreate, Domain: sources, After: "yes"},
			parts.ChangeRow{Label: "Content / Sources / Can create", After: "Yes", None: "No"}},
		{services.Change{Of: services.OfRow, Domain: sources, Resource: 7, Key: "jira", Before: "view", After: "edit"},
			parts.ChangeRow{Label: "Content / Sources / Jira Software Cloud", Before: "View", After: "Edit", None: "None"}},
		{services.Change{Of: services.OfRow, Domain: sources, Resource: 8, Key: "youtube", Before: "edit", After: "view"},
			parts.ChangeRow{Label: "Content / Sources / YouTube (deleted)", Before: "Edit", After: "View", None: "None"}},
		{services.Change{Of: services.OfRow, Domain: sources, Resource: 9, Key: "wiki", Before: "edit"},
			parts.ChangeRow{Label: "Content / Sources / wiki", Before: "Edit", None: "None"}},
		{services.Change{Of: services.OfAccess, Name: "Interns", Before: "edit"},
			parts.ChangeRow{Label: "Interns", Before: "Edit", None: "No access"}},
		{services.Change{Of: services.OfMember, Name: "John Smith", Before: "member", After: "2027-05-01T12:30:00Z"},
			parts.ChangeRow{Label: "John Smith", Before: "Member", After: "Member until 1 May 2027, 12:30 UTC", None: "Not a member"}},
		{services.Change{Of: services.OfOwner, Domain: sources, Resource: 7, Before: "john.smith@example.com"},
			parts.ChangeRow{Label: "Owner of Jira Software Cloud", Before: "john.smith@example.com", None: "None"}},
		{services.Change{Of: services.OfField, Field: "visibility", Before: "shared", After: "private"},
			parts.ChangeRow{Label: "Visibility", Before: "Shared", After: "Private", None: "None"}},
		{services.Change{Of: services.OfField, Field: "template", Before: "custom", After: "gone"},
			parts.ChangeRow{Label: "Template", Before: "Custom", After: "gone", None: "None"}},
		{services.Change{Of: services.OfField, Field: "old_secret_until", After: "2027-05-01T12:30:00Z"},
			parts.ChangeRow{Label: "Old secret until", After: "1 May 2027, 12:30 UTC", None: "None"}},
	} {
		if got := emptyActivityPage().changeRow(c.change); got != c.want {
			t.Errorf("%+v reads\n%+v, want\n%+v", c.change, got, c.want)
		}
	}
}

func TestChangesOfOneListComeByName(t *testing.T) {
	p := activityOf(nil, services.ActivityList{Names: map[access.ResourceID]models.Named{3: {Name: "Zebra"}, 4: {Name: "apple"}, 5: {Name: "Apple"}}})
	row := func(id access.ResourceID, key string) services.Change {
		return services.Change{Of: services.OfRow, Domain: sources, Resource: id, Key: key, After: "edit"}
	}
	given := func(name string) services.Change {
		return services.Change{Of: services.OfAccess, Name: name, After: "edit"}
	}
	var got []string
	for _, r := range p.changeRows(services.Event{Changes: []services.Change{given("Users"), given("Auditors"),
		{Of: services.OfLevel, Domain: sources, After: "custom"}, row(3, "a"), row(4, "z"), row(5, "b"), {Of: services.OfLevel, Domain: "content/fields", After: "view"}}}) {
		got = append(got, r.Label)
	}
	want := []string{"Auditors", "Users", "Content / Sources", "Content / Sources / Apple", "Content / Sources / apple", "Content / Sources / Zebra", "Content / Fields"}
	if !slices.Equal(got, want) {
		t.Errorf("they come as %q", got)
	}
}
