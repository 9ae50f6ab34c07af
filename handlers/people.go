package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// peopleName is the tab that says who can reach a thing, or the things of a domain.
const peopleName = "People"

// peopleOf is the address of that tab; without a key that of the domain as a whole.
func (s site) peopleOf(which services.ResourceRef) string {
	if which.Key == "" {
		return string(s) + "/resources/" + string(which.Domain) + "/-/people"
	}
	return s.thing(which.Domain, which.Key) + "/people"
}

// peopleWho names the People page of a domain where it stands among other links.
func peopleWho(d *access.Domain) string { return "People who can reach " + d.Name }

// linkPeople leads from what the levels of each domain allow to everybody who has one.
func linkPeople(s site, catalog *access.Catalog, view *views.PrivilegesTab) {
	for _, service := range view.Services {
		for i := range service.Domains {
			d := catalog.Domain(access.DomainKey(service.Domains[i].Key))
			service.Domains[i].People = parts.Link{Label: peopleWho(d), Href: s.peopleOf(services.ResourceRef{Domain: d.Key})}
		}
	}
}

// withPeople adds the tab for who may view groups.
func withPeople(by services.Caller, tabs []parts.Tab, address, tab string) []parts.Tab {
	if !by.Rights.May(services.ViewGroups, 0) {
		return tabs
	}
	return append(tabs, parts.Tab{Label: peopleName, Href: address, Current: tab == peopleTab})
}

// domainTabs are those of a domain's page.
func domainTabs(by services.Caller, d *access.Domain, tab string) []parts.Tab {
	s := siteOf(by.Organization.Key)
	tabs := withPeople(by, []parts.Tab{{Label: d.Name, Href: pageOf(s, d), Current: tab != peopleTab}}, s.peopleOf(services.ResourceRef{Domain: d.Key}), tab)
	if len(tabs) == 1 {
		return nil
	}
	return tabs
}

// The words of the People tab's filters in addresses.
const (
	canEdit  = "edit"
	viewOnly = "view"
)

func readPeopleQuery(c echo.Context) query {
	return readQuery(c, []string{"name"}, views.PeopleLevel.Name, views.PeopleGroup.Name, views.Unused.Name, views.PeopleKind.Name).
		oneOf(views.PeopleLevel.Name, canEdit, viewOnly).
		oneOf(views.Unused.Name, unusedWords()...).
		oneOf(views.PeopleKind.Name, models.ReachPeople, models.ReachKeys, models.ReachLent)
}

// reachQuery is what of the list to read.
func reachQuery(q query, page models.Page) services.ReachQuery {
	level := map[string]string{canEdit: models.ReachFull, viewOnly: models.ReachPart}[q.values[views.PeopleLevel.Name]]
	return services.ReachQuery{Page: page, Level: level, Kind: q.values[views.PeopleKind.Name], Group: q.values[views.PeopleGroup.Name],
		Unused: unusedFor(q)}
}

// reachRef is the thing or the domain that the address names. Here every domain of the catalogue has a page.
func (h Pages) reachRef(c echo.Context) (services.ResourceRef, error) {
	if c.Param("resource") == "" && c.Param("group") == "" && c.Param("key") == "" {
		return services.ResourceRef{Domain: domainOf(c)}, nil
	}
	return h.resourceRef(c)
}

// People is the tab that says who can reach a thing, or the things of a domain.
func (h Pages) People(c echo.Context) error {
	which, err := h.reachRef(c)
	if err != nil {
		return err
	}
	by, q := caller(c), readPeopleQuery(c)
	reach, err := h.Console.Reach(c.Request().Context(), by, which, reachQuery(q, q.Page))
	if err != nil {
		return err
	}
	p := peoplePage{reach, q, by, which, c.QueryParam(views.PeopleOpen), h.Console.Now()}
	page, err := h.page(c, p.place().withCSV(csvLink(q, siteOf(by.Organization.Key).peopleOf(which)+".csv")))
	if err != nil {
		return err
	}
	view := views.PeopleTab{Page: page, Remarks: p.remarks(), Filters: p.filters(), Levels: p.levels(), List: p.listing(), Rows: p.rows()}
	parts.Fold(&view.List, view.Rows, views.PersonContent)
	return Render(c, http.StatusOK, view.Component())
}

// PeopleCSV is the tab as a file.
func (h Pages) PeopleCSV(c echo.Context) error {
	which, err := h.reachRef(c)
	if err != nil {
		return err
	}
	by, q := caller(c), readPeopleQuery(c)
	return h.sendCSV(c, peopleFile(which), q.Page, func(page models.Page) (csvRows, error) {
		reach, err := h.Console.Reach(c.Request().Context(), by, which, reachQuery(q, page))
		if err != nil {
			return csvRows{}, err
		}
		p := peoplePage{Reach: reach, query: q, by: by, which: which}
		head := []string{"Name", "Email or key", "Kind", "Access level", "Through", "How", "Ways", "All ways", "Until (UTC)", "Last used (UTC)"}
		return csvOf(reach.Listing, head, func(r services.Reacher) []string {
			row := p.row(r)
			return []string{row.Name, r.Email + r.Slug, kindOfReacher(r), row.Word, row.Through.Label, row.How, strconv.Itoa(len(r.Ways)), p.allWays(r), csvTime(r.Until), csvTime(r.LastUsed())}
		}), nil
	})
}

// peopleFile is what the file is called, by the thing or the domain that its people can reach.
func peopleFile(which services.ResourceRef) string {
	_, domain, _ := strings.Cut(string(which.Domain), "/")
	return "people-of-" + orElse(which.Key, domain)
}

// allWays are the ways, the strongest first, by which somebody has it, in one cell.
func (p peoplePage) allWays(r services.Reacher) string {
	ways := make([]string, len(r.Ways))
	for i, w := range r.Ways {
		ways[i] = p.through(w).Label + ": " + p.how(w)
	}
	return strings.Join(ways, "; ")
}

func kindOfReacher(r services.Reacher) string {
	switch {
	case r.Key != 0:
		return "API key"
	case r.Member == 0:
		return "Temporary access"
	}
	return "Member"
}

// levels are the choices of a level; where the domain has one alone there is none.
func (p peoplePage) levels() []views.LevelCount {
	if !p.hasLess() {
		return nil
	}
	n, chosen := p.Counts, p.query.values[views.PeopleLevel.Name]
	full := n.FullPeople + n.FullKeys + n.FullLent
	levels := []views.LevelCount{
		{Label: "All", Count: words.Roughly(p.total()), Checked: chosen == ""},
		{Value: canEdit, Label: "Can " + p.Need.Ability.String(), Count: words.Roughly(full), Checked: chosen == canEdit},
		{Value: viewOnly, Label: "View only", Count: words.Roughly(p.total() - full), Checked: chosen == viewOnly},
	}
	if full > services.ReachCounted {
		levels[2].Count = "" // nobody counts as far as that
	}
	return levels
}

// hasLess tells whether somebody can have less than the most on the domain.
func (p peoplePage) hasLess() bool {
	return p.Need.Ability != access.View && p.Need.Ability != access.Allowed
}

func (p peoplePage) total() int { return p.Counts.People + p.Counts.Keys + p.Counts.Lent }
