package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// Temporary accesses, by key; mails lead to them.
func (s site) temporaryAccesses() string         { return string(s) + "/temporary-access" }
func (s site) temporaryAccess(key string) string { return s.temporaryAccesses() + "/" + key }
func (s site) temporaryAccessActions() string    { return s.temporaryAccesses() + "/-/actions" }
func (s site) subscribeToRequests() string       { return s.temporaryAccesses() + "/-/subscribe" }
func (s site) unsubscribeFromRequests() string   { return s.temporaryAccesses() + "/-/unsubscribe" }
func (s site) revokeTemporary(key string) string { return s.temporaryAccess(key) + "/revoke" }

// accessStatuses are the words and tones of the statuses, in the order of the filter.
var accessStatuses = []struct {
	status models.AccessStatus
	mark   parts.Status
}{
	{models.StatusActive, parts.Status{Tone: "success", Word: "Active"}},
	{models.StatusExpired, parts.Status{Tone: "off", Word: "Expired"}},
	{models.StatusRevoked, parts.Status{Tone: "off", Word: "Revoked"}},
	{models.StatusEnded, parts.Status{Tone: "off", Word: "Ended"}},
}

func accessMark(status models.AccessStatus) parts.Status {
	for _, s := range accessStatuses {
		if s.status == status {
			return s.mark
		}
	}
	return parts.Status{}
}

// readAccessQuery reads the list's address. What is no status is any.
func readAccessQuery(c echo.Context) query {
	q := readQuery(c, nil, views.TemporaryAccessStatus.Name)
	if accessMark(models.AccessStatus(q.values[views.TemporaryAccessStatus.Name])).Word == "" {
		q.values[views.TemporaryAccessStatus.Name] = ""
	}
	return q
}

// TemporaryAccessList is the page of who has, and who had, temporary access.
func (h Pages) TemporaryAccessList(c echo.Context) error {
	by, q := caller(c), readAccessQuery(c)
	list, err := h.Console.TemporaryAccesses(c.Request().Context(), by,
		services.TemporaryAccessQuery{Page: q.Page, Status: models.AccessStatus(q.values[views.TemporaryAccessStatus.Name])})
	if err != nil {
		return err
	}
	brought, err := h.Console.BroughtIn(c.Request().Context(), by)
	if err != nil {
		return err
	}
	bar, err := h.temporaryAccessBar(c, q)
	if err != nil {
		return err
	}
	page, err := h.page(c, accessesPlace(by, h.Console.Catalog(), list).withCSV(csvLink(q, siteOf(by.Organization.Key).temporaryAccessesCSV())))
	if err != nil {
		return err
	}
	view := views.TemporaryAccesses{
		Page: page, Remarks: accessRemarks(by, list, h.Console.Mails()), Filters: accessFilters(siteOf(by.Organization.Key), q),
		List: accessListing(by, q, list, bar), Rows: accessRows(q, list), BroughtIn: broughtIn(by, brought),
	}
	parts.Fold(&view.List, view.Rows, views.TemporaryAccessContent)
	return Render(c, http.StatusOK, view.Component())
}

func accessesPlace(by services.Caller, catalog *access.Catalog, list services.TemporaryAccessList) place {
	s := siteOf(by.Organization.Key)
	p := place{Domain: access.TemporaryAccessDomain, Title: catalog.Domain(access.TemporaryAccessDomain).Name,
		Lead: "Requests by the vendor for access to " + by.Organization.Name + ". A request is granted immediately, within the limits of its category, and ends automatically. All times are UTC."}
	switch {
	case list.Subscribed:
		p.Lead += " A mail tells you of each new one."
		p.Actions = []parts.Link{{Label: "Unsubscribe", Href: s.unsubscribeFromRequests(), Icon: "bell", Post: true}}
	case list.Subscribable:
		p.Actions = []parts.Link{{Label: "Subscribe to new requests", Href: s.subscribeToRequests(), Icon: "bell", Post: true}}
	}
	return p
}

// accessRemarks say what keeps requests, or the mails of them, from coming.
func accessRemarks(by services.Caller, list services.TemporaryAccessList, sends bool) []parts.Notice {
	var remarks []parts.Notice
	if !by.Organization.SupportAccess {
		remarks = append(remarks, parts.Notice{Title: "Support access is off.", Text: "Nobody can ask for temporary access. The page of the organization has the switch."})
	}
	if list.Subscribable && !sends {
		remarks = append(remarks, parts.Notice{Title: noMailServer, Text: "Nobody gets mail about new requests until your operator sets a mail server with --smtp."})
	}
	return remarks
}

func accessFilters(s site, q query) parts.Filters {
	statuses := views.TemporaryAccessStatus.Select([]parts.Option{{Label: "Any status"}})
	for _, known := range accessStatuses {
		statuses.Options = append(statuses.Options, parts.Option{Value: string(known.status), Label: known.mark.Word})
	}
	choose(&statuses, q.values[views.TemporaryAccessStatus.Name])
	return parts.Filters{Action: s.temporaryAccesses(), Search: parts.Search{Label: "Filter by requester", Value: q.Query},
		Selects: []parts.SelectField{statuses}}
}

func accessListing(by services.Caller, q query, list services.TemporaryAccessList, bar parts.ActionBar) parts.Listing {
	s := siteOf(by.Organization.Key)
	address := s.temporaryAccesses()
	listing := parts.Listing{
		Action: address, Hidden: q.hidden(), Bar: bar,
		ActionsURL: q.here(s.temporaryAccessActions()),
		Caption:    "Requests for temporary access to " + by.Organization.Name + ", the newest first.",
		Columns: []parts.Column{{Label: "Requester"}, views.CategoryColumn, {Label: "Justification", Class: "p2"},
			{Label: "Status"}, {Label: "Granted on", Class: "p3"}, {Label: "Expires on", Class: "p2"}},
		Count: q.shown(pagedBy(list.Listing), words.Requests), Pager: q.pager(address, pagedBy(list.Listing)),
	}
	if len(list.Rows) == 0 {
		listing.Count, listing.Empty = "", noAccesses(by, q, address)
	}
	return listing
}

func noAccesses(by services.Caller, q query, address string) *parts.Empty {
	if q.filtered() {
		return &parts.Empty{Icon: "search-x", Title: "No request matches", Text: otherwise(q.Query, "choose another status", "show all requests"),
			Action: clearing(q.Query, address)}
	}
	return &parts.Empty{Icon: domainIcon(access.TemporaryAccessDomain), Title: "No temporary access",
		Text: "Nobody of the vendor has asked for access to " + by.Organization.Name + ". Requests stay listed for some time after their end."}
}

func accessRows(q query, list services.TemporaryAccessList) []views.TemporaryAccessRow {
	var rows []views.TemporaryAccessRow
	for _, a := range list.Rows {
		status := a.Status(list.At)
		row := views.TemporaryAccessRow{
			Row:      parts.Row{Key: a.Key, Name: a.Name, Under: a.Email, Found: markedIn(a.Name, q.Query), UnderFound: markedIn(a.Email, q.Query), Icon: "user", Selected: a.Key == q.Selected, ReadOnly: !list.Revocable},
			Category: a.CategoryName, Justification: beginning(a.Justification), Status: accessMark(status),
			Granted: shortMoment(a.RequestedAt), Expires: shortMoment(a.End()),
		}
		if status == models.StatusActive {
			row.Left = left(a.ExpiresAt, list.At).Text
		}
		row.Sub = subLine(row.Category, row.Left, row.Justification)
		rows = append(rows, row)
	}
	return rows
}

// shownOfText is how many characters of a text a row shows.
const shownOfText = 120

// beginning is a text on one line, and no more of it than a row has room for.
func beginning(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if cut := cutRunes(text, shownOfText); cut != text {
		return strings.TrimSpace(cut) + "…"
	}
	return text
}
