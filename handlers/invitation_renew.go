package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// InvitationRenew invites somebody again whose invitation has run out, and shows the new invitation among those that are pending.
func (h Pages) InvitationRenew(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	c.QueryParams().Set(views.InvitationState.Name, models.InvitationExpired) // where it stands
	id, place, err := h.invitationOf(c)
	if err != nil {
		return err
	}
	r, err := h.Console.RenewInvitation(c.Request().Context(), caller(c), id, form.Get(parts.ConfirmAdministrators) == "yes")
	var confirm services.NeedsConfirmation
	switch {
	case errors.As(err, &confirm):
		return h.invitationList(c, http.StatusOK, func(page *views.Invitations) {
			page.Confirm = confirmRenewal(place, id)
		})
	case errors.Is(err, services.ErrNotRunOut):
		flash(c, "warning", "Nothing was done.", "The invitation has not run out.")
	case len(wrongIn(err)) > 0:
		flash(c, "warning", "Not renewed.", wrongIn(err)[0].Text+" Invite them with Add members.")
	case err != nil:
		return answerUnsent(c, place.back(), err)
	case r.Outcome != services.Invited:
		flash(c, "warning", "Not renewed.", whyNotRenewed[r.Outcome])
	default:
		return h.renewed(c, place, r)
	}
	return seeOther(c, place.back())
}

// whyNotRenewed says why nobody was invited again.
var whyNotRenewed = map[services.InviteOutcome]string{
	services.MemberAlready: "They are in all of its groups already.",
	services.OpenAlready:   "They have a pending invitation into its groups already.",
	services.NoSeat:        "No seat is free. Revoke an invitation or remove a member first, or ask whoever runs this console for more seats.",
	services.TooManyMails:  "Many mails went out already. Try again tomorrow, or invite them without a mail and hand the link on.",
}

// renewed leads to the new invitation. Without a mail it shows the link to hand on, this once.
func (h Pages) renewed(c echo.Context, place invitationPlace, r services.InviteResult) error {
	place.row, place.query.After, place.query.Before = invitationKey(r.Invitation.ID), "", ""
	place.query.values[views.InvitationState.Name] = ""
	pending := place.back()
	if r.Link == "" {
		flash(c, "success", "Invitation renewed.", "A mail to "+r.Email+" is on its way. Earlier links stay closed.")
		return seeOther(c, pending)
	}
	var groups []string
	for _, g := range r.Groups {
		groups = append(groups, g.Name)
	}
	sheet := &views.InviteResults{Title: "Invitation renewed", Lead: "For " + r.Email + ". Earlier links stay closed.", Close: pending,
		Notice: providerNotice(services.Provider(r.Invitation.Provider)), Facts: append([]parts.Fact{{Term: "Groups", Value: strings.Join(groups, ", ")}}, h.invitationFacts(r.Invitation)...),
		Results: []views.InviteResult{{ID: "link-1", Email: r.Email, Status: outcomeOf(""), Text: handOn, Link: h.BaseURL + r.Link}}}
	return h.invitationList(c, http.StatusOK, func(page *views.Invitations) { page.Results = sheet })
}

// confirmRenewal asks before somebody is invited again to become an administrator.
func confirmRenewal(place invitationPlace, id models.InvitationID) *parts.Confirm {
	return &parts.Confirm{Title: "Invite them to be an administrator again?", Button: "Renew invitation",
		Text:   []string{"Administrators may do everything, and can add other administrators."},
		Action: place.query.here(fmt.Sprintf("%s/%d/renew", place.actions, id)), Cancel: place.back(),
		Hidden: []parts.Hidden{{Name: parts.ConfirmAdministrators, Value: "yes"}}}
}
