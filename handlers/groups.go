package handlers

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// GroupList is the Groups page.
func (h Pages) GroupList(c echo.Context) error {
	return h.groupList(c, http.StatusOK, readGroupQuery(c), func(*views.Groups) {})
}

// askOfGroup draws the page of the list that has the group of the address, with a question about it.
func (h Pages) askOfGroup(c echo.Context, status int, confirm *parts.Confirm) error {
	return h.groupList(c, status, readGroupQuery(c).asked(c.Param("group")), func(page *views.Groups) { page.Confirm = confirm })
}

// groupList draws the list; open puts a question or a panel over it.
func (h Pages) groupList(c echo.Context, status int, q query, open func(*views.Groups)) error {
	by := caller(c)
	list, err := h.Console.Groups(c.Request().Context(), by, groupFilter(h.Console, q, q.page()))
	if err != nil {
		return err
	}
	q = q.over(groupKeys(list.Rows))
	bar, err := h.groupBar(c, &q)
	if err != nil {
		return err
	}
	bar = q.picks.told(bar)
	where := groupsPlace(by, q.here(siteOf(by.Organization.Key).groups()))
	where.Tabs = domainTabs(by, h.Console.Catalog().Domain(access.GroupsDomain), "")
	page, err := h.page(c, where.withCSV(csvLink(q, siteOf(by.Organization.Key).groupsCSV())))
	if err != nil {
		return err
	}
	catalog := h.Console.Catalog()
	view := views.Groups{
		Page:    page,
		Filters: groupFilters(siteOf(by.Organization.Key), catalog, q),
		List:    groupListing(by, catalog, q, list, bar),
		Rows:    groupRows(by.Organization, catalog, q, list, h.Console.Now()),
	}
	parts.Fold(&view.List, view.Rows, views.GroupContent)
	open(&view)
	return Render(c, status, view.Component())
}

// groupsPlace is the Groups page; list is the address of what it shows, where a comparison leads back to.
func groupsPlace(by services.Caller, list string) place {
	p := place{Domain: access.GroupsDomain, Title: "Groups",
		Lead: "A group gives its members a set of privileges. When groups disagree, the highest level wins."}
	s := siteOf(by.Organization.Key)
	p.Actions = append(p.Actions, parts.Link{Label: "Compare", Href: with(s.compare(), views.CompareAdd, "yes", views.ChooserReturn, list), Icon: "list-checks"})
	if by.Rights.May(services.CreateGroup, 0) {
		p.Actions = append(p.Actions, parts.Link{Label: "Add Group", Href: s.addGroup(), Icon: "plus", Kind: parts.Primary})
	}
	return p
}

func readGroupQuery(c echo.Context) query {
	return readQuery(c, []string{"name", "members", "privileges", "modified", "used"}, views.GroupKind.Name, views.GroupDomain.Name, views.GroupOnly.Name, views.Unused.Name).
		oneOf(views.Unused.Name, unusedWords()...).
		oneOf(views.GroupOnly.Name, withoutMembers, onlySensitive).
		oneOf(views.GroupKind.Name, models.GroupsBuiltIn, models.GroupsCustom).unusedFirst().manyPicked(c)
}

// What the list of groups can be narrowed to.
const (
	withoutMembers = "no-members"
	onlySensitive  = "sensitive"
)

// groupFilter is what of the list to read.
func groupFilter(console *services.Console, q query, page models.Page) models.GroupFilter {
	f := models.GroupFilter{Page: page, Kind: q.values[views.GroupKind.Name], Domain: access.DomainKey(q.values[views.GroupDomain.Name])}
	if unused := unusedFor(q); unused != (services.UnusedFor{}) {
		f.Unused = unused.By(console.Now())
	}
	switch q.values[views.GroupOnly.Name] {
	case withoutMembers:
		f.Empty = true
	case onlySensitive:
		f.Sensitive = services.SensitiveDomains(console.Catalog())
	}
	return f
}

func groupFilters(s site, catalog *access.Catalog, q query) parts.Filters {
	kinds := views.GroupKind.Select([]parts.Option{
		{Label: "Any kind"}, {Value: models.GroupsBuiltIn, Label: "Built-in"}, {Value: models.GroupsCustom, Label: "Custom"}})
	only := views.GroupOnly.Select([]parts.Option{
		{Label: "All groups"}, {Value: withoutMembers, Label: "Without members"}, {Value: onlySensitive, Label: "With sensitive privileges"}})
	choose(&only, q.values[views.GroupOnly.Name])
	choose(&kinds, q.values[views.GroupKind.Name])
	f := parts.Filters{Action: s.groups(), Search: parts.Search{Label: "Filter groups", Value: q.Query},
		Selects: []parts.SelectField{kinds, only, unusedFilter(q)}}
	domainFilterIn(&f, s, q, views.GroupDomain, catalog.Domains())
	f.Hidden = append(q.order(), q.letGo()...)
	return f
}

func choose(f *parts.SelectField, value string) {
	for i := range f.Options {
		f.Options[i].Selected = f.Options[i].Value == value
	}
}

func groupListing(by services.Caller, catalog *access.Catalog, q query, list services.GroupList, bar parts.ActionBar) parts.Listing {
	s := siteOf(by.Organization.Key)
	address := s.groups()
	listing := parts.Listing{
		Action: address, Hidden: q.hidden(), ActionsURL: q.here(s.groupsActions()), Bar: bar,
		Caption: "Groups of " + by.Organization.Name + ".",
		Columns: []parts.Column{
			q.column(address, "Group", "name", "", true), {Label: "Kind", Class: "p2"},
			q.column(address, "Members", "members", "num p2", false), views.InvitationsColumn,
			views.IdentitySetsColumn, {Label: "Reach"},
			q.column(address, "Privileges held", "privileges", "p3", false), q.column(address, "Last used", "used", "p4", false), q.column(address, "Last change", "modified", "p4", false),
		},
		Count: q.count(pagedBy(list.Listing), list.Total, words.Groups),
		Note:  "Reach: one mark for each domain, in the order of the Privileges tab. Taller and darker is more.",
		Pager: q.manyPager(address, pagedBy(list.Listing), groupKeys(list.Rows)),
	}
	if unusedFor(q) != (services.UnusedFor{}) {
		listing.Note += " " + groupUsesNoted(by.Organization)
	}
	listing.Many = q.picks.listed(groupKeys(list.Rows), words.Groups)
	if len(list.Rows) == 0 {
		listing.Empty = noneMatch(q, address, words.Groups, list.Total)
	}
	return listing
}

// noneMatch is what a filtered list without rows says.
func noneMatch(q query, address string, of words.Noun, total int) *parts.Empty {
	title := "No " + of.One + " matches"
	if q.Query != "" {
		title += " “" + q.Query + "”"
	}
	all := of.All(total)
	return &parts.Empty{Icon: "search-x", Title: title, Text: otherwise(q.Query, "search in "+all, "show "+all), Action: clearing(q.Query, address)}
}

// otherwise is what to do where nothing matches: the words may be spelled in another way, where any were typed.
func otherwise(typed, wider, all string) string {
	if typed == "" {
		return "Choose another filter, or " + all + "."
	}
	return "Check the spelling, or " + wider + "."
}

// clearing leads to the list without a filter.
func clearing(typed, address string) *parts.Link {
	if typed == "" {
		return &parts.Link{Label: "Clear filters", Href: address}
	}
	return &parts.Link{Label: "Clear filter", Href: address}
}

func groupRows(o models.Organization, catalog *access.Catalog, q query, list services.GroupList, now time.Time) []views.GroupRow {
	var rows []views.GroupRow
	s := siteOf(o.Key)
	for _, g := range list.Rows {
		set := list.Sets[access.GranteeID(g.ID)]
		held := set.Held(catalog)
		rows = append(rows, views.GroupRow{
			Row: parts.Row{Key: g.Key, Name: g.Name, Href: s.group(g.Key), Many: true, Under: g.Description, Found: markedIn(g.Name, q.Query), UnderFound: markedIn(g.Description, q.Query), Icon: groupIcon(g), Selected: q.picks.has(g.Key),
				Sub:      words.Members.Roughly(g.Members) + " · " + words.Domains.Count(held),
				ReadOnly: !list.Rights.May(services.EditGroup, g.ID)},
			BuiltIn: g.BuiltIn != "", Members: words.Roughly(g.Members), Invitations: words.Number(g.Invitations), IdentitySets: words.Number(g.IdentitySets),
			Reach: reach(catalog, set), Privileges: words.Number(held) + " of " + words.Number(len(catalog.Domains())),
			Used: groupUse(g, o, now), Changed: when(g.ModifiedAt, now), PrivilegesHref: with(s.privileges(g.Key), views.PrivilegesShow, views.CompareGranted),
		})
		row := &rows[len(rows)-1]
		if g.Members > 0 {
			row.MembersHref = with(s.members(g.Key), views.GroupMembersShow.Name, onlyMembers)
		}
		if g.Invitations > 0 {
			row.InvitationsHref = with(s.members(g.Key), views.GroupMembersShow.Name, onlyInvited)
		}
	}
	return rows
}

func groupIcon(g models.Group) string {
	if g.BuiltIn != "" {
		return "shield"
	}
	return "users"
}

var strengths = map[access.Level]parts.Strength{
	access.LevelView: parts.StrengthView, access.LevelPush: parts.StrengthView, access.LevelPushAndView: parts.StrengthView,
	access.LevelCustom: parts.StrengthPart, access.LevelEdit: parts.StrengthFull, access.LevelAllowed: parts.StrengthFull,
}

// reach is the strip of marks of a privilege set, and the same in words.
func reach(catalog *access.Catalog, set access.PrivilegeSet) parts.Reach {
	r := parts.Reach{}
	tally := map[access.Level]int{}
	for _, service := range catalog.Services {
		var marks []parts.Strength
		for _, d := range service.Domains {
			level := set[d.Key].Level
			marks = append(marks, strengths[level])
			tally[level]++
		}
		r.Services = append(r.Services, marks)
	}
	total := len(catalog.Domains())
	r.Label = words.Number(total-tally[access.LevelNone]) + " of " + words.Domains.Count(total)
	var parts []string
	for _, l := range []access.Level{access.LevelEdit, access.LevelCustom, access.LevelAllowed, access.LevelPushAndView, access.LevelPush, access.LevelView} {
		if tally[l] > 0 {
			parts = append(parts, words.Number(tally[l])+" "+strings.ReplaceAll(l.String(), "_", " "))
		}
	}
	if len(parts) > 0 {
		r.Label += ": " + strings.Join(parts, ", ")
	}
	return r
}
