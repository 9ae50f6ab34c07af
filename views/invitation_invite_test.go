package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleInvite() views.InvitePanel {
	return views.InvitePanel{
		Title: "Add member", Lead: "They appear in Members once they accept.", Action: "/o/example/members/-/invite", Close: "/o/example/members",
		Gives:    []parts.Notice{{ID: "gives", Tone: "warning", Title: "Administrators may do everything.", Text: "And add others."}},
		Provider: parts.SelectField{ID: "provider", Name: "provider", Label: "Provider", Options: []parts.Option{{Value: "any", Label: "Any listed", Selected: true}}},
		Emails:   parts.TextArea{ID: "emails", Name: "emails", Label: "Email addresses", Value: "john.smith@example", Error: "Not a complete address.", Lines: 3, Required: true, Autofocus: true},
		Groups: &views.GroupPicker{Query: "an", Search: true, More: "There are more groups.", Groups: []views.GroupChoice{
			{Key: "analysts", Name: "Analysts", Note: "9 domains", Checked: true},
			{Key: "administrators", Name: "Administrators", Note: "53 domains", Why: "It goes beyond your own privileges on Content / Fields."},
		}},
		Notify:  &views.Check{Name: "notify", Label: "Send an email notification", Help: "Otherwise they learn of it later.", Checked: true},
		Confirm: []parts.Confirmation{{Name: "confirm_administrators", Label: "Make whoever accepts an administrator", DescribedBy: "gives"}},
		Expires: "Expires after 31 days",
	}
}

func membersWith(panel *views.InvitePanel, results *views.InviteResults) views.Members {
	return views.Members{Page: samplePage("Members"), Filters: parts.Filters{Action: "/o/example/members", Search: parts.Search{Label: "Filter members"}},
		List: parts.Listing{Bar: emptyBar("member"), Empty: &parts.Empty{Icon: "users", Title: "None"}}, Panel: panel, Results: results}
}

func TestInvitePanelSendsWhatWasChosen(t *testing.T) {
	panel := sampleInvite()
	doc := tabDocument(t, membersWith(&panel, nil).Component())
	sheet := one(t, doc, "dialog.sheet[open][data-modal][aria-labelledby=invite-title]")
	wantAttr(t, sheet.Find("form"), "action", "/o/example/members/-/invite")
	wantAttr(t, one(t, doc, "#emails"), "aria-describedby", "emails-error")
	if !one(t, doc, "#emails").Is("[autofocus][required]") {
		t.Error("the addresses are not what is typed first")
	}
	wantWords(t, one(t, doc, ".sheet-foot .help"), "Expires after 31 days")
	if !one(t, doc, "input[name=group][value=analysts]").Is("[checked]") || !one(t, doc, "input[name=notify][value=yes]").Is("[checked]") {
		t.Error("what was chosen is not")
	}
	wantAttr(t, one(t, doc, "input[name=confirm_administrators]"), "aria-describedby", "gives")
}

// Enter in the box that finds groups must not invite anybody: the first button of the form is Find.
func TestEnterInTheFilterFindsGroups(t *testing.T) {
	panel := sampleInvite()
	doc := tabDocument(t, membersWith(&panel, nil).Component())
	wantWords(t, doc.Find("dialog form button").First(), "Find")
	wantAttr(t, doc.Find("dialog form button").First(), "name", "step")
}

func TestGroupThatCannotBeGivenSaysWhy(t *testing.T) {
	panel := sampleInvite()
	doc := tabDocument(t, membersWith(&panel, nil).Component())
	if !one(t, doc, "input[name=group][value=administrators]").Is("[disabled]") {
		t.Error("it can be chosen")
	}
	wantWords(t, one(t, doc, ".pick-list .check-help"), "It goes beyond your own privileges on Content / Fields.")
}

func TestResultsShowEachLinkWithAButtonThatCopiesIt(t *testing.T) {
	doc := tabDocument(t, membersWith(nil, &views.InviteResults{
		Title: "Invitation created", Lead: "1 of 2 addresses invited.", Close: "/o/example/members/-/invitations",
		Again: views.InviteAgain{Label: "Invite another", Action: "/o/example/members/-/invite"},
		Results: []views.InviteResult{
			{ID: "link-1", Email: "new@example.com", Status: parts.Status{Tone: "success", Word: "Invited"}, Text: "Works once.", Link: "https://console.example.com/join/secret"},
			{ID: "link-2", Email: "none", Status: parts.Status{Tone: "danger", Word: "Not an address"}, Text: "Not complete."},
		},
	}).Component())
	wantAttr(t, one(t, doc, ".results input[readonly]"), "value", "https://console.example.com/join/secret")
	wantAttr(t, one(t, doc, "button[data-copy]"), "data-copy", one(t, doc, ".results input").AttrOr("id", ""))
	wantWords(t, one(t, doc, "button[data-copy]"), "Copy the link for new@example.com")
	wantAttr(t, one(t, doc, ".sheet-foot .btn-primary"), "href", "/o/example/members/-/invitations")
}

func TestInvitationShowsBelowItsAddressWhatSmallScreensDrop(t *testing.T) {
	doc := tabDocument(t, views.Invitations{Page: samplePage("Members"),
		List: parts.Listing{Bar: emptyBar("invitation"), Columns: []parts.Column{{Label: "Invited"}}},
		Rows: []views.InvitationRow{{ID: "7", Email: "new@example.com", Status: parts.Status{Tone: "warning", Word: "Pending"},
			Ends: parts.When{ISO: "2026-12-23T18:00:00Z", Text: "31 days left"}, Group: "Analysts", More: "and 2 more", Provider: "Any listed", Inviter: "Administrator", ReadOnly: true}},
	}.Component())
	wantWords(t, one(t, doc, "#name-7"), "new@example.com")
	wantWords(t, one(t, doc, "tbody .only-narrow"), "31 days left · Analysts and 2 more · by Administrator")
	wantWords(t, one(t, doc, "tr[data-readonly] .vh"), "view only")
}
