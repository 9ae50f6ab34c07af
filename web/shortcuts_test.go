package web_test

import (
	"net/http"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// Keys without Ctrl are off until somebody turns them on, for their own account alone; the page lists all keys without a script.
func TestBareKeysAreOffUntilTheirPersonTurnsThemOn(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		viewer, admin := w.as(t, "viewer@example.com"), w.as(t, "admin@example.com")
		on := func(b *webtest.Browser) bool {
			return b.Get("/o/acme/groups").Find("[data-shortcuts][data-bare-keys]").Length() == 1
		}
		page := viewer.Get("/shortcuts")
		if page.Status != http.StatusOK || !strings.Contains(page.Text("main"), "Ctrl K Search") && !strings.Contains(page.Text("main"), "CtrlK") || on(viewer) {
			t.Fatalf("%d %q, on %t", page.Status, page.Text("main"), on(viewer))
		}
		if link := viewer.Get("/o/acme/groups").Find(`a[href="/shortcuts"]`); link.Length() != 1 {
			t.Error("the account menu does not lead to the list of keys")
		}
		page = page.Submit("Save", map[string][]string{"shortcuts": {"yes"}})
		if !strings.Contains(page.Text("main"), "Keyboard shortcuts are on.") || !on(viewer) || on(admin) {
			t.Errorf("turned on: %q, own %t, others %t", page.Text("main"), on(viewer), on(admin))
		}
		if page.Submit("Save", map[string][]string{"shortcuts": nil}); on(viewer) {
			t.Error("they can’t be turned off")
		}
	})
}
