package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Three members are selected and compared, one is taken out and another put in, all by links and forms; the file holds the same.
func TestMembersAreComparedWithoutScript(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		id := func(email string) string { return w.member(t, "acme", email) }
		plain, viewer, himself := id("plain@example.com"), id("viewer@example.com"), id("admin@example.com")
		bar := admin.Get("/o/acme/members").Submit("Show actions", url.Values{"selected": {plain, viewer, himself}})
		compare := bar.Find("#actionbar .menu-list a:contains('Compare access')")
		page := admin.Get(compare.AttrOr("href", ""))
		if page.Status != http.StatusOK || page.Text("h1") != "Compare members" {
			t.Fatalf("%d %q, from %q", page.Status, page.Text("main"), bar.Text("#actionbar"))
		}
		for _, said := range []string{"Plain", "plain@example.com", "viewer@example.com", "admin@example.com"} {
			if !strings.Contains(page.Text("thead"), said) {
				t.Errorf("the columns are %q: no %s", page.Text("thead"), said)
			}
		}
		row := page.Find("tbody tr:has(th:contains('Groups'))").First()
		if got := row.Find("td:contains('View all') .entry-sub a").AttrOr("href", ""); got != "/o/acme/groups/viewers/privileges" {
			t.Errorf("what gives View leads to %q: %s", got, row.Text())
		}
		if got := row.Find("td:contains('Edit all') .entry-sub").Text(); got != "through Administrators" {
			t.Errorf("what gives Edit reads %q: %s", got, row.Text())
		}
		without := admin.Get(page.Find("thead a[aria-label^='Take out Plain']").AttrOr("href", ""))
		if head := without.Text("thead"); strings.Contains(head, "Plain") || !strings.Contains(head, "viewer@example.com") {
			t.Errorf("with Plain taken out: %q", head)
		}
		choice := admin.Get(without.Find("main a:contains('Add a member')").AttrOr("href", "")).Submit("Find", url.Values{"find": {"plain"}})
		if got := choice.Find("dialog input[type=checkbox]"); got.Length() != 1 || got.AttrOr("value", "") != plain {
			t.Fatalf("%d can be chosen: %s", got.Length(), choice.Text("dialog"))
		}
		again := choice.Submit("Compare", url.Values{"member": {viewer, himself, plain}})
		if head := again.Text("thead"); !strings.Contains(head, "Plain") || again.Find("dialog").Length() != 0 {
			t.Errorf("with Plain put in again: %q", head)
		}
		lines := table(t, admin.Get(again.Find("a:contains('Download CSV')").AttrOr("href", "")))
		if lines[0][5] != "Plain (plain@example.com)" {
			t.Errorf("the head of the file is %q", lines[0])
		}
		for _, line := range lines[1:] {
			if line[1] == "Groups" && (!strings.HasPrefix(line[3], "View all, through Viewers") || line[4] != "Edit all, through Administrators") {
				t.Errorf("the file says %q", line)
			}
		}
	})
}

// threeMore makes nine of the members.
const threeMore = `
version: 1
organization: {key: acme, name: Acme}
members:
  - {email: a@example.com, groups: [team]}
  - {email: b@example.com, groups: [team]}
  - {email: c@example.com, groups: [team]}
`

// More than fit are not compared: the Action bar says so, and an address that has more says what it leaves out.
func TestAtMostEightMembersAreCompared(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		w.apply(t, threeMore)
		bar := admin.Get("/o/acme/members?selected=all")
		if bar.Find("#actionbar a:contains('Compare access')").Length() != 0 || !strings.HasSuffix(bar.Text(".actionbar-why"), "To compare access, select at most 8.") {
			t.Errorf("with nine the bar says %q", bar.Text("#actionbar"))
		}
		values := url.Values{}
		bar.Find("tbody input[name=selected]").Each(func(_ int, box *goquery.Selection) { values.Add("member", box.AttrOr("value", "")) })
		page := admin.Get("/o/acme/members/-/compare?" + values.Encode())
		if page.Text("main [role=alert]") != "Only the first 8 are compared." || page.Find("thead th").Length() != 9 {
			t.Errorf("of %d: %q", len(values["member"]), page.Text("main"))
		}
	})
}
