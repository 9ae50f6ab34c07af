package handlers

import (
	"errors"
	"fmt"

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
	id, place, err := h.ranOut(c)
	if err != nil {
		return err
	}
	r, err := h.Console.RenewInvitation(c.Request().Context(), caller(c), id, form.Get(parts.ConfirmAdministrators) == "yes")
	var confirm services.NeedsConfirmation
	switch {
	case errors.As(err, &confirm):
		return seeOther(c, place.renewal(id))
	case errors.Is(err, services.ErrNotRunOut):
		flash(c, "warning", "Nothing was done.", "The invitation has not expired.")
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

// InvitationRenewAsk asks before somebody is invited again to become an administrator.
func (h Pages) InvitationRenewAsk(c echo.Context) error {
	id, place, err := h.ranOut(c)
	if err != nil {
		return err
	}
	i, err := h.Console.InvitationActions(c.Request().Context(), caller(c), id)
	if err != nil {
		return err
	}
	if !renewable(i) {
		return seeOther(c, place.back())
	}
	return h.overInvitations(c, func(l invitationsList) { *l.confirm = confirmRenewal(place, i.Invitation) })
}

// ranOut is the invitation of the address and its place among those that have run out.
func (h Pages) ranOut(c echo.Context) (models.InvitationID, invitationPlace, error) {
	c.QueryParams().Set(views.InvitationState.Name, models.InvitationExpired)
	return h.invitationOf(c)
}

// renewal is the address of the question, and of what it asks for.
func (p invitationPlace) renewal(id models.InvitationID) string {
	return p.query.here(fmt.Sprintf("%s/%d/renew", p.actions, id))
}

// whyNotRenewed says why nobody was invited again.
var whyNotRenewed = map[services.InviteOutcome]string{
	services.MemberAlready: "They are already in all of its groups.",
	services.OpenAlready:   "They already have a pending invitation into its groups.",
	services.NoSeat:        "No seat is free. Revoke an invitation or remove a member first, or ask your operator for more seats.",
	services.TooManyMails:  "Too many mails were sent already. Try again tomorrow, or invite them without a mail and send the link yourself.",
}

// renewed leads to the new invitation. Without a mail it shows the link to hand on, this once.
func (h Pages) renewed(c echo.Context, place invitationPlace, r services.InviteResult) error {
	place.row, place.query.After, place.query.Before = invitationKey(r.Invitation.ID), "", ""
	place.query.values[views.InvitationState.Name] = ""
	pending := place.back()
	if r.Link == "" {
		flash(c, "success", "Invitation renewed.", "A mail to "+r.Email+" is on its way. Earlier links do not work.")
		return seeOther(c, pending)
	}
	var groups []string
	for _, g := range r.Groups {
		groups = append(groups, g.Name)
	}
	return showOnce(c, place.link(r.Invitation.ID), h.linkSheet("Invitation renewed", "Earlier links do not work.", r.Invitation, groups, r.Link, pending), h.InvitationLinkShow)
}

// confirmRenewal is the question before somebody is invited again to become an administrator.
func confirmRenewal(place invitationPlace, i models.Invitation) *parts.Confirm {
	return &parts.Confirm{Title: "Invite " + i.Email + " to be an administrator again?", Button: "Renew invitation",
		Text:   []string{"Administrators may do everything, and can add other administrators."},
		Action: place.renewal(i.ID), Cancel: place.back(),
		Hidden: []parts.Hidden{{Name: parts.ConfirmAdministrators, Value: "yes"}}}
}
