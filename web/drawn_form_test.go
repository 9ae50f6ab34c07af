package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/services"
)

// A form that a browser without the script sends to have it drawn again has an address, with all that was chosen: for this session alone,
// for an hour, and nothing is changed by it.
func TestAFormThatIsDrawnAgainHasAnAddressOfItsOwn(t *testing.T) {
	onManyGroups(t, func(t *testing.T, w world) {
		w.setPassword(t, "acme", "administrator@example.com")
		admin, elsewhere := w.as(t, "administrator@example.com"), w.as(t, "administrator@example.com")
		admin.Header = http.Header{"Sec-Fetch-Mode": {"navigate"}}
		const tab = "/o/acme/groups/g00/privileges"
		before := w.stateOf(t, "acme")
		drawn := admin.Get(tab).Submit("Review changes", url.Values{"q": {"content"}, "level.content/sources": {"edit"}})
		address := drawn.Address.RequestURI()
		if drawn.Status != http.StatusOK || drawn.Address.Path != tab || drawn.Address.Query().Get("q") != "content" || drawn.Address.Query().Get("drawn") == "" {
			t.Fatalf("%d at %s", drawn.Status, address)
		}
		for range 2 {
			if again := admin.Get(address); !strings.Contains(again.Text("#savebar"), "2 changes") || again.Text(".callout") != drawn.Text(".callout") {
				t.Errorf("it shows %q", again.Text("main"))
			}
		}
		if got := w.stateOf(t, "acme"); got != before {
			t.Error("drawing it changed something")
		}
		for whose, page := range map[string]string{
			"another session":   elsewhere.Get(address).Text("main"),
			"another form":      admin.Get(strings.Replace(address, "g00", "g01", 1)).Text("main"),
			"no text":           admin.Get(tab + "?drawn=%00").Text("main"),
			"no text either":    admin.Get(tab + "?drawn=%ff").Text("main"),
			"no mark of theirs": admin.Get(tab + "?drawn=none").Text("main"),
		} {
			if !strings.Contains(page, "This form is not kept any more.") || strings.Contains(page, "2 changes") {
				t.Errorf("%s shows %q", whose, page)
			}
		}
		saved := drawn.Submit("Save", nil)
		if saved.Address.Query().Has("drawn") || !strings.Contains(saved.Text("main"), "Saved") {
			t.Errorf("saved: %d at %s, %q", saved.Status, saved.Address, saved.Text("main"))
		}
		for range 3 { // the session goes on meanwhile
			w.clock.Advance(services.DrawnFormLife / 3)
			admin.Get(tab)
		}
		if late := admin.Get(address).Text("main"); !strings.Contains(late, "This form is not kept any more.") {
			t.Errorf("later it shows %q", late)
		}
	})
}
