package views_test

import (
	"strings"
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

// sampleAccess is the Twitter source's tab for somebody about to lock themselves out.
func sampleAccess() views.AccessTab {
	return views.AccessTab{
		Page:        samplePage("Twitter"),
		Action:      "/o/example/content/sources/twitter/access",
		Preview:     "/o/example/content/sources/twitter/access/preview",
		Hidden:      []parts.Hidden{{Name: "revision", Value: "3"}},
		FilterLabel: "Filter groups and API keys",
		Caption:     "Who can view or edit Twitter",
		Tally:       []views.TallyPart{{Count: "2", Text: "can edit"}, {Count: "1", Text: "can view"}},
		Sections: []views.AccessSection{
			{Name: "Groups", Rows: []views.AccessRow{
				{Name: "Administrators", Icon: "shield", Membership: "Not a member", Level: "edit", LevelWord: "Edit", Why: "Edits all sources"},
				{Name: "Analytics viewers", Icon: "shield", Membership: "Not a member", Level: "none", LevelWord: "No access", Why: "No access to sources"},
				{Name: "Social Media Sources Managers", Icon: "users", Field: "access.group:social", Membership: "Member", Member: true, StoredEdit: true, Was: "was Edit", Why: "Custom on sources"},
			}},
			{Name: "API keys", Rows: []views.AccessRow{
				{Name: "Content refresh job", Icon: "key-round", Field: "access.api-key:refresh", Edit: true, StoredEdit: true, Why: "Custom on sources", Error: "This key is gone."},
			}},
		},
		Carried: []parts.Hidden{{Name: "access.group:users", Value: "edit"}},
		Pager:   parts.FormPager{Name: "page", Of: "groups and API keys", Range: "1 to 50 of 240", Next: "n"},
		Lockout: &views.Lockout{Title: "You are about to lock yourself out.", Text: "Only Administrators can change that back.", Keep: "group:social"},
		SaveBar: parts.SaveBar{
			Title:   "1 change",
			Changes: []parts.Change{{What: "Edit", On: "for Social Media Sources Managers"}},
			Confirm: []parts.Confirmation{{Name: "confirm_lockout", Label: "I will lose Edit", DescribedBy: "lockout"}},
		},
	}
}

func viewOnlyAccess() views.AccessTab {
	tab := sampleAccess()
	tab.ReadOnly, tab.Lockout = "Changing who has access needs Edit on this source.", nil
	return tab
}

func TestAccessIsASelectWhereThereIsADecision(t *testing.T) {
	doc := tabDocument(t, sampleAccess().Component())
	choice := one(t, doc, "select[aria-label='Access level of Social Media Sources Managers']")
	wantAttr(t, choice, "name", "access.group:social")
	wantPhrases(t, choice, "View Edit")
	if choice.Find("[value=longer]").Length() != 0 {
		t.Error("Edit without an end can be made to last for longer")
	}
	wantAttr(t, choice.Find("[selected]"), "value", "view")
	wantAttr(t, choice.Find("[data-stored]"), "value", "edit")
	wantWords(t, choice.Closest("td").Find(".changed"), "was Edit")
}

func TestEditWithAnEndLastsForLongerByChoice(t *testing.T) {
	tab := sampleAccess()
	row := &tab.Sections[0].Rows[2]
	row.Edit, row.Lasting, row.Longer = true, "Edit with no end date", true
	choice := one(t, tabDocument(t, tab.Component()), "select[name='access.group:social']")
	wantPhrases(t, choice, "View Edit Edit with no end date")
	wantAttr(t, choice.Find("[selected]"), "value", "longer")
}

func TestAccessIsTextWhereNothingIsToDecide(t *testing.T) {
	rows := tabDocument(t, sampleAccess().Component()).Find("tbody").First().Find("tr:not(.tr-head)")
	for i, want := range []string{
		"Administrators Edits all sources Not a member Edit Edits all sources",
		"Analytics viewers No access to sources Not a member No access No access to sources",
	} {
		row := rows.Eq(i)
		wantPhrases(t, row, want)
		if row.Find("select").Length() != 0 {
			t.Errorf("row %d has a control", i)
		}
	}
}

func TestAccessOfKeysHasNoMembership(t *testing.T) {
	key := tabDocument(t, sampleAccess().Component()).Find("tbody").Last().Find("tr").Last()
	wantWords(t, key.Children().Eq(1), "Not applicable")
	wantWords(t, key.Find(".error"), "This key is gone.")
	wantAttr(t, key.Find("select"), "aria-invalid", "true")
}

func TestLockoutWarnsAndIsConfirmed(t *testing.T) {
	doc := tabDocument(t, sampleAccess().Component())
	warning := one(t, doc, "[role=alert]#lockout")
	if !strings.Contains(words(warning), "Only Administrators can change that back.") {
		t.Error("the warning does not say who could change it back")
	}
	keep := warning.Find("button")
	wantWords(t, keep, "Keep Edit")
	wantAttr(t, keep, "name", "keep")
	wantAttr(t, keep, "value", "group:social")
	wantAttr(t, one(t, doc, "input[name=confirm_lockout][required]"), "aria-describedby", "lockout")
}

func TestAccessCarriesChoicesOfOtherPages(t *testing.T) {
	doc := tabDocument(t, sampleAccess().Component())
	wantAttr(t, one(t, doc, "form input[type=hidden][name='access.group:users']"), "value", "edit")
	wantWords(t, one(t, doc, "button[name=page][value=n]"), "Next groups and API keys")
	if doc.Find("button[name=page][value=first]").Length() != 0 {
		t.Error("the first page leads to itself")
	}
}

func TestViewOnlyAccessHasNothingToChange(t *testing.T) {
	doc := tabDocument(t, viewOnlyAccess().Component())
	if n := doc.Find("main select, main form[method=post], #savebar").Length(); n != 0 {
		t.Errorf("%d controls could change something", n)
	}
	key := doc.Find("tbody").Last().Find("tr").Last()
	wantWords(t, key.Find(".level"), "Edit")
	wantWords(t, one(t, doc, "main [role=note]"), "View only. Changing who has access needs Edit on this source.")
}

func TestAccessPreviewReplacesWarningAndTally(t *testing.T) {
	doc := tabDocument(t, sampleAccess().Fragment())
	one(t, doc, "#savebar")
	one(t, doc, "#lockout-place[hx-swap-oob] #lockout")
	wantWords(t, one(t, doc, "#tally[hx-swap-oob]"), "2 can edit, 1 can view")
	doc = tabDocument(t, viewOnlyAccess().Fragment())
	wantWords(t, one(t, doc, "#lockout-place[hx-swap-oob]"), "")
}

func TestAccessWithoutRowsSaysSo(t *testing.T) {
	tab := sampleAccess()
	tab.Nothing = "No group or API key matches “zz”."
	doc := tabDocument(t, tab.Component())
	wantWords(t, doc.Find(".empty h2"), "No group or API key matches “zz”.")
	if doc.Find("main table").Length() != 0 {
		t.Error("an empty table is drawn")
	}
}
