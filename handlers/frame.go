package handlers

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// Pages are the console's pages of an organization.
type Pages struct {
	Console *services.Console
	BaseURL string // where people reach the console, without a slash at the end: links to hand on begin with it
}

// place says where in the console a page is.
type place struct {
	Domain  access.DomainKey  // the current entry of the rail
	Members bool              // the current entry is Members, which is no domain's page
	Thing   access.ResourceID // that the page is about; 0: none
	Title   string
	Heading string       // where it differs from the title
	Marks   []parts.Chip // warnings beside the heading
	Lead    string
	Crumbs  []parts.Link // after the service and the domain; the last is the page
	Actions []parts.Link
	Tabs    []parts.Tab
}

// page fills what every page of an organization shares.
func (h Pages) page(c echo.Context, p place) (views.Page, error) {
	by := caller(c)
	organizations, err := h.Console.OrganizationsOf(c.Request().Context(), by.Person)
	if err != nil {
		return views.Page{}, err
	}
	page := views.Page{
		Title: p.Title, Heading: p.Heading, Marks: p.Marks, Lead: p.Lead, Actions: p.Actions, Tabs: p.Tabs,
		Theme: theme(c), Flash: takeFlash(c).At(c.Request().URL.RequestURI()), Resumed: resumed(c),
		Shell: shellFor(by, h.Console.Catalog(), organizations, backTo(c.Request(), by)),
	}
	page.Kind = kind(by, h.Console.Catalog(), p)
	page.Shell.Crumbs = crumbs(by, h.Console.Catalog(), p)
	page.Shell.Finder = finder(by, p, c.Request().URL.Path)
	page.Shell.Clock = clock(by, h.Console.Catalog(), p)
	markCurrent(page.Shell, siteOf(by.Organization.Key), p)
	page.Visit, err = h.visit(c, by)
	return page, err
}

// backTo is where the theme's form leads back to: this page, or the organization where the page answers a form, since its
// address may open nothing by itself.
func backTo(r *http.Request, by services.Caller) string {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return r.URL.RequestURI()
	}
	return string(siteOf(by.Organization.Key))
}

// shellFor is the rail and the top bar: only the pages that the viewer may view. Members is open to everybody (R6).
func shellFor(by services.Caller, catalog *access.Catalog, organizations []models.Organization, back string) *views.Shell {
	shell := &views.Shell{
		Organization: by.Organization.Name, Kind: "Organization",
		Account: account(by.Person, back),
	}
	s := siteOf(by.Organization.Key)
	shell.Organizations, shell.Access = switcher(by.Organization, organizations), s.ownAccess()
	if by.Rights.May(services.ViewGroups, 0) {
		shell.Top = []parts.Link{{Label: overviewName, Href: string(s), Icon: "layout-template"}}
	}
	pages := 0
	for _, service := range catalog.Services {
		group := views.RailGroup{ID: "nav-" + service.Key, Name: service.Name}
		for _, d := range service.Domains {
			if href := pageOf(s, d); href != "" && by.Rights.May(services.ViewIn(d.Key), 0) {
				group.Links = append(group.Links, parts.Link{Label: d.Name, Href: href, Icon: domainIcon(d.Key)})
			}
			if d.Key == access.GroupsDomain {
				group.Links = append(group.Links, parts.Link{Label: membersName, Href: s.memberList(), Icon: "id-card"})
			}
		}
		if pages += len(group.Links); len(group.Links) > 0 {
			shell.Groups = append(shell.Groups, group)
		}
	}
	shell.Foot = fmt.Sprintf("You see the %s that your groups open.", words.Pages.Count(pages))
	if len(by.Accesses) > 0 {
		shell.Foot = fmt.Sprintf("You see the %s that your temporary access opens.", words.Pages.Count(pages))
		shell.Account.Support = ownRequestsPath
	}
	return shell
}

// account is the menu of somebody's own, on any page.
func account(person models.Person, back string) views.Account {
	name := services.Caller{Person: person}.Name()
	return views.Account{Name: name, Email: person.Email, Initials: initials(name), Profile: profilePath, Shortcuts: shortcutsPath, BareKeys: person.Shortcuts,
		Invitations: ownInvitationsPath, SignOut: SignOutPath, Theme: "/theme", Back: back}
}

// pageOf is the address of a domain's page, "" where it has none.
func pageOf(s site, d *access.Domain) string {
	switch {
	case d.Key == access.GroupsDomain:
		return s.groups()
	case d.Resource != "", d.Key == access.ActivitiesDomain, d.Key == access.OrganizationDomain, d.Key == access.TemporaryAccessDomain:
		return s.domain(d.Key)
	}
	return ""
}

func switcher(current models.Organization, all []models.Organization) []parts.Link {
	links := []parts.Link{{Label: current.Name, Href: string(siteOf(current.Key)), Current: true}}
	for _, o := range all {
		if o.ID != current.ID {
			links = append(links, parts.Link{Label: o.Name, Href: string(siteOf(o.Key))})
		}
	}
	return links
}

// membersName is the entry of the rail that stands for no domain.
const membersName = "Members"

func markCurrent(shell *views.Shell, s site, p place) {
	href := s.domain(p.Domain)
	switch {
	case p.Members:
		href = s.memberList()
	case p.Domain == access.GroupsDomain:
		href = s.groups()
	}
	for i := range shell.Top {
		shell.Top[i].Current = p.Title == overviewName && p.Domain == "" && !p.Members
	}
	for _, group := range shell.Groups {
		for i := range group.Links {
			group.Links[i].Current = group.Links[i].Href == href
		}
	}
}

// kind is what the page's thing is, said above its name.
func kind(by services.Caller, catalog *access.Catalog, p place) string {
	switch d := catalog.Domain(p.Domain); {
	case p.Members && len(p.Crumbs) > 0 && p.Heading == "":
		return "Member"
	case p.Thing == 0 || d == nil || d.Resource == "":
		return ""
	case d.Key == access.GroupsDomain && by.Rights.May(services.EditGroup, p.Thing):
		return "Edit a Group"
	default:
		return words.Upper(d.Resource)
	}
}

// clock leads to the activities of the page: of its thing, of its domain, or of everything. Anyone who may not view
// activities has none, and their own page needs none.
func clock(by services.Caller, catalog *access.Catalog, p place) *parts.Link {
	if !by.Rights.May(services.ViewActivities, 0) || p.Domain == access.ActivitiesDomain {
		return nil
	}
	domain := p.Domain
	if p.Members {
		domain = access.GroupsDomain
	}
	link := &parts.Link{Label: "All activities", Href: siteOf(by.Organization.Key).activityOf(domain, p.Thing)}
	if d := catalog.Domain(domain); d != nil {
		link.Label = "Activities of " + d.Name
	}
	if p.Thing != 0 {
		link.Label = "Activities of " + p.Title
	}
	return link
}

// crumbs lead from the service to the page. A service is no page, so it has no address.
func crumbs(by services.Caller, catalog *access.Catalog, p place) []parts.Link {
	if p.Members {
		members := parts.Link{Label: membersName}
		if len(p.Crumbs) > 0 {
			members.Href = siteOf(by.Organization.Key).memberList()
		}
		return append([]parts.Link{{Label: catalog.Domain(access.GroupsDomain).Service}, members}, p.Crumbs...)
	}
	d := catalog.Domain(p.Domain)
	if d == nil {
		return []parts.Link{{Label: p.Title}}
	}
	links := []parts.Link{{Label: d.Service}}
	if len(p.Crumbs) == 0 {
		return append(links, parts.Link{Label: d.Name})
	}
	domain := parts.Link{Label: d.Name}
	if by.Rights.May(services.ViewIn(d.Key), 0) {
		domain.Href = pageOf(siteOf(by.Organization.Key), d)
	}
	return append(append(links, domain), p.Crumbs...)
}

func isNotFound(err error) bool { return errors.Is(err, models.ErrNotFound) }

func caller(c echo.Context) services.Caller { return services.CallerFrom(c.Request().Context()) }
