package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"bailiwick/web/webtest"
)

const auditorsFile = `
version: 1
organization: {key: story, name: Story}
groups:
  - key: auditors
    name: Auditors
    privileges:
      content/sources: {level: custom, edit: [jira]}
      organization/activities: view
      organization/groups: view
      organization/organization: view
members:
  - {email: auditor@example.com, name: Auditor, groups: [auditors]}
`

// inAudits is inStories with somebody who may view activities and groups, and edit one of two sources.
func inAudits(t *testing.T, body func(t *testing.T, w world, auditor *webtest.Browser)) {
	t.Helper()
	inStories(t, func(t *testing.T, w world) {
		w.apply(t, auditorsFile)
		w.setPassword(t, "story", "auditor@example.com")
		body(t, w, w.as(t, "auditor@example.com"))
	})
}

func texts(s *goquery.Selection) []string {
	return s.Map(func(_ int, e *goquery.Selection) string { return strings.Join(strings.Fields(e.Text()), " ") })
}

// events are the sentences of a page of activities.
func events(page *webtest.Page) []string { return texts(page.Find("details.event .event-text")) }

func TestClockLeadsToWhatHappenedToThePage(t *testing.T) {
	inAudits(t, func(t *testing.T, w world, auditor *webtest.Browser) {
		for path, want := range map[string]struct{ label, heading string }{
			"/groups":                                   {"Activities of Groups", "Activities of Groups"},
			"/groups/team":                              {"Activities of Team", "Activities of Team"},
			"/groups/team/privileges":                   {"Activities of Team", "Activities of Team"},
			"/groups/team/members":                      {"Activities of Team", "Activities of Team"},
			"/groups/team/access":                       {"Activities of Team", "Activities of Team"},
			"/members":                                  {"Activities of Groups", "Activities of Groups"},
			"/resources/content/sources":                {"Activities of Sources", "Activities of Sources"},
			"/resources/content/sources/jira":           {"Activities of Jira", "Activities of Jira"},
			"/resources/content/sources/web/access":     {"Activities of Web", "Activities of Web"},
			"/resources/content/sources/none":           {"All activities", "Activities"},
			"/groups/-/compare?group=team&group=makers": {"Activities of Groups", "Activities of Groups"},
		} {
			clock := auditor.Get("/o/story" + path).Find(".topbar a[title]")
			if clock.AttrOr("aria-label", "") != want.label {
				t.Errorf("%s: the clock is called %q, want %q", path, clock.AttrOr("aria-label", ""), want.label)
				continue
			}
			page := auditor.Get(clock.AttrOr("href", ""))
			if page.Status != http.StatusOK || page.Title() != want.heading {
				t.Errorf("%s: the clock leads to %d %s", path, page.Status, page.Title())
			}
		}
	})
}

func TestWithoutActivitiesViewNothingLeadsToThem(t *testing.T) {
	inAudits(t, func(t *testing.T, w world, _ *webtest.Browser) {
		delegate := w.as(t, "delegate@example.com")
		for _, path := range []string{"/groups?selected=team", "/groups/team", "/resources/content/sources?selected=jira", "/resources/content/sources/web"} {
			page := delegate.Get("/o/story" + path)
			if page.Status != http.StatusOK || page.Find(`a[href*="/activity"]`).Length() != 0 {
				t.Errorf("%s: %d, with a way to activities", path, page.Status)
			}
		}
		for _, query := range []string{"", "?domain=content/sources&resource=jira", "?domain=content/sources&resource=none", "?q=x"} {
			page := delegate.Get("/o/story/activity" + query)
			if page.Status != http.StatusForbidden || !strings.Contains(page.Text("main"), "View on Organization / Activities") {
				t.Errorf("%s: %d %s", query, page.Status, page.Text("main"))
			}
		}
	})
}

// On a row that may be edited the Action bar leads to its activities, on one that may only be viewed its panel does.
func TestActivityIsAnActionOfEditableRowsAndALinkOfViewOnlyPanels(t *testing.T) {
	inAudits(t, func(t *testing.T, w world, auditor *webtest.Browser) {
		const sources = "/o/story/resources/content/sources"
		action := auditor.Get(sources + "?selected=jira").Find(`[role=toolbar] a[href*="/activity"]`)
		if got := texts(action); len(got) != 1 || got[0] != "Activity" {
			t.Errorf("the bar of the editable row offers %q", got)
		} else if page := auditor.Get(action.AttrOr("href", "")); page.Title() != "Activities of Jira" {
			t.Errorf("it leads to %s", page.Title())
		}
		for row, panel := range map[string]string{sources + "?selected=web": sources + "/web", "/o/story/groups?selected=team": "/o/story/groups/team"} {
			if bar := auditor.Get(row).Find(`[role=toolbar]`); bar.Find(`a[href*="/activity"]`).Length() != 0 || bar.AttrOr("data-state", "") != "readonly" {
				t.Errorf("%s: the bar of a row that may only be viewed is %s", row, strings.Join(texts(bar), " "))
			}
			link := auditor.Get(panel).Find(`main a[href*="/activity"]`)
			if got := texts(link); len(got) != 1 || got[0] != "Activity" {
				t.Errorf("%s: the panel links %q", panel, got)
			}
		}
		if jira := auditor.Get(sources + "/jira"); jira.Find(`main a[href*="/activity"]`).Length() != 0 {
			t.Error("the panel of the editable source links its activities as well")
		}
	})
}

func TestWhatHappenedReadsInWords(t *testing.T) {
	inAudits(t, func(t *testing.T, w world, auditor *webtest.Browser) {
		admin := w.as(t, "admin@example.com")
		admin.Get("/o/story/resources/content/sources/web/access").Submit("Save", url.Values{"access.group:readers": {"edit"}})
		delegate := w.as(t, "delegate@example.com")
		delegate.Post("/o/story/resources/content/sources/web/delete", url.Values{})
		page := auditor.Get("/o/story/activity?domain=content/sources&resource=web")
		want := []string{"Delegate (delegate@example.com) was not allowed to delete the source Web", "Story Administrator (admin@example.com) gave Readers Edit on Web", "Operator added the source Web"}
		if got := events(page); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Fatalf("the page says %q, want %q", got, want)
		}
		if got := page.Text("details.event .event-body"); !strings.HasPrefix(got, "It needs Edit on Content / Sources.") || !strings.Contains(got, "From 127.0.0.1") {
			t.Errorf("the refusal says %q", got)
		}
		changed := texts(page.Find("details.event").Eq(1).Find("tbody tr > *"))
		if strings.Join(changed, "|") != "Readers|View|Edit" {
			t.Errorf("the table says %q", changed)
		}
		group := auditor.Get("/o/story/activity?domain=organization/groups&resource=readers")
		changed = texts(group.Find("details.event").First().Find("tbody tr > *"))
		if strings.Join(changed, "|") != "Content / Sources|View all|Custom|Content / Sources / Web|View|Edit" {
			t.Errorf("of the group the table says %q", changed)
		}
		if lead := auditor.Get("/o/story/activity").Text(".page-head p"); !strings.Contains(lead, "pages that you can’t open") {
			t.Errorf("the page does not say that it shows what its reader can’t open: %s", lead)
		}
	})
}

func TestActivitiesAreFilteredWithoutAScript(t *testing.T) {
	inAudits(t, func(t *testing.T, w world, auditor *webtest.Browser) {
		admin := w.as(t, "admin@example.com")
		admin.Post("/o/story/groups/team/duplicate", url.Values{})
		w.as(t, "reader@example.com").Post("/o/story/groups/team/delete", url.Values{})
		yesterday, tomorrow := w.clock.Now().UTC().AddDate(0, 0, -1).Format(time.DateOnly), w.clock.Now().UTC().AddDate(0, 0, 1).Format(time.DateOnly)
		page := auditor.Get("/o/story/activity")
		for _, c := range []struct {
			values url.Values
			want   string
		}{
			{url.Values{"outcome": {"refused"}}, "Reader (reader@example.com) was not allowed to delete the group Team"},
			{url.Values{"who": {"admin@example.com"}}, "Story Administrator (admin@example.com) duplicated Team as Team_copy"},
			{url.Values{"q": {"team_copy"}}, "Story Administrator (admin@example.com) duplicated Team as Team_copy"},
			{url.Values{"who": {"admin@example.com"}, "outcome": {"refused"}}, ""},
			{url.Values{"outcome": {"refused"}, "when": {"today"}}, "Reader (reader@example.com) was not allowed to delete the group Team"},
			{url.Values{"q": {"team_copy"}, "when": {"7"}}, "Story Administrator (admin@example.com) duplicated Team as Team_copy"},
		} {
			found := page.Submit("Apply filter", c.values)
			if got := strings.Join(events(found), "|"); found.Status != http.StatusOK || got != c.want {
				t.Errorf("%v: %d %q, want %q", c.values, found.Status, got, c.want)
			}
			if c.want == "" && (found.Text(".empty h2") != "No activity matches" || found.Find(`.empty a[href="/o/story/activity"]`).Length() != 1) {
				t.Errorf("of nothing the page says %q", found.Text(".empty"))
			}
		}
		days := page.Submit("Apply filter", url.Values{"when": {"days"}, "outcome": {"refused"}})
		for _, c := range []struct {
			since, until, shown string
			events              int
		}{{yesterday, tomorrow, " UTC until ", 1}, {tomorrow, "", "Shown: since ", 0}, {"", yesterday, "Shown: until ", 0}, {tomorrow, yesterday, "The last day can’t be before the first.", 0},
			{"soon", "", "Enter a day, such as 2026-11-30.", 0}} {
			found := days.Submit("Apply filter", url.Values{"since": {c.since}, "until": {c.until}})
			if found.Status != http.StatusOK || len(events(found)) != c.events || !strings.Contains(found.Text("main"), c.shown) || found.Find("input[name=since]").AttrOr("value", "") != c.since {
				t.Errorf("from %s to %s: %d %q", c.since, c.until, found.Status, found.Text("main"))
			}
			file := auditor.Get(found.Find("a:contains('Download CSV')").AttrOr("href", "")).Body
			if lines := strings.Count(file, "\n") - 1; lines != c.events {
				t.Errorf("from %s to %s the file has %d lines: %s", c.since, c.until, lines, file)
			}
		}
		if nothing := auditor.Get("/o/story/activity?domain=content/fields").Text(".empty h2"); nothing != "Nothing happened here yet" {
			t.Errorf("where nothing happened the page says %q", nothing)
		}
		if strange := auditor.Get("/o/story/activity?domain=content/sources&resource=elsewhere"); strange.Status != http.StatusNotFound {
			t.Errorf("a thing of another organization: %d", strange.Status)
		}
	})
}
