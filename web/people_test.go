package web_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

const webPeople = "/o/story/resources/content/sources/jira/people"

// peopleKeys are beside the story: somebody who views groups, and no API keys.
const peopleKeys = `
version: 1
organization: {key: story, name: Story}
api_keys:
  - {key: indexing, name: Indexing, privileges: {content/sources: {level: custom, edit: [jira]}}}
  - {key: watching, name: Watching, privileges: {content/sources: view}}
`

func TestPeopleTabListsWhoCanReachASource(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		w.apply(t, peopleKeys)
		admin := w.as(t, "admin@example.com")
		page := admin.Get(webPeople)
		if page.Status != http.StatusOK || page.Find("tbody > tr").Length() != 7 {
			t.Fatalf("%d: %s", page.Status, page.Text("main"))
		}
		for text, want := range map[string]bool{
			"All 7 Can edit 4 View only 3": true, "5 people, 2 API keys": true, "Custom, on the editor list": true, "Indexing API key": true,
			"not listed": false,
		} {
			if got := strings.Contains(page.Text("main"), text); got != want {
				t.Errorf("%q: %t in %q", text, got, page.Text("main"))
			}
		}
		editors := admin.Get(webPeople + "?level=edit&group=delegates")
		if got := editors.Text("tbody"); !strings.Contains(got, "Delegate") || editors.Find("tbody > tr").Length() != 1 {
			t.Errorf("editors through one group are %q", got)
		}
		if none := admin.Get(webPeople + "?q=nobody+at+all"); !strings.Contains(none.Text(".empty"), "Nobody matches") {
			t.Errorf("without a match: %q", none.Text("main"))
		}
		open := page.Find(".ways-more:not(.only-narrow)").First().AttrOr("href", "")
		ways := admin.Get(strings.Split(open, "#")[0])
		if got := ways.Text(".ways"); !strings.Contains(got, "Edit all on Sources") || !strings.Contains(got, "To take Edit away, the first group has to change. Then View stays, from the second.") {
			t.Errorf("%s leads to %q", open, got)
		}
	})
}

// What somebody may not view is in no row, no count and no file.
func TestPeopleTabShowsNothingThatItsReaderMayNotSee(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		w.apply(t, peopleKeys)
		reader := w.as(t, "reader@example.com")
		page, file := reader.Get(webPeople), reader.Get(webPeople+".csv")
		if page.Status != http.StatusOK || !strings.Contains(page.Text("main"), "API keys are not listed, because you may not view them.") {
			t.Errorf("%d: %s", page.Status, page.Text("main"))
		}
		if strings.Contains(page.Body+file.Body, "Indexing") || !strings.Contains(page.Text(".seg"), "All 5") {
			t.Errorf("the reader sees %q and %q", page.Text("main"), file.Body)
		}
		for _, email := range []string{"insider@example.com", "maker@example.com"} {
			by := w.as(t, email)
			for _, path := range []string{webPeople, webPeople + ".csv", "/o/story/resources/content/sources/missing/people", "/o/story/resources/content/sources/-/people"} {
				if got := by.Get(path); got.Status != http.StatusForbidden {
					t.Errorf("%s gets %d at %s", email, got.Status, path)
				}
			}
			if source := by.Get("/o/story/resources/content/sources/jira"); strings.Contains(source.Text(".tabs"), "People") {
				t.Errorf("%s is shown the tab: %q", email, source.Text(".tabs"))
			}
		}
		if got := reader.Get("/o/story/api-keys/indexing/people"); got.Status != http.StatusForbidden {
			t.Errorf("of an API key the reader gets %d", got.Status)
		}
		if got := reader.Get("/o/story/resources/content/sources/elsewhere/people"); got.Status != http.StatusNotFound {
			t.Errorf("of another organization’s source the reader gets %d", got.Status)
		}
	})
}

func TestPeopleOfADomainAreWhoHasIt(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		tab := admin.Get("/o/story/resources/content/sources").Find(".tabs li:last-child a")
		sources := admin.Get(tab.AttrOr("href", ""))
		if got := sources.Text("main"); !strings.Contains(got, "All 5 Can edit 2 View only 3") || !strings.Contains(got, "Custom") {
			t.Errorf("sources: %q", got)
		}
		impersonate := admin.Get("/o/story/resources/analytics/impersonate/-/people")
		if got := impersonate.Text("main"); impersonate.Status != http.StatusOK || !strings.Contains(got, "2 people") || impersonate.Find(".seg").Length() != 0 {
			t.Errorf("%d: %q", impersonate.Status, got)
		}
		if unknown := admin.Get("/o/story/resources/no/such/-/people"); unknown.Status != http.StatusNotFound {
			t.Errorf("a domain that there is not answers %d", unknown.Status)
		}
		if got := admin.Get("/o/story/resources/analytics/impersonate/-/people.csv").Header.Get("Content-Disposition"); !strings.HasPrefix(got, `attachment; filename="story-people-of-impersonate-2`) {
			t.Errorf("the file of a domain is %q", got)
		}
		file := admin.Get("/o/story/groups/team/people.csv?level=edit")
		if got := file.Header.Get("Content-Disposition"); !strings.HasPrefix(got, `attachment; filename="story-people-of-team-2`) {
			t.Errorf("the file is %q", got)
		}
		if lines := table(t, file); lines[0][7] != "All ways" || lines[1][6] != strconv.Itoa(strings.Count(lines[1][7], ";")+1) || !strings.HasPrefix(lines[1][7], lines[1][4]+": "+lines[1][5]) {
			t.Errorf("of the ways it says %q", lines)
		}
		if got := strings.Count(file.Body, "\r\n"); file.Status != http.StatusOK || got != 4 || !strings.Contains(file.Body, `"Delegate","delegate@example.com","Member","Edit","Delegates"`) {
			t.Errorf("%d: %q", file.Status, file.Body)
		}
	})
}

// Links lead to the people of a domain that has no page of its own: from the search, from an answer of Explain access, and from its row
// of a Privileges tab.
func TestLinksLeadToThePeopleOfADomain(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		const people = "/o/story/resources/analytics/reports/-/people"
		admin, reader := w.as(t, "admin@example.com"), w.as(t, "reader@example.com")
		for address, where := range map[string]string{
			"/o/story/search?q=reports":                          "main .hit",
			"/o/story/search?q=who+peop+repor":                   "main .hit",
			"/o/story/explain?can=view&what=analytics%2Freports": ".explain-foot a.link",
			"/o/story/groups/readers/privileges":                 "main",
		} {
			by := reader
			if strings.HasSuffix(address, "/privileges") { // whoever may not edit sees the held level alone
				by = admin
			}
			links := by.Get(address).Find(where + " a, " + where).FilterFunction(func(_ int, s *goquery.Selection) bool { return s.AttrOr("href", "") == people })
			if links.Length() != 1 || strings.TrimSpace(links.Text()) != "People who can reach Reports" {
				t.Errorf("%s leads there %d times: %q", address, links.Length(), links.Text())
			}
		}
		if there := reader.Get(people); there.Status != http.StatusOK {
			t.Errorf("there: %d", there.Status)
		}
		for _, query := range []string{"people", "who", "sources+people"} {
			if hits := reader.Get("/o/story/search?q=" + query).Text("main"); strings.Contains(hits, "People who can reach") {
				t.Errorf("%q finds %q", query, hits)
			}
		}
		maker := w.as(t, "maker@example.com") // may not view groups
		for _, address := range []string{"/o/story/search?q=reports", "/o/story/explain?can=view&what=analytics%2Freports"} {
			if page := maker.Get(address); strings.Contains(page.Body, "/-/people") {
				t.Errorf("who may not see it is led there from %s", address)
			}
		}
	})
}
