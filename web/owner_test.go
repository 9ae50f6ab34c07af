package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// An owner is any of the members, found by words in any order; what else was typed is kept, and nothing is saved by looking.
func TestAnOwnerIsFoundAmongAllMembers(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		var file strings.Builder
		file.WriteString("version: 1\norganization: {key: acme, name: Acme}\nmembers:\n")
		for n := range 60 {
			fmt.Fprintf(&file, "  - {email: content.editor%02d@example.com, name: Content Editor %02d, groups: [team]}\n", n, n)
		}
		file.WriteString("  - {email: z.writer@example.com, name: Zoë Writer, groups: [team]}\n")
		w.apply(t, file.String())
		admin := w.as(t, "admin@example.com")
		const jira = "/o/acme/resources/content/sources/jira"
		tab := admin.Get(jira)
		was := tab.Find("[name=owner]").AttrOr("value", "")
		found := tab.Submit("Find", url.Values{"owner": {"editor cont"}, "name": {"Jira renamed"}})
		if n := found.Find("input[name='owner.found']").Length(); found.Status != http.StatusOK || n != 20 || found.Text("[data-found]") != "20 of 60 shown. Type more to narrow." {
			t.Errorf("%d: %d found, %q", found.Status, n, found.Text("[data-found]"))
		}
		if found.Find("[name=name]").AttrOr("value", "") != "Jira renamed" || admin.Get(jira).Find("[name=owner]").AttrOr("value", "") != was {
			t.Error("looking for somebody loses what was typed, or saves it")
		}
		found = found.Submit("Find", url.Values{"owner": {"wri zoe"}})
		if marked := found.Text(".people-found"); found.Find("mark").Length() != 3 || !strings.HasPrefix(marked, "Zoë Writer") {
			t.Errorf("found are %q", marked)
		}
		saved := found.Submit("Save", url.Values{"owner.found": {"z.writer@example.com"}})
		if saved.Status != http.StatusOK || saved.Find("[name=owner]").AttrOr("value", "") != "z.writer@example.com" || saved.Find("[name=name]").AttrOr("value", "") != "Jira renamed" {
			t.Errorf("%d: %s", saved.Status, saved.Text("main"))
		}
		nobody := saved.Submit("Find", url.Values{"owner": {"xyz"}})
		if nobody.Text("[data-found]") != "No member matches “xyz”." {
			t.Errorf("nobody found: %q", nobody.Text("[data-found]"))
		}
		added := admin.Get("/o/acme/resources/content/sources/-/add").Submit("Find", url.Values{"owner": {"zoe"}, "name": {"Wiki"}}).
			Submit("Add source", url.Values{"owner.found": {"z.writer@example.com"}})
		if !strings.Contains(added.Body, "Wiki added.") {
			t.Errorf("added with an owner that was found: %d %s", added.Status, added.Text("main"))
		}
	})
}

// Attack: whoever may not edit a source looks for members on its form. It shows them nothing that the list of members does not.
func TestLookingForAnOwnerTakesTheSource(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		form := url.Values{"step": {"filter"}, "owner": {"admin"}}
		if page := w.as(t, "viewer@example.com").Post("/o/acme/resources/content/sources/jira", form); page.Status != http.StatusOK || !strings.Contains(page.Text("main"), "You can view this source, not edit it.") || strings.Contains(page.Text("main"), "admin@example.com") {
			t.Errorf("%d: %s", page.Status, page.Text("main"))
		}
		if page := w.as(t, "viewer@example.com").Post("/o/acme/resources/content/sources/-/add", form); page.Status != http.StatusForbidden {
			t.Errorf("who may not add: %d", page.Status)
		}
	})
}
