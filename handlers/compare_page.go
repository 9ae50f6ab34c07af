package handlers

import (
	"fmt"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// comparePage is a comparison in the making.
type comparePage struct {
	services.Comparison
	query   compareQuery
	catalog *access.Catalog
	site    site
}

func (p comparePage) address(q compareQuery) string { return q.at(p.query.of.address(p.site)) }

// choosing is the address of the choice of more to compare.
func (p comparePage) choosing() string {
	values := p.query.carried()
	values.Set(views.CompareAdd, "yes")
	return withValues(p.query.of.address(p.site), values)
}

// adding leads there.
func (p comparePage) adding(kind parts.ButtonKind) parts.Link {
	return parts.Link{Label: "Add a " + p.query.of.Noun.One, Icon: "plus", Href: p.choosing(), Kind: kind}
}

func (p comparePage) place() place {
	where := p.query.of.Place
	where.Title, where.Heading, where.Crumbs = p.query.of.Name, p.query.of.Name, []parts.Link{{Label: "Compare"}}
	where.Lead = "Domain by domain, and resource by resource where the level is Custom."
	if len(p.Columns) > 1 {
		where.Actions = append(where.Actions, parts.Link{Label: "Download CSV", Icon: "download", Href: p.query.at(p.query.of.address(p.site) + "/csv")})
	}
	if len(p.query.keys) < services.MaxCompared {
		where.Actions = append(where.Actions, p.adding(""))
	}
	return where
}

// view is the page without its frame.
func (p comparePage) view() views.Compare {
	compared := min(len(p.query.keys), services.MaxCompared)
	view := views.Compare{
		Filters: parts.Filters{Action: p.query.of.address(p.site), Search: parts.Search{Label: "Filter domains", Value: p.query.query}},
		Tally:   parts.Words{{Text: words.Number(compared), Strong: true}, {Text: " of at most " + p.query.of.Noun.Count(services.MaxCompared)}},
		Named:   p.query.of.Filter.Label + " compared", Caption: p.query.of.Caption, Choice: p.choice(),
	}
	for _, carried := range p.query.hidden() {
		if carried.Name != parts.QueryName && carried.Name != views.CompareShow.Name {
			view.Filters.Hidden = append(view.Filters.Hidden, carried)
		}
	}
	if len(p.query.keys) > services.MaxCompared {
		view.Error = fmt.Sprintf("Only the first %d are compared.", services.MaxCompared)
	}
	for i, col := range p.Columns {
		view.Columns = append(view.Columns, p.column(i, col))
	}
	shown := p.domains()
	view.Show = []parts.Segment{
		{Label: "Differences", Count: words.Number(shown.differ), Checked: p.query.show == ""},
		{Value: views.CompareGranted, Label: "Granted", Count: words.Number(shown.granted), Checked: p.query.show == views.CompareGranted},
		{Value: views.CompareAll, Label: "All", Count: words.Number(shown.all), Checked: p.query.show == views.CompareAll},
	}
	view.Services, view.Empty = shown.services, p.nothing(shown)
	return view
}

func (p comparePage) column(i int, col services.Compared) views.CompareColumn {
	column := views.CompareColumn{Letter: string(rune('A' + i)), Name: col.Name, Note: words.Domains.Count(col.Set.Held(p.catalog))}
	if col.Catalog() {
		column.Note = "in the catalogue"
		return column
	}
	column.Without = p.address(p.query.without(p.query.of.key(col)))
	p.query.of.column(&column, p.site, col)
	return column
}

// nothing is said in place of the table, nil where there is one.
func (p comparePage) nothing(shown comparedDomains) *parts.Empty {
	add := p.adding(parts.Primary)
	all := p.query
	all.show, all.query = views.CompareAll, ""
	switch {
	case len(p.Columns) == 0:
		return &parts.Empty{Icon: "git-compare-arrows", Title: "No " + p.query.of.Noun.Many + " to compare yet", Text: p.query.of.Begin, Action: &add}
	case len(p.Columns) == 1:
		return &parts.Empty{Icon: "git-compare-arrows", Title: "One " + p.query.of.Noun.One + " alone", Text: "Add another to see where they differ.", Action: &add}
	case shown.all == 0:
		return &parts.Empty{Icon: "search-x", Title: "No domain matches “" + p.query.query + "”", Text: "Check the spelling, or look at all domains.",
			Action: &parts.Link{Label: "Clear filter", Href: p.address(all)}}
	case p.query.show == "" && shown.differ == 0 && p.query.query == "":
		return &parts.Empty{Icon: "git-compare-arrows", Title: "These " + p.query.of.Noun.Many + " hold the same.", Text: p.query.of.Same,
			Action: &parts.Link{Label: "Show all " + words.Number(shown.all), Href: p.address(all)}}
	}
	return nil
}

// choice is the choice of more to compare, nil where nobody is choosing.
func (p comparePage) choice() *views.CompareChoice {
	if !p.query.adding {
		return nil
	}
	room := services.MaxCompared - len(p.query.keys)
	choice := &views.CompareChoice{Action: p.query.of.address(p.site), Cancel: p.address(p.query), Title: "Choose " + p.query.of.Noun.Many + " to compare", Of: p.query.of.Filter,
		Search: p.query.of.Find, Find: p.query.find, Count: p.query.of.Noun.Count(len(p.query.keys)), Lead: joinTexts("At most "+words.Number(services.MaxCompared)+".", p.query.of.Lead)}
	choice.Hidden = []parts.Hidden{{Name: views.CompareAdd, Value: "yes"}}
	if p.query.back != "" {
		choice.Hidden = append(choice.Hidden, parts.Hidden{Name: views.ChooserReturn, Value: p.query.back})
		if len(p.query.keys) == 0 { // there is no comparison to go back to
			choice.Cancel = within(p.site, p.query.back)
		}
	}
	for _, carried := range p.query.hidden() {
		if carried.Name != p.query.of.Filter.Name { // those stand in the form
			choice.Hidden = append(choice.Hidden, carried)
		}
	}
	for i, key := range p.query.keys {
		name := key
		if i < len(p.Columns) {
			name = p.Columns[i].Name
		}
		choice.Chosen = append(choice.Chosen, parts.Token{Value: key, Name: name})
	}
	choice.Found = p.query.of.found(p.Comparison, p.query.find)
	for i := range choice.Found {
		choice.Found[i].Locked = room <= 0
	}
	switch {
	case room <= 0:
		choice.More = "No more than " + p.query.of.Noun.Count(services.MaxCompared) + ". Leave one out to choose another."
	case p.More:
		choice.More = p.query.of.Noun.Count(len(choice.Found)) + " shown. Type a name to find others."
	case len(choice.Found) == 0 && p.query.find != "":
		choice.More = "No further " + p.query.of.Noun.One + " matches “" + p.query.find + "”."
	}
	return choice
}
