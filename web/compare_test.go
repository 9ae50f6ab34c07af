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

// With more groups than fit, those to compare are found by words of their names in any order, and what is chosen stays chosen.
func TestGroupsToCompareAreFoundByName(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		w.apply(t, modelstest.StoryFile)
		w.setPassword(t, "story", "admin@example.com")
		for n := range 60 {
			modelstest.Group(t, w.scope(t), fmt.Sprintf("crowd-%02d", n), nil)
		}
		modelstest.Group(t, w.scope(t), "zenith", nil)
		page := w.as(t, "admin@example.com").Get("/o/story/groups/-/compare?add=yes&group=crowd-00&show=all")
		if page.Status != http.StatusOK || page.Text(".people-more") != "20 groups shown. Type a name to find others." {
			t.Fatalf("%d: %s", page.Status, page.Text("main"))
		}
		page = page.Submit("Find", url.Values{"find": {"ZEN"}})
		if got := page.Find("dialog input[type=checkbox]").Length(); got != 1 || page.Find("dialog input[type=hidden][value=crowd-00]").Length() != 1 {
			t.Fatalf("%d groups can be chosen: %s", got, page.Text("dialog"))
		}
		if none := page.Submit("Find", url.Values{"find": {"nobody"}}); none.Text(".people-more") != "No further group matches “nobody”." {
			t.Errorf("without a match: %s", none.Text(".people-more"))
		}
		page = page.Submit("Compare", url.Values{"group": {"crowd-00", "zenith"}}) // leads to the address of the comparison alone
		if head := page.Text("thead"); !strings.Contains(head, "crowd-00") || !strings.Contains(head, "zenith") || page.Find("dialog").Length() != 0 {
			t.Errorf("compared are %s", head)
		}
		if page.Find("input[name=show][value=all][checked]").Length() != 1 {
			t.Error("the filter is lost")
		}
		page = w.as(t, "admin@example.com").Get(page.Find("thead .btn").First().AttrOr("href", ""))
		if page.Text(".empty h2") != "One group alone" {
			t.Errorf("with one taken out: %s", page.Text("main"))
		}
	})
}

// A file holds what the page shows: with the things of the domain that is open, on all their pages.
func TestAComparisonAsAFile(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		w.apply(t, modelstest.Large{Key: "story", Groups: 5, Resources: 70}.File())
		w.setPassword(t, "story", "admin@story.example.com")
		lines := table(t, w.as(t, "admin@story.example.com").Get("/o/story/groups/-/compare/csv?group=team&group=group-0003&rows=content%2Fsources"))
		if head := strings.Join(lines[0][:4], ","); head != "Service,Domain,Thing,Team" || len(lines[0]) != 5 {
			t.Errorf("the head is %q", lines[0])
		}
		things := 0
		for _, line := range lines[1:] {
			switch {
			case line[1] == "Sources" && line[2] == "" && (line[3] != "Custom, Edit on 2 of 70" || line[4] != "Custom, Edit on 10 of 70"):
				t.Errorf("the domain reads %q", line)
			case line[1] == "Sources" && line[2] != "":
				things++
				if line[3] == line[4] {
					t.Errorf("no difference: %q", line)
				}
			}
		}
		if things != 12 {
			t.Errorf("%d sources differ, want 12", things)
		}
	})
}
