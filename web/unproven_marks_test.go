package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/services"
	"bailiwick/web/webtest"
)

// Attack: join by a copied link in somebody's name, and wait to be given more. Anyone who looks after the members sees that
// nobody has proven the address.
func TestMembersOfACopiedLinkAreMarkedUntilTheAddressIsProven(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		_, link := w.invite(t, "new@example.com", services.ProviderPassword)
		joined := w.Browser(t).Get(link).Submit("Join organization", url.Values{"name": {"Newcomer"}, "password": {password}})
		wantPage(t, joined, http.StatusOK, "/o/acme")
		admin := w.as(t, "admin@example.com")
		groups := "/members/" + w.member(t, "acme", "new@example.com") + "/groups"
		marked := func(page *webtest.Page) bool { return strings.Contains(page.Text("main"), "address not proven") }
		lists := []string{"/members", "/groups/viewers/members", strings.TrimSuffix(groups, "/groups"), groups}
		for _, path := range lists {
			if page := admin.Get("/o/acme" + path); !marked(page) || page.Find("tbody .chip[data-tone=warning], .page-head .chip[data-tone=warning]").Length() != 1 {
				t.Errorf("%s: %d %s", path, page.Status, page.Text("main"))
			}
		}
		form := url.Values{"rows": {"team viewers"}, "in.viewers": {"yes"}, "in.team": {"yes"}, "step": {"review"},
			"revision": {admin.Get("/o/acme"+groups).Find("[name=revision]").AttrOr("value", "")}}
		if page := admin.Post("/o/acme"+groups+"/preview", form); !strings.Contains(page.Body, "Nobody has proven that new@example.com is theirs.") {
			t.Errorf("before giving more the tab says %d %s", page.Status, page.Body)
		}
		form.Del("step")
		if page := admin.Post("/o/acme"+groups, form); page.Status != http.StatusUnprocessableEntity || page.Find("input[name=confirm_unproven]").Length() != 1 {
			t.Errorf("the tab gives more and asks nothing: %d %s", page.Status, page.Text("main"))
		}
		adding := url.Values{"who_typed": {"new@example.com"}, "until": {""}}
		asked := admin.Post("/o/acme/groups/team/members/-/invite", adding)
		if asked.Status != http.StatusUnprocessableEntity || asked.Find("input[name=confirm_unproven]").Length() != 1 || asked.Find("input[name=read_lines]").AttrOr("value", "") != "1:new@example.com" {
			t.Errorf("adding them asks nothing: %d %s", asked.Status, asked.Text("main"))
		}
		adding.Set("confirm_unproven", "yes")
		wantTexts(t, admin.Post("/o/acme/groups/team/members/-/invite", adding), "Newcomer (new@example.com) added.")
		if page := w.as(t, "outdoors@example.com").Get("/o/acme/members"); marked(page) {
			t.Error("who may not view groups learns of it")
		}
		w.setPassword(t, "acme", "new@example.com")
		for _, path := range lists {
			if page := admin.Get("/o/acme" + path); marked(page) {
				t.Errorf("%s: proven, and marked", path)
			}
		}
	})
}
