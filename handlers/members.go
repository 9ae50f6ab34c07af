package handlers

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
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

// MemberList is the Members page.
func (h Pages) MemberList(c echo.Context) error {
	return h.memberList(c, http.StatusOK, func(*views.Members) {})
}

func readMembersQuery(c echo.Context) query {
	q := readQuery(c, []string{"name", "used"}, views.MemberGroup.Name, views.MemberStatus.Name, views.Unused.Name, views.Ends.Name).
		oneOf(views.MemberStatus.Name, string(models.MemberActive), string(models.MemberSuspended)).oneOf(views.Unused.Name, unusedWords()...).oneOf(views.Ends.Name, strconv.Itoa(endsThisWeek), strconv.Itoa(endsSoon)).manyPicked(c)
	if q.values[views.MemberGroup.Name] != "" {
		return q // the members of a group come by name
	}
	return q.unusedFirst()
}

// memberQuery is what of the list to read.
func memberQuery(q query, page models.Page) services.MemberQuery {
	return services.MemberQuery{Page: page, Group: q.values[views.MemberGroup.Name], Status: models.MemberStatus(q.values[views.MemberStatus.Name]),
		Unused: unusedFor(q), Ends: endsWithin(q)}
}

// memberList draws the list; open puts a question or a panel over it.
func (h Pages) memberList(c echo.Context, status int, open func(*views.Members)) error {
	by, q := caller(c), readMembersQuery(c)
	list, err := h.Console.Members(c.Request().Context(), by, memberQuery(q, q.Page))
	if err != nil {
		return err
	}
	q = q.over(memberKeys(list.Rows))
	bar, err := h.memberListBar(c, &q)
	if err != nil {
		return err
	}
	bar = q.picks.told(bar)
	where, err := h.membersPlace(c, list.Total, membersTab, q.here(siteOf(by.Organization.Key).memberList()))
	if err != nil {
		return err
	}
	page, err := h.page(c, where.withCSV(csvLink(q, siteOf(by.Organization.Key).memberListCSV())))
	if err != nil {
		return err
	}
	if !list.Detailed {
		page.Lead = "Everyone who can enter this organization. Their groups are shown to those who may view groups."
	}
	view := views.Members{
		Page: page, Filters: memberFilters(siteOf(by.Organization.Key), q, list), Detailed: list.Detailed,
		List: memberListing(by, q, list, bar), Rows: memberListRows(by, q, list, h.Console.Now()),
	}
	parts.Fold(&view.List, view.Rows, views.MemberContent)
	if list.Detailed {
		if view.Remark, err = h.administratorsRemark(c); err != nil {
			return err
		}
	}
	open(&view)
	return Render(c, status, view.Component())
}

// membersPlace is the Members page and its tab of invitations, which say who will be in which group: it is there for who
// may view groups. list is the address of what is shown, where Add members leads back to.
func (h Pages) membersPlace(c echo.Context, members int, tab, list string) (place, error) {
	by := caller(c)
	p := place{Members: true, Title: membersName, Lead: "Everybody who can enter this organization, and their groups."}
	if !by.Rights.May(services.ViewGroups, 0) {
		return p, nil
	}
	pending, err := h.Console.CountPendingInvitations(c.Request().Context(), by)
	if err != nil {
		return place{}, err
	}
	s := siteOf(by.Organization.Key)
	p.Tabs = []parts.Tab{
		{Label: membersName, Href: s.memberList(), Count: words.Roughly(members), Current: tab == membersTab},
		{Label: invitationsName, Href: s.invitations(), Count: words.Roughly(pending), Current: tab == "invitations"},
	}
	if tab == "invitations" {
		p.Lead = "Who is invited into this organization, by whom, and for how long."
	}
	invites, err := h.Console.Invites(c.Request().Context(), by)
	if err != nil {
		return place{}, err
	}
	if invites {
		p.Actions = []parts.Link{{Label: "Add members", Href: s.inviteOver(list), Icon: "user-plus", Kind: parts.Primary}}
	}
	return p, nil
}

func memberFilters(s site, q query, list services.MemberList) parts.Filters {
	f := parts.Filters{Action: s.memberList(), Search: parts.Search{Label: "Filter members", Value: q.Query}}
	if list.Detailed {
		f.Selects = []parts.SelectField{memberStatusFilter(q), endsFilter(q, "Access ends", endsThisWeek, endsSoon), unusedFilter(q)}
		groupFilterIn(&f, s, q, views.MemberGroup, optionsOf(list.Choices), list.Group)
	}
	if q.filtered() && len(list.Rows) > 0 {
		f.Clear = with(s.memberList(), parts.SortName, q.named())
	}
	f.Hidden = append(q.order(), q.letGo()...)
	return f
}

// memberStatuses are the words for statuses, in the order of the filter.
var memberStatuses = []parts.Option{{Label: "Any status"}, {Value: string(models.MemberActive), Label: "Active"}, {Value: string(models.MemberSuspended), Label: "Suspended"}}

func memberStatusFilter(q query) parts.SelectField {
	f := views.MemberStatus.Select(slices.Clone(memberStatuses))
	choose(&f, q.values[views.MemberStatus.Name])
	return f
}

func memberKeys(members []models.Member) []string {
	var keys []string
	for _, m := range members {
		keys = append(keys, memberKey(m.ID))
	}
	return keys
}

func memberListing(by services.Caller, q query, list services.MemberList, bar parts.ActionBar) parts.Listing {
	s := siteOf(by.Organization.Key)
	address := s.memberList()
	listing := parts.Listing{
		Action: address, Hidden: q.hidden(), ActionsURL: q.here(s.memberListActions()), Bar: bar,
		Caption: "Members of " + by.Organization.Name + ".",
		Columns: []parts.Column{q.column(address, "Member", "name", "", true)},
		Count:   q.count(pagedBy(list.Listing), list.Total, words.Members),
		Pager:   q.pager(address, pagedBy(list.Listing)),
	}
	listing.Many = &parts.Picks{}
	if list.Detailed {
		listing.Many = q.picks.listed(memberKeys(list.Rows), words.Members)
		listing.Pager = q.manyPager(address, pagedBy(list.Listing), memberKeys(list.Rows))
		used := q.column(address, "Last used", "used", "p2", false)
		if q.values[views.MemberGroup.Name] != "" { // those of a group come by name
			used, listing.Columns[0] = parts.Column{Label: "Last used", Class: "p2"}, parts.Column{Label: "Member", Sort: "ascending"}
		}
		listing.Columns = append(listing.Columns, views.RoleColumn, views.GroupsColumn,
			views.AccessEndsColumn, used)
	}
	if len(list.Rows) == 0 {
		listing.Empty = noneMatch(q, address, words.Members, list.Total)
	}
	return listing
}

func memberListRows(by services.Caller, q query, list services.MemberList, now time.Time) []views.MemberRow {
	var rows []views.MemberRow
	s := siteOf(by.Organization.Key)
	for _, m := range list.Rows {
		row := views.MemberRow{
			ID: memberKey(m.ID), Name: memberName(m), Email: m.Email, Initials: initials(memberName(m)),
			Found: markedIn(memberName(m), q.Query), UnderFound: markedIn(m.Email, q.Query),
			You: m.PersonID == by.Person.ID, NoGroup: "No active group",
		}
		row.LastUsed, row.UsedNote = lastUse(m, now)
		row.Marks = suspendedMark(m.Suspended(), rowMarks(m.Marks))
		row.Selectable = list.Detailed || row.You
		row.Selected = row.Selectable && q.picks.has(row.ID)
		if row.Selectable {
			row.Href = s.member(m.ID)
		}
		row.ReadOnly = list.Detailed && by.Rights.Level(access.GroupsDomain) == access.LevelView
		if first, in := list.First[m.PersonID]; in {
			row.Group, row.GroupHref = first.Name, s.group(first.Key)
			row.More, row.MoreHref = words.More(first.Total-1), s.groupsJoined(m.ID)
			row.Role = first.Role
			if first.Total == 1 && first.Role == first.Name { // said once: the role leads to the only group
				row.RoleHref, row.Group, row.NoGroup = row.GroupHref, "", "No other group"
			}
			row.Ends, row.EndsOf = firstEnd(first)
		}
		rows = append(rows, row)
	}
	return rows
}

// lastUse is when a member was here last, and how long ago that is; of who never was, since when they are a member.
func lastUse(m models.Member, now time.Time) (parts.When, string) {
	at := m.LastUsed()
	switch {
	case at.IsZero():
		return when(at, now), "added " + words.Day(m.Since)
	case now.Sub(at) < 48*time.Hour:
		return when(at, now), ""
	}
	return moment(at, words.Day(at)), words.Days.Count(int(now.Sub(at)/(24*time.Hour))) + " ago"
}

// firstEnd is when the first of somebody's memberships ends, and how many of them end at all.
func firstEnd(of models.FirstGroup) (parts.When, string) {
	if of.Ends == nil {
		return parts.When{}, ""
	}
	which := ""
	if of.Total > 1 {
		which = words.Number(of.Ending) + " of " + words.Groups.Count(of.Total)
	}
	return moment(*of.Ends, words.Day(words.LastDay(*of.Ends))), which
}

// memberName is what a member is called: by their address where nobody gave them a name.
func memberName(m models.Member) string {
	if m.Name == "" {
		return m.Email
	}
	return m.Name
}

// beneath is the address that stands beneath a member's name; "" where they are called by it.
func beneath(m models.Member) string {
	if m.Name == "" {
		return ""
	}
	return m.Email
}

// sameName warns that a name does not say who somebody is; "" where it does.
func sameName(people int) string {
	switch {
	case people < 2:
		return ""
	case people >= models.NamesakesShown:
		return "many people have this name"
	}
	return words.Noun{One: "person has", Many: "people have"}.Count(people) + " this name"
}

// marks are the words beside a name where somebody is chosen. That others have it is a warning where it is written otherwise.
func marks(m models.Marks) []parts.Chip {
	var all []parts.Chip
	if same := sameName(m.Namesakes); same != "" {
		all = append(all, parts.Chip{Word: same})
	}
	if m.Lookalike && len(all) > 0 {
		all[0].Tone = warning
	}
	if m.Unproven {
		all = append(all, parts.Chip{Tone: warning, Word: "address not proven"})
	}
	return all
}

// rowMarks are those in a list, whose rows have the addresses: in an organization where many share a name, a mark on each says nothing.
func rowMarks(m models.Marks) []parts.Chip {
	if !m.Lookalike {
		m.Namesakes = 0
	}
	return marks(m)
}

// markWords are the marks as a text: "2 people have this name, address not proven".
func markWords(m models.Marks) string {
	var all []string
	for _, mark := range marks(m) {
		all = append(all, mark.Word)
	}
	return strings.Join(all, ", ")
}

// whoExactly is the line of a question that tells people of one name apart.
func whoExactly(m models.Member) string {
	text := "Their address is " + m.Email + "."
	for _, mark := range marks(m.Marks) {
		text += " " + words.Sentence(mark.Word)
	}
	return text
}

// withSameName is a text with the warning that others have the name: all that those learn who may not view groups.
func withSameName(text string, m models.Member) string {
	if same := sameName(m.Namesakes); same != "" {
		return text + ", " + same
	}
	return text
}

// suggested is a member among those to choose from.
func suggested(m models.Member) parts.Person {
	return parts.Person{Email: m.Email, Name: withSameName(memberName(m), m)}
}

// MemberListActions answers the Action bar of a selected member.
func (h Pages) MemberListActions(c echo.Context) error {
	q := readMembersQuery(c)
	bar, err := h.memberListBar(c, &q)
	return answerBar(c, bar, err)
}

// memberListBar is the Action bar for the selected members. Nobody is selected where the member does not exist (any more) or
// the viewer may not select them.
func (h Pages) memberListBar(c echo.Context, q *query) (parts.ActionBar, error) {
	by := caller(c)
	none := parts.ActionBar{State: "none", Hint: q.picks.hint("Select members to see what you can do.")}
	if !by.Rights.May(services.ViewGroups, 0) {
		none.Hint = "Select yourself to see what you can do."
	} else if q.picks.several() {
		if bar, err := h.manyMembersBar(c, q); err != nil || bar.Subject != "" {
			return bar, err
		}
	}
	id, err := strconv.ParseInt(q.Selected, 10, 64)
	if err != nil {
		return none, nil
	}
	m, err := h.Console.MemberActions(c.Request().Context(), by, models.MemberID(id))
	var forbidden services.Forbidden
	if isNotFound(err) || errors.As(err, &forbidden) {
		return none, nil
	}
	if err != nil {
		return parts.ActionBar{}, err
	}
	return memberActionBar(by, m, *q), nil
}

// memberActionBar draws what the viewer may do with a member, and says what is missing.
func memberActionBar(by services.Caller, m services.MemberActions, q query) parts.ActionBar {
	s := siteOf(by.Organization.Key)
	bar := parts.ActionBar{State: "readonly", Level: "view", Word: "View only", Clear: q.here(s.memberList()),
		WhyHref: s.why(access.GroupsDomain, ""), Selected: memberKey(m.ID), Subject: memberName(m.Member), Under: beneath(m.Member)}
	open := parts.Action{Label: "View", Icon: "eye", Href: s.member(m.ID)}
	switch {
	case m.EditsGroups:
		open.Label, open.Icon = "View access", "shield-check"
		bar.State, bar.Level, bar.Word = "editable", "edit", "Can edit"
		bar.Actions = []parts.Action{{Label: "Edit", Icon: "pencil", Href: s.groupsOfMember(m.ID)}, open}
	default:
		bar.Why = words.YouNeed("change the groups of members", access.Edit, "a group")
		bar.Actions = []parts.Action{open}
	}
	switch {
	case m.LastAdministrator:
		bar.Why = lastAdministrator
	case m.Removes:
		bar.Actions = append(append(bar.Actions, suspensionActions(q, s, m)...), parts.Action{Label: "Remove", Icon: "user-x", Danger: true, Href: q.here(s.member(m.ID) + "/delete")})
	case m.EditsGroups:
		bar.Why = words.YouNeed("remove somebody from the organization", access.Edit, "all groups")
	}
	if m.Removes {
		bar.Actions = append(bar.Actions, parts.Action{Label: "Change address", Icon: "mail", Href: q.here(s.member(m.ID) + "/address"), More: true})
	}
	bar.Actions = append(bar.Actions, explainButton(s, services.MemberRef(m.ID)))
	bar.Announce = bar.Subject + " selected, " + words.Lower(bar.Word) + ": " + words.Actions.Count(len(bar.Actions))
	return bar
}

// memberOf is the member that the address names. What is no number, or one written otherwise than on the pages, belongs to
// nobody: each member has one address.
func memberOf(c echo.Context) models.MemberID { return memberNumbered(c.Param("member")) }

func memberNumbered(written string) models.MemberID {
	id, err := strconv.ParseInt(written, 10, 64)
	if err != nil || id < 0 || strconv.FormatInt(id, 10) != written {
		return 0
	}
	return models.MemberID(id)
}
