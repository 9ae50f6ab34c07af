package views_test

import (
	"strings"
	"testing"

	"bailiwick/views/parts"

	"github.com/PuerkitoBio/goquery"
)

// labels is the text of each matching element.
func labels(s *goquery.Selection) []string {
	return s.Map(func(_ int, e *goquery.Selection) string { return words(e) })
}

func wantLabels(t *testing.T, s *goquery.Selection, want ...string) {
	t.Helper()
	if got := labels(s); strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("reads %q, want %q", got, want)
	}
}

func TestListOfGroupsShowsItsColumnsAndOrder(t *testing.T) {
	doc := tabDocument(t, sampleGroups().Component())
	wantLabels(t, doc.Find("thead th"), "Select", "Group", "Kind", "Members", "Invitations", "Identity sets", "Reach", "Privileges", "Last change")
	sorted := one(t, doc, "th[aria-sort]")
	wantAttr(t, sorted, "aria-sort", "ascending")
	wantAttr(t, sorted.Find("a"), "href", "/o/example/groups?sort=-name")
	if doc.Find(`th:contains("Kind") a`).Length() != 0 {
		t.Error("a column that can’t be sorted by is a link")
	}
	wantLabels(t, doc.Find("tbody label"), "Administrators", "Atlassian Administrators", "Content Managers", "Website Developers")
}

func TestRowOfAGroupHoldsItsFigures(t *testing.T) {
	doc := tabDocument(t, sampleGroups().Component())
	row := doc.Find("tbody tr").First()
	wantLabels(t, row.Find("td:not(.pick)"), "Built-in", "6", "1", "0", "7 of 59 domains: 1 custom, 6 view", "7 of 59", "Not since 2 Nov 2026", "Never")
	wantAttr(t, row.Find("svg.reach"), "aria-label", "7 of 59 domains: 1 custom, 6 view")
	wantAttr(t, row.Find("svg.reach"), "role", "img")
	wantWords(t, row.Find(".reach-detail"), "7 of 59 domains: 1 custom, 6 view")
	second := doc.Find("tbody tr").Eq(1)
	wantWords(t, second.Find("td").Eq(1), "Custom")
	wantAttr(t, second.Find("time"), "datetime", "2026-11-20T09:12:00Z")
}

func TestNameOfARowIsTheLabelOfItsRadio(t *testing.T) {
	doc := tabDocument(t, sampleGroups().Component())
	radio := one(t, doc, `input[type=radio][name=selected][value="content-managers"]`)
	wantWords(t, one(t, doc, `label[for="`+radio.AttrOr("id", "")+`"]`), "Content Managers")
	if doc.Find("tbody a").Length() != 0 {
		t.Error("a row holds a link: names are labels of their radios")
	}
	wantAttr(t, one(t, doc, "input[name=selected][checked]"), "value", "atlassian-administrators")
}

func TestRowThatMayOnlyBeViewedSaysSo(t *testing.T) {
	doc := tabDocument(t, sampleResources().Component())
	gray := doc.Find("tbody tr[data-readonly]")
	wantLabels(t, gray.Find("label"), "Web", "YouTube")
	gray.Each(func(_ int, row *goquery.Selection) {
		wantWords(t, row.Find(".entry-text > .vh"), "view only")
		wantWords(t, row.Find(".level"), "View")
		if row.Find("input[type=radio]:not([disabled])").Length() != 1 {
			t.Error("a gray row can’t be selected")
		}
	})
	if doc.Find("tbody tr:not([data-readonly]) .entry-text > .vh").Length() != 0 {
		t.Error("an editable row says view only")
	}
}

func TestListOfResourcesShowsItsColumns(t *testing.T) {
	doc := tabDocument(t, sampleResources().Component())
	wantLabels(t, doc.Find("thead th"), "Select", "Source", "Your access", "Type", "Visibility", "Owner", "Last operation", "Last modified")
	wantWords(t, one(t, doc, `th[aria-sort="descending"]`), "Last modified")
	wantLabels(t, doc.Find("tbody tr").First().Find("td:not(.pick)"),
		"Edit", "Cloud service", "Shared", "John Smith john.smith@example.com", "Update, 12 min ago", "6 Nov")
}

func TestListingAsksForTheBarOfTheSelectedRowAndKeepsTheFilter(t *testing.T) {
	doc := tabDocument(t, sampleGroups().Component())
	form := one(t, doc, "form.listing")
	for name, want := range map[string]string{
		"method": "get", "action": "/o/example/groups", "hx-get": "/o/example/groups/actions",
		"hx-trigger": "change", "hx-target": "#actionbar", "hx-swap": "outerHTML",
	} {
		wantAttr(t, form, name, want)
	}
	wantAttr(t, form.Find("input[type=hidden][name=sort]"), "value", "name")
	if form.Find("#actionbar[role=toolbar][aria-label='Action bar']").Length() != 1 {
		t.Error("the Action bar is not in the form")
	}
}

func TestFiltersWorkAsAFormWithoutTheScript(t *testing.T) {
	doc := tabDocument(t, sampleNoGroups().Component())
	form := one(t, doc, "form.filters")
	wantAttr(t, form, "method", "get")
	wantAttr(t, form, "action", "/o/example/groups")
	box := form.Find("input[type=search][name=q]")
	wantAttr(t, box, "value", "analitics")
	wantAttr(t, box, "aria-label", "Filter groups")
	wantAttr(t, form.Find("select[name=kind]"), "aria-label", "Kind")
	wantLabels(t, form.Find("select[name=kind] option"), "Any kind", "Built-in", "Custom")
	wantWords(t, form.Find("button[type=submit].noscript-only"), "Apply filter")
}

func TestFilterThatIsSetCanBeCleared(t *testing.T) {
	page := sampleGroups()
	page.Filters.Clear = "/o/example/groups?sort=name"
	link := tabDocument(t, page.Component()).Find(".filters a")
	wantWords(t, link, "Clear filter")
	wantAttr(t, link, "href", "/o/example/groups?sort=name")
}

func TestNothingYetAndNothingFoundReadDifferently(t *testing.T) {
	nothingYet := tabDocument(t, sampleNoResources().Component())
	wantWords(t, one(t, nothingYet, ".empty h2"), "No sources yet")
	wantAttr(t, nothingYet.Find(".empty a"), "href", "/o/example/content/sources/new")
	notFound := tabDocument(t, sampleNoGroups().Component())
	wantWords(t, one(t, notFound, ".empty h2"), "No group matches “analitics”")
	wantWords(t, notFound.Find(".empty a"), "Clear filter")
	for _, doc := range []*goquery.Document{nothingYet, notFound} {
		if doc.Find("table").Length() != 0 {
			t.Error("an empty list draws a table")
		}
	}
}

func TestPagerLeadsToTheOtherPages(t *testing.T) {
	doc := tabDocument(t, sampleLongGroups().Component())
	wantWords(t, doc.Find(".listing-foot > span").First(), "1,000+ groups")
	pages := one(t, doc, `nav[aria-label="Pages"]`)
	wantLabels(t, pages.Find("a"), "First", "Previous", "Next")
	wantAttr(t, pages.Find(`a[rel="next"]`), "href", "/o/example/groups?after=y")
	wantAttr(t, pages.Find(`a[rel="prev"]`), "href", "/o/example/groups?before=x")
	if tabDocument(t, sampleGroups().Component()).Find(`nav[aria-label="Pages"]`).Length() != 0 {
		t.Error("a list of one page has a pager")
	}
}

func TestDeletionAsksAboveTheListWithFocusOnCancel(t *testing.T) {
	doc := tabDocument(t, sampleGroupDeletion().Component())
	dialog := one(t, doc, "dialog[open][data-modal]")
	wantWords(t, doc.Find("#"+dialog.AttrOr("aria-labelledby", "")), "Delete Atlassian Administrators?")
	wantLabels(t, doc.Find("#"+dialog.AttrOr("aria-describedby", "")+" p"),
		"6 members lose the privileges of this group, and 2 of them have no other group.", "This can’t be undone.")
	form := dialog.Find("form")
	wantAttr(t, form, "method", "post")
	wantAttr(t, form, "action", "/o/example/groups/atlassian-administrators/delete")
	wantAttr(t, form.Find("input[type=hidden][name=revision]"), "value", "7")
	wantWords(t, form.Find("button[type=submit].btn-danger-solid"), "Delete group")
	wantWords(t, dialog.Find("[autofocus]"), "Cancel")
	wantAttr(t, dialog.Find("[autofocus]"), "href", "/o/example/groups?selected=atlassian-administrators")
	if doc.Find("tbody tr").Length() != 4 {
		t.Error("the list is gone behind the question")
	}
	if tabDocument(t, sampleGroups().Component()).Find("dialog").Length() != 0 {
		t.Error("a list without a question draws a dialog")
	}
}

func TestQuestionThatDestroysNothingIsNotDrawnAsDanger(t *testing.T) {
	page := sampleGroupDeletion()
	page.Confirm = &parts.Confirm{Title: "Add somebody?", Text: []string{"They get everything."}, Action: "/add", Button: "Add member", Cancel: "/"}
	wantWords(t, one(t, tabDocument(t, page.Component()), "dialog button.btn-primary"), "Add member")
}
