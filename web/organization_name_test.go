package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"bailiwick/web/webtest"
)

func TestTheOrganizationIsRenamedOnItsPage(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin, viewer := w.as(t, "admin@example.com"), w.as(t, "viewer@example.com")
		const address = "/o/acme/organization"
		if n := viewer.Get(address).Find("main input").Length(); n != 0 {
			t.Errorf("who may not edit it is shown %d fields", n)
		}
		form := admin.Get(address)
		if page := form.Submit("Save name", url.Values{"name": {" "}}); page.Status != http.StatusUnprocessableEntity || page.Text("#name-error") != "Enter a name." {
			t.Errorf("no name: %d %q", page.Status, page.Text("#name-error"))
		}
		if page := form.Submit("Save name", url.Values{"name": {"Acme & Sons"}}); page.Status != http.StatusOK || page.Text("h1") != "Acme & Sons" {
			t.Errorf("renamed: %d %q", page.Status, page.Text("h1"))
		}
		overtaken := form.Submit("Save name", url.Values{"name": {"Acme Brothers"}}) // from the form of the first name
		if overtaken.Status != http.StatusConflict || overtaken.Find("[name=name]").AttrOr("value", "") != "Acme Brothers" || overtaken.Text("h1") != "Acme & Sons" {
			t.Errorf("overtaken: %d %q", overtaken.Status, overtaken.Text("main"))
		}
		if page := overtaken.Submit("Save name", nil); page.Text("h1") != "Acme Brothers" {
			t.Errorf("saved all the same: %d %q", page.Status, page.Text("main"))
		}
		event := admin.Get(admin.Get("/o/acme/activity").Find(`.event .event-acts a:contains("Link to this activity")`).AttrOr("href", ""))
		if shown := admin.Get(event.Find(`.event[open] .event-acts a:contains("Revert")`).AttrOr("href", "")); shown.Submit("Revert", nil).Status != http.StatusOK ||
			admin.Get(address).Text("h1") != "Acme & Sons" {
			t.Errorf("reverted it is %q; shown was %q", admin.Get(address).Text("h1"), shown.Text(".revert"))
		}
	})
}
