package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/services"
)

// A form that is searched leads to the address that shows the same, unless something is chosen that would be lost. Then it is drawn in
// the answer, which says that address: it holds no choice.
func TestASearchedFormHasAnAddress(t *testing.T) {
	onManyGroups(t, func(t *testing.T, w world) {
		w.setPassword(t, "acme", "administrator@example.com")
		admin := w.as(t, "administrator@example.com")
		for _, test := range []struct {
			path   string
			search url.Values
			choose url.Values
			at     string
			shows  string
		}{
			{"/o/acme/groups/g00/privileges", url.Values{"q": {"groups"}, "show": {"granted"}}, url.Values{"level.content/sources": {"edit"}}, "?q=groups&show=granted", "groups"},
			{readAccess, url.Values{"q": {"g7"}}, url.Values{"access.group:g01": {"edit"}}, "?q=g7", "g7"},
			{w.memberPath(t, "reader@example.com") + "/groups", url.Values{"q": {"g7"}, "show": {"joined"}}, url.Values{"in.g01": {"yes"}}, "?q=g7&show=joined", "g7"},
		} {
			searched := admin.Get(test.path).Submit("Review changes", test.search)
			if searched.Status != http.StatusOK || searched.Address.RequestURI() != test.path+test.at || searched.Find("main [name=q]").AttrOr("value", "") != test.shows {
				t.Errorf("%s: %d at %s", test.path, searched.Status, searched.Address)
			}
			for name, values := range test.search {
				test.choose[name] = values
			}
			chosen := admin.Get(test.path).Submit("Review changes", test.choose)
			if chosen.Status != http.StatusOK || chosen.Address.RequestURI() != test.path || chosen.Header.Get("Content-Location") != test.path+test.at {
				t.Errorf("%s with a choice: %d at %s, which says %q", test.path, chosen.Status, chosen.Address, chosen.Header.Get("Content-Location"))
			}
			if !strings.Contains(chosen.Text("#savebar"), " change") {
				t.Errorf("%s: the choice is lost: %s", test.path, chosen.Text("#savebar"))
			}
		}
	})
}

// Saving keeps what the tab shows.
func TestSavingPrivilegesKeepsWhatTheTabShows(t *testing.T) {
	onManyGroups(t, func(t *testing.T, w world) {
		w.setPassword(t, "acme", "administrator@example.com")
		const tab = "/o/acme/groups/g00/privileges"
		saved := w.as(t, "administrator@example.com").Get(tab+"?q=content&show=granted").Submit("Save", url.Values{"level.content/sources": {"edit"}})
		if saved.Status != http.StatusOK || saved.Address.RequestURI() != tab+"?q=content&show=granted" || !strings.Contains(saved.Body, "Saved") {
			t.Errorf("%d at %s: %s", saved.Status, saved.Address, saved.Text("main"))
		}
	})
}

// As many choices as a form takes fit into one request, also where the keys of things are as long as they may be.
func TestAFormTakesAThousandChoices(t *testing.T) {
	onManyGroups(t, func(t *testing.T, w world) {
		long := func(n int) string { return fmt.Sprintf("%064d", n) }
		var file strings.Builder
		file.WriteString("version: 1\norganization: {key: acme, name: Acme}\nresources:\n  content/sources:\n")
		for n := range services.MaxChoices {
			fmt.Fprintf(&file, "    - {key: %q, name: Source %d}\n", long(n), n)
		}
		w.apply(t, file.String())
		w.setPassword(t, "acme", "administrator@example.com")
		tab := w.as(t, "administrator@example.com").Get("/o/acme/groups/g00/privileges?q.content/sources=source")
		tab = tab.Submit("Edit for all sources found", url.Values{"level.content/sources": {"custom"}})
		if tab.Status != http.StatusOK || !strings.Contains(tab.Text("#savebar"), "1,001 changes") {
			t.Fatalf("all set: %d, %s", tab.Status, tab.Text("#savebar"))
		}
		saved := tab.Submit("Save", nil)
		if saved.Status != http.StatusOK || !strings.Contains(saved.Text("#d-content-sources .editor-count"), "1,000 of 1,000+") {
			t.Errorf("saved: %d, %s", saved.Status, saved.Text("#d-content-sources .editor-count")+saved.Text("main [role=alert]"))
		}
	})
}
