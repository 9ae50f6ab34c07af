package views_test

import (
	"strings"
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"

	"github.com/PuerkitoBio/goquery"
)

func sampleActivity() views.Activity {
	return views.Activity{
		Page: samplePage("Activities"),
		Filters: views.ActivityFilters{
			Action: "/o/example/activity", Hidden: []parts.Hidden{{Name: "resource", Value: "7"}},
			Search: parts.Search{Label: "Search activities", Value: "jira"}, Who: parts.Search{Label: "Who"},
			People:  []parts.Person{{Email: "john.smith@example.com", Name: "John Smith"}},
			Selects: []parts.SelectField{{Name: "outcome", Label: "Outcome", Options: []parts.Option{{Label: "Any outcome"}, {Value: "refused", Label: "Refused only", Selected: true}}}},
			Only:    &parts.Link{Label: "Only Jira", Href: "/o/example/activity?domain=content%2Fsources"}, Clear: "/o/example/activity",
		},
		Days: []views.ActivityDay{
			{ID: "day-1", Date: "Friday 20 November 2026", Events: []parts.ActivityEvent{{
				At: parts.When{ISO: "2026-11-20T16:42:07Z", Text: "16:42"}, Initials: "OA", Kind: "Group",
				Sentence: []parts.Phrase{{Text: "Organization Administrator", Strong: true}, {Text: " changed the privileges of "}, {Text: "<b>Editors</b>", Strong: true}},
				Changes: []parts.ChangeRow{{Label: "Content / Fields", Before: "View", After: "Edit", None: "None"},
					{Label: "Analytics / Named filters", Before: "View", None: "None"}},
				More: "and 3 more changes", Facts: []parts.Fact{{Term: "At", Value: "20 November 2026, 16:42:07 UTC", DateTime: "2026-11-20T16:42:07Z"}, {Term: "From", Value: "192.0.2.1"}},
				All: &parts.Link{Label: "All activities of Editors", Href: "/o/example/activity?resource=9"},
			}}},
			{ID: "day-2", Date: "Thursday 19 November 2026", Events: []parts.ActivityEvent{{
				At: parts.When{ISO: "2026-11-19T08:47:00Z", Text: "08:47"}, Initials: "AI", Kind: "Source", Refused: "It needs Edit on Content / Sources.",
				Sentence: []parts.Phrase{{Text: "Administrator Intern", Strong: true}, {Text: " was not allowed to delete "}, {Text: "Web", Strong: true}},
			}}},
		},
		Pager: parts.Pager{Next: "/o/example/activity?after=x"},
	}
}

func TestEventsStandUnderTheirDays(t *testing.T) {
	doc := tabDocument(t, sampleActivity().Component())
	wantLabels(t, doc.Find("section.day > h2"), "Friday 20 November 2026", "Thursday 19 November 2026")
	for _, day := range []string{"day-1", "day-2"} {
		if one(t, doc, `section[aria-labelledby="`+day+`"]`).Find("details.event").Length() != 1 {
			t.Errorf("%s has not its one event", day)
		}
	}
	wantAttr(t, one(t, doc, "nav.pager a"), "rel", "next")
}

func TestEventIsASentenceWithItsChangesBehindIt(t *testing.T) {
	doc := tabDocument(t, sampleActivity().Component())
	event := doc.Find("details.event").First()
	wantWords(t, event.Find("summary .event-text"), "Organization Administrator changed the privileges of <b>Editors</b>")
	wantLabels(t, event.Find("summary b"), "Organization Administrator", "<b>Editors</b>")
	wantAttr(t, event.Find("summary time"), "datetime", "2026-11-20T16:42:07Z")
	wantAttr(t, event.Find("summary .avatar"), "aria-hidden", "true")
	if _, open := event.Attr("open"); open {
		t.Error("the event is open before anybody asks")
	}
	wantLabels(t, event.Find("table.diff thead th"), "Changed", "Before", "After")
	wantLabels(t, event.Find("table.diff tbody tr").First().Children(), "Content / Fields", "View", "Edit")
	wantLabels(t, event.Find("del"), "View", "View")
	wantLabels(t, event.Find("ins"), "Edit")
	wantLabels(t, event.Find("table.diff tbody td:last-child .dim"), "None")
	wantWords(t, event.Find(".event-body > p").First(), "and 3 more changes")
	wantLabels(t, event.Find(".event-meta > span"), "At 20 November 2026, 16:42:07 UTC", "From 192.0.2.1")
	wantAttr(t, event.Find(".event-meta time"), "datetime", "2026-11-20T16:42:07Z")
	wantAttr(t, event.Find(".event-meta a"), "href", "/o/example/activity?resource=9")
}

func TestRefusedEventSaysWhatWasMissing(t *testing.T) {
	doc := tabDocument(t, sampleActivity().Component())
	event := doc.Find("details.event").Last()
	wantWords(t, event.Find("summary .chip"), "Refused")
	wantWords(t, event.Find(".event-body > p").First(), "It needs Edit on Content / Sources.")
	if event.Find("table").Length() != 0 {
		t.Error("a refusal shows changes")
	}
}

func TestActivitiesAreFilteredByAForm(t *testing.T) {
	doc := tabDocument(t, sampleActivity().Component())
	form := one(t, doc, `form[role=search]`)
	wantAttr(t, form, "method", "get")
	wantAttr(t, form.Find("[name=q]"), "value", "jira")
	wantAttr(t, form.Find("[name=resource]"), "value", "7")
	wantAttr(t, form.Find("select[name=outcome] option[selected]"), "value", "refused")
	wantAttr(t, form.Find("[name=who]"), "list", form.Find("datalist").AttrOr("id", ""))
	wantAttr(t, form.Find("datalist option"), "value", "john.smith@example.com")
	wantLabels(t, form.Find("a"), "Only Jira: show all", "Clear filter")
	form.Find("input:not([type=hidden]), select").Each(func(_ int, s *goquery.Selection) {
		if strings.TrimSpace(s.AttrOr("aria-label", "")) == "" {
			t.Errorf("%s has no name", s.AttrOr("name", ""))
		}
	})
}

func TestNothingHappenedYetIsSaid(t *testing.T) {
	a := sampleActivity()
	a.Days, a.Pager = nil, parts.Pager{}
	a.Empty = &parts.Empty{Icon: "history", Title: "Nothing happened here yet", Text: "Every change is recorded."}
	doc := tabDocument(t, a.Component())
	wantWords(t, one(t, doc, ".empty h2"), "Nothing happened here yet")
	if doc.Find(".day, nav.pager").Length() != 0 {
		t.Error("days or pages are drawn of nothing")
	}
}
