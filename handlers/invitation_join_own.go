package handlers

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/words"
)

const ownInvitationsPath = "/invitations"

// Invitations is the page of the invitations to the signed-in person, from all organizations.
func (h Join) Invitations(c echo.Context) error {
	who, _ := services.SessionFrom(c.Request().Context())
	found, err := h.Console.OwnInvitations(c.Request().Context(), who)
	if err != nil {
		return err
	}
	p := bare(c, "Invitations")
	p.Heading = "Your invitations"
	page := views.OwnInvitations{Page: p, Onward: organizationsPath, SignOut: SignOutPath}
	for _, j := range found {
		path := ownInvitationsPath + "/" + strconv.FormatInt(int64(j.ID), 10)
		var groups []string
		for _, g := range j.Groups {
			groups = append(groups, g.Name)
		}
		page.List = append(page.List, views.OwnInvitation{
			Organization: j.Organization.Name, Text: j.InviterName + " invited you into " + words.List(groups, 5) + ".", Ends: j.Ends(),
			Expires: expiryWords(j.ExpiresAt, h.Console.Now()), Accept: path + "/accept", Decline: path + "/decline",
		})
	}
	return Render(c, http.StatusOK, page.Component())
}

// AcceptOwn accepts one of them.
func (h Join) AcceptOwn(c echo.Context) error {
	who, _ := services.SessionFrom(c.Request().Context())
	joined, err := h.Console.AcceptOwn(c.Request().Context(), who, ownInvitation(c), c.RealIP())
	var provider services.WrongProvider
	switch {
	case errors.As(err, &provider):
		flash(c, "warning", "Sign in another way.", "This invitation is for "+provider.Wanted.Name()+". Sign out, and sign in that way.")
		return seeOther(c, ownInvitationsPath)
	case errors.Is(err, services.ErrUnproven):
		return unproven()
	case err != nil:
		return err
	case joined.State != models.InvitationAccepted:
		flash(c, "warning", "This invitation is no longer valid.", "Ask the person who invited you to "+joined.Organization.Name+" to invite you again.")
		return seeOther(c, ownInvitationsPath)
	}
	return h.joined(c, joined)
}

// DeclineOwn declines one of them.
func (h Join) DeclineOwn(c echo.Context) error {
	who, _ := services.SessionFrom(c.Request().Context())
	joined, err := h.Console.DeclineOwn(c.Request().Context(), who, ownInvitation(c), c.RealIP())
	if errors.Is(err, services.ErrUnproven) {
		return unproven()
	}
	if err != nil {
		return err
	}
	flash(c, "success", "You declined the invitation to "+joined.Organization.Name+".", "")
	return seeOther(c, ownInvitationsPath)
}

// ownInvitation is the number in the address; what is none is nobody's.
func ownInvitation(c echo.Context) models.InvitationID {
	return readInvitationID(c.Param("invitation"))
}

func unproven() error {
	return echo.NewHTTPError(http.StatusForbidden, "Your address is not proven yet. Open the link of the invitation.")
}
