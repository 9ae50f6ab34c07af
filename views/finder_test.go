package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleHits() views.Hits {
	return views.Hits{Query: "emea edit", Text: "8 found. You see only what you may view.", Groups: []views.HitGroup{
		{ID: "hits-of-1", Name: "Groups", Count: "6", Hits: []views.Hit{
			{ID: "hit-1", Href: "/o/example/groups/editors", Icon: "users", Name: parts.Words{{Text: "Document "}, {Text: "Edit", Marked: true}, {Text: "ors"}},
				Sub: parts.Words{{Text: "0 members"}}, Kind: "No members", Chip: true},
		}, All: &views.Hit{ID: "hit-2", Href: "/o/example/groups?q=emea+edit", Icon: "search", Name: parts.Words{{Text: "Show all 6 groups"}}}},
		{ID: "hits-of-2", Name: "Members", Count: "1", Hits: []views.Hit{
			{ID: "hit-3", Href: "/o/example/members/7", Initials: "DE", Name: parts.Words{{Text: "Document Editor"}},
				Sub: parts.Words{{Text: "editor.emea@example.com"}}, Kind: "Suspended", Chip: true, Tone: "warning"},
		}},
		{ID: "hits-of-3", Name: "Sources", Count: "1", Hits: []views.Hit{
			{ID: "hit-4", Href: "/o/example/sources/wiki", Icon: "book-open", Name: parts.Words{{Text: "Wiki"}}, Kind: "View only"},
		}},
	}}
}

func sampleFinder() views.FinderPage {
	page := samplePage("Search")
	page.Shell.Finder = &views.Finder{Action: "/o/example/search", Hits: "/o/example/search/hits", Label: "Search Example Corp",
		Opened: parts.Link{Label: "Wiki", Href: "/o/example/sources/wiki", Icon: "book-open"}}
	return views.FinderPage{Page: page, Hits: sampleHits()}
}

// The page has a heading and a list for each kind; the dialog has the same as one list to choose from.
func TestFinderShowsEachKindUnderItsHeading(t *testing.T) {
	doc := tabDocument(t, sampleFinder().Component())
	wantLabels(t, doc.Find("main h2"), "Groups 6", "Members 1", "Sources 1")
	if links := doc.Find("main li > a.hit[href]"); links.Length() != 4 || doc.Find("main [role=option]").Length() != 0 {
		t.Errorf("the page has %d links", links.Length())
	}
	wantWords(t, one(t, doc, "main mark"), "Edit")
	wantAttr(t, one(t, doc, "header form[role=search]"), "action", "/o/example/search")
	wantAttr(t, one(t, doc, `header a[aria-label="Search Example Corp"]`), "href", "/o/example/search")
	wantAttr(t, one(t, doc, "#finder"), "data-opened", "Wiki")

	list := one(t, tabDocument(t, sampleHits().Component()), "#hits[role=listbox]")
	if list.Find("[role=group] > a[role=option][tabindex='-1']").Length() != 4 {
		t.Errorf("the list has %d options", list.Find("[role=option]").Length())
	}
	wantAttr(t, list, "data-query", "emea edit")
}

func TestFinderThatFoundNothingSaysSo(t *testing.T) {
	doc := tabDocument(t, views.Hits{Query: "x", Text: "Nothing found for “x”."}.Component())
	wantWords(t, one(t, doc, "#hits:not([role])"), "Nothing found for “x”.")
}
