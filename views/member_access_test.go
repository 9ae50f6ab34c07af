package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleMemberAccess() views.MemberAccess {
	return views.MemberAccess{
		Page: samplePage("John Smith"), Tally: "2 of 59 domains", Reach: sampleReach(9), Caption: "What John Smith may do in each domain, and through which groups",
		Filters: parts.Filters{Action: "/o/example/members/7", Search: parts.Search{Label: "Filter domains"}},
		Show:    []parts.Segment{{Label: "Granted", Count: "2", Checked: true}, {Value: "all", Label: "All", Count: "59"}},
		Services: []views.EffectiveService{{Name: "Analytics", Rows: []views.EffectiveDomain{
			{Name: "Administrate", Level: "none", Word: "None", NoGrant: "No group gives this"},
			{Name: "Dimensions", Level: "edit", Word: "Edit", CanCreate: true, Grants: []views.EffectiveGrant{
				{Group: "Analytics viewers", Href: "/o/example/groups/analytics-viewers/privileges", Text: "View"},
				{Group: "Limited Administrators", Text: "Edit", Until: parts.When{ISO: "2026-12-03T18:00:00Z", Text: "until 3 Dec"}},
			}},
		}}, {Name: "Content", Fold: &views.Fold{Text: "None on 7 other domains", Href: "/o/example/members/7?open=content"}, Rows: []views.EffectiveDomain{
			{Name: "Sources", Level: "custom", Word: "Custom", Note: "Edit on 2 sources", Grants: []views.EffectiveGrant{{Group: "Limited Administrators", Text: "Custom, edit on 2 sources"}}},
		}}},
	}
}

func TestEffectiveAccessShowsEveryGrantBehindALevel(t *testing.T) {
	doc := tabDocument(t, sampleMemberAccess().Component())
	wantLabels(t, doc.Find("tr.tr-head"), "Analytics", "Content")
	rows := doc.Find("tbody tr:not(.tr-head)")
	wantLabels(t, rows.Eq(0).Find("td"), "None", "No", "No group gives this")
	dimensions := rows.Eq(1)
	wantWords(t, dimensions.Find("td .level"), "Edit")
	wantLabels(t, dimensions.Find("td:last-child li"), "Analytics viewers: View", "Limited Administrators: Edit until 3 Dec")
	wantAttr(t, dimensions.Find("td a"), "href", "/o/example/groups/analytics-viewers/privileges")
	wantAttr(t, dimensions.Find("td time"), "datetime", "2026-12-03T18:00:00Z")
	wantLabels(t, rows.Eq(2).Find("td .entry-sub"), "Edit on 2 sources")
	wantWords(t, one(t, doc, "[aria-expanded=false]"), "None on 7 other domains")
	wantWords(t, one(t, doc, "[name=show][value=all] + span b"), "59")
}

func TestFilterOfEffectiveAccessThatLeavesNothingSaysSo(t *testing.T) {
	page := sampleMemberAccess()
	page.Services, page.Nothing = nil, "No domain matches"
	doc := tabDocument(t, page.Component())
	wantWords(t, one(t, doc, ".empty h2"), "No domain matches")
	if doc.Find("table").Length() != 0 {
		t.Error("an empty table is drawn")
	}
}
