package handlers

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// GroupCompare sets groups side by side, domain by domain.
func (h Pages) GroupCompare(c echo.Context) error {
	by := caller(c)
	keys := slices.Compact(slices.Sorted(slices.Values(c.QueryParams()[views.CompareGroups.Name])))
	find := c.QueryParam(parts.QueryName)
	comparison, err := h.Console.CompareGroups(c.Request().Context(), by, keys, find)
	if err != nil {
		return err
	}
	page, err := h.page(c, place{Domain: access.GroupsDomain, Title: "Compare groups", Crumbs: []parts.Link{{Label: "Compare"}},
		Lead: "See where groups differ. A built-in group stands beside the set that the catalogue gives it."})
	if err != nil {
		return err
	}
	only := c.QueryParam(views.CompareDifferences.Name) != ""
	view := comparePage(h.Console.Catalog(), comparison, keys, only)
	view.Page, view.Action, view.Find = page, siteOf(by.Organization.Key).compare(), find
	return Render(c, http.StatusOK, view.Component())
}

// comparePage is the table of a comparison.
func comparePage(catalog *access.Catalog, comparison services.Comparison, keys []string, only bool) views.Compare {
	view := views.Compare{OnlyDifferences: only, Limit: "Choose 2 to " + words.Groups.Count(services.MaxCompared) + "."}
	if len(keys) > services.MaxCompared {
		view.Error = fmt.Sprintf("Only the first %d are compared.", services.MaxCompared)
	}
	for _, g := range comparison.Choices {
		view.Picks = append(view.Picks, views.ComparePick{Key: g.Key, Name: g.Name, Note: words.Members.Roughly(g.Members), Checked: slices.Contains(keys, g.Key)})
	}
	switch {
	case comparison.More:
		view.Limit += " There are more groups. Find them by name."
	case len(view.Picks) == 0:
		view.Limit = "No group has this in its name."
	}
	if len(comparison.Columns) < 2 {
		view.Nothing = "Choose at least two groups, or one built-in group."
		return view
	}
	for _, col := range comparison.Columns {
		column := views.CompareColumn{Name: col.Name, Note: words.Domains.Count(col.Set.Held(catalog))}
		if col.Catalog {
			column.Note = "in the catalogue"
		}
		view.Columns = append(view.Columns, column)
	}
	differing := 0
	for _, service := range catalog.Services {
		section := views.CompareService{Name: service.Name}
		for _, d := range service.Domains {
			row := compareRow(d, comparison.Columns)
			if row.Differs {
				differing++
			}
			if row.Differs || !only {
				section.Rows = append(section.Rows, row)
			}
		}
		if len(section.Rows) > 0 {
			view.Services = append(view.Services, section)
		}
	}
	view.Tally = words.Number(differing) + " of " + words.Domains.Count(len(catalog.Domains())) + " " + words.Noun{One: "differs", Many: "differ"}.Of(differing)
	if len(view.Services) == 0 {
		view.Nothing = "These groups do not differ."
	}
	return view
}

func compareRow(d *access.Domain, columns []services.Compared) views.CompareRow {
	row := views.CompareRow{Domain: d.Name}
	for _, col := range columns {
		p := col.Set[d.Key]
		cell := views.CompareCell{Level: levelClass(p.Level), Word: d.Label(p.Level)}
		if p.CanCreate && d.CreateChoice(p.Level) {
			cell.Note = "Can create"
		}
		if length, shown := col.Lengths[d.Key]; shown && p.Level == access.LevelCustom {
			cell.Note = subLine(cell.Note, words.Things(d).Roughly(length))
		}
		row.Cells = append(row.Cells, cell)
		row.Differs = row.Differs || cell != row.Cells[0]
	}
	return row
}
