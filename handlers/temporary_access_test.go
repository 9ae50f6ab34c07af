package handlers

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
)

func TestALongJustificationIsCutToOneLine(t *testing.T) {
	if got := beginning("CASE-1:\r\n  does not\trebuild"); got != "CASE-1: does not rebuild" {
		t.Errorf("got %q", got)
	}
	if got := beginning(strings.Repeat("ä", 121)); got != strings.Repeat("ä", 120)+"…" {
		t.Errorf("got %q", got)
	}
}

func TestRowsOfTemporaryAccessesSayWhatIsLeft(t *testing.T) {
	over := running()
	over.Key, over.ExpiresAt = "a8", noon.Add(time.Minute)
	list := services.TemporaryAccessList{Listing: models.Listing[models.TemporaryAccess]{Rows: []models.TemporaryAccess{running(), over}}, At: noon.Add(time.Hour), Revocable: true}
	rows := accessRows(query{Selected: "a9"}, list)
	want := parts.Row{Key: "a9", Name: "Agent", Under: "agent@example.com", Icon: "user", Sub: "Sources · 3 h left · CASE-1", Selected: true}
	if !reflect.DeepEqual(rows[0].Row, want) || rows[0].Status.Word != "Active" || rows[0].Granted.Text != "4 Jan 2027, 12:00" || rows[0].Expires.Text != "4 Jan 2027, 16:00" {
		t.Errorf("the one that runs is %+v", rows[0])
	}
	if rows[1].Status.Word != "Expired" || rows[1].Left != "" || rows[1].Sub != "Sources · CASE-1" || rows[1].Selected {
		t.Errorf("the one that is over is %+v", rows[1])
	}
	if list.Revocable = false; !accessRows(query{}, list)[0].ReadOnly {
		t.Error("who may not revoke has a row to edit")
	}
}

func TestWhatKeepsRequestsOrTheirMailsFromComingIsSaid(t *testing.T) {
	on, off := lead(), lead()
	off.Organization.SupportAccess = false
	for name, c := range map[string]struct {
		by           services.Caller
		subscribable bool
		sends        bool
		want         []string
	}{
		"all is well":         {on, true, true, nil},
		"off":                 {off, true, true, []string{"Support access is off."}},
		"no mail":             {on, true, false, []string{noMailServer}},
		"no mail, not theirs": {on, false, false, nil},
		"off, and no mail":    {off, true, false, []string{"Support access is off.", noMailServer}},
	} {
		var got []string
		for _, n := range accessRemarks(c.by, services.TemporaryAccessList{Subscribable: c.subscribable}, c.sends) {
			got = append(got, n.Title)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestRequestsAreSubscribedToOnce(t *testing.T) {
	for want, list := range map[string]services.TemporaryAccessList{
		"": {}, "Subscribe to new requests": {Subscribable: true}, "Unsubscribe": {Subscribable: true, Subscribed: true},
	} {
		got := ""
		for _, l := range accessesPlace(lead(), catalog, list).Actions {
			got += l.Label
		}
		if got != want {
			t.Errorf("%+v: %q", list, got)
		}
	}
}

func TestAListOfTemporaryAccessesSaysWhatItsPageHas(t *testing.T) {
	for name, c := range map[string]struct {
		query        query
		list         models.Listing[models.TemporaryAccess]
		count, empty string
	}{
		"one":      {query{}, models.Listing[models.TemporaryAccess]{Rows: []models.TemporaryAccess{running()}}, "1 request", ""},
		"of many":  {query{}, models.Listing[models.TemporaryAccess]{Rows: []models.TemporaryAccess{running()}, Previous: "p"}, "1 request on this page", ""},
		"none":     {query{}, models.Listing[models.TemporaryAccess]{}, "", "No temporary access"},
		"no match": {query{values: map[string]string{"status": "revoked"}}, models.Listing[models.TemporaryAccess]{}, "", "No request matches"},
	} {
		got, empty := accessListing(lead(), c.query, services.TemporaryAccessList{Listing: c.list}, parts.ActionBar{}), ""
		if got.Empty != nil {
			empty = got.Empty.Title
		}
		if got.Count != c.count || empty != c.empty {
			t.Errorf("%s: %q, %q", name, got.Count, empty)
		}
	}
}
