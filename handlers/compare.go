package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// compareQuery is what the address of a comparison says.
type compareQuery struct {
	groups        []string // keys, each once, in the order of the columns
	show, query   string
	same          []string // services whose equal rows are open
	rows          access.DomainKey
	after, before string // page of those rows
	adding        bool   // groups are being chosen
	find          string // among those to choose
	back          string // where the first choice was begun
}

func readCompare(values url.Values) compareQuery {
	q := compareQuery{show: values.Get(views.CompareShow.Name), query: cutRunes(values.Get(parts.QueryName), 200), same: values[views.CompareSame.Name],
		rows: access.DomainKey(values.Get(views.CompareRows.Name)), after: values.Get(parts.AfterName), before: values.Get(parts.BeforeName),
		adding: values.Get(views.CompareAdd) != "", find: cutRunes(values.Get(views.CompareFind.Name), 200), back: values.Get(views.ChooserReturn)}
	if q.show != views.CompareGranted && q.show != views.CompareAll {
		q.show = ""
	}
	for _, key := range values[views.CompareGroups.Name] {
		if key != values.Get(views.CompareDrop) && !slices.Contains(q.groups, key) {
			q.groups = append(q.groups, key)
		}
	}
	return q
}

// asked is what of the comparison to read.
func (q compareQuery) asked() services.CompareQuery {
	query := services.CompareQuery{Groups: q.groups, Rows: q.rows, Page: models.Page{After: q.after, Before: q.before, Limit: comparedRows}}
	if q.adding {
		query.Find = &q.find
	}
	return query
}

// comparedRows is how many things of a domain are shown at a time.
const comparedRows = 20

// at is the address of the comparison at this address; the choice of groups is closed there.
func (q compareQuery) at(address string) string {
	values := url.Values{}
	for _, h := range q.hidden() {
		values.Add(h.Name, h.Value)
	}
	return withValues(address, values)
}

// hidden carries the comparison through a form.
func (q compareQuery) hidden() []parts.Hidden {
	var all []parts.Hidden
	add := func(name, value string) {
		if value != "" {
			all = append(all, parts.Hidden{Name: name, Value: value})
		}
	}
	for _, key := range q.groups {
		add(views.CompareGroups.Name, key)
	}
	add(views.CompareShow.Name, q.show)
	add(parts.QueryName, q.query)
	for _, service := range q.same {
		add(views.CompareSame.Name, service)
	}
	add(views.CompareRows.Name, string(q.rows))
	add(parts.AfterName, q.after)
	add(parts.BeforeName, q.before)
	return all
}

// without is the comparison without one of its groups.
func (q compareQuery) without(key string) compareQuery {
	q.groups = slices.DeleteFunc(slices.Clone(q.groups), func(k string) bool { return k == key })
	return q
}

// opening opens the equal rows of a service, or closes them.
func (q compareQuery) opening(service string) compareQuery {
	if slices.Contains(q.same, service) {
		q.same = slices.DeleteFunc(slices.Clone(q.same), func(s string) bool { return s == service })
	} else {
		q.same = append(slices.Clone(q.same), service)
	}
	return q
}

// openingRows opens the things of a domain at a page, or closes them.
func (q compareQuery) openingRows(d access.DomainKey, after, before string) compareQuery {
	q.rows, q.after, q.before = d, after, before
	return q
}

// GroupCompare sets groups side by side, domain by domain.
func (h Pages) GroupCompare(c echo.Context) error {
	by, q := caller(c), readCompare(c.QueryParams())
	address := siteOf(by.Organization.Key).compare()
	if c.QueryParam(parts.StepName) == parts.ReviewStep { // the choice is made
		return seeOther(c, q.at(address))
	}
	comparison, err := h.Console.CompareGroups(c.Request().Context(), by, q.asked())
	if err != nil {
		return err
	}
	p := comparePage{comparison, q, h.Console.Catalog(), siteOf(by.Organization.Key)}
	page, err := h.page(c, p.place())
	if err != nil {
		return err
	}
	view := p.view()
	view.Page = page
	return Render(c, http.StatusOK, view.Component())
}

// GroupCompareCSV is the comparison as a file: the domains that the page shows, and the things of the one that is open.
func (h Pages) GroupCompareCSV(c echo.Context) error {
	by, q := caller(c), readCompare(c.QueryParams())
	q.adding = false
	return h.sendCSV(c, "comparison-of-"+strings.Join(q.groups, "-and-"), models.Page{}, func(page models.Page) (csvRows, error) {
		query := q.asked()
		query.Page = page
		comparison, err := h.Console.CompareGroups(c.Request().Context(), by, query)
		return comparePage{comparison, q, h.Console.Catalog(), siteOf(by.Organization.Key)}.csv(), err
	})
}

// comparePage is a comparison in the making.
type comparePage struct {
	services.Comparison
	query   compareQuery
	catalog *access.Catalog
	site    site
}

func (p comparePage) address(q compareQuery) string { return q.at(p.site.compare()) }

// choosing is the address of the choice of groups.
func (p comparePage) choosing() string {
	values := url.Values{views.CompareAdd: {"yes"}}
	for _, h := range p.query.hidden() {
		values.Add(h.Name, h.Value)
	}
	return withValues(p.site.compare(), values)
}

// compareName is what the page is called.
const compareName = "Compare groups"

func (p comparePage) place() place {
	where := place{Domain: access.GroupsDomain, Title: compareName, Crumbs: []parts.Link{{Label: "Compare"}},
		Lead: "Domain by domain, and resource by resource where the level is Custom."}
	if len(p.Columns) > 1 {
		where.Actions = append(where.Actions, parts.Link{Label: "Download CSV", Icon: "download", Href: p.query.at(p.site.compare() + "/csv")})
	}
	if len(p.query.groups) < services.MaxCompared {
		where.Actions = append(where.Actions, parts.Link{Label: "Add a group", Icon: "plus", Href: p.choosing()})
	}
	return where
}

// view is the page without its frame.
func (p comparePage) view() views.Compare {
	compared := min(len(p.query.groups), services.MaxCompared)
	view := views.Compare{
		Filters: parts.Filters{Action: p.site.compare(), Search: parts.Search{Label: "Filter domains", Value: p.query.query}},
		Tally:   parts.Words{{Text: words.Number(compared), Strong: true}, {Text: " of at most " + words.Groups.Count(services.MaxCompared)}},
		Caption: "What the groups hold, domain by domain", Choice: p.choice(),
	}
	for _, carried := range p.query.hidden() {
		if carried.Name != parts.QueryName && carried.Name != views.CompareShow.Name {
			view.Filters.Hidden = append(view.Filters.Hidden, carried)
		}
	}
	if len(p.query.groups) > services.MaxCompared {
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
	if col.Catalog {
		column.Note = "in the catalogue"
		return column
	}
	column.Href, column.Without = p.site.privileges(col.Key), p.address(p.query.without(col.Key))
	column.Members = parts.Link{Label: words.Members.Count(col.Members), Href: p.site.members(col.Key)}
	return column
}

// nothing is said in place of the table, nil where there is one.
func (p comparePage) nothing(shown comparedDomains) *parts.Empty {
	add := &parts.Link{Label: "Add a group", Icon: "plus", Href: p.choosing(), Kind: parts.Primary}
	all := p.query
	all.show, all.query = views.CompareAll, ""
	switch {
	case len(p.Columns) == 0:
		return &parts.Empty{Icon: "git-compare-arrows", Title: "No groups to compare yet", Text: "Choose at least two groups, or one built-in group.", Action: add}
	case len(p.Columns) == 1:
		return &parts.Empty{Icon: "git-compare-arrows", Title: "One group alone", Text: "Add another to see where they differ.", Action: add}
	case shown.all == 0:
		return &parts.Empty{Icon: "search-x", Title: "No domain matches “" + p.query.query + "”", Text: "Check the spelling, or look at all domains.",
			Action: &parts.Link{Label: "Clear filter", Href: p.address(all)}}
	case p.query.show == "" && shown.differ == 0 && p.query.query == "":
		return &parts.Empty{Icon: "git-compare-arrows", Title: "These groups hold the same.", Text: "They have the same level on each domain, and the same things in their editor lists.",
			Action: &parts.Link{Label: "Show all " + words.Number(shown.all), Href: p.address(all)}}
	}
	return nil
}

// choice is the choice of groups, nil where nobody is choosing.
func (p comparePage) choice() *views.CompareChoice {
	if !p.query.adding {
		return nil
	}
	room := services.MaxCompared - len(p.query.groups)
	choice := &views.CompareChoice{Action: p.site.compare(), Cancel: p.address(p.query), Find: p.query.find, Count: words.Groups.Count(len(p.query.groups)),
		Lead: fmt.Sprintf("At most %d. If you choose only a built-in group, it is compared with its original privileges.", services.MaxCompared)}
	choice.Hidden = []parts.Hidden{{Name: views.CompareAdd, Value: "yes"}}
	if p.query.back != "" {
		choice.Hidden = append(choice.Hidden, parts.Hidden{Name: views.ChooserReturn, Value: p.query.back})
		if len(p.query.groups) == 0 { // there is no comparison to go back to
			choice.Cancel = within(p.site, p.query.back)
		}
	}
	for _, carried := range p.query.hidden() {
		if carried.Name != views.CompareGroups.Name { // those stand in the form
			choice.Hidden = append(choice.Hidden, carried)
		}
	}
	for i, key := range p.query.groups {
		name := key
		if i < len(p.Columns) {
			name = p.Columns[i].Name
		}
		choice.Chosen = append(choice.Chosen, parts.Token{Value: key, Name: name})
	}
	for _, g := range p.Choices {
		choice.Found = append(choice.Found, parts.FoundLine{Value: g.Key, Name: marked(g.Name, ""), Sub: marked(g.Description, ""), Note: words.Members.Count(g.Members), Locked: room <= 0})
	}
	switch {
	case room <= 0:
		choice.More = "No more than " + words.Groups.Count(services.MaxCompared) + ". Leave one out to choose another."
	case p.More:
		choice.More = words.Groups.Count(len(p.Choices)) + " shown. Type a name to find others."
	case len(p.Choices) == 0 && p.query.find != "":
		choice.More = "No further group matches “" + p.query.find + "”."
	}
	return choice
}
