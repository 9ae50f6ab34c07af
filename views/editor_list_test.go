package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func TestEditorListOffersViewOrEditOnEachResource(t *testing.T) {
	doc := tabDocument(t, samplePrivileges().Component())
	wantWords(t, doc.Find("#d-content-sources .editor-count"), "2 of 120 sources can be edited, 1 before")
	jira := doc.Find("#d-content-sources .editor-list li").Eq(1)
	wantWords(t, jira.Find("legend"), "Access level on Jira Software Cloud")
	wantAttr(t, jira.Find("[name='edit.content/sources.jira'][checked]"), "value", "edit")
	wantAttr(t, jira.Find("[data-stored]"), "value", "view")
	wantWords(t, jira.Find(".changed"), "was View")
	wantWords(t, jira.Find("mark"), "a")
}

func TestLockedResourceOfAnEditorListIsTextWithItsReason(t *testing.T) {
	web := tabDocument(t, samplePrivileges().Component()).Find("#d-content-sources .editor-list li").Eq(2)
	wantPhrases(t, web, "Web You can only view it yourself. View")
	if web.Find("input").Length() != 0 {
		t.Error("the locked resource has a control")
	}
}

// Edit that was refused is seen, with its reason, and can be taken back; what sets all rows of the page leaves it alone.
func TestRefusedResourceOfAnEditorListKeepsItsChoice(t *testing.T) {
	list := views.EditorList{Rows: []views.EditorRow{{Key: "wiki", Name: "Wiki", Marked: parts.Words{{Text: "Wiki"}}, Edit: true, Locked: "you can’t edit it yourself"}, {Key: "web", Name: "Web"}}}
	d := sampleSources()
	d.Custom = &list
	tab := samplePrivileges()
	tab.Services = []views.PrivilegeService{{ID: "content", Name: "Content", Domains: []views.PrivilegeDomain{d}}}
	doc := tabDocument(t, tab.Component())
	wantAttr(t, one(t, doc, "input[name='rows.content/sources']"), "value", "web")
	wantAttr(t, one(t, doc, "input[name='refused.content/sources']"), "value", "wiki")
	wiki := doc.Find("#d-content-sources .editor-list li").First()
	wantPhrases(t, wiki, "Wiki you can’t edit it yourself was View Access level on Wiki View Edit")
	wantAttr(t, wiki.Find("[checked]"), "value", "edit")
	if wiki.Find("[value=view]").Length() != 1 {
		t.Error("it can’t be taken back")
	}
}

// The rows are named, so that the server can tell "set to View" from "not on this page"; what other pages of the list
// hold travels along.
func TestEditorListCarriesWhatItDoesNotShow(t *testing.T) {
	doc := tabDocument(t, samplePrivileges().Component())
	wantAttr(t, one(t, doc, "input[name='rows.content/sources']"), "value", "confluence jira") // Web has no choice
	wantAttr(t, one(t, doc, "input[type=hidden][name='carry.content/sources']"), "value", "twitter=edit")
	if _, ok := one(t, doc, "#d-content-sources").Attr("data-changed"); !ok {
		t.Error("a domain with unsaved choices on other pages is not marked")
	}
}

func TestEditorListSearchesSetsAllAndPagesInPlace(t *testing.T) {
	doc := tabDocument(t, samplePrivileges().Component())
	wantAttr(t, one(t, doc, "input[type=search][name='q.content/sources']"), "aria-label", "Find sources")
	wantWords(t, doc.Find("#d-content-sources .editor-bar .tally"), "8 of 120 match “a”")
	wantWords(t, doc.Find("#d-content-sources .editor-bar .push > span"), "Set all 120 to")
	wantWords(t, one(t, doc, "#d-content-sources .seg-count label:has(:checked)"), "All 120")
	if got := doc.Find("select[name='type.content/sources'] option").Length(); got != 2 {
		t.Errorf("there are %d types to choose from", got)
	}
	const here = "/o/example/groups/atlassian/privileges#d-content-sources"
	for selector, label := range map[string]string{
		"[name='all.content/sources'][value=view]":   "View for all sources found",
		"[name='all.content/sources'][value=edit]":   "Edit for all sources found",
		"[name='page.content/sources'][value=first]": "First sources",
		"[name='page.content/sources'][value=c1]":    "Previous sources",
		"[name='page.content/sources'][value=c2]":    "Next sources",
	} {
		button := one(t, doc, "button[type=submit]"+selector)
		wantWords(t, button, label)
		wantAttr(t, button, "formaction", here)
	}
}

func TestClosedEditorListOffersToBeRead(t *testing.T) {
	doc := tabDocument(t, samplePrivileges().Component())
	open := one(t, doc, "#d-organization-groups button[name=list]")
	wantAttr(t, open, "value", "organization/groups")
	wantWords(t, open, "Choose groups")
}

func TestEditorListSaysWhyItIsEmpty(t *testing.T) {
	tab := samplePrivileges()
	tab.Services[0].Domains[1].Custom = &views.EditorList{Count: "0 of 0", Of: "sources can be edited", Noun: "sources", Nothing: "No source matches “zz”.", ShowAll: "Show all 120"}
	doc := tabDocument(t, tab.Component())
	wantWords(t, doc.Find("#d-content-sources .domain-custom .editor-nothing"), "No source matches “zz”. Show all 120")
	wantAttr(t, one(t, doc, ".editor-nothing button[name=list]"), "value", "content/sources")
	if doc.Find("#d-content-sources .editor-list").Length() != 0 {
		t.Error("an empty list is drawn")
	}
}
