package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/names"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// Search is the search for everything as a page.
func (h Pages) Search(c echo.Context) error {
	f, err := h.find(c)
	if err != nil {
		return err
	}
	page, err := h.page(c, place{Title: "Search", Heading: "Search " + f.by.Organization.Name,
		Lead: "Find pages, groups, members, invitations, resources, API keys and activities by words in any order."})
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, views.FinderPage{Page: page, Hits: f.hits()}.Component())
}

// SearchHits is what was found alone, for the dialog.
func (h Pages) SearchHits(c echo.Context) error {
	f, err := h.find(c)
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, f.hits().Component())
}

// finderPage is what the functions of this page share.
type finderPage struct {
	services.Search
	by      services.Caller
	catalog *access.Catalog
	site    site
	now     time.Time
	query   string
	invites bool // the viewer may invite somebody
	lines   activityPage
}

func (h Pages) find(c echo.Context) (finderPage, error) {
	by, query := caller(c), strings.TrimSpace(readQuery(c, nil).Query)
	found, err := h.Console.Search(c.Request().Context(), by, services.SearchQuery{Words: query, Events: withoutSmallWords(query), Said: saying(query)})
	if err != nil {
		return finderPage{}, err
	}
	f := finderPage{Search: found, by: by, catalog: h.Console.Catalog(), site: siteOf(by.Organization.Key), now: h.Console.Now(),
		query: query}
	if f.invites, err = h.Console.Invites(c.Request().Context(), by); err != nil {
		return finderPage{}, err
	}
	f.lines = activityPage{catalog: f.catalog, site: f.site, list: found.Activities, now: f.now}
	return f, nil
}

// finder is the box of the top bar, on the page of a place.
func finder(by services.Caller, p place, address string) *views.Finder {
	s := siteOf(by.Organization.Key)
	f := &views.Finder{Action: s.search(), Hits: s.searchHits(), Label: "Search " + by.Organization.Name}
	switch {
	case p.Thing != 0:
		f.Opened = parts.Link{Label: p.Title, Icon: domainIcon(p.Domain), Href: address}
		if len(p.Tabs) > 0 {
			f.Opened.Href = p.Tabs[0].Href
		}
	case p.Members && len(p.Crumbs) > 0 && len(p.Tabs) > 0:
		f.Opened = parts.Link{Label: p.Title, Icon: "id-card", Href: p.Tabs[0].Href}
	}
	return f
}

// hits are the groups in their order: pages, groups, members, invitations, resources by domain, API keys, people of domains, activities.
func (f finderPage) hits() views.Hits {
	hits := views.Hits{Query: f.query}
	if f.query == "" {
		return hits
	}
	total := 0
	add := func(g *views.HitGroup, count int) {
		if g != nil && count > 0 {
			total += count
			g.Count = words.Roughly(count)
			hits.Groups = append(hits.Groups, *g)
		}
	}
	add(f.pages())
	add(f.groups())
	add(f.members())
	add(f.invitations())
	for _, found := range f.Resources {
		add(f.resources(found))
	}
	add(f.keys())
	add(f.people())
	add(f.activities())
	hits.Text = "Nothing found for “" + f.query + "”. You see only what you may view."
	if total > 0 {
		hits.Text = words.Roughly(total) + " found. You see only what you may view."
	}
	number(hits.Groups)
	return hits
}

// number gives the hits their ids.
func number(groups []views.HitGroup) {
	n := 0
	next := func(h *views.Hit) { n++; h.ID = "hit-" + strconv.Itoa(n) }
	for i := range groups {
		groups[i].ID = "hits-of-" + strconv.Itoa(i+1)
		for j := range groups[i].Hits {
			next(&groups[i].Hits[j])
		}
		if groups[i].All != nil {
			next(groups[i].All)
		}
	}
}

// all leads to all that were found, where not all are shown.
func all(of words.Noun, shown, count int, href string) *views.Hit {
	if shown >= count {
		return nil
	}
	return &views.Hit{Href: href, Icon: "search", Name: parts.Words{{Text: "Show " + of.All(count)}}}
}

func (f finderPage) marked(text string) parts.Words { return marked(text, f.query) }

// people are the pages of who can reach a domain that has no other page, by the name of the domain: whoever looks for "people" alone
// does not look for all of them.
func (f finderPage) people() (*views.HitGroup, int) {
	g := &views.HitGroup{Name: "Who can reach"}
	if !f.Detailed {
		return g, 0
	}
	for _, d := range f.catalog.Domains() {
		label := peopleWho(d)
		if d.Resource != "" || !names.Matches(f.query, label) || !slices.ContainsFunc(f.marked(d.Name), func(w parts.Word) bool { return w.Marked }) {
			continue
		}
		g.Hits = append(g.Hits, views.Hit{Href: f.site.peopleOf(services.ResourceRef{Domain: d.Key}), Icon: "users", Name: f.marked(label)})
	}
	return g, len(g.Hits)
}

func (f finderPage) groups() (*views.HitGroup, int) {
	g := &views.HitGroup{Name: words.Upper(words.Groups.Many)}
	for _, group := range f.Groups.First {
		hit := views.Hit{Href: f.site.group(group.Key), Icon: domainIcon(access.GroupsDomain), Name: f.marked(group.Name)}
		if group.Description != "" {
			hit.Sub = append(f.marked(group.Description), parts.Word{Text: " · "})
		}
		hit.Sub = append(hit.Sub, parts.Word{Text: words.Members.Count(group.Members)})
		if group.Members == 0 {
			hit.Kind, hit.Chip = "No members", true
		}
		g.Hits = append(g.Hits, hit)
	}
	g.All = all(words.Groups, len(g.Hits), f.Groups.Count, with(f.site.groups(), parts.QueryName, f.query))
	return g, f.Groups.Count
}

// members lead to their page where the viewer may open it, and else to the list.
func (f finderPage) members() (*views.HitGroup, int) {
	g := &views.HitGroup{Name: membersName}
	for _, m := range f.Members.First {
		hit := views.Hit{Href: f.site.member(m.ID), Initials: initials(memberName(m)), Name: f.marked(memberName(m)), Sub: f.marked(m.Email)}
		switch {
		case !f.Detailed && m.PersonID != f.by.Person.ID:
			hit.Href = with(f.site.memberList(), parts.QueryName, m.Email)
		case m.Suspended():
			hit.Kind, hit.Chip, hit.Tone = "Suspended", true, warning
		case f.Detailed:
			hit.Kind = words.Groups.Count(m.Groups)
		}
		g.Hits = append(g.Hits, hit)
	}
	g.All = all(words.Members, len(g.Hits), f.Members.Count, with(f.site.memberList(), parts.QueryName, f.query))
	return g, f.Members.Count
}

// invitations lead to their list, where the one is selected.
func (f finderPage) invitations() (*views.HitGroup, int) {
	g := &views.HitGroup{Name: invitationsName}
	for _, i := range f.Invitations.Rows {
		hit := views.Hit{Href: with(f.site.invitations(), parts.QueryName, i.Email, parts.SelectedName, invitationKey(i.ID)), Icon: "mail",
			Name: f.marked(i.Email), Kind: words.Left(i.ExpiresAt, f.now)}
		var into []string
		for _, group := range openGroups(f.Invitations.Groups[i.ID]) {
			into = append(into, group.Name)
		}
		if len(into) > 0 {
			hit.Sub = parts.Words{{Text: "Invited into " + words.List(into, 2)}}
		}
		g.Hits = append(g.Hits, hit)
	}
	g.All = all(words.Invitations, len(g.Hits), f.Invited, with(f.site.invitations(), parts.QueryName, f.query))
	return g, f.Invited
}

func (f finderPage) resources(found services.FoundResources) (*views.HitGroup, int) {
	d := found.Domain
	g := &views.HitGroup{Name: d.Name}
	for _, r := range found.First {
		hit := views.Hit{Href: f.site.resource(d.Key, r.Key), Icon: resourceIcon(r), Name: f.marked(r.Name)}
		if sub := subLine(r.Type, f.owner(r)); sub != "" {
			hit.Sub = parts.Words{{Text: sub}}
		}
		if !f.Rights.May(services.EditIn(d.Key), r.ID) {
			hit.Kind = "View only"
		}
		g.Hits = append(g.Hits, hit)
	}
	g.All = all(words.Things(d), len(g.Hits), found.Count, with(f.site.domain(d.Key), parts.QueryName, f.query))
	return g, found.Count
}

// owner names who owns the resource as the table of its domain does, the address after the name: "Owner: John Smith (john.smith@example.com)".
func (f finderPage) owner(r models.Resource) string {
	switch {
	case r.OwnerID == nil || r.OwnerEmail == "":
		return ""
	case f.Owners[*r.OwnerID] == "":
		return "Owner: " + r.OwnerEmail
	}
	return "Owner: " + f.Owners[*r.OwnerID] + " (" + r.OwnerEmail + ")"
}

func (f finderPage) keys() (*views.HitGroup, int) {
	g := &views.HitGroup{Name: words.Upper(words.APIKeys.Many)}
	for _, k := range f.APIKeys.First {
		end := "Never expires"
		if k.ExpiresAt != nil {
			end = "Expires " + words.Day(words.LastDay(*k.ExpiresAt))
		}
		hit := views.Hit{Href: f.site.apiKey(k.Key), Icon: domainIcon(access.APIKeysDomain), Name: f.marked(k.Name), Sub: parts.Words{{Text: end}}}
		if status := k.Status(f.now); status != models.KeyEnabled {
			mark := statusMark(status)
			hit.Kind, hit.Chip, hit.Tone = mark.Word, true, mark.Tone
		}
		g.Hits = append(g.Hits, hit)
	}
	g.All = all(words.APIKeys, len(g.Hits), f.APIKeys.Count, with(f.site.apiKeys(), parts.QueryName, f.query))
	return g, f.APIKeys.Count
}

func (f finderPage) activities() (*views.HitGroup, int) {
	g := &views.HitGroup{Name: words.Upper(words.Activities.Many)}
	for _, e := range f.Activities.Rows {
		var line strings.Builder
		for _, phrase := range f.lines.sentence(e) {
			line.WriteString(phrase.Text)
		}
		g.Hits = append(g.Hits, views.Hit{
			Href: with(f.site.activity(), views.ActivityOpen, strconv.FormatInt(e.ID, 10)) + "#" + activityID(e.ID),
			Icon: "history", Name: f.marked(line.String()), Sub: parts.Words{{Text: words.Minute(e.At)}},
		})
	}
	g.All = all(words.Activities, len(g.Hits), f.Happened, with(f.site.activity(), parts.QueryName, f.query))
	return g, f.Happened
}
