package handlers

import (
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

// invitedPrefix sets the numbers of invitations apart from the addresses of members where a row is selected.
const invitedPrefix = "invitation-"

// What a group's list shows; both where nothing is asked: on its first page the pending invitations, then the members.
const (
	onlyMembers = "members"
	onlyInvited = "invited"
)

// groupPeople is a page of a group's members and pending invitations.
type groupPeople struct {
	services.GroupMembers
	Invited services.InvitationList
	query   query
	by      services.Caller
	now     time.Time
}

func readGroupMembersQuery(c echo.Context) query {
	return readQuery(c, []string{"name"}, views.GroupMembersShow.Name).oneOf(views.GroupMembersShow.Name, onlyMembers, onlyInvited).manyPicked(c)
}

// groupPeople reads a page. Each of the two lists is paged by itself, and the invitations stand on the first page of both.
func (h Pages) groupPeople(c echo.Context) (groupPeople, error) {
	ctx, by, key := c.Request().Context(), caller(c), c.Param("group")
	p := groupPeople{query: readGroupMembersQuery(c), by: by, now: h.Console.Now()}
	page := p.query.page()
	if p.query.values[views.GroupMembersShow.Name] == onlyInvited {
		page = models.Page{Limit: 1}
	}
	var err error
	if p.GroupMembers, err = h.Console.GroupMembers(ctx, by, key, page); err != nil {
		return p, err
	}
	switch {
	case p.query.values[views.GroupMembersShow.Name] == onlyInvited:
		p.Listing = models.Listing[models.Membership]{}
		p.Invited, err = h.Console.GroupInvitations(ctx, by, key, p.query.Page)
	case p.query.values[views.GroupMembersShow.Name] == "" && p.query.After == "" && p.query.Before == "":
		p.Invited, err = h.Console.GroupInvitations(ctx, by, key, models.Page{Query: p.query.Query, Sort: p.query.Sort})
	}
	for _, m := range p.Rows { // other pages know members by their addresses
		p.query.picks = p.query.picks.renamed(m.Email, memberKey(m.MemberID))
	}
	p.query = p.query.over(p.keys())
	return p, err
}

// keys are those of the rows.
func (p groupPeople) keys() []string {
	var keys []string
	for _, i := range p.Invited.Rows {
		keys = append(keys, invitedPrefix+invitationKey(i.ID))
	}
	for _, m := range p.Rows {
		keys = append(keys, memberKey(m.MemberID))
	}
	return keys
}

func (p groupPeople) filters() parts.Filters {
	s := siteOf(p.by.Organization.Key)
	show := views.GroupMembersShow.Select([]parts.Option{
		{Label: "Members and invited"}, {Value: onlyMembers, Label: "Members"}, {Value: onlyInvited, Label: "Invited"}})
	choose(&show, p.query.values[views.GroupMembersShow.Name])
	f := parts.Filters{Action: s.members(p.Group.Key), Search: parts.Search{Label: "Filter members", Value: p.query.Query},
		Selects: []parts.SelectField{show}}
	f.Hidden = append(p.query.order(), p.query.letGo()...)
	return f
}

func (p groupPeople) listing(bar parts.ActionBar) parts.Listing {
	q, address := p.query, siteOf(p.by.Organization.Key).members(p.Group.Key)
	listing := parts.Listing{
		Action: address, Hidden: q.hidden(), ActionsURL: q.here(address + "/-/actions"), Bar: bar,
		Caption: "Members of " + p.Group.Name + ", and who is invited.",
		Columns: []parts.Column{q.column(address, "Member", "name", "", true), {Label: "Provider", Class: "p2"}, {Label: "Status"}, {Label: "Since", Class: "p2"}},
		Count:   p.count(), Pager: q.manyPager(address, pagedBy(p.Listing), p.keys()),
	}
	of := words.Members
	if len(p.Invited.Rows) > 0 {
		of = words.Rows
	}
	listing.Many = q.picks.listed(p.keys(), of)
	if q.values[views.GroupMembersShow.Name] == onlyInvited {
		listing.Pager = q.manyPager(address, pagedBy(p.Invited.Listing), p.keys())
	} else if p.Invited.Next != "" {
		listing.Note = "There are more invitations. Filter by Invited to see all of them."
	}
	if len(p.Rows)+len(p.Invited.Rows) == 0 {
		listing.Empty = p.empty(address)
	}
	return listing
}

// count is how many members there are, or how many of them match, and how many are invited besides.
func (p groupPeople) count() string {
	if p.query.values[views.GroupMembersShow.Name] == onlyInvited {
		return p.query.shown(pagedBy(p.Invited.Listing), words.Invitations)
	}
	q := p.query
	q.values = nil // the filter leaves out invitations alone
	count := q.count(pagedBy(p.Listing), p.Group.Members, words.Members)
	if n := len(p.Invited.Rows); n > 0 {
		invited := words.Number(n)
		if p.Invited.Next != "" || p.Invited.Previous != "" {
			invited += "+"
		}
		count += ", " + invited + " invited"
	}
	return count
}

func (p groupPeople) empty(address string) *parts.Empty {
	if p.query.filtered() {
		return noneMatch(p.query, address, words.Members, p.Group.Members)
	}
	empty := &parts.Empty{Icon: "users", Title: "No members yet", Text: "Members immediately get the privileges of this group."}
	return empty
}

// rows are the invited, then the members.
func (p groupPeople) rows() []views.GroupMember {
	var rows []views.GroupMember
	for _, i := range p.Invited.Rows {
		id := invitedPrefix + invitationKey(i.ID)
		var marks []parts.Chip
		if p.Invited.Failed[i.ID] {
			marks = []parts.Chip{{Tone: warning, Word: views.MailFailedMark}}
		}
		rows = append(rows, views.GroupMember{
			ID: id, Marks: marks, Name: i.Email, Found: markedIn(i.Email, p.query.Query), Email: i.Email, Provider: services.Provider(i.Provider).Name(), Badge: "Invited", Inviter: i.InviterName,
			Until: left(i.ExpiresAt, p.now), Since: when(i.CreatedAt, p.now), Selected: p.query.picks.has(id), ReadOnly: !p.Invited.Editable(i.ID),
		})
	}
	for _, m := range p.Rows {
		id := memberKey(m.MemberID)
		rows = append(rows, views.GroupMember{
			ID: id, Name: orElse(m.Name, m.Email), Found: markedIn(orElse(m.Name, m.Email), p.query.Query), UnderFound: markedIn(m.Email, p.query.Query), Href: siteOf(p.by.Organization.Key).member(m.MemberID), Email: m.Email, Initials: initials(m.Name), You: m.PersonID == p.by.Person.ID,
			Provider: services.Provider(p.Providers[m.PersonID]).Name(), Badge: badge(m, p.now), Marks: suspendedMark(m.SuspendedAt != nil, rowMarks(m.Marks)), Until: membershipEnd(m, p.now), Since: when(m.Since, p.now),
			Selected: p.query.picks.has(id), ReadOnly: !p.Group.Editable(),
		})
	}
	return rows
}

// badge tells a membership that has ended by the clock from one in force (R12).
func badge(m models.Membership, now time.Time) string {
	if !m.InForce(now) {
		return "Expired"
	}
	return "Member"
}

// membershipEnd is when a membership will end; without a text it has none, or has ended already.
func membershipEnd(m models.Membership, now time.Time) parts.When {
	if m.ExpiresAt == nil || !m.InForce(now) {
		return parts.When{}
	}
	return until(*m.ExpiresAt, now)
}

// groupMembersBar is the Action bar for the selected member or invitation.
func (h Pages) groupMembersBar(c echo.Context, p *groupPeople) (parts.ActionBar, error) {
	none := parts.ActionBar{State: "none", Hint: p.query.picks.hint("Select members to see what you can do.")}
	if p.query.picks.several() {
		if bar, err := h.manyOfGroupBar(c, p); err != nil || bar.Subject != "" {
			return bar, err
		}
	}
	if written, invited := strings.CutPrefix(p.query.Selected, invitedPrefix); invited {
		return h.invitedBar(c, *p, written, none)
	}
	for _, m := range p.Rows {
		if memberKey(m.MemberID) == p.query.Selected {
			last, err := h.Console.IsLastOf(c.Request().Context(), p.by, p.Group.Group, m.PersonID)
			if err != nil {
				return none, err
			}
			ref, err := h.Console.MemberRefOf(c.Request().Context(), p.by, m.Email)
			return p.memberBar(m, ref, last), err
		}
	}
	return none, nil
}

func (h Pages) invitedBar(c echo.Context, p groupPeople, written string, none parts.ActionBar) (parts.ActionBar, error) {
	id := invitationID(written)
	if id == 0 {
		return none, nil
	}
	s := siteOf(p.by.Organization.Key)
	bar, err := h.invitationBar(c, id, s.invitationsOf(p.Group.Key), p.query)
	if isNotFound(err) {
		return none, nil
	}
	bar.Selected, bar.Clear = p.query.Selected, p.query.here(s.members(p.Group.Key))
	return bar, err
}

// memberBar is the Action bar of a member; ref is their subject in Explain access, last says that nobody may remove them (R8).
func (p groupPeople) memberBar(m models.Membership, ref string, last bool) parts.ActionBar {
	s := siteOf(p.by.Organization.Key)
	bar := parts.ActionBar{State: "readonly", Selected: memberKey(m.MemberID), Subject: m.Name, Under: m.Email, Level: "view", Word: "View only",
		Clear: p.query.here(s.members(p.Group.Key)), WhyHref: s.why(access.GroupsDomain, p.Group.Key), Why: "You may view this group, not edit it."}
	if p.Group.Editable() {
		bar.State, bar.Level, bar.Word, bar.Why = "editable", "edit", "Can edit", ""
	}
	switch {
	case last && p.Group.Editable():
		bar.Why = lastAdministrator
	case p.Group.Editable():
		bar.Actions = []parts.Action{{Label: "Delete", Icon: "trash-2", Danger: true, Href: with(s.members(p.Group.Key)+"/-/delete", append(p.query.placed(), views.RemovedMember, m.Email)...)}}
	}
	bar.Actions = append(bar.Actions, explainButton(s, ref))
	bar.Announce = m.Name + " selected: " + words.Actions.Count(len(bar.Actions))
	return bar
}
