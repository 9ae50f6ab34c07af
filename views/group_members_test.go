package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleMembers() views.GroupMembers {
	return views.GroupMembers{
		Filters:      parts.Filters{Action: "/o/acme/groups/users/members", Search: parts.Search{Label: "Filter members"}},
		Page:         samplePage("Analytics viewers"),
		IdentitySets: "This group includes no identity set.",
		InviteHref:   "/o/example/groups/analytics-viewers/members/-/invite",
		List: parts.Listing{
			Action: "/o/example/groups/analytics-viewers/members", ActionsURL: "/o/example/groups/analytics-viewers/members/actions",
			Bar: emptyBar("member"), Caption: "Members of Analytics viewers.", Count: "2 members",
			Columns: []parts.Column{{Label: "Member"}, {Label: "Provider", Class: "p2"}, {Label: "Status"}, {Label: "Since", Class: "p2"}},
		},
		Rows: []views.GroupMember{
			{ID: "m1", Name: "John Smith", Href: "/o/example/members/1", Email: "john.smith@example.com", Initials: "JS", Provider: "Email and password", Badge: "Member",
				Until: parts.When{ISO: "2026-12-03T18:00:00Z", Text: "until 3 Dec"}, Since: parts.When{ISO: "2026-11-03T08:00:00Z", Text: "3 Nov"}},
			{ID: "m2", Name: "Organization Administrator", Email: "admin@example.com", Initials: "OA", You: true, Badge: "Member", ReadOnly: true, Selected: true},
		},
	}
}

func removingMember() views.GroupMembers {
	g := sampleMembers()
	g.Removal = &views.MemberRemoval{
		Confirm: parts.Confirm{
			Title: "Remove John Smith from Analytics viewers?", Text: []string{"It is their last group: they leave the organization."},
			Action: "/o/example/groups/analytics-viewers/members/m1/remove", Button: "Remove member", Cancel: "/o/example/groups/analytics-viewers/members", Danger: true,
		},
		Resources: []string{"Twitter in Sources"}, More: "and 12 more",
	}
	return g
}

func TestMembersStandUnderTheirHeadings(t *testing.T) {
	doc := tabDocument(t, sampleMembers().Component())
	wantWords(t, one(t, doc, "section[aria-labelledby=identities] h2"), "Include the following identities")
	wantWords(t, one(t, doc, "section[aria-labelledby=identities] p"), "This group includes no identity set.")
	wantWords(t, one(t, doc, "section[aria-labelledby=additional] h2"), "Additional members")
	wantAttr(t, one(t, doc, "section[aria-labelledby=additional] a.btn-primary"), "href", "/o/example/groups/analytics-viewers/members/-/invite")
}

func TestInvitedPersonStandsBesideTheMembers(t *testing.T) {
	g := sampleMembers()
	g.Rows = append([]views.GroupMember{{ID: "invitation-7", Name: "new@example.com", Email: "new@example.com", Provider: "Email link", Badge: "Invited",
		Inviter: "Organization Administrator", Until: parts.When{ISO: "2026-12-23T18:00:00Z", Text: "31 days left"}}}, g.Rows...)
	doc := tabDocument(t, g.Component())
	wantWords(t, one(t, doc, "span.entry-name#name-invitation-7"), "new@example.com")
	one(t, doc, "#pick-invitation-7[aria-labelledby='name-invitation-7']")
	row := doc.Find("tbody tr").First()
	wantWords(t, row.Find(".entry-sub"), "Invited by Organization Administrator")
	wantWords(t, row.Find(".chip"), "Invited")
	wantPhrases(t, row.Find("td"), "Email link Invited 31 days left")
}

func TestMemberIsSelectedByNameAndShownWithEmail(t *testing.T) {
	doc := tabDocument(t, sampleMembers().Component())
	wantWords(t, one(t, doc, "a.entry-name#name-m1[href='/o/example/members/1']"), "John Smith")
	wantAttr(t, one(t, doc, "#pick-m1[type=checkbox][name=selected][aria-labelledby='name-m1 sub-m1']"), "value", "m1")
	row := doc.Find("tbody tr").First()
	wantWords(t, row.Find(".entry-sub"), "john.smith@example.com")
	wantPhrases(t, row.Find("td"), "Email and password Member until 3 Dec 3 Nov")
	wantAttr(t, row.Find("time").First(), "datetime", "2026-12-03T18:00:00Z")
	wantAttr(t, row.Find("time").Last(), "datetime", "2026-11-03T08:00:00Z")
	one(t, doc, "[role=toolbar][aria-label='Action bar']")
}

func TestMemberThatCanOnlyBeViewedSaysSo(t *testing.T) {
	row := one(t, tabDocument(t, sampleMembers().Component()), "tr[data-readonly]")
	wantWords(t, row.Find(".vh"), "view only")
	wantWords(t, row.Find(".entry .dim"), "(you)")
	if _, ok := row.Find("input").Attr("checked"); !ok {
		t.Error("the selected row is not checked")
	}
}

func TestMembersWithoutTheRightToAddSayWhy(t *testing.T) {
	g := sampleMembers()
	g.InviteHref, g.AddWhy = "", "Adding needs Edit on this group."
	g.ReadOnly = "Changing members needs Edit on this group."
	doc := tabDocument(t, g.Component())
	if doc.Find("section a.btn-primary").Length() != 0 {
		t.Error("Add member is offered")
	}
	wantWords(t, one(t, doc, "section[aria-labelledby=additional] .block-head .help"), "Adding needs Edit on this group.")
	wantWords(t, one(t, doc, "main [role=note]"), "View only. Changing members needs Edit on this group.")
}

func TestGroupWithoutListedMembersSaysSo(t *testing.T) {
	g := sampleMembers()
	g.Rows = nil
	g.List.Empty = &parts.Empty{Icon: "users", Title: "Nobody was added yet", Text: "Whoever you add gets what the group gives."}
	wantWords(t, one(t, tabDocument(t, g.Component()), ".empty h2"), "Nobody was added yet")
}

func TestRemovingFromTheLastGroupNamesWhatLosesItsOwner(t *testing.T) {
	dialog := one(t, tabDocument(t, removingMember().Component()), "dialog.dialog[open]")
	wantWords(t, dialog.Find("h2"), "Remove John Smith from Analytics viewers?")
	wantWords(t, dialog.Find("#dialog-text"), "It is their last group: they leave the organization.")
	wantPhrases(t, dialog.Find(".grants li"), "Twitter in Sources and 12 more")
	wantWords(t, dialog.Find("button.btn-danger-solid"), "Remove member")
	wantAttr(t, dialog.Find("a[autofocus]"), "href", "/o/example/groups/analytics-viewers/members")
}
