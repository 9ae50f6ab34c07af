package views_test

import (
	"testing"

	"bailiwick/views/parts"
)

func TestActionBarHoldsTheActionsInOrderAndTheRestUnderMore(t *testing.T) {
	doc := tabDocument(t, parts.ActionBarFragment(editableBar()))
	bar := one(t, doc, "#actionbar")
	wantAttr(t, bar, "data-state", "editable")
	wantAttr(t, bar, "data-selected", "atlassian-administrators")
	wantAttr(t, bar, "data-say", "Atlassian Administrators selected, can edit: 4 actions")
	wantPhrases(t, bar.Find(".actionbar-subject"), "Atlassian Administrators Can edit")
	wantLabels(t, bar.Find(".actionbar-actions > .btn"), "Edit", "Duplicate", "Delete")
	wantLabels(t, bar.Find(".menu summary"), "More")
	wantLabels(t, bar.Find(".menu-list > *"), "Activity")
	wantAttr(t, bar.Find(".btn-danger"), "href", "/o/example/groups?delete=atlassian-administrators")
	wantAttr(t, bar.Find(`[aria-label="Clear selection"]`), "href", "/o/example/groups")
}

func TestActionThatChangesSomethingIsPosted(t *testing.T) {
	bar := tabDocument(t, sampleEditableSource().Component()).Find("#actionbar")
	update := bar.Find(`button[value="update"]`).First()
	for name, want := range map[string]string{
		"type": "submit", "formmethod": "post", "formaction": "/o/example/content/sources/jira/run", "name": "action",
	} {
		wantAttr(t, update, name, want)
	}
	wantWords(t, update, "Update")
	duplicate := tabDocument(t, parts.ActionBarFragment(editableBar())).Find(`button[formaction$="/duplicate"]`)
	if _, named := duplicate.Attr("name"); named {
		t.Error("an action without a value of its own sends one")
	}
}

func TestActionBarOfAViewerHoldsViewAloneAndSaysWhy(t *testing.T) {
	bar := tabDocument(t, sampleResources().Component()).Find("#actionbar")
	wantAttr(t, bar, "data-state", "readonly")
	wantPhrases(t, bar.Find(".actionbar-subject"), "Web View only")
	wantLabels(t, bar.Find(".actionbar-actions .btn, .menu-list > *"), "View")
	wantWords(t, bar.Find(".actionbar-why"), "Your groups let you view this source.")
	if bar.Find("[disabled], [aria-disabled]").Length() != 0 {
		t.Error("what a viewer may not do is drawn disabled; it must be absent")
	}
}

func TestPhoneHasRoomForThreeButtonsAndFindsTheOthersUnderMore(t *testing.T) {
	bar := tabDocument(t, sampleEditableSource().Component()).Find("#actionbar")
	wantLabels(t, bar.Find(".actionbar-actions > .btn:not(.only-wide)"), "Edit", "Update", "Rebuild")
	wantLabels(t, bar.Find(".actionbar-actions > .only-wide"), "Delete")
	wantLabels(t, bar.Find(".menu-list > .only-narrow"), "Delete")
	wantLabels(t, bar.Find(".menu-list > *:not(.only-narrow)"), "Activity")
	if bar.Find(".menu.only-narrow").Length() != 0 {
		t.Error("the menu is hidden on wide screens although it holds Activity")
	}
}

func TestMenuThatOnlyAPhoneNeedsIsHiddenElsewhere(t *testing.T) {
	bar := editableBar()
	bar.Actions[3].More = false
	doc := tabDocument(t, parts.ActionBarFragment(bar))
	if doc.Find(".menu.only-narrow").Length() != 1 {
		t.Error("a wide screen shows a menu with nothing in it")
	}
	bar.Actions = bar.Actions[:3]
	if tabDocument(t, parts.ActionBarFragment(bar)).Find(".menu").Length() != 0 {
		t.Error("three buttons need no menu")
	}
}

func TestPostedActionInTheMenuKeepsItsValue(t *testing.T) {
	bar := editableBar()
	bar.Actions = []parts.Action{{Label: "Rebuild", Href: "/run", Post: true, Name: "action", Value: "rebuild", Danger: true, More: true}}
	button := one(t, tabDocument(t, parts.ActionBarFragment(bar)), ".menu-list button.menu-danger")
	wantAttr(t, button, "formaction", "/run")
	wantAttr(t, button, "value", "rebuild")
}
