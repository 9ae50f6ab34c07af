package handlers

import (
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// comparedDomains are the rows of a comparison, with how many domains each filter shows.
type comparedDomains struct {
	services             []views.CompareService
	differ, granted, all int
}

// domains are the rows that the filter shows; what it leaves out of a service is one row that says what it is.
func (p comparePage) domains() comparedDomains {
	var shown comparedDomains
	if len(p.Columns) < 2 {
		return shown
	}
	for _, service := range p.catalog.Services {
		section, same := views.CompareService{Name: service.Name}, foldedDomains{}
		for _, d := range service.Domains {
			if !matchesDomain(d, p.query.query) {
				continue
			}
			row, granted := p.row(d), p.granted(d)
			shown.all++
			shown.differ += one(row.Differs)
			shown.granted += one(granted)
			if p.query.show == views.CompareAll || row.Differs || granted && p.query.show == views.CompareGranted {
				section.Rows = append(section.Rows, row)
				continue
			}
			same.add(d.Name, row)
		}
		if len(same.rows) > 0 {
			open := slices.Contains(p.query.same, service.Key)
			section.Fold = &views.Fold{Text: same.text(len(p.Columns)), Href: p.address(p.query.opening(service.Key)), Open: open}
			if open {
				section.Same = same.rows
			}
		}
		if len(section.Rows) > 0 || section.Fold != nil {
			shown.services = append(shown.services, section)
		}
	}
	return shown
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// granted tells whether some column holds anything on the domain.
func (p comparePage) granted(d *access.Domain) bool {
	return slices.ContainsFunc(p.Columns, func(col services.Compared) bool { return col.Set[d.Key].Level != access.LevelNone })
}

func (p comparePage) row(d *access.Domain) views.CompareRow {
	row := views.CompareRow{Name: d.Name, ID: "rows-" + idOf(d.Key)}
	for _, col := range p.Columns {
		cell := p.cell(d, col)
		row.Cells = append(row.Cells, cell)
		row.Differs = row.Differs || cell.Word != row.Cells[0].Word || !slices.Equal(cell.Notes, row.Cells[0].Notes)
	}
	if apart, there := p.Apart[d.Key]; there {
		row.Differs = true
		p.open(&row, d, apart)
	}
	return row
}

// open says how many things of the domain editor lists set apart, and has a page of them where that is asked for.
func (p comparePage) open(row *views.CompareRow, d *access.Domain, apart services.Apart) {
	things, open := words.Things(d), p.Rows.Domain == d.Key
	differ := things.Roughly(apart.Count) + " " + words.Noun{One: "differs", Many: "differ"}.Of(apart.Count)
	row.More = &views.Fold{Text: differ, Open: open, Href: p.address(p.query.openingRows(d.Key, "", ""))}
	if apart.Long {
		row.More.Text = "Compare " + things.Many
	}
	if !open {
		return
	}
	row.More.Href = p.address(p.query.openingRows("", "", ""))
	for _, thing := range p.Rows.Rows {
		sub := views.CompareRow{Name: thing.Name, Icon: resourceIcon(thing)}
		for _, col := range p.Columns {
			level := p.Rows.Level(col, thing.ID)
			sub.Cells = append(sub.Cells, views.CompareCell{Level: levelClass(level), Word: words.Upper(level.String())})
		}
		row.Rows = append(row.Rows, sub)
	}
	if p.Rows.Next != "" {
		row.Pager.Next = p.address(p.query.openingRows(d.Key, p.Rows.Next, ""))
	}
	if p.Rows.Previous != "" {
		row.Pager.First, row.Pager.Previous = p.address(p.query.openingRows(d.Key, "", "")), p.address(p.query.openingRows(d.Key, "", p.Rows.Previous))
	}
	row.Count = words.Number(len(p.Rows.Rows)) + " of " + things.Roughly(apart.Count) + " that " + words.Noun{One: "differs", Many: "differ"}.Of(apart.Count)
	if apart.Long {
		row.Count = things.Count(len(p.Rows.Rows)) + " on this page"
	}
}

// cell is what one column holds on the domain. What its list comes to is said to who may view the things.
func (p comparePage) cell(d *access.Domain, col services.Compared) views.CompareCell {
	held := col.Set[d.Key]
	cell := views.CompareCell{Level: levelClass(held.Level), Word: d.Label(held.Level), Through: p.through(d, col)}
	if length, shown := col.Lengths[d.Key]; shown && held.Level == access.LevelCustom {
		cell.List = parts.Link{Label: "Edit on " + words.Roughly(length) + " of " + words.Roughly(p.Totals[d.Key])}
		if !col.Catalog() {
			cell.List.Href = p.query.of.list(p.site, d, col)
		}
	}
	if held.CanCreate && d.CreateChoice(held.Level) {
		cell.Notes = append(cell.Notes, "Can create")
	}
	return cell
}

// foldedDomains are domains on which all columns hold the same.
type foldedDomains struct {
	rows   []views.CompareRow
	levels []string            // in the order in which they were met
	names  map[string][]string // of the domains with the level
}

func (f *foldedDomains) add(domain string, row views.CompareRow) {
	level := row.Cells[0].Word
	for _, note := range row.Cells[0].Notes {
		level += ", " + words.Lower(note) + ","
	}
	if f.names == nil {
		f.names = map[string][]string{}
	}
	if f.names[level] == nil {
		f.levels = append(f.levels, level)
	}
	f.rows, f.names[level] = append(f.rows, row), append(f.names[level], domain)
}

// noneWord is the level of who holds nothing, as pages name it.
const noneWord = "None"

// text says what they are: "15 domains are the same: None in all four", "11 domains are the same: View on Organization, None on 10".
func (f *foldedDomains) text(columns int) string {
	text := words.Domains.Count(len(f.rows)) + " " + words.Noun{One: "is", Many: "are"}.Of(len(f.rows)) + " the same: "
	if len(f.levels) == 1 && len(f.rows) > 1 {
		return text + strings.TrimSuffix(f.levels[0], ",") + " in " + allOf(columns)
	}
	var said []string
	for _, level := range f.levels {
		if names := f.names[level]; level != noneWord || len(names) == 1 {
			said = append(said, level+" on "+words.List(names, 3))
		}
	}
	if none := len(f.names[noneWord]); none > 1 {
		said = append(said, noneWord+" on "+words.Number(none))
	}
	return text + strings.Join(said, ", ")
}

// allOf is all columns of a comparison, in words: "both", "all four".
func allOf(columns int) string {
	if columns == 2 {
		return "both"
	}
	return "all " + words.Spelled(columns)
}

// csv is the comparison as a file. The domains stand on the first page alone.
func (p comparePage) csv() csvRows {
	page := csvRows{Head: []string{"Service", "Domain", "Thing"}, Next: p.Rows.Next, First: p.Rows.Previous == ""}
	for _, col := range p.Columns {
		name := col.Name
		if col.Catalog() {
			name += ", in the catalogue"
		}
		page.Head = append(page.Head, name)
	}
	if len(p.Columns) < 2 {
		return page
	}
	for _, service := range p.domains().services {
		for _, row := range service.Rows {
			if page.First {
				page.Lines = append(page.Lines, append([]string{service.Name, row.Name, ""}, cellsOf(row)...))
			}
			for _, thing := range row.Rows {
				page.Lines = append(page.Lines, append([]string{service.Name, row.Name, thing.Name}, cellsOf(thing)...))
			}
		}
	}
	return page
}

// cellsOf are the cells of a row as a file has them.
func cellsOf(row views.CompareRow) []string {
	var cells []string
	for _, cell := range row.Cells {
		text := cell.Word
		if cell.List.Label != "" {
			text += ", " + cell.List.Label
		}
		for _, note := range cell.Notes {
			text += ", " + note
		}
		if cell.Through.Label != "" {
			text += ", through " + cell.Through.Label
		}
		cells = append(cells, text)
	}
	return cells
}
