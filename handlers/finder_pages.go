package handlers

import (
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/names"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// alsoCalled are words by which people look for pages that are called otherwise, by domain.
var alsoCalled = map[access.DomainKey][]string{
	access.OrganizationDomain:    {"settings", "company", "tenant", "seats", "licenses", "require a second factor", "2FA", "MFA", "support access"},
	access.GroupsDomain:          {"teams", "roles", "permissions", "rights"},
	access.APIKeysDomain:         {"tokens", "secrets", "credentials", "applications"},
	access.TemporaryAccessDomain: {"vendor support", "personnel"},
	access.ActivitiesDomain:      {"audit log", "history", "events", "changes"},
}

// foundPage is a page that the search finds, by its name, by where it is, and by what else people call it.
type foundPage struct {
	parts.Link
	In   string // the page that leads there; "" of the rail
	Also []string
}

// findable are the pages that the viewer may open: those of the rail, what is behind them, and the viewer's own.
func (f finderPage) findable() []foundPage {
	var all []foundPage
	shell := shellFor(f.by, f.catalog, nil, "")
	for _, l := range shell.Top {
		all = append(all, foundPage{Link: l, Also: []string{"home", "dashboard"}})
	}
	also := map[string][]string{f.site.memberList(): {"users", "people", "accounts", "suspended"}}
	for _, d := range f.catalog.Domains() {
		also[pageOf(f.site, d)] = alsoCalled[d.Key]
	}
	for _, g := range shell.Groups {
		for _, l := range g.Links {
			all = append(all, foundPage{Link: l, Also: also[l.Href]})
		}
	}
	return append(append(all, f.behindThem()...),
		foundPage{parts.Link{Label: "Explain access", Href: f.site.explain(services.Question{}), Icon: "waypoints"}, "", []string{"why", "check", "permissions"}},
		foundPage{parts.Link{Label: "Your access", Href: f.site.ownAccess(), Icon: "shield-check"}, "", []string{"my permissions", "my groups"}},
		foundPage{parts.Link{Label: "Your profile", Href: profilePath, Icon: "user"}, "",
			[]string{"my account", "my name", "change address", "change password", "sign-in", "login", "second factor", "2FA", "MFA", "authenticator", "recovery codes", "sessions"}},
		foundPage{parts.Link{Label: "Keyboard shortcuts", Href: shortcutsPath, Icon: "list-checks"}, "", []string{"keys", "hotkeys"}})
}

// behindThem are tabs and forms that pages of the rail lead to, each by the need that its link asks there.
func (f finderPage) behindThem() []foundPage {
	return slices.Concat(
		pageIf(f.Detailed, foundPage{parts.Link{Label: invitationsName, Href: f.site.invitations(), Icon: "mail"}, membersName, []string{"invited", "pending"}}),
		pageIf(f.invites, foundPage{parts.Link{Label: "Add members", Href: f.site.invite(), Icon: "user-plus"}, membersName, []string{"invite", "new users", "people"}}),
		pageIf(f.Detailed, foundPage{parts.Link{Label: comparedMembers.Name, Href: f.site.compareMembers(), Icon: "list-checks"}, membersName, []string{"differences"}}),
		pageIf(f.Detailed, foundPage{parts.Link{Label: comparedGroups.Name, Href: f.site.compare(), Icon: "list-checks"}, f.domainName(access.GroupsDomain), []string{"differences"}}),
		pageIf(f.Rights.May(services.CreateGroup, 0), foundPage{parts.Link{Label: "Add Group", Href: f.site.addGroup(), Icon: "plus"}, f.domainName(access.GroupsDomain), []string{"new", "create"}}),
		pageIf(f.Rights.May(services.CreateAPIKey, 0), foundPage{parts.Link{Label: "Add API key", Href: f.site.addAPIKey(), Icon: "plus"}, f.domainName(access.APIKeysDomain), []string{"new", "create", "token"}}),
		pageIf(f.Rights.May(services.EditOrganization, 0), foundPage{parts.Link{Label: mailName, Href: f.site.mails(), Icon: "mail"}, f.domainName(access.OrganizationDomain), []string{"emails", "not sent", "outbox"}}),
	)
}

func pageIf(may bool, page foundPage) []foundPage {
	if !may {
		return nil
	}
	return []foundPage{page}
}

func (f finderPage) domainName(key access.DomainKey) string {
	if d := f.catalog.Domain(key); d != nil {
		return d.Name
	}
	return ""
}

// pages are found first by their own name, then by what else they are called. All are shown: they are few, and no list has them.
func (f finderPage) pages() (*views.HitGroup, int) {
	g := &views.HitGroup{Name: "Pages"}
	var others []views.Hit
	for _, page := range f.findable() {
		hit := views.Hit{Href: page.Href, Icon: page.Icon, Name: f.marked(page.Label)}
		if page.In != "" {
			hit.Sub = parts.Words{{Text: page.In}}
		}
		if names.Matches(f.query, page.Label) {
			g.Hits = append(g.Hits, hit)
		} else if names.Matches(f.query, page.Label, strings.Join(page.Also, " ")) {
			hit.Sub = f.marked(subLine(page.In, f.calledSo(page)))
			others = append(others, hit)
		}
	}
	g.Hits = append(g.Hits, others...)
	return g, len(g.Hits)
}

// calledSo are those of the page's other names that have a word of what was typed.
func (f finderPage) calledSo(page foundPage) string {
	var so []string
	for _, name := range page.Also {
		if slices.ContainsFunc(strings.Fields(f.query), func(word string) bool { return names.Matches(word, name) }) {
			so = append(so, name)
		}
	}
	return strings.Join(so, ", ")
}
