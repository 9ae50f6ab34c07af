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

// With more groups than fit, those to compare are found by their names, and what is chosen stays chosen.
func TestGroupsToCompareAreFoundByName(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		w.apply(t, modelstest.StoryFile)
		w.setPassword(t, "story", "admin@example.com")
		for n := range 60 {
			modelstest.Group(t, w.scope(t), fmt.Sprintf("crowd-%02d", n), nil)
		}
		modelstest.Group(t, w.scope(t), "zenith", nil)
		page := w.as(t, "admin@example.com").Get("/o/story/groups/-/compare?group=crowd-00")
		if page.Status != http.StatusOK || !strings.Contains(page.Text("#compare-limit"), "There are more groups") {
			t.Fatalf("%d: %s", page.Status, page.Text("main"))
		}
		if page.Find("input[value=zenith]").Length() != 0 {
			t.Error("zenith fits, so nothing has to be found")
		}
		page = page.Submit("Find", url.Values{"q": {"ZEN"}})
		if got := page.Find("input[name=group]").Length(); got != 2 {
			t.Fatalf("%d groups can be chosen, want the one chosen before and the one found", got)
		}
		if page.Find("input[value=crowd-00][checked]").Length() != 1 {
			t.Error("the choice from before is lost")
		}
		page = page.Submit("Compare", url.Values{"group": {"crowd-00", "zenith"}})
		if head := page.Text("thead"); !strings.Contains(head, "crowd-00") || !strings.Contains(head, "zenith") {
			t.Errorf("compared are %s", head)
		}
		if page = page.Submit("Find", url.Values{"group": {}, "q": {"nobody"}}); page.Text("#compare-limit") != "No group has this in its name." {
			t.Errorf("without a match: %s", page.Text("#compare-limit"))
		}
	})
}
