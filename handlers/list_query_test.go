package handlers

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

func TestAListReadsItsAddressAndNothingElse(t *testing.T) {
	long := strings.Repeat("ä", 201)
	for address, want := range map[string]query{
		"/groups":                                {values: map[string]string{"kind": ""}},
		"/groups?q=web&kind=custom&selected=a":   {Page: models.Page{Query: "web"}, Selected: "a", values: map[string]string{"kind": "custom"}},
		"/groups?sort=members&after=x":           {Page: models.Page{Sort: "members", After: "x"}, values: map[string]string{"kind": ""}},
		"/groups?sort=-members&before=y":         {Page: models.Page{Sort: "-members", Before: "y"}, values: map[string]string{"kind": ""}},
		"/groups?sort=password&domain=content":   {values: map[string]string{"kind": ""}},
		"/groups?sort=--name":                    {values: map[string]string{"kind": ""}},
		"/groups?q=" + long + "&sort=name&q=two": {Page: models.Page{Query: long[:400], Sort: "name"}, values: map[string]string{"kind": ""}},
	} {
		got := readQuery(asked(services.Caller{}, http.MethodGet, address), []string{"name", "members"}, "kind")
		if got.Page != want.Page || got.Selected != want.Selected || len(got.values) != 1 || got.values["kind"] != want.values["kind"] {
			t.Errorf("%s is read as %+v", address, got)
		}
	}
}

func narrowed() query {
	return query{Page: models.Page{Query: "web", Sort: "-members", After: "x"}, Selected: "a", values: map[string]string{"kind": "custom", "domain": ""}}
}

func TestLinksOfAListKeepItsFilter(t *testing.T) {
	q := narrowed()
	const same = "kind=custom&q=web&sort=-members"
	for want, got := range map[string]string{
		"/groups?after=x&" + same:  q.here("/groups"),
		"/groups?after=n&" + same:  q.pager("/groups", paged{50, "n", "p", 0}).Next,
		"/groups?before=p&" + same: q.pager("/groups", paged{50, "n", "p", 0}).Previous,
		"/groups?" + same:          q.pager("/groups", paged{50, "n", "p", 0}).First,
	} {
		if got != want {
			t.Errorf("leads to %s, want %s", got, want)
		}
	}
	want := []parts.Hidden{{Name: "q", Value: "web"}, {Name: "sort", Value: "-members"}, {Name: "kind", Value: "custom"}, {Name: "after", Value: "x"}}
	if got := q.hidden(); !slices.Equal(got, want) {
		t.Errorf("carried along are %+v", got)
	}
	if got := q.pager("/groups", paged{rows: 2}); got != (parts.Pager{}) {
		t.Errorf("a list of one page has %+v", got)
	}
}

func TestAColumnSortsUpFirstThenDownAndFromTheFirstPage(t *testing.T) {
	for _, c := range []struct {
		sort, column string
		first        bool
		state, href  string
	}{
		{"", "name", true, "ascending", "/groups?sort=-name"},
		{"", "members", false, "", "/groups?sort=members"},
		{"members", "members", false, "ascending", "/groups?sort=-members"},
		{"-members", "members", false, "descending", "/groups?sort=members"},
		{"-members", "name", true, "", "/groups?sort=name"},
	} {
		q := query{Page: models.Page{Sort: c.sort, After: "x"}}
		got := q.column("/groups", "Label", c.column, "num", c.first)
		if want := (parts.Column{Label: "Label", Class: "num", Sort: c.state, Href: c.href}); got != want {
			t.Errorf("%q in a list by %q is %+v, want %+v", c.column, c.sort, got, want)
		}
	}
}

func TestAListThatWasLookedThroughInPartSaysSoAndGoesOn(t *testing.T) {
	q := query{Page: models.Page{Query: "web"}}
	for name, c := range map[string]struct {
		page         models.Listing[models.Member]
		count        string
		action, href string
	}{
		"in full": {models.Listing[models.Member]{}, "as before", "", ""},
		"some": {models.Listing[models.Member]{Looked: 2000, Rows: make([]models.Member, 3), Next: "n"},
			"3 matching among the 2,000 members looked at", "", ""},
		"none yet": {models.Listing[models.Member]{Looked: 2000, Next: "n"},
			"0 matching among the 2,000 members looked at", "Search the next ones", "/members?after=n&q=web"},
		"none to the end": {models.Listing[models.Member]{Looked: 90}, "0 matching among the 90 members looked at", "", ""},
	} {
		listing := parts.Listing{Count: "as before"}
		partial(q, "/members", words.Members, c.page, &listing)
		var link parts.Link
		if listing.Empty != nil && listing.Empty.Action != nil {
			link = *listing.Empty.Action
		}
		if listing.Count != c.count || link.Label != c.action || link.Href != c.href {
			t.Errorf("%s: %q, %+v", name, listing.Count, link)
		}
		if empty := c.page.Looked > 0 && len(c.page.Rows) == 0; (listing.Empty != nil) != empty {
			t.Errorf("%s: the empty state is %+v", name, listing.Empty)
		}
	}
}

func TestOnlyARowThatWasJustAddedDecidesWhichPageIsShown(t *testing.T) {
	for address, want := range map[string]string{withAdded("/groups", "team"): "team", "/groups?selected=team": ""} {
		q := readQuery(asked(services.Caller{}, http.MethodGet, address), nil)
		if q.page().With != want || q.Selected != "team" {
			t.Errorf("%s: %+v", address, q)
		}
	}
}
