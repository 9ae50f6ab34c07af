package handlers

import (
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
)

func compared(only bool, columns ...services.Compared) views.Compare {
	return comparePage(catalog, services.Comparison{Columns: columns}, nil, only)
}

func TestAComparisonShowsWhereGroupsDiffer(t *testing.T) {
	interns := services.Compared{Name: "Interns", Set: access.PrivilegeSet{sources: {Level: access.LevelCustom, CanCreate: true}, "content/fields": {Level: access.LevelView}},
		Lengths: map[access.DomainKey]int{sources: 2}}
	leads := services.Compared{Name: "Leads", Set: access.PrivilegeSet{sources: {Level: access.LevelEdit}, "content/fields": {Level: access.LevelView}}}
	page := compared(true, interns, leads)
	want := []views.CompareColumn{{Name: "Interns", Note: "2 domains"}, {Name: "Leads", Note: "2 domains"}}
	if !slices.Equal(page.Columns, want) || page.Tally != "1 of 53 domains differs" || len(page.Services) != 1 || len(page.Services[0].Rows) != 1 {
		t.Fatalf("drawn as %+v", page)
	}
	row := page.Services[0].Rows[0]
	if cells := []views.CompareCell{{Level: "custom", Word: "Custom", Note: "Can create · 2 sources"}, {Level: "edit", Word: "Edit all"}}; row.Domain != "Sources" || !slices.Equal(row.Cells, cells) {
		t.Errorf("the row is %+v", row)
	}
	rows := 0
	for _, s := range compared(false, interns, leads).Services {
		rows += len(s.Rows)
	}
	if rows != 53 {
		t.Errorf("all of it has %d rows", rows)
	}
}

func TestWhatALevelBringsByItselfIsNoDifference(t *testing.T) {
	box := services.Compared{Set: access.PrivilegeSet{sources: {Level: access.LevelEdit, CanCreate: true}}}
	none := services.Compared{Set: access.PrivilegeSet{sources: {Level: access.LevelEdit}}}
	if page := compared(true, box, none); page.Tally != "0 of 53 domains differ" || page.Nothing != "These groups do not differ." {
		t.Errorf("%q, %q", page.Tally, page.Nothing)
	}
}

// A column has the lengths of the lists that the viewer may view; the others tell nothing.
func TestEditorListsAreComparedOnlyForWhoMayViewThem(t *testing.T) {
	one := services.Compared{Set: access.PrivilegeSet{sources: {Level: access.LevelCustom, Editors: []access.ResourceID{7}}}}
	two := services.Compared{Set: access.PrivilegeSet{sources: {Level: access.LevelCustom, Editors: []access.ResourceID{7, 8}}}}
	if page := compared(true, one, two); page.Nothing == "" {
		t.Errorf("unseen, they differ: %+v", page.Services)
	}
	one.Lengths, two.Lengths = map[access.DomainKey]int{sources: 1}, map[access.DomainKey]int{sources: 2}
	if page := compared(true, one, two); page.Tally != "1 of 53 domains differs" {
		t.Errorf("seen: %q", page.Tally)
	}
}

func TestAComparisonSaysWhatThereIsToChoose(t *testing.T) {
	column := services.Compared{Name: "Leads", Set: access.PrivilegeSet{}}
	catalogue := services.Compared{Name: "Leads", Catalog: true, Set: access.PrivilegeSet{}}
	choices := []models.Group{{Resource: models.Resource{Key: "leads", Name: "Leads"}, Members: 1}}
	for name, c := range map[string]struct {
		comparison                  services.Comparison
		keys                        []string
		limit, problem, nothing, at string
	}{
		"nothing chosen":  {services.Comparison{Choices: choices}, nil, "Choose 2 to 4 groups.", "", "Choose at least two groups, or one built-in group.", ""},
		"one":             {services.Comparison{Choices: choices, Columns: []services.Compared{column}}, []string{"leads"}, "Choose 2 to 4 groups.", "", "Choose at least two groups, or one built-in group.", ""},
		"one built in":    {services.Comparison{Choices: choices, Columns: []services.Compared{column, catalogue}}, []string{"leads"}, "Choose 2 to 4 groups.", "", "", "in the catalogue"},
		"too many":        {services.Comparison{Choices: choices, Columns: []services.Compared{column, column}}, []string{"a", "b", "c", "d", "leads"}, "Choose 2 to 4 groups.", "Only the first 4 are compared.", "", "0 domains"},
		"more to choose":  {services.Comparison{Choices: choices, More: true}, nil, "Choose 2 to 4 groups. There are more groups. Find them by name.", "", "Choose at least two groups, or one built-in group.", ""},
		"nothing to find": {services.Comparison{}, nil, "No group has this in its name.", "", "Choose at least two groups, or one built-in group.", ""},
	} {
		page, at := comparePage(catalog, c.comparison, c.keys, false), ""
		if len(page.Columns) > 1 {
			at = page.Columns[1].Note
		}
		if page.Limit != c.limit || page.Error != c.problem || page.Nothing != c.nothing || at != c.at {
			t.Errorf("%s: %q, %q, %q, %q", name, page.Limit, page.Error, page.Nothing, at)
		}
		for _, pick := range page.Picks {
			if want := (views.ComparePick{Key: "leads", Name: "Leads", Note: "1 member", Checked: slices.Contains(c.keys, "leads")}); pick != want {
				t.Errorf("%s: to choose is %+v", name, pick)
			}
		}
	}
}
