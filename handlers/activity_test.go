package handlers

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/views/parts"
)

func activityOf(values map[string]string, list services.ActivityList) activityPage {
	return activityPage{catalog: catalog, site: siteOf("acme"), query: query{values: values}, list: list, now: noon}
}

var jiraNamed = models.Named{ID: 7, Domain: sources, Key: "jira", Name: "Jira"}

func emptyActivityPage() activityPage {
	return activityPage{catalog: files.DefaultCatalog(), site: siteOf("acme"), list: services.ActivityList{
		Names: map[access.ResourceID]models.Named{7: {ID: 7, Name: "Jira Software Cloud"}, 8: {ID: 8, Name: "YouTube", Ended: true}},
	}}
}

func read(phrases []parts.Phrase) string {
	var b strings.Builder
	for _, p := range phrases {
		if p.Strong {
			b.WriteString("*" + p.Text + "*")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestActivitiesAreHeadedByWhatTheyAreNarrowedTo(t *testing.T) {
	for heading, p := range map[string]activityPage{
		"": activityOf(nil, services.ActivityList{}), "Activities of Sources": activityOf(map[string]string{"domain": "content/sources"}, services.ActivityList{}),
		"Activities of Jira": activityOf(map[string]string{"domain": "content/sources", "resource": "7"}, services.ActivityList{Thing: jiraNamed}),
	} {
		if got := p.place(lead()); got.Heading != heading || (len(got.Crumbs) == 1) != (heading != "") {
			t.Errorf("headed %q, %+v", got.Heading, got.Crumbs)
		}
	}
	p := activityOf(map[string]string{"domain": "gone/things"}, services.ActivityList{})
	if got := p.place(lead()); got.Heading != "" {
		t.Errorf("a domain that is no more: %q", got.Heading) // R17
	}
}

// The activities of one thing are narrowed to it until somebody leaves it; no other domain can be chosen there.
func TestFiltersOfActivitiesKeepTheThing(t *testing.T) {
	of := map[string]string{"domain": "content/sources", "resource": "7", "who": "john"}
	f := activityOf(of, services.ActivityList{Thing: jiraNamed}).filters(nil)
	if !slices.Equal(f.Hidden, []parts.Hidden{{Name: "domain", Value: "content/sources"}, {Name: "resource", Value: "7"}}) || len(f.Selects) != 2 {
		t.Errorf("hidden are %+v, selects %+v", f.Hidden, f.Selects)
	}
	if f.Only == nil || f.Only.Label != "Only Jira" || f.Only.Href != "/o/acme/activity?domain=content%2Fsources" || f.Clear != "/o/acme/activity?domain=content%2Fsources&resource=7" {
		t.Errorf("leads to %+v and %s", f.Only, f.Clear)
	}
	f = activityOf(map[string]string{"domain": "content/sources", "outcome": refusedOnly, "when": "7"}, services.ActivityList{}).filters(nil)
	var chosen []string
	for _, s := range f.Selects {
		for _, o := range s.Options {
			if o.Selected {
				chosen = append(chosen, o.Label)
			}
		}
	}
	if !slices.Equal(chosen, []string{"Content / Sources", "Last 7 days", "Refused only"}) || f.Only != nil || f.Hidden != nil {
		t.Errorf("chosen are %q", chosen)
	}
}

func TestOnlyDomainsInWhichSomethingCanHappenAreOffered(t *testing.T) {
	offered := map[string]bool{}
	for _, o := range activityOf(nil, services.ActivityList{}).domains().Options {
		offered[o.Value] = true
	}
	for d, want := range map[access.DomainKey]bool{"": true, sources: true, access.GroupsDomain: true, access.OrganizationDomain: true, access.TemporaryAccessDomain: true,
		access.ActivitiesDomain: false, "search/execute-queries": false} {
		if offered[string(d)] != want {
			t.Errorf("%q is offered: %t", d, !want)
		}
	}
}

func TestNoActivityIsExplainedByTheFilterOrByNothingHavingHappened(t *testing.T) {
	for name, c := range map[string]struct {
		values      map[string]string
		title, link string
	}{
		"nowhere":     {nil, "Nothing happened here yet", ""},
		"in a domain": {map[string]string{"domain": "content/sources"}, "Nothing happened here yet", "/o/acme/activity"},
		"by somebody": {map[string]string{"domain": "content/sources", "who": "john"}, "No activity matches", "/o/acme/activity?domain=content%2Fsources"},
		"refused":     {map[string]string{"outcome": refusedOnly}, "No activity matches", "/o/acme/activity"},
	} {
		got, link := activityOf(c.values, services.ActivityList{}).empty(), ""
		if got.Action != nil {
			link = got.Action.Href
		}
		if got.Title != c.title || link != c.link {
			t.Errorf("%s: %q, %s", name, got.Title, link)
		}
	}
	some := services.ActivityList{Listing: models.Listing[services.Event]{Rows: make([]services.Event, 1)}}
	if got := activityOf(nil, some).empty(); got != nil {
		t.Errorf("a list is empty with %+v", got)
	}
}

func TestEventsStandUnderTheirDay(t *testing.T) {
	var rows []services.Event
	for _, at := range []time.Time{noon, noon.Add(-12 * time.Hour), noon.Add(-12*time.Hour - time.Second), noon.Add(-13 * time.Hour)} {
		rows = append(rows, services.Event{Activity: models.Activity{At: at, ActorName: "Lead"}})
	}
	days := activityOf(nil, services.ActivityList{Listing: models.Listing[services.Event]{Rows: rows}}).days()
	if len(days) != 2 || days[0].Date != "Monday 4 January 2027" || len(days[0].Events) != 2 || days[1].Date != "Sunday 3 January 2027" || len(days[1].Events) != 2 || days[1].ID != "day-2" {
		t.Fatalf("the days are %+v", days)
	}
	if at := days[1].Events[0].At; at.Text != "23:59" || at.ISO != "2027-01-03T23:59:59Z" {
		t.Errorf("the first of them was at %+v", at)
	}
}

func TestAnEventLeadsToTheOthersOfItsThing(t *testing.T) {
	e := services.Event{Activity: models.Activity{Operation: models.OpResourceUpdated, Domain: sources, ResourceID: 7, ResourceName: "Jira", ActorName: "Lead"}, More: 2}
	got := activityOf(nil, services.ActivityList{}).event(e)
	if got.All == nil || got.All.Label != "All activities of Jira" || got.All.Href != "/o/acme/activity?domain=content%2Fsources&resource=7" || got.More != "and 2 more changes" {
		t.Errorf("drawn as %+v, %q", got.All, got.More)
	}
	if got := activityOf(nil, services.ActivityList{Thing: jiraNamed}).event(e); got.All != nil {
		t.Errorf("on the thing’s own page it leads to %+v", got.All)
	}
	e.More, e.Cut = 0, true
	if got := activityOf(nil, services.ActivityList{}).event(e).More; got != "There are too many changes to list here." {
		t.Errorf("cut short: %q", got)
	}
}

func TestFactsOfAnEvent(t *testing.T) {
	for name, c := range map[string]struct {
		activity      models.Activity
		from, outcome string
	}{
		"by somebody":     {models.Activity{Address: "192.0.2.1", ActorKind: "member"}, "192.0.2.1", "Done"},
		"by the operator": {models.Activity{ActorKind: "operator"}, "the command line", "Done"},
		"by the clock":    {models.Activity{ActorKind: "clock"}, "the clock", "Done"},
		"refused":         {models.Activity{Outcome: models.OutcomeRefused}, "unknown", "Refused"},
	} {
		c.activity.At, c.activity.Revision, c.activity.Operation = noon, 1284, models.OpGroupRenamed
		want := []parts.Fact{{Term: "At", Value: "4 January 2027, 12:00:00 UTC", DateTime: "2027-01-04T12:00:00Z"}, {Term: "From", Value: c.from},
			{Term: "Revision", Value: "1,284"}, {Term: "Operation", Value: "group.renamed"}, {Term: "Outcome", Value: c.outcome}}
		if got := activityOf(nil, services.ActivityList{}).facts(services.Event{Activity: c.activity}); !slices.Equal(got, want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
