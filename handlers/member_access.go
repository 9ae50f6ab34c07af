package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// MemberAccess is the effective access of the member that the address names.
func (h Pages) MemberAccess(c echo.Context) error {
	a, err := h.Console.MemberAccess(c.Request().Context(), caller(c), memberOf(c))
	if err != nil {
		return err
	}
	return h.memberAccess(c, a)
}

// OwnAccess is the effective access of the viewer.
func (h Pages) OwnAccess(c echo.Context) error {
	a, err := h.Console.OwnAccess(c.Request().Context(), caller(c))
	if err != nil {
		return err
	}
	return h.memberAccess(c, a)
}

func (h Pages) memberAccess(c echo.Context, a services.MemberAccess) error {
	by := caller(c)
	where := accessPlaceOf(by, a, h.Console.Now())
	invites, err := h.Console.Invites(c.Request().Context(), by)
	if err != nil {
		return err
	}
	if !a.Self {
		where.Actions = append(where.Actions, explainLink(siteOf(by.Organization.Key), services.MemberRef(a.Member.ID)))
	}
	if invites {
		href := with(siteOf(by.Organization.Key).invite(), views.PeopleLike.Name, strconv.FormatInt(int64(a.Member.ID), 10))
		where.Actions = append(where.Actions, parts.Link{Label: "Add another like this one", Href: href, Icon: "user-plus"})
	}
	page, err := h.page(c, where)
	if err != nil {
		return err
	}
	view := effectiveAccess{catalog: h.Console.Catalog(), by: by, access: a, now: h.Console.Now(),
		query: cutRunes(c.QueryParam(parts.QueryName), 200), all: c.QueryParam(views.MemberAccessShow.Name) == views.MemberAccessAll,
		open: c.QueryParams()[views.MemberAccessOpen.Name]}.view(c.Request().URL.Path)
	view.Page, view.Remark, view.Moving = page, suspendedRemark(a.Member), movingRemark(a)
	return Render(c, http.StatusOK, view.Component())
}

// suspendedRemark says why somebody who is in groups holds nothing; nil where nobody suspended them.
func suspendedRemark(m models.Member) *parts.Notice {
	if !m.Suspended() {
		return nil
	}
	return &parts.Notice{Tone: "warning", Title: memberName(m) + " was suspended on " + words.Date(*m.SuspendedAt) + ".",
		Text: "They have no privileges until somebody reactivates them. They stay a member and keep their seat."}
}

// movingRemark says that the member is to have another address, and when; nil where nobody proposed one, or the viewer may not see it.
func movingRemark(a services.MemberAccess) *parts.Notice {
	if a.Change == nil {
		return nil
	}
	return &parts.Notice{Tone: "info", Title: "A new address is proposed: " + a.Change.Email + ".",
		Text: a.Change.ProposerName + " proposed it on " + words.Date(a.Change.CreatedAt) + ". It changes " + proposedWhen(*a.Change) +
			". To withdraw it, choose Change address on the Members page."}
}

// memberPlace is the frame of a member's tabs. Without view on groups there is one page alone.
func memberPlace(by services.Caller, m models.Member, groups int, tab string) place {
	s := siteOf(by.Organization.Key)
	p := place{Members: true, Title: memberName(m), Crumbs: []parts.Link{{Label: memberName(m)}}}
	if by.Rights.May(services.ViewGroups, 0) {
		p.Marks = suspendedMark(m.Suspended(), marks(m.Marks))
		p.Tabs = []parts.Tab{
			{Label: "Access", Href: s.member(m.ID), Current: tab == accessTab},
			{Label: "Groups", Href: s.groupsOfMember(m.ID), Count: words.Number(groups), Current: tab == groupsTab},
		}
		if by.Rights.May(services.EditGroup, 0) {
			p.Tabs = append(p.Tabs, parts.Tab{Label: "Sessions", Href: s.member(m.ID) + "/sessions", Current: tab == sessionsTab})
		}
	}
	return p
}

func accessPlaceOf(by services.Caller, a services.MemberAccess, now time.Time) place {
	p := memberPlace(by, a.Member, len(a.Groups), accessTab)
	in := "in no group"
	if len(a.Groups) > 0 {
		in = "in " + words.List(groupNames(a.Groups), 3)
	}
	p.Lead = a.Member.Email + ", " + in + "."
	if a.Self {
		p.Title, p.Heading = "Your access", "Your access"
		p.Lead = "You are " + in + ". What you may do is what your groups give together: the highest level wins."
	} else if used := a.Member.LastUsed(); !used.IsZero() {
		p.Lead += " Last used " + words.Ago(used, now) + "."
	}
	return p
}

// effectiveAccess draws a member's effective access.
type effectiveAccess struct {
	catalog *access.Catalog
	by      services.Caller
	access  services.MemberAccess
	now     time.Time
	query   string
	all     bool     // nothing is folded
	open    []string // services whose domains without a level are shown
}

func (e effectiveAccess) view(address string) views.MemberAccess {
	total, held := len(e.catalog.Domains()), e.access.Rights.Held()
	view := views.MemberAccess{
		Filters: parts.Filters{Action: address, Search: parts.Search{Label: "Filter domains", Value: e.query}},
		Show: []parts.Segment{{Label: "Granted", Count: words.Number(held), Checked: !e.all},
			{Value: views.MemberAccessAll, Label: "All", Count: words.Number(total), Checked: e.all}},
		Reach:   reach(e.catalog, e.levels()),
		Tally:   words.Number(held) + " of " + words.Domains.Count(total),
		Caption: "What " + memberName(e.access.Member) + " may do in each domain, and through which groups",
	}
	for _, service := range e.catalog.Services {
		if section := e.section(service, address); len(section.Rows) > 0 || section.Fold != nil {
			view.Services = append(view.Services, section)
		}
	}
	if len(view.Services) == 0 {
		view.Nothing = "No domain matches"
		view.Filters.Clear = address
	}
	return view
}

// section are the domains of a service: those with a level, then one row for all others. What somebody looks for is not folded.
func (e effectiveAccess) section(service access.Service, address string) views.EffectiveService {
	section := views.EffectiveService{Name: service.Name}
	var folded []string
	open := slices.Contains(e.open, service.Key)
	for _, d := range service.Domains {
		switch {
		case !matchesDomain(d, e.query):
		case e.all || e.query != "" || e.access.Rights.Level(d.Key) != access.LevelNone:
			section.Rows = append(section.Rows, e.row(d))
		default:
			folded = append(folded, d.Name)
			if open {
				section.Under = append(section.Under, e.row(d))
			}
		}
	}
	if len(folded) > 0 {
		section.Fold = &views.Fold{Text: noneOn(folded, len(section.Rows) == 0), Href: e.opening(address, service.Key), Open: open}
	}
	return section
}

// noneOn says what is folded: "None on Named filters", "None on 14 other domains", "None on all 15 domains".
func noneOn(domains []string, all bool) string {
	switch {
	case len(domains) == 1:
		return noneWord + " on " + domains[0]
	case all:
		return noneWord + " on " + words.Domains.All(len(domains))
	}
	return noneWord + " on " + words.Domains.With("other").Count(len(domains))
}

// opening is the address that shows the domains without a level of a service, or folds them again.
func (e effectiveAccess) opening(address, service string) string {
	values := url.Values{}
	for _, s := range e.open {
		if s != service {
			values.Add(views.MemberAccessOpen.Name, s)
		}
	}
	if !slices.Contains(e.open, service) {
		values.Add(views.MemberAccessOpen.Name, service)
	}
	return withValues(address, values)
}

// levels are those shown, for the strip.
func (e effectiveAccess) levels() access.PrivilegeSet {
	set := access.PrivilegeSet{}
	for _, d := range e.catalog.Domains() {
		set[d.Key] = access.Privilege{Level: e.access.Rights.Level(d.Key)}
	}
	return set
}

func (e effectiveAccess) row(d *access.Domain) views.EffectiveDomain {
	level := e.access.Rights.Level(d.Key)
	row := views.EffectiveDomain{NoGrant: "No group gives this", Name: d.Name, Level: levelClass(level), Word: d.Label(level), CanCreate: e.access.Rights.CanCreate(d.Key)}
	if e.access.Member.Suspended() {
		row.NoGrant = "No effect while suspended"
	}
	if level == access.LevelCustom {
		row.Note = listWords(d, e.access.Listed[d.Key])
	}
	for _, g := range e.access.Rights.Grants(d.Key) {
		row.Grants = append(row.Grants, e.grant(d, g))
	}
	return row
}

func (e effectiveAccess) grant(d *access.Domain, g access.Grant) views.EffectiveGrant {
	view := views.EffectiveGrant{Group: g.Via.Name, Text: d.Label(g.Level)}
	if g.Level == access.LevelCustom {
		view.Text += ", " + words.Lower(listWords(d, e.access.Lengths[g.Via.ID][d.Key]))
	}
	if g.CanCreate && d.CreateChoice(g.Level) {
		view.Text += ", can create"
	}
	if e.by.Rights.May(services.ViewGroups, 0) {
		view.Href = siteOf(e.by.Organization.Key).privileges(g.Via.Key)
		if g.Level == access.LevelCustom {
			view.Href += editsOf(d)
		}
	}
	if !g.Until.IsZero() {
		view.Until = until(g.Until, e.now)
	}
	return view
}

// editsOf leads within a Privileges tab to what can be edited in a domain, where the level is Custom.
func editsOf(d *access.Domain) string {
	place := formPlace{list: string(d.Key), filters: []parts.Hidden{{Name: views.ListShow, Value: views.EditsShown}}}
	query := url.Values{}
	place.address(query)
	return withValues("", query) + "#" + rowID(d)
}

// listWords is what an editor list of that length comes to.
func listWords(d *access.Domain, length int) string {
	if length == 0 {
		return "Edit on none yet"
	}
	return "Edit on " + words.Things(d).Roughly(length)
}
