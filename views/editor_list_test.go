package views_test

import (
	"testing"

	"bailiwick/views"
)

func TestEditorListOffersViewOrEditOnEachResource(t *testing.T) {
	doc := tabDocument(t, samplePrivileges().Component())
	wantWords(t, doc.Find("#d-content-sources .custom-head > span").First(), "2 of 120 sources can be edited")
	jira := doc.Find("#d-content-sources .custom-list li").Eq(1)
	wantWords(t, jira.Find("legend"), "Access level on Jira Software Cloud")
	wantAttr(t, jira.Find("[name='edit.content/sources.jira'][checked]"), "value", "edit")
	wantAttr(t, jira.Find("[data-stored]"), "value", "view")
	wantWords(t, jira.Find(".changed"), "was View")
}

func TestLockedResourceOfAnEditorListIsTextWithItsReason(t *testing.T) {
	web := tabDocument(t, samplePrivileges().Component()).Find("#d-content-sources .custom-list li").Eq(2)
	wantPhrases(t, web, "Web You can only view it yourself. View")
	if web.Find("input").Length() != 0 {
		t.Error("the locked resource has a control")
	}
}

// Edit that was refused is seen, with its reason, and can be taken back; what sets all rows of the page leaves it alone.
func TestRefusedResourceOfAnEditorListKeepsItsChoice(t *testing.T) {
	list := views.EditorList{Rows: []views.EditorRow{{Key: "wiki", Name: "Wiki", Edit: true, Locked: "you cannot edit it yourself"}, {Key: "web", Name: "Web"}}}
	d := sampleSources()
	d.Custom = &list
	tab := samplePrivileges()
	tab.Services = []views.PrivilegeService{{ID: "content", Name: "Content", Domains: []views.PrivilegeDomain{d}}}
	doc := tabDocument(t, tab.Component())
	wantAttr(t, one(t, doc, "input[name='rows.content/sources']"), "value", "web")
	wantAttr(t, one(t, doc, "input[name='refused.content/sources']"), "value", "wiki")
	wiki := doc.Find("#d-content-sources .custom-list li").First()
	wantPhrases(t, wiki, "Wiki was View you cannot edit it yourself Access level on Wiki View Edit")
	wantAttr(t, wiki.Find("[checked]"), "value", "edit")
	if wiki.Find("[value=view]").Length() != 1 {
		t.Error("it can't be taken back")
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
	wantAttr(t, one(t, doc, "input[type=search][name='q.content/sources']"), "aria-label", "Search sources")
	const here = "/o/example/groups/atlassian/privileges#d-content-sources"
	for selector, label := range map[string]string{
		"[name='all.content/sources'][value=view]":   "View on these 3",
		"[name='all.content/sources'][value=edit]":   "Edit on these 3",
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
	tab.Services[0].Domains[1].Custom = &views.EditorList{Count: "0 of 0", Of: "sources can be edited", Noun: "sources", Nothing: "No source matches “zz”."}
	doc := tabDocument(t, tab.Component())
	wantWords(t, doc.Find("#d-content-sources .domain-custom .help"), "No source matches “zz”.")
	if doc.Find("#d-content-sources .custom-list").Length() != 0 {
		t.Error("an empty list is drawn")
	}
}
