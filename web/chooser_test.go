package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/web/webtest"
)

// A list is filtered by any of its groups, however many there are: one is found by its name, and the other filters stay.
func TestAGroupToFilterByIsFoundAmongMany(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		w.apply(t, modelstest.StoryFile)
		w.setPassword(t, "story", "admin@example.com")
		for n := range 140 {
			modelstest.Group(t, w.scope(t), fmt.Sprintf("crowd-%03d", n), nil)
		}
		modelstest.Group(t, w.scope(t), "zenith", nil)
		admin := w.as(t, "admin@example.com")
		for _, list := range []string{"/o/story/members?q=reader", "/o/story/members?unused=never&sort=-name"} {
			page := admin.Get(list)
			link := page.Find("form.filters a.filter-picker")
			if label := page.Text("form.filters a.filter-picker"); page.Status != http.StatusOK || label != "Any group" {
				t.Fatalf("%s: %d, filtered by %q", list, page.Status, label)
			}
			page = admin.Get(link.AttrOr("href", ""))
			if more := page.Text("dialog [role=status]"); page.Find("dialog input[type=radio]").Length() != 21 || more != "20 of 100+ shown. Type more to narrow." {
				t.Errorf("%d to choose, and %q", page.Find("dialog input[type=radio]").Length(), more)
			}
			page = page.SubmitAmong("dialog button", "Find", url.Values{"find": {"ZEN"}})
			if found := page.Find("dialog input[value=zenith]"); found.Length() != 1 || page.Text("dialog mark") != "zen" {
				t.Fatalf("found are %q", page.Text("dialog ul"))
			}
			page = page.SubmitAmong("dialog button", "Choose", url.Values{"choice": {"zenith"}})
			if label := page.Text("form.filters a.filter-picker"); label != "zenith" || page.Address.Path != "/o/story/members" {
				t.Errorf("%s: filtered by %q", page.Address, label)
			}
			was, _ := url.Parse(list)
			for name, values := range was.Query() {
				if page.Address.Query().Get(name) != values[0] {
					t.Errorf("the choice takes %s out of %s", name, page.Address)
				}
			}
			if carried := page.Find("form.filters input[name=group][value=zenith]").Length(); carried != 1 {
				t.Error("the next filter takes the group out")
			}
			page = admin.Get(page.Find("form.filters a.filter-picker").AttrOr("href", ""))
			if checked := page.Find("dialog input[value=zenith][checked]").Length(); checked != 1 || page.Find("dialog a[data-close]").AttrOr("href", "") == "" {
				t.Error("the choice does not begin with what is chosen")
			}
			page = page.SubmitAmong("dialog button", "Choose", url.Values{"choice": {""}})
			if page.Text("form.filters a.filter-picker") != "Any group" || page.Address.Query().Has("group") {
				t.Errorf("none chosen: %s", page.Address)
			}
		}
		if page := admin.Get("/o/story/choose/groups?step=choose&choice=zenith&return=" + url.QueryEscape("https://example.org/")); !strings.HasPrefix(page.Address.Path, "/o/story") {
			t.Errorf("the choice leads to %s", page.Address)
		}
	})
}

// Domains are many too: the list of groups finds one by the name of its service as well.
func TestADomainToFilterByIsFound(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		page := w.as(t, "admin@example.com").Get("/o/acme/groups?sort=members")
		page = w.as(t, "admin@example.com").Get(page.Find("form.filters a.filter-picker").AttrOr("href", ""))
		page = page.SubmitAmong("dialog button", "Find", url.Values{"find": {"content sources"}})
		if page.Find("dialog input[type=radio]").Length() != 2 {
			t.Fatalf("found are %q", page.Text("dialog ul"))
		}
		page = page.SubmitAmong("dialog button", "Choose", url.Values{"choice": {"content/sources"}})
		if label := page.Text("form.filters a.filter-picker"); label != "Content / Sources" || page.Address.RawQuery != "domain=content%2Fsources&sort=members" {
			t.Errorf("%s: %q", page.Address, label)
		}
	})
}
