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

func TestCountdownIsTheShareThatIsLeft(t *testing.T) {
	from := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	c := countdown(from, from.Add(4*time.Hour), from.Add(time.Hour))
	if c.Value != "10800" || c.Max != "14400" || c.Left != "3 h left" || c.Until.Text != "until 4 Jan 2027, 13:00 UTC" {
		t.Errorf("got %+v", *c)
	}
}
