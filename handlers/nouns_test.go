package handlers

import (
	"os"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/words"
)

// nounsCatalog reads the services of testdata/nouns-catalog.yaml, with what every catalogue has besides: its head, what the levels
// allow, and the console's own domains, which the catalogue to start from has.
func nounsCatalog(t *testing.T) *access.Catalog {
	t.Helper()
	data, err := os.ReadFile("testdata/nouns-catalog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, own, found := strings.Cut(string(access.StarterCatalog), "\n  - key: organization\n")
	if !found {
		t.Fatal("the catalogue to start from has no service of the console’s own domains")
	}
	nouns := strings.NewReplacer(
		"levels: [view, edit]", "levels: [view, edit], allows: {view: see all, edit: change all}",
		"levels: [view, custom, edit]", "levels: [view, custom, edit], allows: {view: see all, custom: change the listed, edit: change all}",
	).Replace(string(data))
	c, err := files.ReadCatalog("nouns.yaml", []byte("version: 1\nname: nouns\n"+nouns+"  - key: organization\n"+
		strings.ReplaceAll(own, "helpdesk/tickets", "cloud/ticket")))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Names that the rules of English would bend are printed as the catalogue has them: on pages, and by check.
func TestNounsOfACatalogueAreNotBent(t *testing.T) {
	c := nounsCatalog(t)
	jira, policy, ticket, staff := c.Domain("cloud/jira"), c.Domain("cloud/policy"), c.Domain("cloud/ticket"), c.Domain("cloud/staff")
	by := func(key access.DomainKey, level access.Level) services.Caller {
		caller := lead()
		caller.Rights = access.Resolve(c, []access.Grant{held(key, level)}, nil, noon)
		return caller
	}
	list := func(d *access.Domain, total, editable int) services.ResourceList {
		return services.ResourceList{Domain: d, Total: total, Editable: editable, Listing: models.Listing[models.Resource]{}}
	}
	explained := func(d *access.Domain, ability access.Ability) services.Explanation {
		e := services.Explanation{Domain: d, Subject: services.Subject{Name: "Agent"}}
		e.Need, e.Allowed = access.Need{Domain: d.Key, Ability: ability}, true
		e.Via = []access.Reason{{Grant: held(d.Key, access.LevelEdit)}}
		return e
	}
	check := func(d *access.Domain, ability access.Ability) string {
		return explained(d, ability).Sentences().Verdict + "."
	}
	asked := func(d *access.Domain) string { return endLink(lead(), explained(d, access.View)).Name }
	editor := resourcesPlace(by(policy.Key, access.LevelEdit), list(policy, 0, 0))
	if len(editor.Actions) != 1 {
		t.Fatalf("who may add policies has %+v", editor.Actions)
	}
	for _, test := range []struct{ got, want string }{
		{resourcesLead(by(jira.Key, access.LevelView), list(jira, 2, 1)), "You can edit 1 of these 2 Jira projects."},
		{resourcesLead(by(jira.Key, access.LevelEdit), list(jira, 1, 1)), "You can edit this Jira project."},
		{resourcesLead(by(policy.Key, access.LevelView), list(policy, 0, 0)), "There are no policies yet."},
		{editor.Actions[0].Label, "Add policy"},
		{words.Things(policy).Count(2), "2 policies"},
		{words.Things(policy).Count(1), "1 policy"},
		{check(ticket, access.Edit), "Agent can edit all tickets."},
		{check(jira, access.View), "Agent can view all Jira projects."},
		{check(staff, access.View), "Agent can view Google Cloud / Staff."},
		{asked(staff), "Staff: view"},
		{asked(ticket), "View on all tickets"},
		{words.PrivilegeOn(staff, access.Privilege{Level: access.LevelEdit}), "Edit on Google Cloud / Staff"},
	} {
		if test.got != test.want {
			t.Errorf("it reads %q, want %q", test.got, test.want)
		}
	}
}
