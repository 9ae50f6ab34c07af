package web_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/web/webtest"
)

// table is a file as a spreadsheet reads it, its head first.
func table(t *testing.T, page *webtest.Page) [][]string {
	t.Helper()
	text, marked := strings.CutPrefix(page.Body, "\ufeff")
	if page.Status != http.StatusOK || page.Header.Get("Content-Type") != "text/csv; charset=utf-8" || !marked {
		t.Fatalf("%d, %s, marked as UTF-8: %t: %.200s", page.Status, page.Header.Get("Content-Type"), marked, page.Body)
	}
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// download is the file that a list offers.
func download(t *testing.T, b *webtest.Browser, list string) [][]string {
	t.Helper()
	link := b.Get(list).Find(".page-actions a").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return strings.TrimSpace(s.Text()) == "Download CSV"
	})
	if link.Length() != 1 {
		t.Fatalf("%s offers %d files", list, link.Length())
	}
	return table(t, b.Get(link.AttrOr("href", "")))
}

// firsts are the first cells of a file's lines, without the head.
func firsts(lines [][]string) []string {
	var all []string
	for _, line := range lines[1:] {
		all = append(all, line[0])
	}
	return all
}

func TestFilesHoldWhatTheFilterShows(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		for _, test := range []struct{ list, head, first string }{
			{"/o/acme/groups", "Name,Key,Description,Kind,Members,Invitations,Identity sets,Privileges held,Last used (UTC),Last change (UTC)", "Administrators"},
			{"/o/acme/members", "Name,Email,First group,Groups,Status,Provider,Last used (UTC)", "Acme Administrator"},
			{"/o/acme/api-keys", "Name,Key,Status,Template,Privacy,Created by,Created (UTC),Expires (UTC),Last used (UTC)", ""},
			{"/o/acme/resources/content/sources", "Name,Key,Your access,Type,Visibility,Owner,Last operation,Last operation (UTC),Last modified (UTC)", ""},
			{"/o/acme/members/-/invitations", "Email,State,Groups,Provider,Invited by,Expires (UTC),Ended (UTC)", ""},
			{"/o/acme/temporary-access", "Requester,Email,Category,Justification,Status,Granted (UTC),Ends (UTC)", ""},
			{"/o/acme/activity", "Number,At (UTC),Who,Email,What,Kind,Operation,Outcome,From", ""},
		} {
			if test.first == "" {
				page := admin.Get(test.list)
				lines := download(t, admin, test.list)
				if got, rows := strings.Join(lines[0], ","), page.Find(".listing tbody tr, details.event").Length(); got != test.head || len(lines)-1 < rows {
					t.Errorf("%s: %q, %d lines of %d", test.list, got, len(lines)-1, rows)
				}
				continue
			}
			all := download(t, admin, test.list)
			if got := strings.Join(all[0], ","); got != test.head || len(all) < 4 || all[1][0] != test.first {
				t.Errorf("%s: %q, %q", test.list, got, firsts(all))
			}
			some := firsts(download(t, admin, test.list+"?q=view"))
			if len(some) == 0 || len(some) >= len(all)-1 || slices.ContainsFunc(some, func(name string) bool { return !strings.Contains(strings.ToLower(name), "view") }) {
				t.Errorf("%s with a filter: %q", test.list, some)
			}
			down := firsts(download(t, admin, test.list+"?sort=-name"))
			if slices.Reverse(down); !slices.Equal(down, firsts(all)) {
				t.Errorf("%s from the end: %q, from the beginning %q", test.list, down, firsts(all))
			}
		}
	})
}

// The Action bar of several rows has a file of them alone, with the columns of the whole list. Keys that are nobody's bring nothing.
func TestFilesOfASelectionHoldItAlone(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		for _, list := range []string{"/o/acme/groups", "/o/acme/members", "/o/acme/api-keys", "/o/acme/resources/content/sources"} {
			page := admin.Get(list)
			all, boxes := download(t, admin, list), page.Find("tbody input[name=selected]")
			if len(all) < 3 || boxes.Length() < 2 {
				t.Fatalf("%s has %d lines and %d boxes", list, len(all), boxes.Length())
			}
			two := url.Values{"selected": {boxes.Last().AttrOr("value", ""), boxes.First().AttrOr("value", "")}}
			some := table(t, page.Submit("Show actions", two).SubmitAmong("#actionbar .menu-list button", "Download 2 as CSV", nil))
			want := [][]string{all[0], all[1], all[len(all)-1]}
			if !slices.EqualFunc(some, want, slices.Equal) {
				t.Errorf("%s: %q, want %q", list, some, want)
			}
			if whole := table(t, admin.Get(list+"/-/csv?selected=all")); !slices.EqualFunc(whole, all, slices.Equal) {
				t.Errorf("%s, all of it: %q, want %q", list, whole, all)
			}
			if none := table(t, admin.Get(list+"/-/csv?selected=-1")); len(none) != 1 {
				t.Errorf("%s, of nobody: %q", list, none)
			}
		}
	})
}

// Attack: somebody whom nobody lets see groups takes the file in place of the page.
func TestFilesHoldNoMoreThanTheirReaderSees(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		plain := w.as(t, "plain@example.com")
		if page := plain.Get("/o/acme/groups/-/csv"); page.Status != http.StatusForbidden {
			t.Errorf("groups: %d", page.Status)
		}
		members := download(t, plain, "/o/acme/members")
		if got := strings.Join(members[0], ","); got != "Name,Email" || len(members) != 7 {
			t.Errorf("members: %q, %q", got, members)
		}
		if page := plain.Get("/o/acme/members/-/csv?group=viewers"); page.Status != http.StatusForbidden {
			t.Errorf("members of a group: %d", page.Status)
		}
		if page := plain.Get("/o/acme/members/-/csv?selected=1~2"); page.Status != http.StatusForbidden {
			t.Errorf("members by number: %d", page.Status)
		}
	})
}

// A name that anybody chose must not become a formula in an administrator's spreadsheet.
func TestNamesInFilesAreNoFormulas(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.apply(t, `version: 1
organization: {key: acme, name: Acme}
members:
  - {email: formula@example.com, name: '=HYPERLINK("https://example.net","x")', groups: [team]}
`)
		names := firsts(download(t, w.as(t, "admin@example.com"), "/o/acme/members"))
		if !slices.Contains(names, `'=HYPERLINK("https://example.net","x")`) {
			t.Errorf("the names are %q", names)
		}
	})
}

// A list is in its file whole and once, however many pages it has.
func TestFilesOfLongListsAreWhole(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := inLarge(t, store, clock, large)
		names := firsts(download(t, w.as(t, "admin@large.example.com"), "/o/large/members"))
		slices.Sort(names)
		if whole := len(names); whole < large.Members || len(slices.Compact(names)) != whole {
			t.Errorf("%d of %d members, some of them twice", whole, large.Members)
		}
	})
}
