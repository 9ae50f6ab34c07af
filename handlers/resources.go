package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// domainOf is the domain that the address names.
func domainOf(c echo.Context) access.DomainKey {
	return access.DomainKey(c.Param("service") + "/" + c.Param("domain"))
}

var resourceSorts = []string{"name", "type", "modified"}

// ResourceList is the page of a domain's resources: Sources, Extensions and so on.
func (h Pages) ResourceList(c echo.Context) error {
	return h.resourceList(c, http.StatusOK, nil)
}

// resourceList draws the list, with a question about one of its rows over it where one is asked.
func (h Pages) resourceList(c echo.Context, status int, confirm *parts.Confirm) error {
	q := readResourceQuery(c)
	if confirm != nil {
		q = q.asked(c.Param("resource"))
	}
	return h.resourceListWith(c, status, q, func(page *views.Resources) { page.Confirm = confirm })
}

// resourceListWith draws the list; open puts a question over it.
func (h Pages) resourceListWith(c echo.Context, status int, q query, open func(*views.Resources)) error {
	by := caller(c)
	list, err := h.Console.Resources(c.Request().Context(), by, domainOf(c), resourceQuery(q, q.page()))
	if err != nil {
		return err
	}
	q = q.over(resourceKeys(list.Rows))
	bar, err := h.resourceBar(c, &q)
	if err != nil {
		return err
	}
	bar = q.picks.told(bar)
	page, err := h.page(c, resourcesPlace(by, list).withCSV(csvLink(q, siteOf(by.Organization.Key).resourcesCSV(list.Domain.Key))))
	if err != nil {
		return err
	}
	s := siteOf(by.Organization.Key)
	view := views.Resources{
		Page: page, Filters: resourceFilters(s, list.Domain, q), List: resourceListing(by, q, list, bar), Rows: resourceRows(s, q, list, h.Console.Now()),
	}
	parts.Fold(&view.List, view.Rows, views.ResourceContent)
	open(&view)
	return Render(c, status, view.Component())
}

func resourceKeys(rows []models.Resource) []string {
	keys := make([]string, len(rows))
	for i, r := range rows {
		keys[i] = r.Key
	}
	return keys
}

func resourcesPlace(by services.Caller, list services.ResourceList) place {
	d := list.Domain
	p := place{Domain: d.Key, Title: d.Name, Lead: resourcesLead(by, list), Tabs: domainTabs(by, d, "")}
	if by.Rights.May(services.CreateIn(d.Key), 0) {
		p.Actions = []parts.Link{{Label: "Add " + d.Resource, Href: siteOf(by.Organization.Key).addResource(d.Key), Icon: "plus", Kind: parts.Primary}}
	}
	return p
}

// resourcesLead says below the heading what the viewer may do here: "You can edit 2 of these 10 sources."
func resourcesLead(by services.Caller, list services.ResourceList) string {
	d, things := list.Domain, words.Things(list.Domain)
	creates := by.Rights.May(services.CreateIn(d.Key), 0)
	switch {
	case list.Total == 0 && creates:
		return "There are no " + things.Many + " yet. You can add the first."
	case list.Total == 0:
		return "There are no " + things.Many + " yet."
	case list.Editable == list.Total && list.Total == 1:
		return "You can edit this " + d.Resource + "."
	case list.Editable == list.Total:
		return "You can edit " + things.All(list.Total) + "."
	case list.Editable == 0 && creates:
		return "You can view " + things.These(list.Total) + ", and add new ones."
	case list.Editable == 0:
		return "You can view " + things.These(list.Total) + ", not edit " + words.Noun{One: "it", Many: "them"}.Of(list.Total) + "."
	}
	return "You can edit " + words.Roughly(list.Editable) + " of " + things.These(list.Total) + "."
}

func readResourceQuery(c echo.Context) query {
	return readQuery(c, resourceSorts, views.ResourceAccess.Name).oneOf(views.ResourceAccess.Name, "edit", "view").manyPicked(c)
}

// resourceQuery is what of the list to read.
func resourceQuery(q query, page models.Page) services.ResourceQuery {
	return services.ResourceQuery{Page: page, Access: q.values[views.ResourceAccess.Name]}
}

func resourceFilters(s site, d *access.Domain, q query) parts.Filters {
	access := views.ResourceAccess.Select([]parts.Option{
		{Label: "Any access"}, {Value: "edit", Label: "I can edit"}, {Value: "view", Label: "View only"}})
	choose(&access, q.values[views.ResourceAccess.Name])
	f := parts.Filters{Action: s.domain(d.Key), Search: parts.Search{Label: "Filter " + words.Things(d).Many, Value: q.Query},
		Selects: []parts.SelectField{access}}
	f.Hidden = append(q.order(), q.letGo()...)
	return f
}

func resourceListing(by services.Caller, q query, list services.ResourceList, bar parts.ActionBar) parts.Listing {
	d, s := list.Domain, siteOf(by.Organization.Key)
	address, things := s.domain(d.Key), words.Things(d)
	listing := parts.Listing{
		Action: address, Hidden: q.hidden(), ActionsURL: q.here(s.domainActions(d.Key)), Bar: bar,
		Caption: d.Name + " of " + by.Organization.Name + ".",
		Columns: []parts.Column{
			q.column(address, "Name", "name", "", true), {Label: "Your access"}, q.column(address, views.TypeColumn.Label, "type", views.TypeColumn.Class, false),
			views.VisibilityColumn, views.OwnerColumn, views.LastOperationColumn,
			q.column(address, "Last modified", "modified", "p2", false),
		},
		Count: q.count(pagedBy(list.Listing), list.Total, things),
		Pager: q.manyPager(address, pagedBy(list.Listing), resourceKeys(list.Rows)), Many: q.picks.listed(resourceKeys(list.Rows), things),
	}
	if list.Editable < list.Total {
		listing.Note = "Grayed out: you can view, not edit"
	}
	if len(list.Rows) == 0 {
		listing.Empty = resourcesEmpty(by, q, list, address)
	}
	partial(q, address, things, list.Listing, &listing)
	return listing
}

func resourcesEmpty(by services.Caller, q query, list services.ResourceList, address string) *parts.Empty {
	d, many := list.Domain, words.Things(list.Domain).Many
	if q.filtered() || list.Total > 0 {
		return noneMatch(q, address, words.Things(d), list.Total)
	}
	empty := &parts.Empty{Icon: domainIcon(d.Key), Title: "No " + many + " yet", Text: "People who may add " + many + " find the button here."}
	if by.Rights.May(services.CreateIn(d.Key), 0) {
		empty.Text = "Add the first one."
		if d.Granular() {
			empty.Text = "Add the first one, and choose on its Access tab who can edit it."
		}
		empty.Action = &parts.Link{Label: "Add " + d.Resource, Href: siteOf(by.Organization.Key).addResource(d.Key), Icon: "plus", Kind: parts.Primary}
	}
	return empty
}

func resourceRows(s site, q query, list services.ResourceList, now time.Time) []views.ResourceRow {
	var rows []views.ResourceRow
	for _, r := range list.Rows {
		modified := when(r.ModifiedAt, now)
		row := views.ResourceRow{
			Row:   parts.Row{Key: r.Key, Name: r.Name, Found: markedIn(r.Name, q.Query), Icon: resourceIcon(r), Href: s.resource(r.Domain, r.Key), Many: true, Selected: q.picks.has(r.Key), Sub: subLine(r.Type, modified.Text)},
			Level: "edit", Word: "Edit", Type: r.Type, Visibility: words.Upper(r.Visibility), Owner: r.OwnerEmail,
			LastOperation: operationWords(r, now), Modified: modified,
		}
		if r.OwnerID != nil {
			row.OwnerName = list.Owners[*r.OwnerID]
		}
		if !list.Rights.May(services.EditIn(list.Domain.Key), r.ID) {
			row.ReadOnly, row.Level, row.Word = true, "view", "View"
		}
		rows = append(rows, row)
	}
	return rows
}

func subLine(parts ...string) string {
	line := ""
	for _, p := range parts {
		if p != "" && line != "" {
			line += " · "
		}
		line += p
	}
	return line
}

func operationWords(r models.Resource, now time.Time) string {
	if r.LastOperation == "" || r.LastOperationAt == nil {
		return ""
	}
	return r.LastOperation + ", " + words.Ago(*r.LastOperationAt, now)
}
