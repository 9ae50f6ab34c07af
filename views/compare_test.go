package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func sampleCompare() views.Compare {
	cells := []views.CompareCell{{Level: "custom", Word: "Custom", List: parts.Link{Label: "Edit on 2 of 10", Href: "/list"}}, {Level: "view", Word: "View all", Notes: []string{"Can create"}}}
	things := []views.CompareCell{{Level: "edit", Word: "Edit"}, {Level: "view", Word: "View"}}
	return views.Compare{
		Page:    samplePage("Compare groups"),
		Filters: parts.Filters{Action: "/o/example/groups/-/compare", Search: parts.Search{Label: "Filter domains"}, Hidden: []parts.Hidden{{Name: "group", Value: "users"}}},
		Show:    []parts.Segment{{Label: "Differences", Count: "1", Checked: true}, {Value: "all", Label: "All", Count: "2"}},
		Tally:   parts.Words{{Text: "2", Strong: true}, {Text: " of at most 8 groups"}}, Caption: "What the groups hold",
		Columns: []views.CompareColumn{
			{Letter: "A", Name: "Users", Href: "/users", Count: parts.Link{Label: "3 members", Href: "/users/members"}, Note: "2 domains", Without: "/c?group=team"},
			{Letter: "B", Name: "Team", Note: "in the catalogue"},
		},
		Services: []views.CompareService{{Name: "Content",
			Rows: []views.CompareRow{{Name: "Sources", ID: "rows-content-sources", Differs: true, Cells: cells, More: &views.Fold{Text: "2 sources differ", Href: "/closed", Open: true},
				Rows: []views.CompareRow{{Name: "Web", Icon: "database", Cells: things}}, Count: "1 of 2 sources that differ", Pager: parts.Pager{Next: "/next"}}},
			Fold: &views.Fold{Text: "1 domain is the same: None on Fields", Href: "/open"},
		}},
	}
}

func TestComparisonSaysInWordsWhatDiffers(t *testing.T) {
	doc := tabDocument(t, sampleCompare().Component())
	wantAttr(t, one(t, doc, "form.filters input[name=group]"), "value", "users")
	wantPhrases(t, doc.Find("thead"), "Domain Users 3 members , 2 domains Team in the catalogue")
	wantAttr(t, one(t, doc, "thead .cell-link"), "href", "/users/members")
	wantAttr(t, one(t, doc, "thead .btn"), "href", "/c?group=team")
	rows := doc.Find("tbody tr")
	wantWords(t, rows.Eq(0), "Content")
	wantAttr(t, rows.Eq(0).Find("th"), "colspan", "3")
	wantWords(t, rows.Eq(1).Find("th"), "Sources 2 sources differ")
	wantWords(t, rows.Eq(1).Find(".level").First(), "Custom")
	wantAttr(t, rows.Eq(1).Find("td .cell-link"), "href", "/list")
	wantAttr(t, rows.Eq(1).Find("[aria-expanded=true]"), "aria-controls", "rows-content-sources")
	wantAttr(t, rows.Eq(2), "id", "rows-content-sources")
	wantWords(t, rows.Eq(3), "1 of 2 sources that differNext")
	wantWords(t, one(t, doc, "[aria-expanded=false]"), "1 domain is the same: None on Fields")
}

func TestCellsNameTheirColumnOnSmallScreens(t *testing.T) {
	doc := tabDocument(t, sampleCompare().Component())
	wantWords(t, doc.Find("tbody td").Eq(1).Find(".only-narrow"), "BTeam")
	wantWords(t, doc.Find(".tokens li").Eq(0), "A Users")
	if doc.Find(".tokens li").Eq(1).Find("a").Length() != 0 {
		t.Error("the catalogue’s set can be taken out")
	}
}

func TestComparisonWithoutColumnsSaysWhatToDo(t *testing.T) {
	c := sampleCompare()
	c.Empty, c.Error = &parts.Empty{Icon: "search-x", Title: "No groups yet"}, "Only the first 8 are compared."
	c.Choice = &views.CompareChoice{Action: "/c", Chosen: []parts.Token{{Value: "users", Name: "Users"}}, Found: []parts.FoundLine{{Value: "team", Name: parts.Words{{Text: "Team"}}, Locked: true}}, More: "1 group shown.", Count: "1 group"}
	doc := tabDocument(t, c.Component())
	wantWords(t, doc.Find(".empty h2"), "No groups yet")
	wantWords(t, one(t, doc, "main [role=alert]"), "Only the first 8 are compared.")
	if doc.Find("main table").Length() != 0 {
		t.Error("an empty table is drawn")
	}
	wantAttr(t, one(t, doc, "dialog form"), "method", "get")
	wantAttr(t, one(t, doc, "dialog [name=drop]"), "value", "users")
	if _, off := one(t, doc, "dialog input[value=team]").Attr("disabled"); !off {
		t.Error("what there is no room for can be chosen")
	}
}

func TestAComparedMemberHasAnAddressAndWhatGivesALevel(t *testing.T) {
	c := sampleCompare()
	c.Columns[0].Name, c.Columns[0].Sub = "Mia Lang", "mia@example.com"
	c.Services[0].Rows[0].Cells[0].Through = parts.Link{Label: "Interns", Href: "/interns"}
	doc := tabDocument(t, c.Component())
	wantWords(t, doc.Find("thead .entry-sub").First(), "mia@example.com")
	wantAttr(t, one(t, doc, "thead .btn"), "aria-label", "Take out Mia Lang (mia@example.com)")
	wantWords(t, doc.Find(".tokens li").Eq(0), "A Mia Lang mia@example.com")
	wantWords(t, doc.Find("tbody td").First().Find(".entry-sub").Last(), "through Interns")
	wantAttr(t, doc.Find("tbody td").First().Find(".entry-sub a").Last(), "href", "/interns")
}
