package handlers

import (
	"net/url"
	"slices"
	"testing"

	"bailiwick/models"
	"bailiwick/views/parts"
)

func TestPlaceOfAListInAForm(t *testing.T) {
	for name, c := range map[string]struct {
		form url.Values
		list string
		want models.Page
		said bool
	}{
		"the first page":                 {url.Values{}, "", models.Page{}, false},
		"where it stood, ahead":          {url.Values{"at": {"a:x"}}, "", models.Page{After: "x"}, true},
		"where it stood, back":           {url.Values{"at": {"b:y"}}, "", models.Page{Before: "y"}, true},
		"turned":                         {url.Values{"at": {"a:x"}, "page": {"b:z"}}, "", models.Page{Before: "z"}, true},
		"turned to the first page":       {url.Values{"at": {"a:x"}, "page": {"first"}}, "", models.Page{}, true},
		"another way":                    {url.Values{"at": {"c:x"}}, "", models.Page{}, true},
		"searched as before":             {url.Values{"at": {"a:x"}, "q": {"jira"}, "was.q": {"jira"}}, "", models.Page{Query: "jira", After: "x"}, true},
		"a new search begins at its top": {url.Values{"at": {"a:x"}, "q": {"jira"}, "was.q": {"web"}}, "", models.Page{Query: "jira"}, false},
		"filtered as before":             {url.Values{"at": {"a:x"}, "show": {"joined"}, "was.show": {"joined"}}, "", models.Page{After: "x"}, true},
		"another filter likewise":        {url.Values{"at": {"a:x"}, "show": {"joined"}}, "", models.Page{}, false},
		"one list of several":            {url.Values{"at": {"a:x"}, "at.content/sources": {"a:y"}, "q": {"no"}}, "content/sources", models.Page{After: "y"}, true},
	} {
		p := readPlace(c.form, c.list, "show")
		if p.Page != c.want || p.Said != c.said {
			t.Errorf("%s: reads %+v, said %t", name, p.Page, p.Said)
		}
	}
}

// The focus goes back to the list that was searched, not to others whose search was there before.
func TestTheListThatAFormSearchedIsKnown(t *testing.T) {
	form := url.Values{"step": {"filter"}, "q.content/sources": {"jira"}, "q.content/fields": {"a"}, "was.q.content/fields": {"a"}}
	for list, want := range map[string]bool{"": true, "content/sources": true, "content/fields": false} {
		if readPlace(form, list).Searched != want {
			t.Errorf("%q: not %t", list, want)
		}
	}
	form.Del("step")
	if readPlace(form, "content/sources").Searched {
		t.Error("what was not sent to search is read as a search")
	}
}

// A form that is sent again unchanged says the same, and is written the same each time.
func TestPlaceTravelsThroughAForm(t *testing.T) {
	for _, list := range []string{"", "content/sources"} {
		p := formPlace{Page: models.Page{Query: "jira", Before: "x"}, list: list, filters: []parts.Hidden{{Name: "show", Value: "joined"}, {Name: "kind"}}}
		form := url.Values{p.field("q"): {p.Query}, p.field("show"): {"joined"}}
		var names []string
		for _, h := range p.hidden() {
			form.Add(h.Name, h.Value)
			names = append(names, h.Name)
		}
		if want := []string{p.field("at"), p.field("was.q"), p.field("was.show")}; !slices.Equal(names, want) {
			t.Errorf("%q: fields %v, want %v", list, names, want)
		}
		if again := readPlace(form, list, "show", "kind"); again.Page != p.Page {
			t.Errorf("%q: %+v reads %+v", list, p.Page, again.Page)
		}
	}
}

func TestPagerOfAListInAForm(t *testing.T) {
	at := func(from int) formPlace { return formPlace{list: "content/sources", from: from} }
	for _, c := range []struct {
		place          formPlace
		page           paged
		total          int
		said           string
		previous, next string
	}{
		{at(0), paged{50, "n", "", 0}, 240, "1–50 of 240", "", "a:n 51"},
		{at(51), paged{50, "n", "p", 0}, 240, "51–100 of 240", "b:p 1", "a:n 101"},
		{at(0), paged{40, "", "p", 0}, 240, "201–240 of 240", "b:p 151", ""},
		{at(51), paged{50, "n", "p", 0}, 0, "Rows 51–100", "b:p 1", "a:n 101"},
		{at(101), paged{7, "", "p", 0}, 0, "101–107 of 107", "b:p 51", ""},
		{at(0), paged{1, "n", "p", 0}, 0, "1 row on this page", "b:p", "a:n"},
		{at(51), paged{0, "n", "p", 0}, 240, "0 rows on this page", "b:p 1", "a:n 51"},
	} {
		want := parts.FormPager{Name: "page.content/sources", Of: "sources", Range: c.said, Previous: c.previous, Next: c.next}
		if got := c.place.pager("sources", c.page, c.total); got != want {
			t.Errorf("from %d %+v of %d: %+v, want %+v", c.place.from, c.page, c.total, got, want)
		}
	}
	if got := at(0).pager("sources", paged{rows: 3}, 3); got != (parts.FormPager{}) {
		t.Errorf("one page has the pager %+v", got)
	}
}

// A page knows its first row by what the button said that led there, and the form says it again.
func TestPlaceKnowsTheFirstRowOfItsPage(t *testing.T) {
	turned := readPlace(url.Values{"page": {"a:n 51"}, "at": {"a:x 1"}}, "")
	if turned.from != 51 || turned.After != "n" {
		t.Fatalf("%+v", turned)
	}
	for _, h := range turned.hidden() {
		if again := readPlace(url.Values{h.Name: {h.Value}}, ""); again.from != 51 || again.After != "n" {
			t.Errorf("%s=%s reads %+v", h.Name, h.Value, again)
		}
	}
	for _, forged := range []string{"a:n -1", "a:n x", "a:n 99999999999999999999", "a:n"} {
		if got := readPlace(url.Values{"at": {forged}}, ""); got.from != 0 || got.After != "n" {
			t.Errorf("%q reads %+v", forged, got)
		}
	}
}
