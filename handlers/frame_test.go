package handlers

import (
	"net/http"
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

func railOf(shell *views.Shell) []string {
	var all []string
	for _, g := range shell.Groups {
		all = append(all, g.Name+":")
		all = append(all, linkLabels(g.Links)...)
	}
	return all
}

func TestTheRailHasThePagesThatTheViewerMayView(t *testing.T) {
	for name, c := range map[string]struct {
		by   services.Caller
		rail []string
		foot string
	}{
		"enters alone": {lead(), []string{"Organization:", "Members", "Organization"}, "You see the 2 pages that your groups open."},
		"sources":      {lead(held(sources, access.LevelCustom)), []string{"Content:", "Sources", "Organization:", "Members", "Organization"}, "You see the 3 pages that your groups open."},
		"no page":      {lead(held("search/execute-queries", access.LevelAllowed)), []string{"Organization:", "Members", "Organization"}, "You see the 2 pages that your groups open."},
		"outside":      {services.Caller{}, []string{"Organization:", "Members"}, "You see the 1 page that your groups open."},
	} {
		shell := shellFor(c.by, catalog, nil, "/back")
		if got := railOf(shell); !slices.Equal(got, c.rail) || shell.Foot != c.foot {
			t.Errorf("%s: %q, %q", name, got, shell.Foot)
		}
	}
}

func TestAVisitorOfTheVendorIsToldThatPagesOpenForATime(t *testing.T) {
	by := lead()
	by.Accesses = []access.Grantee{{Kind: access.TemporaryAccess, ID: 9}}
	if shell := shellFor(by, catalog, nil, ""); shell.Foot != "You see the 2 pages that your temporary access opens." || shell.Account.Support != ownRequestsPath {
		t.Errorf("%q, %q", shell.Foot, shell.Account.Support)
	}
	if shell := shellFor(lead(), catalog, nil, ""); shell.Account.Support != "" {
		t.Errorf("a member is led to %q", shell.Account.Support)
	}
}

func TestTheSwitcherHasTheOrganizationOfThePageFirstAndOnce(t *testing.T) {
	acme, west := models.Organization{ID: 1, Key: "acme", Name: "Acme"}, models.Organization{ID: 2, Key: "west", Name: "West"}
	want := []parts.Link{{Label: "West", Href: "/o/west", Current: true}, {Label: "Acme", Href: "/o/acme"}}
	if got := switcher(west, []models.Organization{acme, west}); !slices.Equal(got, want) {
		t.Errorf("offered are %+v", got)
	}
}

func TestOneEntryOfTheRailIsCurrent(t *testing.T) {
	by := lead(held(access.GroupsDomain, access.LevelView), held(sources, access.LevelView))
	for want, p := range map[string]place{
		"Groups": {Domain: access.GroupsDomain}, "Members": {Members: true}, "Sources": {Domain: sources}, "Organization": {Domain: access.OrganizationDomain}, "": {Title: "Welcome"},
	} {
		shell := shellFor(by, catalog, nil, "")
		markCurrent(shell, siteOf("acme"), p)
		current := ""
		for _, g := range shell.Groups {
			for _, l := range g.Links {
				if l.Current {
					current += l.Label
				}
			}
		}
		if current != want {
			t.Errorf("%+v: current is %q, want %q", p, current, want)
		}
	}
}

func TestCrumbsLeadFromTheServiceToThePage(t *testing.T) {
	views := lead(held(sources, access.LevelView))
	jira := []parts.Link{{Label: "Jira"}}
	for name, c := range map[string]struct {
		by   services.Caller
		at   place
		want []parts.Link
	}{
		"a list":          {views, place{Domain: sources}, []parts.Link{{Label: "Content"}, {Label: "Sources"}}},
		"a thing":         {views, place{Domain: sources, Crumbs: jira}, []parts.Link{{Label: "Content"}, {Label: "Sources", Href: "/o/acme/resources/content/sources"}, {Label: "Jira"}}},
		"may not view it": {lead(), place{Domain: sources, Crumbs: jira}, []parts.Link{{Label: "Content"}, {Label: "Sources"}, {Label: "Jira"}}},
		"members":         {lead(), place{Members: true}, []parts.Link{{Label: "Organization"}, {Label: "Members"}}},
		"a member":        {lead(), place{Members: true, Crumbs: jira}, []parts.Link{{Label: "Organization"}, {Label: "Members", Href: "/o/acme/members"}, {Label: "Jira"}}},
		"of no domain":    {lead(), place{Title: "Welcome"}, []parts.Link{{Label: "Welcome"}}},
		"a domain of no page": {lead(held("search/execute-queries", access.LevelAllowed)), place{Domain: "search/execute-queries", Crumbs: jira},
			[]parts.Link{{Label: "Search"}, {Label: "Execute queries"}, {Label: "Jira"}}},
	} {
		if got := crumbs(c.by, catalog, c.at); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestTheKindOfAThingIsAboveItsName(t *testing.T) {
	edits := lead(held(access.GroupsDomain, access.LevelEdit))
	for name, c := range map[string]struct {
		by   services.Caller
		at   place
		want string
	}{
		"a group that they edit": {edits, place{Domain: access.GroupsDomain, Thing: 7, Title: "Users"}, "Edit a Group"},
		"a group that they view": {lead(held(access.GroupsDomain, access.LevelView)), place{Domain: access.GroupsDomain, Thing: 7, Title: "Users"}, "Group"},
		"a source":               {edits, place{Domain: sources, Thing: 7, Title: "Jira"}, "Source"},
		"an API key":             {edits, place{Domain: access.APIKeysDomain, Thing: 7, Title: "Importer"}, "API key"},
		"a member":               {edits, place{Members: true, Title: "John", Crumbs: []parts.Link{{Label: "John"}}}, "Member"},
		"one’s own access":       {edits, place{Members: true, Title: "Your access", Heading: "Your access", Crumbs: []parts.Link{{Label: "John"}}}, ""},
		"a list":                 {edits, place{Domain: access.GroupsDomain, Title: "Groups"}, ""},
		"all members":            {edits, place{Members: true, Title: "Members"}, ""},
		"a temporary access":     {edits, place{Domain: access.TemporaryAccessDomain, Thing: 7, Title: "Agent", Heading: "Temporary access of Agent"}, ""},
	} {
		if got := kind(c.by, catalog, c.at); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTheClockLeadsToTheActivitiesOfThePage(t *testing.T) {
	sees := lead(held(access.ActivitiesDomain, access.LevelView))
	for name, c := range map[string]struct {
		by          services.Caller
		at          place
		label, href string
	}{
		"of everything":       {sees, place{Title: "Welcome"}, "All activities", "/o/acme/activity"},
		"of a domain":         {sees, place{Domain: sources}, "Activities of Sources", "/o/acme/activity?domain=content%2Fsources"},
		"of members":          {sees, place{Members: true}, "Activities of Groups", "/o/acme/activity?domain=organization%2Fgroups"},
		"of a thing":          {sees, place{Domain: sources, Thing: 7, Title: "Jira"}, "Activities of Jira", "/o/acme/activity?domain=content%2Fsources&resource=7"},
		"on their own page":   {sees, place{Domain: access.ActivitiesDomain}, "", ""},
		"without the ability": {lead(), place{Domain: sources}, "", ""},
	} {
		var got parts.Link
		if link := clock(c.by, catalog, c.at); link != nil {
			got = *link
		}
		if got.Label != c.label || got.Href != c.href {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// The address that a form is sent to opens nothing by itself, so the theme's form leads to the organization from there.
func TestTheThemesFormLeadsBackToAPage(t *testing.T) {
	for method, want := range map[string]string{http.MethodGet: "/o/acme/groups?q=web", http.MethodHead: "/o/acme/groups?q=web", http.MethodPost: "/o/acme"} {
		if got := backTo(asked(lead(), method, "/o/acme/groups?q=web").Request(), lead()); got != want {
			t.Errorf("%s: back to %s", method, got)
		}
	}
}
