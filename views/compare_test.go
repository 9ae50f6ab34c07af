package views_test

import (
	"testing"

	"bailiwick/views"
)

func sampleCompare() views.Compare {
	return views.Compare{
		Page:   samplePage("Compare groups"),
		Action: "/o/example/groups/compare",
		Picks: []views.ComparePick{
			{Key: "users", Name: "Users", Note: "3 domains", Checked: true}, {Key: "team", Name: "Team", Note: "1 domain"},
		},
		Limit: "Up to four groups.", Find: "us", OnlyDifferences: true, Tally: "1 of 2 domains differs",
		Columns: []views.CompareColumn{{Name: "Users", Note: "as it stands"}, {Name: "Users", Note: "in the catalogue"}},
		Services: []views.CompareService{{Name: "Content", Rows: []views.CompareRow{
			{Domain: "Sources", Differs: true, Cells: []views.CompareCell{{Level: "custom", Word: "Custom", Note: "2 sources"}, {Level: "view", Word: "View all"}}},
			{Domain: "Fields", Cells: []views.CompareCell{{Level: "none", Word: "None"}, {Level: "none", Word: "None"}}},
		}}},
	}
}

func TestComparisonIsChosenInAGetForm(t *testing.T) {
	form := one(t, tabDocument(t, sampleCompare().Component()), "main form")
	wantAttr(t, form, "method", "get")
	wantAttr(t, form.Find("[name=group][checked]"), "value", "users")
	wantAttr(t, form.Find("[name=q]"), "value", "us")
	if _, ok := form.Find("[name=differences]").Attr("checked"); !ok {
		t.Error("Only differences is not ticked")
	}
}

func TestComparisonSaysInWordsWhatDiffers(t *testing.T) {
	doc := tabDocument(t, sampleCompare().Component())
	wantPhrases(t, doc.Find("thead"), "Domain Users as it stands Users in the catalogue")
	rows := doc.Find("tbody tr")
	wantWords(t, rows.Eq(0), "Content")
	wantWords(t, rows.Eq(1).Find("th"), "Sources Differs")
	wantWords(t, rows.Eq(1).Find(".level").First(), "Custom")
	wantWords(t, rows.Eq(1).Find("td").First().Find(".entry-sub"), "2 sources")
	wantWords(t, rows.Eq(2).Find("th"), "Fields")
	wantAttr(t, rows.Eq(0).Find("th"), "colspan", "3")
}

func TestCellsNameTheirColumnOnSmallScreens(t *testing.T) {
	cell := tabDocument(t, sampleCompare().Component()).Find("tbody td").Eq(1)
	wantWords(t, cell.Find(".only-narrow"), "Users, in the catalogue")
}

func TestComparisonWithoutColumnsSaysWhatToDo(t *testing.T) {
	c := sampleCompare()
	c.Nothing, c.Error = "Choose two groups or more.", "Choose at most four groups."
	doc := tabDocument(t, c.Component())
	wantWords(t, doc.Find(".empty h2"), "Choose two groups or more.")
	wantWords(t, one(t, doc, "form [role=alert]"), "Choose at most four groups.")
	if doc.Find("main table").Length() != 0 {
		t.Error("an empty table is drawn")
	}
}
