package handlers

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// link is the address at which a link to the invitation is made, and shown once.
func (p invitationPlace) link(id models.InvitationID) string {
	return p.query.here(fmt.Sprintf("%s/%d/link", p.actions, id))
}

// InvitationLink makes a link to an invitation and leads to the page that shows it, this once.
func (h Pages) InvitationLink(c echo.Context) error {
	id, place, err := h.invitationOf(c)
	if err != nil {
		return err
	}
	path, err := h.Console.CopyInvitationLink(c.Request().Context(), caller(c), id)
	if err != nil {
		return answerUnsent(c, place.back(), err)
	}
	i, err := h.Console.Invitation(c.Request().Context(), caller(c), id)
	if err != nil {
		return err
	}
	var groups []string
	for _, g := range openGroups(i.Groups) {
		groups = append(groups, g.Name)
	}
	return showOnce(c, place.link(id), h.linkSheet("Invitation link", "Earlier links still work.", i.Invitation, groups, path, place.back()), h.InvitationLinkShow)
}

// linkSheet shows one link to hand on.
func (h Pages) linkSheet(title, earlier string, i models.Invitation, groups []string, path, back string) views.InviteResults {
	return views.InviteResults{Title: title, Lead: "For " + i.Email + ". " + earlier, Close: back, Notice: providerNotice(services.Provider(i.Provider), h.Console.Mails()),
		Facts:   append([]parts.Fact{{Term: "Groups", Value: strings.Join(groups, ", ")}}, h.invitationFacts(i)...),
		Results: []views.InviteResult{{ID: "link-1", Email: i.Email, Status: outcomeOf(""), Text: handOn, Link: h.BaseURL + path}}}
}

// InvitationLinkShow shows the link that was just made, over the list. Who comes again is offered another, where one can be made.
func (h Pages) InvitationLinkShow(c echo.Context) error {
	id, place, err := h.invitationOf(c)
	if err != nil {
		return err
	}
	sheet, err := shownOnce[views.InviteResults](c)
	if err != nil {
		return err
	}
	i, err := h.Console.InvitationActions(c.Request().Context(), caller(c), id)
	if err != nil {
		return err
	}
	if sheet != nil && i.Editable {
		return h.overInvitations(c, func(l invitationsList) { *l.results = sheet })
	}
	actions, _ := h.invitationActions(i, func(string) string { return "" })
	if !i.Editable || i.State != "" || !slices.ContainsFunc(actions, func(a parts.Action) bool { return a.Label == copyLink }) {
		return seeOther(c, place.back())
	}
	return h.overInvitations(c, func(l invitationsList) {
		*l.confirm = &parts.Confirm{Title: "This link was shown once", Button: "Make a new link", Action: place.link(id), Cancel: place.back(),
			Text: []string{"It still works for anybody who has it. If nobody has it, make a new one for " + i.Email + "."}}
	})
}

// invitationsList is a list with invitations, of the organization or of a group, as far as something is drawn over it.
type invitationsList struct {
	results **views.InviteResults
	confirm **parts.Confirm
}

// overInvitations draws something over the list that the address is below.
func (h Pages) overInvitations(c echo.Context, draw func(invitationsList)) error {
	if c.Param("group") != "" {
		return h.groupMembers(c, http.StatusOK, func(tab *views.GroupMembers, _ services.GroupMembers) {
			draw(invitationsList{&tab.Results, &tab.Confirm})
		})
	}
	return h.invitationList(c, http.StatusOK, func(page *views.Invitations) { draw(invitationsList{&page.Results, &page.Confirm}) })
}
