package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bailiwick/services"
	"bailiwick/web/webtest"
)

// leadFile has a team lead, who may edit one group by Custom and holds what it holds, and nothing else.
const leadFile = `version: 1
organization: {key: acme, name: Acme, seats: 25}
groups:
  - {key: crew, name: Crew, privileges: {organization/organization: view}}
  - {key: others, name: Others, privileges: {organization/organization: view}}
  - {key: leads, name: Leads, privileges: {organization/groups: {level: custom, edit: [crew]}, organization/organization: view}}
members:
  - {email: lead@example.com, name: Team Lead, groups: [leads]}
  - {email: one@example.com, name: First One, groups: [crew]}
  - {email: two@example.com, name: Second One, groups: [others]}
`

// Edit on a group through Custom is all that it takes to manage its people, and nothing else opens by it.
func TestATeamLeadManagesThePeopleOfOneGroupAndNothingElse(t *testing.T) {
	inWorlds(t, webtest.Options{BaseURL: "https://console.example.com"}, func(t *testing.T, w world) {
		w.apply(t, leadFile)
		w.setPassword(t, "acme", "lead@example.com")
		lead := w.as(t, "lead@example.com")
		const tab = "/o/acme/groups/crew/members"
		page := lead.Get(tab)
		wantTexts(t, page, "You can edit this group, so you manage its people: add them, invite others, change when they leave and remove them.")
		if other := lead.Get("/o/acme/groups/others/members"); strings.Contains(other.Text("main"), "You can edit this group") ||
			other.Find("a[href$='/-/invite']").Length() != 0 {
			t.Errorf("another group says %s", other.Text("main"))
		}
		if all := w.as(t, "admin@example.com").Get(tab); strings.Contains(all.Text("main"), "You can edit this group") {
			t.Error("who edits all groups is told what a team lead may do")
		}

		added := lead.Get(tab+"/-/invite").Submit("Add members", url.Values{"who_typed": {"two@example.com new@example.com"}})
		if len(w.memberships(t, "two@example.com")) == 1 { // asked first
			added = added.SubmitAmong(".btn-primary", added.Text(".btn-primary"), nil)
		}
		if got := len(w.memberships(t, "two@example.com")); got != 2 {
			t.Fatalf("added: %d memberships, %s", got, added.Text("body"))
		}
		wantTexts(t, lead.Get(tab), "new@example.com", "Second One")
		removed := lead.Get(tab+"/-/delete?member=two%40example.com").Submit("Delete from group", nil)
		if got := len(w.memberships(t, "two@example.com")); removed.Status != http.StatusOK || got != 1 {
			t.Errorf("removed: %d memberships, %s", got, removed.Text("body"))
		}

		for _, path := range []string{"/o/acme/groups/-/add", "/o/acme/api-keys", "/o/acme/activity", "/o/acme/resources/content/sources",
			"/o/acme/temporary-access", "/o/acme/groups/others/members/-/invite", "/o/acme/groups/others/members/-/delete?member=two%40example.com",
			"/o/acme/members/-/many/remove?picked=1"} {
			if page := lead.Get(path); page.Status != http.StatusForbidden {
				t.Errorf("%s is answered with %d: %s", path, page.Status, page.Text("main"))
			}
		}
		for path, form := range map[string]url.Values{
			"/o/acme/groups/others/members/-/delete": {"member": {"two@example.com"}},
			"/o/acme/groups/others/members/-/invite": {"who_typed": {"new@example.com"}},
			"/o/acme/groups/others":                  {"name": {"Taken"}, "revision": {"0"}},
			"/o/acme/organization/name":              {"name": {"Taken"}},
		} {
			if page := lead.Post(path, form); page.Status != http.StatusForbidden {
				t.Errorf("POST %s is answered with %d: %s", path, page.Status, page.Text("main"))
			}
		}
	})
}

// R7: of a group that holds more than they do a team lead is told why they add nobody, and what they can do.
func TestATeamLeadIsToldWhyNobodyCanBeAdded(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.apply(t, strings.Replace(leadFile, "key: crew, name: Crew, privileges: {", "key: crew, name: Crew, privileges: {content/fields: edit, ", 1))
		w.setPassword(t, "acme", "lead@example.com")
		lead := w.as(t, "lead@example.com")
		page := lead.Get("/o/acme/groups/crew/members")
		wantTexts(t, page, "You can edit this group, so you can remove people from it.", "You can’t add anybody:")
		if page.Find("a[href$='/-/invite']").Length() != 0 {
			t.Error("it offers to add somebody")
		}
		until := w.clock.Now().Add(time.Hour)
		_, err := w.Console.AddMember(t.Context(), w.by(t, "lead@example.com"), "crew", services.NewMembership{Email: "two@example.com", Until: &until})
		if err == nil {
			t.Error("they add somebody")
		}
	})
}

// The Access tab of a group says what a team lead needs.
func TestTheAccessTabOfAGroupSaysWhatATeamLeadNeeds(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		const needs = "Edit is all that a team lead needs to manage the people of a group."
		admin := w.as(t, "admin@example.com")
		wantTexts(t, admin.Get("/o/acme/groups/team/access"), needs)
		if page := admin.Get("/o/acme/resources/content/sources/jira/access"); strings.Contains(page.Text("main"), needs) {
			t.Error("so does that of a source")
		}
	})
}
