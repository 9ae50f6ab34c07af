package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/web/webtest"
)

const middleAdmin = "admin@middle.example.com"

// middle is an organization of a usual size.
var middle = modelstest.Template{Name: "middle", Fill: func(t testing.TB, store *models.Store, clock *modelstest.Clock) {
	w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
	err := w.Console.Seed(t.Context(), services.Seed{Key: "middle", Members: 800, Groups: 66, Resources: 400, Editors: 900,
		Domain: "content/sources", Random: 1, Lifelike: true})
	if err != nil {
		t.Fatal(err)
	}
	w.setPassword(t, "middle", middleAdmin)
}}

// number is the first one of a text.
func number(t *testing.T, text string) int {
	t.Helper()
	found := regexp.MustCompile(`[0-9][0-9,]*`).FindString(text)
	n, err := strconv.Atoi(strings.ReplaceAll(found, ",", ""))
	if err != nil {
		t.Fatalf("%q has no number", text)
	}
	return n
}

// listed counts the rows of a list through all its pages.
func listed(t *testing.T, b *webtest.Browser, address, rows string) int {
	t.Helper()
	n := 0
	for range 50 {
		page := b.Get(address)
		if page.Status != http.StatusOK {
			t.Fatalf("%s answers %d", address, page.Status)
		}
		n += page.Find(rows).Length()
		next := page.Find(".pager a:contains('Next'), .form-pager a:contains('Next')").First()
		if next.Length() == 0 {
			return n
		}
		address = next.AttrOr("href", "")
	}
	t.Fatalf("%s has no end", address)
	return 0
}

// counting is a kind of links that count something, and the rows of the lists that they lead to.
type counting struct {
	page, links string
	count       string // within the link; "" where its whole text begins with the number
	besides     int    // what the list has and the number leaves out
	rows        string
}

const listRows = "main .table > tbody > tr"

// Every number that is a link is the number of rows of the list that it leads to.
func TestNumbersLinkToWhatTheyCount(t *testing.T) {
	modelstest.EachOf(t, middle, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		w.leavesTwoGroups(t)
		admin := w.as(t, middleAdmin)
		seen := map[string]int{}
		for _, k := range []counting{
			{page: "", links: ".attend", count: ".attend-n", rows: listRows},
			{page: "", links: ".table-unused a", rows: listRows},
			{page: "", links: "#ending + a", rows: ".ends > li"},
			{page: "/groups", links: "td a.cell-link", rows: listRows + ", main .domain:not([hidden])"},
			{page: "/members", links: ".tabs a:has(.count)", count: ".count", rows: listRows},
			{page: "/members", links: "td a.cell-link:contains('more')", besides: 1, rows: listRows},
			{page: "/organization", links: ".facts a", rows: listRows},
			{page: "/groups/administrators/people", links: ".tabs a:has(.count)", count: ".count", rows: listRows},
			{page: "/resources/content/sources/-/people", links: ".tabs a:has(.count)", count: ".count", rows: listRows},
		} {
			links := admin.Get("/o/middle" + k.page).Find(k.links)
			if links.Length() == 0 {
				t.Errorf("%s has no %s", k.page, k.links)
			}
			for _, link := range links.EachIter() {
				w.wantCount(t, admin, link, k, seen)
			}
		}
	})
}

// leavesTwoGroups gives a member whose membership ends soon another one that does.
func (w world) leavesTwoGroups(t *testing.T) {
	t.Helper()
	o, err := w.Store.OrganizationByKey(t.Context(), "middle")
	if err != nil {
		t.Fatal(err)
	}
	org, now := modelstest.In(w.Store, o.ID), w.Store.Now()
	soon := now.AddDate(0, 0, 3)
	ends, err := org.MembershipsThatEnd(t.Context(), now, now.AddDate(0, 0, services.EndsSoon), 1)
	if err != nil || len(ends.First) == 0 {
		t.Fatal(ends, err)
	}
	who := modelstest.Proven(t, w.Store, ends.First[0].Email)
	for _, key := range []string{"team", "users"} {
		group, err := org.Group(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		if err := org.AddMembership(t.Context(), group.Grantee().ID, who, &soon, now); err != nil {
			t.Fatal(err)
		}
	}
}

func (w world) wantCount(t *testing.T, b *webtest.Browser, link *goquery.Selection, k counting, seen map[string]int) {
	t.Helper()
	text, address := link.Text(), link.AttrOr("href", "")
	if k.count != "" {
		text = link.Find(k.count).Text()
	}
	rows, known := seen[address+k.rows]
	if !known {
		rows = listed(t, b, address, k.rows)
		seen[address+k.rows] = rows
	}
	if said := number(t, text); said+k.besides != rows {
		t.Errorf("%s: %q leads to %s, which has %d rows", k.page, strings.Join(strings.Fields(link.Text()), " "), address, rows)
	}
}

// Each tab of a group says how many members it has, and what is not among the first that a form suggests is found by typing.
func TestTabsOfAGroupCountItsMembersAndExplainFindsMore(t *testing.T) {
	modelstest.EachOf(t, middle, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		admin := w.as(t, middleAdmin)
		group := "/o/middle/groups/administrators"
		for _, tab := range []string{"", "/members", "/privileges", "/access", "/people"} {
			page := admin.Get(group + tab)
			if got := page.Text(".tabs a[href='" + group + "/members'] .count"); got != "1" {
				t.Errorf("%q counts %q members", tab, got)
			}
		}
		explain := admin.Get("/o/middle/explain?what=content/sources")
		wantTexts(t, explain, "Type part of a name to find more.")
		offered := explain.Find("datalist option").Length()
		last := admin.Get("/o/middle/resources/content/sources?sort=-name").Find("tbody a.entry-name").First()
		answer := admin.Get("/o/middle/explain?" + url.Values{"can": {"edit"}, "what": {"content/sources"}, "resource": {last.Text()}}.Encode())
		if offered >= 400 || answer.Status != http.StatusOK || !strings.Contains(answer.Text("main"), "Administrator can edit "+last.Text()) {
			t.Errorf("%d are offered, and of %q is said %d", offered, last.Text(), answer.Status)
		}
	})
}
