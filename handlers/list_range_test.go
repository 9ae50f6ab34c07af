package handlers

import (
	"net/http"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/words"
)

func TestTheFootOfAListSaysWhichRowsOfHowManyItsPageHas(t *testing.T) {
	all, some := query{}, query{Page: models.Page{Query: "web"}}
	chosen := query{values: map[string]string{"kind": "custom"}}
	at := func(from int) query { return query{from: from} }
	someAt := func(from int) query { q := some; q.from = from; return q }
	first, middle, last := paged{50, "n", "", 0}, paged{50, "n", "p", 0}, paged{12, "", "p", 0}
	for _, c := range []struct {
		query query
		page  paged
		total int
		want  string
	}{
		{all, paged{rows: 1}, 1, "1 group"},
		{all, paged{rows: 0}, 0, "0 groups"},
		{all, first, 212, "1–50 of 212 groups"},
		{at(51), middle, 212, "51–100 of 212 groups"},
		{all, last, 212, "201–212 of 212 groups"}, // certain at both ends, whatever the address says
		{at(7), last, 212, "201–212 of 212 groups"},
		{at(99), first, 212, "1–50 of 212 groups"},
		{at(999_999), middle, 212, "162–211 of 212 groups"}, // no further than there are rows
		{at(1), middle, 212, "2–51 of 212 groups"},
		{all, paged{1, "", "p", 0}, 51, "51 of 51 groups"},
		{all, first, 1001, "1–50 of 1,000+ groups"},
		{at(2051), middle, 1001, "2,051–2,100 of 1,000+ groups"},
		{all, middle, 212, "212 groups"}, // the page of a row that was looked for: nobody knows where it stands
		{all, middle, 1001, "1,000+ groups"},
		{some, paged{rows: 1}, 212, "1 matching group, 212 in all"},
		{some, paged{rows: 0}, 212, "0 matching groups, 212 in all"},
		{chosen, paged{rows: 2}, 212, "2 matching groups, 212 in all"},
		{some, first, 212, "Matching groups 1–50, 212 in all"},
		{someAt(51), middle, 212, "Matching groups 51–100, 212 in all"},
		{someAt(101), last, 212, "101–112 of 112 matching groups, 212 in all"},
		{some, middle, 212, "50 matching groups on this page, 212 in all"},
		{some, paged{0, "n", "p", 0}, 212, "0 matching groups on this page, 212 in all"},
		{some, paged{50, "n", "", 143}, 212, "1–50 of 143 matching groups, 212 in all"},
		{someAt(51), paged{50, "n", "p", 143}, 1001, "51–100 of 143 matching groups, 1,000+ in all"},
		{some, paged{43, "", "p", 143}, 212, "101–143 of 143 matching groups, 212 in all"},
		{some, paged{50, "n", "p", 143}, 212, "143 matching groups, 212 in all"},
		{some, paged{50, "n", "", 1001}, 1001, "1–50 of 1,000+ matching groups, 1,000+ in all"},
	} {
		if got := c.query.count(c.page, c.total, words.Groups); got != c.want {
			t.Errorf("%+v of %d from %d: %q, want %q", c.page, c.total, c.query.from, got, c.want)
		}
	}
}

func TestTheFootOfAListWithoutATotalSaysWhatItsPageShows(t *testing.T) {
	searched := query{Page: models.Page{Query: "smith"}}
	for want, got := range map[string]string{
		"24 invitations":                     query{}.shown(paged{rows: 24}, words.Invitations),
		"Invitations 1–50":                   query{}.shown(paged{50, "n", "", 0}, words.Invitations),
		"Invitations 51–100":                 query{from: 51}.shown(paged{50, "n", "p", 0}, words.Invitations),
		"51–77 of 77 invitations":            query{from: 51}.shown(paged{27, "", "p", 0}, words.Invitations),
		"50 invitations on this page":        query{}.shown(paged{50, "n", "p", 0}, words.Invitations),
		"24 matching invitations":            searched.shown(paged{rows: 24}, words.Invitations),
		"1 matching invitation on this page": searched.shown(paged{1, "", "p", 0}, words.Invitations),
	} {
		if got != want {
			t.Errorf("said is %q, not %q", got, want)
		}
	}
}

// Pages tell each other which rows they show; the cursor alone decides which these are.
func TestPagesTellEachOtherWhichRowsTheyShow(t *testing.T) {
	page := paged{50, "n", "p", 0}
	for _, c := range []struct{ address, next, previous string }{
		{"/groups?after=x&from=51", "/groups?after=n&from=101", "/groups?before=p&from=1"},
		{"/groups?before=x&from=101", "/groups?after=n&from=151", "/groups?before=p&from=51"},
		{"/groups?after=x", "/groups?after=n", "/groups?before=p"},
		{"/groups?after=x&from=0", "/groups?after=n", "/groups?before=p"},
		{"/groups?after=x&from=-51", "/groups?after=n", "/groups?before=p"},
		{"/groups?after=x&from=99999999999", "/groups?after=n", "/groups?before=p"},
		{"/groups?after=x&from=many", "/groups?after=n", "/groups?before=p"},
	} {
		q := readQuery(asked(services.Caller{}, http.MethodGet, c.address), nil)
		if got := q.pager("/groups", page); got.Next != c.next || got.Previous != c.previous || got.First != "/groups" {
			t.Errorf("%s leads to %+v", c.address, got)
		}
	}
	q := readQuery(asked(services.Caller{}, http.MethodGet, "/groups?after=x&from=51"), nil)
	if got := q.here("/groups"); got != "/groups?after=x&from=51" {
		t.Errorf("the page itself is %s", got)
	}
	if got := (query{}).pager("/groups", paged{50, "n", "", 0}).Next; got != "/groups?after=n&from=51" {
		t.Errorf("the first page leads on to %s", got)
	}
}
