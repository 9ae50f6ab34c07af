package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleTemporaryAccess() views.TemporaryAccess {
	return views.TemporaryAccess{
		Page: samplePage("Support Agent"), Status: parts.Status{Tone: "success", Word: "Active"}, Justification: views.Justified{Before: "About <b>", Case: &parts.Link{Label: "CASE-1", Href: "https://cases.example.com/CASE-1"}, After: "</b>."},
		Countdown:   &views.Countdown{Left: "3 h left", Until: parts.When{Text: "until 2 Jan 2027, 15:04 UTC"}, Value: "10800", Max: "14400"},
		Facts:       []parts.Fact{{Term: "Category", Value: "Support agent"}},
		Privileges:  []views.LentPrivilege{{Level: "edit", Word: "Edit all", Domain: "Content / Sources", Allows: "Change sources."}},
		NothingDone: "Nothing was changed.", NothingMade: "Nothing that you may view.",
	}
}

func TestTemporaryAccessSaysWhyForHowLongAndWhat(t *testing.T) {
	page := sampleTemporaryAccess()
	doc := tabDocument(t, page.Component())
	quote := doc.Find("blockquote")
	if quote.Text() != "About <b>CASE-1</b>." || quote.Find("a").AttrOr("href", "") != "https://cases.example.com/CASE-1" {
		t.Errorf("the justification reads %q", quote.Text())
	}
	if bar := doc.Find("progress[aria-label='Time left']"); bar.AttrOr("value", "") != "10800" || bar.AttrOr("max", "") != "14400" || bar.Text() != "3 h left" {
		t.Errorf("the countdown is %d bars, %q", bar.Length(), bar.Text())
	}
	if level := doc.Find("td .level[data-level=edit]"); words(level) != "Edit all" {
		t.Errorf("the level reads %q", words(level))
	}
	if said := doc.Find("main .dim").Text(); said != "Nothing was changed.Nothing that you may view." {
		t.Errorf("of what came of it the page says %q", said)
	}
	page.Countdown, page.Note = nil, "It has expired, and can’t be reactivated."
	doc = tabDocument(t, page.Component())
	if doc.Find("progress").Length() != 0 || doc.Find("p .status + .dim").Text() != page.Note {
		t.Errorf("what is over reads %q", doc.Find("main section").First().Text())
	}
}

func TestTemporaryAccessLeadsToWhatWasMadeAndIsStillThere(t *testing.T) {
	page := sampleTemporaryAccess()
	page.Made = []views.MadeResource{{Name: "Probe", Href: "/o/example/probe", Domain: "Content / Sources"}, {Name: "Gone (deleted)", Domain: "Content / Sources"}}
	page.Done = []parts.ActivityEvent{{Sentence: []parts.Phrase{{Text: "Support Agent", Strong: true}}, Kind: "Source"}}
	page.Confirm = &parts.Confirm{Title: "Revoke?", Action: "/revoke", Button: "Revoke access", Danger: true}
	doc := tabDocument(t, page.Component())
	if links := doc.Find(".made a"); links.Length() != 1 || links.AttrOr("href", "") != "/o/example/probe" || doc.Find(".made li").Length() != 2 {
		t.Errorf("%d of what was made, %d links", doc.Find(".made li").Length(), links.Length())
	}
	if doc.Find(".events .event").Length() != 1 || doc.Find("dialog form[method=post][action='/revoke']").Length() != 1 {
		t.Error("what was done, or the question, is missing")
	}
}

func TestRowOfTemporaryAccessSaysHowLongIsLeft(t *testing.T) {
	row := views.TemporaryAccessRow{Row: parts.Row{Key: "k", Name: "Support Agent", Icon: "user", ReadOnly: true}, Category: "Support agent",
		Justification: "CASE-1", Status: parts.Status{Tone: "success", Word: "Active"}, Left: "3 h left"}
	over := row
	over.Key, over.Left = "l", ""
	doc := tabDocument(t, views.TemporaryAccesses{Page: samplePage("Temporary access"), Remarks: []parts.Notice{{Title: "Support access is off."}},
		Rows: []views.TemporaryAccessRow{row, over}}.Component())
	if left := doc.Find("td .entry-sub"); left.Length() != 1 || left.Text() != "3 h left" {
		t.Errorf("%d rows say how long is left: %q", left.Length(), left.Text())
	}
	if doc.Find("tr[data-readonly]").Length() != 2 || words(doc.Find(".callout")) != "Support access is off." {
		t.Errorf("%d rows are gray; remarks: %q", doc.Find("tr[data-readonly]").Length(), doc.Find(".callout").Text())
	}
}

func TestSupportSwitchIsThereForWhoMayEdit(t *testing.T) {
	page := views.OrganizationSettings{Page: samplePage("Organization"),
		Support: views.SupportPanel{State: "Support access is off", Action: "/support", Turn: parts.Option{Value: "yes", Label: "Switch support access on"}}}
	if button := tabDocument(t, page.Component()).Find("form[action='/support'] button[name=support][value=yes]"); button.Text() != "Switch support access on" {
		t.Errorf("the button reads %q", button.Text())
	}
	page.ReadOnly = "To change this, you need more."
	if doc := tabDocument(t, page.Component()); doc.Find("[name=support]").Length() != 0 || doc.Find("section:last-of-type .member").Length() != 1 {
		t.Error("whoever may not edit has a switch, or is not told how it stands")
	}
}
