package handlers

import (
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/views/parts"
)

func emptyActivityPage() activityPage {
	return activityPage{catalog: files.DefaultCatalog(), site: siteOf("acme"), list: services.ActivityList{
		Names: map[access.ResourceID]models.Named{7: {ID: 7, Name: "Jira Software Cloud"}, 8: {ID: 8, Name: "YouTube", Ended: true}},
	}}
}

func read(phrases []parts.Phrase) string {
	var b strings.Builder
	for _, p := range phrases {
		if p.Strong {
			b.WriteString("*" + p.Text + "*")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// Anyone who adds an operation adds its words here. What belongs to no organization is on no page.
func TestEveryOperationHasWords(t *testing.T) {
	for _, o := range models.Operations() {
		words := deeds[o]
		if onPage := o.Subject() != models.SubjectInstallation; (words.Done != "" && words.Refused != "") != onPage {
			t.Errorf("%s has the words %+v", o, words)
		}
	}
}

func TestSentenceSaysWhoDidWhat(t *testing.T) {
	about := func(operation models.Operation, d access.DomainKey, name string) models.Activity {
		return models.Activity{Operation: operation, Domain: d, ResourceName: name, ResourceKey: "a-key", ActorName: "Administrator"}
	}
	given := func(names ...string) services.Gist {
		g := services.Gist{}
		for _, name := range names {
			g.Given = append(g.Given, services.Given{Name: name, Level: access.LevelEdit})
		}
		return g
	}
	mixed := given("Interns", "Leads")
	mixed.Given[1].Level = access.LevelView
	for want, e := range map[string]services.Event{
		"*Administrator* added the source *Web*": {Activity: about("resource.created", sources, "Web")},
		"*Administrator* gave *Website Developers* Edit on *Web*": {
			Activity: about("resource.access-changed", sources, "Web"), Is: given("Website Developers")},
		"*Administrator* gave *Interns*, *Leads* and *{thing}* Edit on *Web*": {
			Activity: about("resource.access-changed", sources, "Web"), Is: given("Interns", "Leads", "{thing}")},
		"*Administrator* changed who can edit *Web*": {Activity: about("resource.access-changed", sources, "Web"), Is: mixed},
		"*Administrator* renamed *Old* to *New*":     {Activity: about("group.renamed", access.GroupsDomain, "New"), Was: services.Gist{Name: "Old"}},
		"*Administrator* added *John Smith* to *Users*": {
			Activity: about("group.member-added", access.GroupsDomain, "Users"), Is: services.Gist{Member: "John Smith"}},
		"*Administrator* removed *John Smith* from *Users*": {
			Activity: about("group.member-removed", access.GroupsDomain, "Users"), Was: services.Gist{Member: "John Smith"}},
		"*Administrator* was not allowed to add *john.smith@example.com* to *Users*": {
			Activity: about("group.member-added", access.GroupsDomain, "Users"), Refusal: &services.Refusal{Member: "john.smith@example.com"}},
		"*Administrator* was not allowed to delete the source *a-key*": {
			Activity: about("resource.deleted", sources, ""), Refusal: &services.Refusal{}},
		"*Administrator* did “group.dance” to *Users*": {Activity: about("group.dance", access.GroupsDomain, "Users")},
		"*Administrator* added the gone/things *X*":    {Activity: about("resource.created", "gone/things", "X")},
	} {
		if got := read(emptyActivityPage().sentence(e)); got != want {
			t.Errorf("reads %s\nwant  %s", got, want)
		}
	}
}

// A row of today has a kind, one of earlier versions a domain; both read alike.
func TestEventIsLabelledByWhatItIsAbout(t *testing.T) {
	for _, c := range []struct {
		activity models.Activity
		want     string
	}{
		{models.Activity{Operation: "group.renamed", SubjectKind: models.SubjectGroup}, "Group"},
		{models.Activity{Operation: "group.renamed", Domain: access.GroupsDomain}, "Group"},
		{models.Activity{Operation: "member.removed", Domain: access.GroupsDomain}, "Member"},
		{models.Activity{Operation: "invitation.created", SubjectKind: models.SubjectInvitation}, "Invitation"},
		{models.Activity{Operation: "api-key.created", SubjectKind: models.SubjectAPIKey}, "API key"},
		{models.Activity{Operation: "resource.access-changed", SubjectKind: models.SubjectGroup}, "Group"},
		{models.Activity{Operation: "resource.updated", SubjectKind: models.SubjectResource, Domain: sources}, "Source"},
		{models.Activity{Operation: "temporary-access.ended", SubjectKind: models.SubjectRequest}, "Temporary access"},
		{models.Activity{Operation: "organization.support-access-turned-on", SubjectKind: models.SubjectSetting}, "Setting"},
		{models.Activity{Operation: "organization.updated", SubjectKind: models.SubjectOrganization}, "Organization"},
	} {
		if got := emptyActivityPage().kind(services.Event{Activity: c.activity}); got != c.want {
			t.Errorf("%s of a %q in %q is labelled %q, want %q", c.activity.Operation, c.activity.SubjectKind, c.activity.Domain, got, c.want)
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

func TestRefusalSaysWhatWasMissing(t *testing.T) {
	for want, refusal := range map[string]services.Refusal{
		"It needs Edit on Content / Sources.":               {Need: access.Need{Domain: sources, Ability: access.Edit}},
		"The original holds as many privileges as they do.": {Equal: true},
		"A privilege was missing.":                          {},
		"It goes beyond their own privileges: Content / Sources (edit, create) and Content / Sources / Jira Software Cloud (edit).": {
			Beyond: []access.Excess{{Domain: sources, Abilities: access.Edit | access.Create}, {Domain: sources, Resource: 7, Abilities: access.Edit}}},
	} {
		if got := emptyActivityPage().refusal(refusal); got != want {
			t.Errorf("reads %s\nwant  %s", got, want)
		}
	}
}
