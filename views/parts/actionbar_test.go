package parts_test

import (
	"testing"

	"github.com/PuerkitoBio/goquery"

	"bailiwick/views/parts"
)

func TestActionBarWithoutSelectionExplainsItself(t *testing.T) {
	doc := draw(t, parts.ActionBarFragment(parts.ActionBar{State: "none", Hint: "Select a group to see what you can do."}))
	bar := one(t, doc, `[role="toolbar"][aria-label="Action bar"]`)
	wantAttr(t, bar, "data-state", "none")
	wantWords(t, bar.Find("p"), "Select a group to see what you can do.")
	wantLabels(t, bar.Find("a, button"), "Show actions")
	wantAttr(t, bar.Find("button"), "type", "submit")
}

// several12 is the bar of twelve rows.
var several12 = parts.ActionBar{State: "many", Subject: "12 selected", Other: &parts.Link{Label: "Select all 143", Href: "/members?selected=all"}, Clear: "/members",
	Why: "Left out: you.", Actions: []parts.Action{
		{Label: "Add to groups", Icon: "user-plus", Href: "/add", Get: true}, {Label: "Set an end", Icon: "hourglass", Href: "/end", Get: true, Yields: parts.YieldsFirst},
		{Label: "Remove 11", Icon: "user-x", Href: "/remove", Get: true, Danger: true, Yields: parts.Yields},
	}}

func TestTheBarOfSeveralRowsSendsThemByGet(t *testing.T) {
	doc := draw(t, parts.ActionBarFragment(several12))
	wantWords(t, one(t, doc, ".actionbar-count"), "12 selected Select all 143")
	wantAttr(t, one(t, doc, ".actionbar-count a"), "href", "/members?selected=all")
	wantLabels(t, doc.Find(".actionbar-actions > button"), "Add to groups", "Set an end", "Remove 11")
	doc.Find(".actionbar-actions button").Each(func(_ int, s *goquery.Selection) {
		wantAttr(t, s, "formmethod", "")
	})
	if doc.Find(".level").Length() != 0 {
		t.Error("several rows have one level")
	}
}

// On screens that are too small for all buttons the others stand under More, each from the width at which it left the bar.
func TestWhatHasNoRoomInTheBarIsUnderMore(t *testing.T) {
	doc := draw(t, parts.ActionBarFragment(several12))
	wantLabels(t, doc.Find(".actionbar-actions > .p4"), "Set an end")
	wantLabels(t, doc.Find(".actionbar-actions > .p3"), "Remove 11")
	wantLabels(t, doc.Find("details.menu.from-p4 .from-p4"), "Set an end")
	wantLabels(t, doc.Find("details.menu .from-p3.menu-danger"), "Remove 11")
	always := several12
	always.Actions = append(always.Actions, parts.Action{Label: "Compare", Href: "/compare", More: true})
	if draw(t, parts.ActionBarFragment(always)).Find("details.from-p4").Length() != 0 {
		t.Error("the menu goes although something always stands in it")
	}
}
