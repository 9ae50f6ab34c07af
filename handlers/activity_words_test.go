package handlers

import (
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
)

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
