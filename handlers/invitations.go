package handlers

import (
	"net/http"
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

// invitationsName is the tab of the Members page beside the members.
const invitationsName = "Invitations"

// InvitationList is the Invitations tab of the Members page.
func (h Pages) InvitationList(c echo.Context) error {
	return h.invitationList(c, http.StatusOK, func(*views.Invitations) {})
}

// outcomes are the states of invitations, in words. Pending ones are shown first.
var outcomes = []parts.Option{
	{Value: "", Label: "Pending"}, {Value: models.InvitationAccepted, Label: "Accepted"}, {Value: models.InvitationDeclined, Label: "Declined"},
	{Value: models.InvitationExpired, Label: "Expired"}, {Value: models.InvitationRevoked, Label: "Revoked"}, {Value: models.InvitationVoid, Label: "Void"},
}

// outcomeOf is a state as its word beside a dot.
func outcomeOf(state string) parts.Status {
	tones := map[string]string{"": "warning", models.InvitationAccepted: "success", models.InvitationVoid: "danger"}
	for _, o := range outcomes {
		if o.Value == state {
			return parts.Status{Tone: orElse(tones[state], "off"), Word: o.Label}
		}
	}
	return parts.Status{Tone: "off", Word: state}
}

func readInvitationsQuery(c echo.Context) query {
	var states []string
	for _, o := range outcomes {
		states = append(states, o.Value)
	}
	return readQuery(c, []string{"name", "expires"}, views.InvitationState.Name, views.Ends.Name).
		oneOf(views.InvitationState.Name, states...).oneOf(views.Ends.Name, strconv.Itoa(endsThisWeek)).manyPicked(c)
}

// invitationList draws the list; open puts a question or a panel over it.
func (h Pages) invitationList(c echo.Context, status int, open func(*views.Invitations)) error {
	ctx, by, q := c.Request().Context(), caller(c), readInvitationsQuery(c)
	list, err := h.Console.Invitations(ctx, by, services.InvitationQuery{Page: q.Page, Outcome: q.values[views.InvitationState.Name], Ends: endsWithin(q)})
	if err != nil {
		return err
	}
	q = q.over(invitationKeysOf(list.Rows))
	bar, err := h.invitationListBar(c, &q)
	if err != nil {
		return err
	}
	bar = q.picks.told(bar)
	where, err := h.membersPlace(c, by.Organization.Members, "invitations", q.here(siteOf(by.Organization.Key).invitations()))
	if err != nil {
		return err
	}
	page, err := h.page(c, where.withCSV(csvLink(q, siteOf(by.Organization.Key).invitationsCSV())))
	if err != nil {
		return err
	}
	view := views.Invitations{
		Page: page, Filters: invitationFilters(siteOf(by.Organization.Key), q),
		List: invitationListing(by, q, list, bar), Rows: invitationRows(q, list),
	}
	if !h.Console.Mails() {
		view.Notice = &parts.Notice{Title: "No mail is sent.", Text: noMailServer + " Copy a link and send it yourself."}
	}
	parts.Fold(&view.List, view.Rows, views.InvitationContent)
	open(&view)
	return Render(c, status, view.Component())
}

func invitationFilters(s site, q query) parts.Filters {
	states := views.InvitationState.Select(slices.Clone(outcomes))
	choose(&states, q.values[views.InvitationState.Name])
	f := parts.Filters{Action: s.invitations(), Search: parts.Search{Label: "Filter invitations", Value: q.Query},
		Selects: []parts.SelectField{states, endsFilter(q, "Expires", endsThisWeek)}}
	f.Hidden = append(q.order(), q.letGo()...)
	return f
}

func invitationListing(by services.Caller, q query, list services.InvitationList, bar parts.ActionBar) parts.Listing {
	address, pending := siteOf(by.Organization.Key).invitations(), q.values[views.InvitationState.Name] == ""
	ends := parts.Column{Label: "Ended", Class: "p2"}
	if pending {
		ends = q.column(address, "Expires", "expires", "p2", false)
	}
	listing := parts.Listing{
		Action: address, Hidden: q.hidden(), ActionsURL: q.here(address + "/-/actions"), Bar: bar,
		Caption: "Invitations into " + by.Organization.Name + ".",
		Columns: []parts.Column{q.column(address, "Invited", "name", "", true), {Label: "State"}, ends,
			views.GroupsColumn, {Label: "Provider", Class: "p3"}, views.InvitedByColumn},
		Count: q.shown(pagedBy(list.Listing), words.Invitations), Pager: q.manyPager(address, pagedBy(list.Listing), invitationKeysOf(list.Rows)),
	}
	listing.Many = q.picks.listed(invitationKeysOf(list.Rows), words.Invitations)
	if len(list.Rows) == 0 {
		listing.Empty, listing.Count = noInvitations(q, address), ""
	}
	return listing
}

func noInvitations(q query, address string) *parts.Empty {
	empty := &parts.Empty{Icon: "mail", Title: "Nobody is invited", Text: "Invited people are listed here until they accept or decline, or until the invitation expires."}
	if q.filtered() {
		empty = &parts.Empty{Icon: "search-x", Title: "No invitation matches", Text: otherwise(q.Query, "choose another state", "show all pending invitations"),
			Action: clearing(q.Query, address)}
	}
	return empty
}

func invitationRows(q query, list services.InvitationList) []views.InvitationRow {
	var rows []views.InvitationRow
	for _, i := range list.Rows {
		id := strconv.FormatInt(int64(i.ID), 10)
		state := i.Outcome
		if state == "" && !i.Pending(list.At) {
			state = models.InvitationExpired
		}
		row := views.InvitationRow{
			ID: id, Email: i.Email, Found: markedIn(i.Email, q.Query), Status: outcomeOf(state), Ends: endOf(i, list.At), Provider: services.Provider(i.Provider).Name(),
			Inviter: i.InviterName, Selected: q.picks.has(id), ReadOnly: !list.Editable(i.ID),
		}
		row.MailFailed = state == "" && list.Failed[i.ID]
		if groups := openGroups(list.Groups[i.ID]); len(groups) > 0 {
			row.Group, row.More = groups[0].Name, words.More(len(groups)-1)
		}
		rows = append(rows, row)
	}
	return rows
}

// openGroups are those that are still there.
func openGroups(groups []models.InvitedGroup) []models.InvitedGroup {
	var open []models.InvitedGroup
	for _, g := range groups {
		if !g.Gone {
			open = append(open, g)
		}
	}
	return open
}

// endOf is how long an invitation is still open, or when it ended.
func endOf(i models.Invitation, now time.Time) parts.When {
	switch {
	case i.Pending(now):
		return left(i.ExpiresAt, now)
	case i.EndedAt != nil:
		return when(*i.EndedAt, now)
	}
	return when(i.ExpiresAt, now)
}

// InvitationListActions answers the Action bar of a selected invitation.
func (h Pages) InvitationListActions(c echo.Context) error {
	q := readInvitationsQuery(c)
	bar, err := h.invitationListBar(c, &q)
	return answerBar(c, bar, err)
}

func invitationKeysOf(rows []models.Invitation) []string {
	var keys []string
	for _, i := range rows {
		keys = append(keys, invitationKey(i.ID))
	}
	return keys
}

// invitationListBar is the Action bar for the selected invitations. A selection that does not exist (any more) is none.
func (h Pages) invitationListBar(c echo.Context, q *query) (parts.ActionBar, error) {
	by := caller(c)
	none := parts.ActionBar{State: "none", Hint: q.picks.hint("Select invitations to see what you can do.")}
	if q.picks.several() {
		if bar, err := h.manyInvitationsBar(c, q); err != nil || bar.Subject != "" {
			return bar, err
		}
	}
	bar, err := h.invitationBar(c, readInvitationID(q.Selected), siteOf(by.Organization.Key).invitations(), *q)
	if isNotFound(err) {
		return none, nil
	}
	bar.Selected, bar.Clear = q.Selected, q.here(siteOf(by.Organization.Key).invitations())
	return bar, err
}

// readInvitationID is the number of an invitation; 0, which none has, where it is no number.
func readInvitationID(text string) models.InvitationID {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return models.InvitationID(id)
}

// whyInvitation explains the viewer's access to the group that an invitation leads into.
func whyInvitation(s site, groups []models.InvitedGroup) string {
	key := ""
	if open := openGroups(groups); len(open) > 0 {
		key = open[0].Key
	}
	return s.why(access.GroupsDomain, key)
}
