package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleAddPeople() views.AddPeople {
	until := parts.Field{ID: "until", Name: "until", Label: "Until (UTC)", Type: "date"}
	return views.AddPeople{
		Title: "Add members", Lead: "Members are added to the groups immediately.", Action: "/o/example/members/-/invite", Close: "/o/example/members",
		Gives: []parts.Notice{{ID: "gives", Tone: "warning", Title: "Administrators may do everything.", Text: "And add others."}},
		People: views.PeopleField{Typed: "editor", Error: "2 lines can’t be used.", Carried: []parts.Hidden{{Name: "read_lines", Value: "1:new@example.com"}},
			Found: []views.FoundPerson{
				{ID: "ticked-1", Name: "Content Editor", Email: "content.editor@example.com", Note: "2 groups", Marks: []parts.Chip{{Word: "2 people have this name"}}, Checked: true},
				{ID: "ticked-2", Name: "Former Editor", Email: "former@example.com", Note: "Suspended", Unavailable: true},
			}, More: "More members match.", MostLines: "At most 1,000 lines at a time.", Autofocus: true},
		Resolved: &views.ResolvedPeople{Head: "3 lines read and 1 person ticked", Parts: []views.ResolvedPart{
			{ID: "part-unusable", Tone: "danger", Icon: "circle-alert", Count: "2", Text: "can’t be used", Open: true, Correct: "Correct 1 line", Lines: []views.ResolvedLine{
				{Name: "no-dot@example", Sub: "line 2", Effect: "The domain has no dot", Drop: "2:no-dot@example"},
				{Name: "аdmin@example.com", Effect: "Looks like admin@example.com", Drop: "аdmin@example.com", Sure: &views.DoubtfulCheck{ID: "sure-1", Email: "аdmin@example.com"}},
			}},
			{ID: "part-invited", Tone: "success", Icon: "mail", Count: "120", Text: "will be invited", Lines: []views.ResolvedLine{{Name: "new@example.com", Drop: "new@example.com"}}, More: "and 119 more"},
		}},
		Groups: views.GroupTokens{Chosen: []views.GroupToken{{Key: "analysts", Name: "Analysts"}}, Query: "an", More: "There are more groups.", Error: "Choose at least one group.",
			Found: []views.FoundGroup{
				{Key: "anchors", Name: "Anchors", Sub: "9 domains", Note: "3 members"},
				{Key: "administrators", Name: "Administrators", Sub: "It goes beyond your own privileges.", Note: "1 member", Unavailable: true},
			}, Refused: []views.FoundGroup{{Name: "Auditors", Sub: "You can’t edit this group."}}},
		Provider: &parts.SelectField{ID: "provider", Name: "provider", Label: "How the 120 invited sign in", Options: []parts.Option{{Value: "any", Label: "Any listed", Selected: true}}},
		Notify:   &views.Check{Name: "notify", Label: "Send an email notification", Help: "Otherwise they learn of it later.", Checked: true},
		Until:    &until,
		Confirm:  []parts.Confirmation{{Name: "confirm_administrators", Label: "Make all of them administrators", DescribedBy: "gives"}},
		Sum:      "121 people into 1 group", Seats: "809 of 900 seats", Button: "Add 1 and invite 120",
	}
}

func membersWith(sheet *views.AddPeople, results *views.InviteResults) views.Members {
	return views.Members{Page: samplePage("Members"), Filters: parts.Filters{Action: "/o/example/members", Search: parts.Search{Label: "Filter members"}},
		List: parts.Listing{Bar: emptyBar("member"), Empty: &parts.Empty{Icon: "users", Title: "None"}}, Panel: sheet, Results: results}
}

func TestSheetThatAddsPeopleSendsWhatWasChosen(t *testing.T) {
	sheet := sampleAddPeople()
	doc := tabDocument(t, membersWith(&sheet, nil).Component())
	form := one(t, doc, "dialog.sheet[open][data-modal][aria-labelledby=add-title] form[method=post]")
	wantAttr(t, form, "action", "/o/example/members/-/invite")
	wantAttr(t, one(t, doc, "#who_typed"), "aria-describedby", "who_typed-error who_typed-help")
	wantWords(t, one(t, doc, "#who_typed"), "editor")
	wantAttr(t, one(t, doc, "input[type=hidden][name=read_lines]"), "value", "1:new@example.com")
	wantAttr(t, one(t, doc, "input[type=hidden][name=group]"), "value", "analysts")
	if !one(t, doc, "#ticked-1").Is("[checked]") || !one(t, doc, "#ticked-2").Is("[disabled]") || !one(t, doc, "input[name=group][value=administrators]").Is("[disabled]") {
		t.Error("what was ticked is not, or what can’t be is offered")
	}
	wantWords(t, doc.Find(".resolved-part summary").First(), "2 can’t be used")
	if !doc.Find(".resolved-part").First().Is("[open]") || doc.Find(".resolved-part").Last().Is("[open]") {
		t.Error("what can’t be used is not what is seen first")
	}
	wantAttr(t, doc.Find("button[name=leave_out]").First(), "value", "2:no-dot@example")
	wantWords(t, doc.Find("button[name=leave_out]").First(), "Leave out no-dot@example")
	wantAttr(t, one(t, doc, "button[name=take_out]"), "value", "analysts")
	wantAttr(t, one(t, doc, "input[name=sure]"), "value", "аdmin@example.com")
	wantWords(t, one(t, doc, ".foot-note"), "121 people into 1 group 809 of 900 seats")
	wantWords(t, one(t, doc, ".sheet-foot .btn-primary"), "Add 1 and invite 120")
	wantAttr(t, one(t, doc, "input[name=confirm_administrators]"), "aria-describedby", "gives")
}

// Enter in the box that finds groups must not add anybody: the first button of the form only looks.
func TestEnterInTheSheetThatAddsPeopleOnlyFinds(t *testing.T) {
	sheet := sampleAddPeople()
	first := tabDocument(t, membersWith(&sheet, nil).Component()).Find("dialog form button").First()
	wantAttr(t, first, "name", "step")
	wantAttr(t, first, "value", "find")
}

func TestTheGroupOfAGroupsSheetIsFixedAndTooFewSeatsAreSaid(t *testing.T) {
	sheet := sampleAddPeople()
	sheet.Groups, sheet.TooFew = views.GroupTokens{Fixed: true, Chosen: sheet.Groups.Chosen}, "5 seats too few: 31 people, 26 free"
	doc := tabDocument(t, membersWith(&sheet, nil).Component())
	if doc.Find("#groups input, #groups button").Length() > 0 {
		t.Error("the group can be changed")
	}
	wantWords(t, one(t, doc, ".foot-note.error"), "5 seats too few: 31 people, 26 free")
}
func TestResultsShowEachLinkWithAButtonThatCopiesIt(t *testing.T) {
	doc := tabDocument(t, membersWith(nil, &views.InviteResults{
		Title: "Invitation created", Lead: "1 invited, 1 already invited.", Close: "/o/example/members/-/invitations",
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

// Links of several can be taken together: from one field, by one button, or as a file, which takes no script.
func TestResultsOfSeveralOfferAllLinksTogether(t *testing.T) {
	const file = "/o/example/members/-/invitations/-/many/links/file"
	doc := tabDocument(t, membersWith(nil, &views.InviteResults{
		Title: "2 invitations created", Lead: "2 invited.", Close: "/o/example/members/-/invitations",
		All: &views.LinkLines{Lines: []string{"a@example.com\thttps://x/join/1", "b@example.com\thttps://x/join/2"}, File: file},
		Results: []views.InviteResult{
			{ID: "link-1", Email: "a@example.com", Status: parts.Status{Tone: "success", Word: "Invited"}, Link: "https://x/join/1"},
			{ID: "link-2", Email: "b@example.com", Status: parts.Status{Tone: "success", Word: "Invited"}, Link: "https://x/join/2"},
		},
	}).Component())
	if got := one(t, doc, "textarea#link-lines").Text(); got != "a@example.com\thttps://x/join/1\nb@example.com\thttps://x/join/2" {
		t.Errorf("the field has %q", got)
	}
	wantAttr(t, one(t, doc, "form.link-lines"), "action", file)
	wantWords(t, one(t, doc, "form.link-lines [data-copy]"), "Copy all links")
	wantWords(t, one(t, doc, "form.link-lines button[type=submit]"), "Download links as CSV")
	if doc.Find(".results .help").Length() != 0 {
		t.Error("what is said of all is said of each")
	}
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
