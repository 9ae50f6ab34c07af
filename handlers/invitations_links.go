package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

func (s site) invitationLinksFile() string {
	return s.manyInvitations(services.LinksMany) + "/file"
}

func (s site) invitationLinksShown() string {
	return s.manyInvitations(services.LinksMany) + "/shown"
}

// InvitationsLinks makes links to many invitations and leads to the page that shows them, this once.
func (h Pages) InvitationsLinks(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	v := invitationsVerbOf(services.LinksMany)
	links, err := h.Console.CopyInvitationLinks(c.Request().Context(), caller(c), invitationIDs(form[parts.RowName]), form.Get(parts.OnceName))
	if changed, again := v.sinceReviewed(err); again {
		return h.invitationsAsk(c, v, againStatus(err), changed)
	}
	q, s := readInvitationsQuery(c), siteOf(caller(c).Organization.Key)
	back := q.picks.onto(q.here(s.invitations()))
	if errors.Is(err, services.ErrFormSent) {
		flash(c, "warning", "Nothing was done this time.",
			sentOrOld+" Links are shown only once. If nobody has them, make new ones.")
		return seeOther(c, back)
	}
	if err != nil {
		return err
	}
	return showOnce(c, q.picks.onto(q.here(s.invitationLinksShown())), views.InvitationLinks{
		Title: words.Noun{One: "invitation link", Many: "invitation links"}.Count(len(links)), Lead: linksShownOnce, All: h.linkLines(s, links), Close: back,
	}, h.InvitationsLinksShow)
}

// InvitationsLinksShow shows the links that were just made, over the list. Who comes again is asked whether to make others.
func (h Pages) InvitationsLinksShow(c echo.Context) error {
	sheet, err := shownOnce[views.InvitationLinks](c)
	if err != nil {
		return err
	}
	if sheet == nil {
		return h.invitationsAsk(c, invitationsVerbOf(services.LinksMany), http.StatusOK, "These links were shown once. You can make new ones.")
	}
	if _, err := h.Console.InvitationChoice(c.Request().Context(), caller(c), "", nil); err != nil {
		return err
	}
	return h.invitationList(c, http.StatusOK, func(page *views.Invitations) { page.Links = sheet })
}

// linksShownOnce stands above several links.
const linksShownOnce = "Links are shown only once. Each is for one person. Send it in a way that nobody else can read."

// linkLines are the links of these addresses. A tab between the two makes spreadsheets take them for two columns.
func (h Pages) linkLines(s site, links []services.InvitationLink) views.LinkLines {
	all := views.LinkLines{Lines: make([]string, len(links)), File: s.invitationLinksFile()}
	for i, link := range links {
		all.Lines[i] = link.Email + "\t" + h.BaseURL + link.Path
	}
	return all
}

// maxLinksText is how long the text of all links can be.
const maxLinksText = services.MaxMany * 1000

// InvitationsLinksFile sends the links of the page back as a file. Nothing of it is stored or checked: they are whatever the page's own
// form sends.
func (h Pages) InvitationsLinksFile(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	text := form.Get(views.InvitationLinksText.Name)
	if strings.TrimSpace(text) == "" || len(text) > maxLinksText {
		return echo.NewHTTPError(http.StatusUnprocessableEntity, "There are no links to keep.")
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s-invitation-links-%s.csv"`,
		caller(c).Organization.Key, words.DayInFigures(h.Console.Now())))
	return c.Blob(http.StatusOK, "text/csv; charset=utf-8", []byte(linksCSV(text)))
}

// linksCSV is the text of the page as a file.
func linksCSV(text string) string {
	file := byteOrderMark + csvLine([]string{"Email", "Link"})
	for line := range strings.Lines(text) {
		if email, link, both := strings.Cut(strings.TrimRight(line, "\r\n"), "\t"); both {
			file += csvLine([]string{email, link})
		}
	}
	return file
}
