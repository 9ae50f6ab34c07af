package handlers

import (
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// running is an access of the vendor's that was asked for at noon, for four hours.
func running() models.TemporaryAccess {
	return models.TemporaryAccess{Resource: models.Resource{ID: 9, Key: "a9", Name: "Agent"}, Email: "agent@example.com", CategoryName: "Sources",
		Justification: "CASE-1", Address: "192.0.2.1", RequestedAt: noon, ExpiresAt: noon.Add(4 * time.Hour)}
}

func TestRowsOfTemporaryAccessesSayWhatIsLeft(t *testing.T) {
	over := running()
	over.Key, over.ExpiresAt = "a8", noon.Add(time.Minute)
	list := services.TemporaryAccessList{Listing: models.Listing[models.TemporaryAccess]{Rows: []models.TemporaryAccess{running(), over}}, At: noon.Add(time.Hour), Revocable: true}
	rows := accessRows(query{Selected: "a9"}, list)
	want := parts.Row{Key: "a9", Name: "Agent", Under: "agent@example.com", Icon: "user", Sub: "Sources · 3 h left · CASE-1", Selected: true}
	if rows[0].Row != want || rows[0].Status.Word != "Active" || rows[0].Granted.Text != "4 Jan 2027, 12:00" || rows[0].Expires.Text != "4 Jan 2027, 16:00" {
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

func TestFactsOfAnAccessSayHowItEndedAndWhenItWouldHave(t *testing.T) {
	revoked := running()
	ended := noon.Add(time.Hour)
	revoked.Outcome, revoked.EndedBy, revoked.EndedAt = models.AccessRevoked, "Lead", &ended
	for name, c := range map[string]struct {
		access models.TemporaryAccess
		at     time.Time
		want   []string
	}{
		"runs":    {running(), noon, []string{"Expires on: 4 Jan 2027, 16:00 UTC"}},
		"over":    {running(), noon.AddDate(0, 0, 1), []string{"Expires on: 4 Jan 2027, 16:00 UTC"}},
		"revoked": {revoked, noon.AddDate(0, 0, 1), []string{"Ended on: 4 Jan 2027, 13:00 UTC by Lead", "Would have expired on: 4 Jan 2027, 16:00 UTC"}},
	} {
		d := services.TemporaryAccessDetail{SelectedAccess: services.SelectedAccess{TemporaryAccess: c.access, At: c.at, Status: c.access.Status(c.at)}}
		facts := accessFacts(d)
		if first := facts[0]; first != (parts.Fact{Term: "Requester", Value: "Agent · agent@example.com"}) || facts[3].Value != "192.0.2.1" {
			t.Errorf("%s: %+v", name, facts)
		}
		var got []string
		for _, f := range facts[4:] {
			got = append(got, f.Term+": "+f.Value)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestWhatWasMadeOrTakenUnderAnAccessLeadsToWhatIsStillThere(t *testing.T) {
	d := services.TemporaryAccessDetail{Made: []models.Named{{ID: 7, Domain: sources, Key: "jira", Name: "Jira"}, {ID: 8, Domain: sources, Key: "wiki", Name: "Wiki", Ended: true}, {Domain: "gone/things", Key: "x", Name: "X"}}}
	want := []views.MadeResource{{Name: "Jira", Domain: "Content / Sources", Href: "/o/acme/resources/content/sources/jira"},
		{Name: "Wiki (deleted)", Domain: "Content / Sources"}, {Name: "X", Domain: "gone/things", Href: "/o/acme/resources/gone/things/x"}}
	if got := madeUnder(siteOf("acme"), catalog, d); !slices.Equal(got, want) {
		t.Errorf("made are %+v", got)
	}
	taken := services.TakenAway{Rows: []services.Taken{{At: noon, Domain: access.GroupsDomain, ID: 3, Text: "Reader was removed."}, {At: noon, Text: "A link ended."}}, More: 12}
	lines, more := takenAway(siteOf("acme"), taken)
	if lines[0].Href != "/o/acme/activity?domain=organization%2Fgroups&resource=3" || lines[1].Href != "" || more != "and 12 more: see the activities." {
		t.Errorf("taken are %+v, %q", lines, more)
	}
	if _, more := takenAway(siteOf("acme"), services.TakenAway{}); more != "" {
		t.Errorf("of nothing there is %q", more)
	}
}

func TestPersonnelGiveBackOnlyWhatRuns(t *testing.T) {
	own := models.OwnAccess{TemporaryAccess: running(), OrganizationKey: "acme", OrganizationName: "Acme"}
	for name, c := range map[string]struct {
		at         time.Time
		ends       string
		enter, end string
	}{
		"runs": {noon.Add(time.Hour), "Until 4 Jan 2027, 16:00 UTC", "/o/acme", "/support/acme/requests/a9/end"},
		"over": {noon.AddDate(0, 0, 1), "Expired 4 Jan 2027, 16:00 UTC", "", ""},
	} {
		if got := ownRequest(own, c.at); got.Ends != c.ends || got.Enter != c.enter || got.End != c.end || got.Organization != "Acme" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAMembershipThatPersonnelBroughtAboutSaysHow(t *testing.T) {
	b := services.BroughtIn{Keepable: true, BroughtIn: models.BroughtIn{ID: 12, By: "Agent", ByEmail: "agent@example.com"}}
	b.Email, b.GroupName, b.GroupKey, b.Since = "john.smith@example.com", "Interns", "interns", noon
	invited := b
	invited.Invited, invited.Name = true, "John Smith"
	section := broughtIn(lead(), services.BroughtInList{Rows: []services.BroughtIn{b, invited}, Total: 3})
	if r := section.Rows[0]; r.Name != "john.smith@example.com" || r.By != "Added by Agent · agent@example.com" || r.Keep != "/o/acme/temporary-access/-/memberships/12/keep" || r.Why != "" {
		t.Errorf("added: %+v", r)
	}
	if r := section.Rows[1]; r.Name != "John Smith" || r.By != "Invited by Agent · agent@example.com" {
		t.Errorf("invited: %+v", r)
	}
	if section.More == "" || section.Notice.Title != "3 memberships came about through temporary access." {
		t.Errorf("the notice is %+v, %q", section.Notice, section.More)
	}
	if broughtIn(lead(), services.BroughtInList{}) != nil {
		t.Error("there is something to decide about nothing")
	}
}
