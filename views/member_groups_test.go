package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleMemberGroups() views.MemberGroups {
	return views.MemberGroups{
		Page: samplePage("John Smith"), Action: "/o/example/members/7/groups", Preview: "/o/example/members/7/groups/preview",
		Hidden: []parts.Hidden{{Name: "revision", Value: "3"}}, Tally: "In 2 of 4 groups", Caption: "Groups of John Smith",
		Show: []views.ShowChoice{{Label: "All groups", Checked: true}, {Value: "joined", Label: "Member of"}},
		Rows: []views.MembershipRow{
			{Key: "administrators", Name: "Administrators", Note: "59 domains", Locked: true, Why: "You can’t edit this group."},
			{Key: "auditors", Name: "Auditors", Note: "2 domains", In: true, Stored: true, Until: "2026-12-03T18:00", Error: "Choose a time in the future.",
				Why: "You can end this membership, but not make it longer: it goes beyond your own privileges on Content / Sources."},
			{Key: "leads", Name: "Leads", Note: "4 domains", Locked: true, Stored: true, In: true, UntilText: parts.When{ISO: "2026-12-03T18:00:00Z", Text: "until 3 Dec"}, Why: "You can’t edit this group."},
			{Key: "users", Name: "Users", Note: "3 domains"},
		},
		Carried: []parts.Hidden{{Name: "rows", Value: "zebra"}, {Name: "in.zebra", Value: "yes"}},
		Pager:   parts.FormPager{Name: "page", Of: "groups", Range: "4 rows on this page", Next: "a:x"},
		SaveBar: parts.SaveBar{Title: "1 change", Scope: "for John Smith", Changes: []parts.Change{{Gains: true, What: "Users", On: "with no end date"}}},
	}
}

func viewOnlyMemberGroups() views.MemberGroups {
	g := sampleMemberGroups()
	g.ReadOnly = "To change the groups of members, you need Edit on a group."
	return g
}

func TestGroupsThatCanBeChosenAreBoxesWithAnEnd(t *testing.T) {
	doc := tabDocument(t, sampleMemberGroups().Component())
	wantAttr(t, one(t, doc, "form#tab-form > input[name=rows][value='auditors users']"), "type", "hidden")
	checked := one(t, doc, "input[type=checkbox][checked]")
	wantAttr(t, checked, "name", "in.auditors")
	wantAttr(t, checked, "data-was", "in")
	wantAttr(t, one(t, doc, "input[name='in.users']"), "data-was", "out")
	until := one(t, doc, "#until-auditors[type=datetime-local]")
	wantAttr(t, until, "value", "2026-12-03T18:00")
	wantAttr(t, until, "aria-invalid", "true")
	wantWords(t, one(t, doc, "#"+until.AttrOr("aria-describedby", "")), "Choose a time in the future.")
	wantAttr(t, one(t, doc, "input[name=rows][value=zebra]"), "type", "hidden")
}

func TestLockedGroupSaysWhyAndHasNoControl(t *testing.T) {
	doc := tabDocument(t, sampleMemberGroups().Component())
	if n := doc.Find("[name='in.administrators'], [name='in.leads'], [name='until.leads']").Length(); n != 0 {
		t.Errorf("%d controls of locked groups", n)
	}
	rows := doc.Find("tbody tr")
	wantPhrases(t, rows.Eq(0), "Administrators Not a member You can’t edit this group. 59 domains You can’t edit this group.")
	wantPhrases(t, rows.Eq(2), "Leads Member You can’t edit this group. 4 domains until 3 Dec You can’t edit this group.")
}

func TestGroupsOfAMemberThatCanOnlyBeViewedHaveNoControls(t *testing.T) {
	doc := tabDocument(t, viewOnlyMemberGroups().Component())
	if n := doc.Find("form[method=post][action='/o/example/members/7/groups'], input[type=checkbox], input[type=datetime-local], #savebar").Length(); n != 0 {
		t.Errorf("%d controls", n)
	}
	wantWords(t, one(t, doc, ".callout"), "View only. To change the groups of members, you need Edit on a group.")
}

func TestPreviewOfAMembersGroupsIsTheSaveBar(t *testing.T) {
	doc := tabDocument(t, sampleMemberGroups().Fragment())
	wantAttr(t, one(t, doc, "#savebar"), "data-say", "1 change for John Smith")
	if doc.Find("form, table").Length() != 0 {
		t.Error("the fragment holds more than the save bar")
	}
}
