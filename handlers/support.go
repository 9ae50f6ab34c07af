package handlers

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

const (
	supportPath     = "/support"
	ownRequestsPath = supportPath + "/-/requests"
)

// requestPath is where access to an organization is asked for.
func requestPath(organization string) string { return supportPath + "/" + organization }

func endRequestPath(organization, key string) string {
	return requestPath(organization) + "/requests/" + key + "/end"
}

// Support is the pages of the vendor's personnel, outside of every organization. Nobody else finds anything there (R15).
type Support struct {
	Console *services.Console
}

// page is a page with the account menu and both tabs; neither is current on a form.
func (h Support) page(c echo.Context, title, tab string) views.Page {
	p := bare(c, title)
	back := supportPath
	if c.Request().Method == http.MethodGet {
		back = c.Request().URL.RequestURI()
	}
	menu := account(who(c).Person, back)
	menu.Support = supportPath
	p.Account = &menu
	p.Tabs = []parts.Tab{
		{Label: "Organizations", Href: supportPath, Current: tab == supportPath},
		{Label: "Your requests", Href: ownRequestsPath, Current: tab == ownRequestsPath},
	}
	return p
}

// Organizations are those that the visitor supports.
func (h Support) Organizations(c echo.Context) error {
	q := readQuery(c, nil)
	list, err := h.Console.SupportedOrganizations(c.Request().Context(), who(c), q.Page)
	if err != nil {
		return err
	}
	p := h.page(c, "Temporary access", supportPath)
	p.Lead = "Ask for the access that your work needs. You get it immediately, for a limited time. The organization’s administrators see it."
	page := views.Support{Page: p, Filters: supportFilters(supportPath, q), Pager: q.pager(supportPath, pagedBy(list))}
	for _, o := range list.Rows {
		row := views.SupportedOrganization{Name: o.Name, Key: o.Key, Ask: requestPath(o.Key)}
		if !o.SupportAccess {
			row.Ask, row.Off = "", "Support access is off"
		}
		page.Organizations = append(page.Organizations, row)
	}
	if list.Next == "" && list.Previous == "" {
		page.Count = q.count(paged{rows: len(list.Rows)}, len(list.Rows), words.Organizations)
	}
	if len(list.Rows) == 0 {
		page.Empty = supportEmpty(q, supportPath, "building-2", "No organization yet", "The organizations that you support are listed here.")
	}
	return Render(c, http.StatusOK, page.Component())
}

func supportFilters(address string, q query) parts.Filters {
	f := parts.Filters{Action: address, Search: parts.Search{Label: "Filter by organization", Value: q.Query}}
	if q.filtered() {
		f.Clear = address
	}
	return f
}

// supportEmpty says that nothing matches, or what a list is for.
func supportEmpty(q query, address, icon, title, text string) *parts.Empty {
	if q.filtered() {
		return &parts.Empty{Icon: "search", Title: "No organization matches", Text: "Check the spelling, or look at all of them.",
			Action: &parts.Link{Label: "Clear filter", Href: address}}
	}
	return &parts.Empty{Icon: icon, Title: title, Text: text}
}

// Requests are the visitor's own, in all organizations.
func (h Support) Requests(c echo.Context) error { return h.requests(c, nil) }

func (h Support) requests(c echo.Context, confirm *parts.Confirm) error {
	q := readQuery(c, nil)
	list, err := h.Console.OwnRequests(c.Request().Context(), who(c), q.Page)
	if err != nil {
		return err
	}
	p := h.page(c, "Your requests", ownRequestsPath)
	p.Actions = []parts.Link{csvLink(q, ownRequestsCSVPath)}
	page := views.OwnRequests{Page: p, Filters: supportFilters(ownRequestsPath, q),
		Pager: q.pager(ownRequestsPath, pagedBy(list)), Confirm: confirm}
	for _, a := range list.Rows {
		page.Rows = append(page.Rows, ownRequest(a, h.Console.LatestMoment()))
	}
	if len(page.Rows) == 0 {
		page.Empty = supportEmpty(q, ownRequestsPath, "hourglass", "No request yet", "Your requests are listed here, with their outcome.")
		if !q.filtered() {
			page.Empty.Action = &parts.Link{Label: "Choose an organization", Href: supportPath, Kind: parts.Primary}
		}
	}
	return Render(c, http.StatusOK, page.Component())
}

func ownRequest(a models.OwnAccess, now time.Time) views.OwnRequest {
	status := a.Status(now)
	mark := accessMark(status)
	row := views.OwnRequest{Organization: a.OrganizationName, Justification: a.Justification, Description: a.Description,
		Category: a.CategoryName, Status: mark.Word, Tone: mark.Tone, Ends: mark.Word + " " + words.Minute(a.End()), Asked: when(a.RequestedAt, now)}
	if status == models.StatusActive {
		row.Ends = "Until " + words.Minute(a.End())
		row.Enter, row.End = string(siteOf(a.OrganizationKey)), endRequestPath(a.OrganizationKey, a.Key)
	}
	return row
}

// EndAsk asks before an access is given back.
func (h Support) EndAsk(c echo.Context) error {
	own, err := h.Console.OwnRequest(c.Request().Context(), who(c), c.Param("organization"), c.Param("access"))
	if err != nil {
		return err
	}
	if own.Status(h.Console.LatestMoment()) != models.StatusActive {
		return h.endedAlready(c)
	}
	return h.requests(c, &parts.Confirm{
		Title: "End your access to " + own.OrganizationName + "?", Button: "End access", Danger: true,
		Text: []string{"You asked for it until " + words.Moment(own.ExpiresAt) + ". It ends immediately.",
			"What you made with it stays."}, Final: words.Final("You can ask again."),
		Action: endRequestPath(own.OrganizationKey, own.Key), Cancel: ownRequestsPath,
	})
}

func (h Support) endedAlready(c echo.Context) error {
	flash(c, "warning", "This access has already ended.", "")
	return seeOther(c, ownRequestsPath)
}

// End gives an access back before its end.
func (h Support) End(c echo.Context) error {
	_, err := h.Console.EndOwnRequest(c.Request().Context(), who(c), c.Param("organization"), c.Param("access"), c.RealIP())
	if errors.Is(err, services.ErrAccessEnded) {
		return h.endedAlready(c)
	}
	if err != nil {
		return err
	}
	flash(c, "success", "Access ended.", "")
	return seeOther(c, ownRequestsPath)
}

// visit is the banner for who is in the organization through temporary access, and nil for everybody else.
func (h Pages) visit(c echo.Context, by services.Caller) (*views.Visit, error) {
	running, err := h.Console.RunningAccesses(c.Request().Context(), by)
	if err != nil || len(running) == 0 {
		return nil, err
	}
	first := running[0]
	left := first.ExpiresAt.Sub(h.Console.Now())
	v := &views.Visit{Who: by.Name(), As: first.CategoryName, Why: strings.Join(strings.Fields(first.Justification), " "),
		Until: parts.When{ISO: first.ExpiresAt.UTC().Format(time.RFC3339), Text: words.Minute(first.ExpiresAt)},
		Left:  strconv.Itoa(int(left.Seconds())), Requests: ownRequestsPath}
	v.More = words.More(len(running) - 1)
	return v, nil
}
