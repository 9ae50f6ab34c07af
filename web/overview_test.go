package web_test

import (
	"net/http"
	"strings"
	"testing"

	"bailiwick/web/webtest"
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

// What an organization lacks at its beginning is said as steps, with a button for who may take the step; what is done has none, and
// once all is done nothing is said.
func TestOverviewLeadsThroughTheFirstSteps(t *testing.T) {
	const file = `
version: 1
organization: {key: fresh, name: Fresh}
groups:
  - {key: lookers, name: Lookers, privileges: {organization/groups: view, organization/organization: view}}
members:
  - {email: admin@example.com, name: Administrator, groups: [administrators]}
`
	inCopies(t, peopled([]string{file}, "fresh: admin"), webtest.Options{}, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		page := admin.Get("/o/fresh")
		if got := page.Text("#setup"); got != "Set up Fresh" {
			t.Fatalf("the steps are called %q: %q", got, page.Text("main"))
		}
		done := page.Find(".steps li[data-done]")
		if done.Length() != 2 || done.Find("a").Length() != 0 || page.Find(".steps li").Length() != 4 {
			t.Errorf("%d of %d steps are done, with %d buttons", done.Length(), page.Find(".steps li").Length(), done.Find("a").Length())
		}
		for _, action := range page.Find(".steps li:not([data-done]) a").EachIter() {
			if form := admin.Get(action.AttrOr("href", "")); form.Status != http.StatusOK || form.Find("main form[method=post]").Length() == 0 {
				t.Errorf("%q leads to %d: %q", action.Text(), form.Status, form.Text("main"))
			}
		}
		w.apply(t, file+"  - {email: looker@example.com, name: Looker, groups: [lookers]}\n")
		w.setPassword(t, "fresh", "looker@example.com")
		looker := w.as(t, "looker@example.com").Get("/o/fresh")
		if steps := looker.Find(".steps li"); steps.Length() != 4 || looker.Find(".steps a").Length() != 0 || looker.Find(".steps li[data-done]").Length() != 3 {
			t.Errorf("who may only look sees %d steps: %q", steps.Length(), steps.Text())
		}
		w.apply(t, "\nversion: 1\norganization: {key: fresh, name: Fresh}\nresources:\n  content/sources:\n    - {key: web, name: Web}\n")
		if page := admin.Get("/o/fresh"); page.Find("#setup").Length() != 0 {
			t.Errorf("all is done, and the page says %q", page.Text(".steps"))
		}
	})
}

func TestOverviewShowsWhoIsHereThroughTemporaryAccess(t *testing.T) {
	inVisitedWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		if page := admin.Get("/o/acme"); page.Find("#lent").Length() != 0 {
			t.Errorf("nobody is here, and the page says %q", page.Text("main"))
		}
		request(t, w.as(t, "agent@vendor.example"), nil)
		page := admin.Get("/o/acme")
		now := page.Find("section[aria-labelledby=lent]")
		access := admin.Get(now.Find("a").AttrOr("href", ""))
		if now.Find(".countdown").Length() != 1 || !strings.Contains(now.Text(), because) || now.Find("progress").AttrOr("value", "") != "0" || access.Status != http.StatusOK || !strings.Contains(access.Text("main"), because) {
			t.Errorf("here is %q, which leads to %d: %q", now.Text(), access.Status, access.Text("main"))
		}
		if card := page.Find(".attend[href*=temporary-access]"); card.Find(".attend-n").Text() != "1" {
			t.Errorf("the card says %q", card.Text())
		}
		viewer := w.as(t, "viewer@example.com").Get("/o/acme")
		if viewer.Status != http.StatusOK || strings.Contains(viewer.Text("main"), because) || viewer.Find("#lent, .attend[href*=temporary-access]").Length() != 0 {
			t.Errorf("who may not view temporary access reads %d: %q", viewer.Status, viewer.Text("main"))
		}
	})
}
