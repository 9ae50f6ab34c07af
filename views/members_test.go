package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleMemberList() views.Members {
	return views.Members{
		Page: samplePage("Members"), Detailed: true,
		Filters: parts.Filters{Action: "/o/example/members", Search: parts.Search{Label: "Filter members"},
			Selects: []parts.SelectField{{Name: "group", Label: "Group", Options: []parts.Option{{Label: "Any group"}, {Value: "users", Label: "Users"}}}}},
		List: parts.Listing{Action: "/o/example/members", ActionsURL: "/o/example/members/-/actions", Bar: emptyBar("member"),
			Caption: "Members of Example Corp.", Count: "3 members", Many: &parts.Picks{Page: "Select all 3 members on this page", Some: true},
			Columns: []parts.Column{{Label: "Member"}, {Label: "Role", Class: "p3"}, {Label: "Groups", Class: "p2"}, {Label: "Access ends", Class: "p3"}, {Label: "Last used", Class: "p2"}}},
		Rows: []views.MemberRow{
			{ID: "7", Href: "/o/example/members/7", Name: "John Smith", Email: "john.smith@example.com", Initials: "JS", Selectable: true, Selected: true, Role: "Analytics viewers", Group: "Analytics viewers", GroupHref: "/o/example/groups/analytics-viewers", More: "and 2 more", MoreHref: "/o/example/members/7/groups",
				Ends: parts.When{ISO: "2026-12-31T08:00:00Z", Text: "31 Dec 2026"}, EndsOf: "1 of 3 groups", LastUsed: parts.When{ISO: "2026-11-03T08:00:00Z", Text: "3 Nov 2026"}, UsedNote: "18 days ago"},
			{ID: "8", Name: "Organization Administrator", Email: "admin@example.com", Initials: "OA", Selectable: true, ReadOnly: true, You: true, Group: "Administrators", GroupHref: "/o/example/groups/administrators", LastUsed: parts.When{Text: "Never"}},
			{ID: "9", Name: "Query Tester", Email: "query.tester@example.com", Initials: "QT", Selectable: true, NoGroup: "No active group", LastUsed: parts.When{Text: "Never"}},
		},
	}
}

// bareMembers is the list for who may not view groups.
func bareMembers() views.Members {
	m := sampleMemberList()
	m.Detailed, m.Filters.Selects, m.List.Columns, m.List.Many = false, nil, m.List.Columns[:1], &parts.Picks{}
	for i := range m.Rows {
		m.Rows[i].Href = ""
		m.Rows[i].Selectable, m.Rows[i].Selected, m.Rows[i].ReadOnly = m.Rows[i].You, false, false
	}
	return m
}

func removingFromOrganization() views.Members {
	m := sampleMemberList()
	m.Removal = &views.Departure{
		GroupsTitle: "They lose these groups",
		Confirm: parts.Confirm{Title: "Remove John Smith from Example Corp?", Text: []string{"They lose 9 privileges in 12 groups."},
			Action: "/o/example/members/7/delete", Button: "Remove member", Cancel: "/o/example/members?selected=7", Danger: true},
		Groups: []string{"Analytics viewers"}, MoreGroup: "and 11 more", Resources: []string{"Twitter"},
	}
	return m
}

func TestMemberIsABoxWithNameAddressAndGroups(t *testing.T) {
	doc := tabDocument(t, sampleMemberList().Component())
	box := one(t, doc, "#pick-7[type=checkbox][name=selected][checked]")
	wantAttr(t, box, "value", "7")
	wantAttr(t, box, "aria-labelledby", "name-7 sub-7")
	wantWords(t, one(t, doc, "a#name-7[href='/o/example/members/7']"), "John Smith")
	wantWords(t, one(t, doc, "#sub-7"), "john.smith@example.com")
	wantAttr(t, one(t, doc, "thead input[type=checkbox][name=select][value=page]"), "aria-label", "Select all 3 members on this page")
	rows := doc.Find("tbody tr")
	wantLabels(t, rows.Eq(0).Find("td:not(.pick)"), "Analytics viewers", "Analytics viewers and 2 more", "31 Dec 20261 of 3 groups", "3 Nov 202618 days ago")
	wantAttr(t, rows.Eq(0).Find("td .entry-sub a"), "href", "/o/example/members/7/groups")
	wantWords(t, rows.Eq(0).Find(".entry-sub").First(), "john.smith@example.com")
	wantLabels(t, rows.Eq(2).Find("td:not(.pick)"), "", "No active group", "", "Never")
	wantWords(t, rows.Eq(1).Find(".vh"), "view only")
	wantWords(t, rows.Eq(1).Find("th .dim"), "(you)")
}

func TestWhoMayNotViewGroupsSeesNamesAndSelectsThemselvesAlone(t *testing.T) {
	doc := tabDocument(t, bareMembers().Component())
	wantLabels(t, doc.Find("thead th"), "Select", "Member")
	wantAttr(t, one(t, doc, "input[name=selected]"), "value", "8")
	if doc.Find("tbody a, thead input").Length() != 0 {
		t.Error("somebody can be opened, or all be selected")
	}
	if n := doc.Find("tbody td:not(.pick), tbody .chip, tbody time").Length(); n != 0 {
		t.Errorf("%d cells say more than name and address", n)
	}
	wantLabels(t, doc.Find("tbody .entry-sub"), "john.smith@example.com", "admin@example.com", "query.tester@example.com")
}

func TestRemovalFromTheOrganizationListsWhatIsLost(t *testing.T) {
	dialog := one(t, tabDocument(t, removingFromOrganization().Component()), "dialog")
	wantWords(t, dialog.Find("h2"), "Remove John Smith from Example Corp?")
	wantLabels(t, dialog.Find("h3"), "They lose these groups", "Will have no owner")
	wantLabels(t, dialog.Find("li"), "Analytics viewers", "and 11 more", "Twitter")
	wantAttr(t, dialog.Find("form"), "action", "/o/example/members/7/delete")
	wantWords(t, dialog.Find("button[type=submit]"), "Remove member")
}

func removingMany() views.Members {
	m := sampleMemberList()
	m.Review = &parts.Review{Title: "Remove 3 members from Example Corp?", Lead: "2 can be removed. 1 can’t, and stays as it is.", Danger: true,
		Parts: []parts.Outcome{
			{Title: "1 can’t be removed", LeftOut: true, Rows: []parts.OutcomeRow{{Name: "Organization Administrator", Sub: "admin@example.com", Person: true, Effect: "This is you."}}},
			{Title: "2 will be removed, and lose", Rows: []parts.OutcomeRow{{Name: "John Smith", Sub: "john.smith@example.com", Person: true, Effect: "3 groups."}}},
		},
		Note: "All 2 are removed, or none.", Action: "/o/example/members/-/many/remove?selected=7", Button: "Remove 2, leave out 1", Cancel: "/o/example/members?selected=7",
		Hidden: []parts.Hidden{{Name: "row", Value: "7"}, {Name: "row", Value: "9"}}}
	return m
}

func TestAReviewSaysFirstWhoIsLeftOutAndBeginsAtCancel(t *testing.T) {
	dialog := one(t, tabDocument(t, removingMany().Component()), "dialog[open][data-modal]")
	wantLabels(t, dialog.Find("h3"), "1 can’t be removed", "2 will be removed, and lose")
	wantWords(t, dialog.Find(".outcome[data-tone=warning] li"), "Organization Administrator admin@example.com This is you.")
	wantWords(t, one(t, tabDocument(t, removingMany().Component()), "dialog [autofocus]"), "Cancel")
	wantWords(t, dialog.Find("form[method=post] button.btn-danger-solid"), "Remove 2, leave out 1")
	wantWords(t, dialog.Find(".foot-note"), "All 2 are removed, or none.")
}

func TestYourAccessIsLinkedInTheRailAndTheAccountMenu(t *testing.T) {
	page := sampleMemberList()
	page.Shell.Access = "/o/example/members/-/you"
	doc := tabDocument(t, page.Component())
	for _, place := range []string{".rail-foot a", ".topbar .menu-list a[href$=you]"} {
		link := one(t, doc, place)
		wantWords(t, link, "Your access")
		wantAttr(t, link, "href", "/o/example/members/-/you")
	}
}
