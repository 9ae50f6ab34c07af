package web_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestOverviewIsWhereWhoViewsGroupsLands(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		w.apply(t, peopleKeys)
		admin := w.as(t, "admin@example.com")
		page := admin.Get("/o/story")
		if page.Status != http.StatusOK || page.Title() != "Overview" || page.Text(".rail-top [aria-current]") != "Overview" {
			t.Fatalf("%d: %q", page.Status, page.Text("main"))
		}
		for _, card := range page.Find(".attend").EachIter() {
			list := admin.Get(card.AttrOr("href", ""))
			if list.Status != http.StatusOK || list.Find("tbody tr").Length() == 0 {
				t.Errorf("%q leads to %d: %q", card.Text(), list.Status, list.Text("main"))
			}
		}
		if got := page.Text("main"); !strings.Contains(got, "groups have no members") || !strings.Contains(got, "Last changes") || !strings.Contains(got, "API keys never used") {
			t.Errorf("the administrator sees %q", got)
		}
		never := page.Find(".table-unused tr:last-child a").First()
		if list := admin.Get(never.AttrOr("href", "")); list.Find("tbody tr").Length() != 2 {
			t.Errorf("%s leads to %q", never.AttrOr("href", ""), list.Text("main"))
		}
	})
}

// A part is there only for who may open the page that it leads to, and the page only for who may view groups.
func TestOverviewShowsNobodyWhatTheyMayNotView(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		w.apply(t, peopleKeys)
		reader := w.as(t, "reader@example.com").Get("/o/story")
		if got := reader.Text("main"); reader.Status != http.StatusOK || strings.Contains(got, "Last changes") || strings.Contains(got, "API key") || strings.Contains(got, "mails") {
			t.Errorf("%d: the reader sees %q", reader.Status, got)
		}
		for email, want := range map[string]string{"maker@example.com": "/o/story/resources/content/sources", "insider@example.com": "/o/story"} {
			by := w.as(t, email)
			page := by.Get("/o/story")
			if page.Address.Path != want || page.Title() == "Overview" || page.Find(".rail-top").Length() != 0 {
				t.Errorf("%s lands at %s: %q", email, page.Address, page.Title())
			}
		}
		maker := w.as(t, "maker@example.com")
		for _, path := range []string{"/o/story/members?unused=never", "/o/story/members?ends=14"} {
			if got := maker.Get(path); got.Status != http.StatusForbidden {
				t.Errorf("who may not view groups gets %d at %s", got.Status, path)
			}
		}
	})
}

func TestLandingIsWhereMostCanBeDone(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		w.apply(t, `
version: 1
organization: {key: story, name: Story}
groups:
  - key: makers
    name: Makers
    privileges: {content/extensions: view, search/query-pipelines: edit, organization/organization: view}
`)
		if page := w.as(t, "maker@example.com").Get("/o/story"); page.Address.Path != "/o/story/resources/search/query-pipelines" {
			t.Errorf("who edits query pipelines and views extensions lands at %s", page.Address)
		}
	})
}
