package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// NotAdmitted answers with the page for a session that does not open the organization, and says what would. It stands in
// place of every page there, whatever the person may do. Other errors are handed on.
func (h Organizations) NotAdmitted(c echo.Context, cause error) error {
	var provider services.WrongProvider
	var factor services.SecondFactorMissing
	var suspended services.Suspended
	var over services.AccessOver
	var ended services.SessionEnded
	next := localPath(c.Request().URL.RequestURI(), "/")
	if c.Request().Method != http.MethodGet {
		next = string(siteOf(c.Param("organization")))
	}
	switch {
	case errors.As(cause, &provider):
		return Render(c, http.StatusForbidden, wrongProvider(c, provider, next).Component())
	case errors.As(cause, &over):
		return Render(c, http.StatusNotFound, accessOver(c, over).Component())
	case errors.As(cause, &factor):
		return Render(c, http.StatusForbidden, factorMissing(c, factor, next).Component())
	case errors.As(cause, &suspended):
		return h.suspended(c, suspended.Organization)
	case errors.As(cause, &ended):
		return Render(c, http.StatusForbidden, sessionEnded(c, ended, next).Component())
	}
	return cause
}

// accessOver tells somebody of the personnel what became of the access with which they were here.
func accessOver(c echo.Context, e services.AccessOver) views.GateForm {
	p := bare(c, "Temporary access is over")
	a := e.Access
	p.Heading = "Your temporary access to " + e.Organization.Name + " " + overWord(a)
	return views.GateForm{Page: p, Text: []string{
		overSince(a),
		"What you made before stays.",
	}, Links: []parts.Link{
		{Label: "Ask for access again", Href: requestPath(e.Organization.Key), Kind: parts.Primary}, {Label: "Your requests", Href: ownRequestsPath},
	}}
}

// accessOverHeader says to the script that a session ended with a temporary access, which the page of the answer names.
const accessOverHeader = "X-Access-Over"

// accessOverSaid tells whoever still holds the session with which somebody of the personnel was here what became of their access; ""
// where it did not end with one. Who revoked it is told to who has signed in again.
func accessOverSaid(c echo.Context) string {
	over, ended := visitor(c).AccessOver()
	if !ended {
		return ""
	}
	how := overWord(over.Access)
	if over.Access.Outcome == models.AccessExpired {
		how = "ended"
	}
	return "Your access to " + over.Organization.Name + " " + how + " on " + words.Moment(over.Access.End()) + "."
}

// overWord is what happened to an access, after its name.
func overWord(a models.TemporaryAccess) string {
	switch a.Outcome {
	case models.AccessRevoked:
		return "was revoked"
	case models.AccessExpired:
		return "has expired"
	}
	return "was given back"
}

// overSince says when an access ended, and who ended it.
func overSince(a models.TemporaryAccess) string {
	text := "It ended on " + words.Moment(a.End())
	if a.Outcome == models.AccessRevoked {
		text += byWords(a.EndedBy)
		if why := accessReasons[a.Reason]; why != "" {
			text += " " + why
		}
	}
	return text + "."
}

func wrongProvider(c echo.Context, e services.WrongProvider, next string) views.GateForm {
	p := bare(c, "Sign in differently")
	p.Heading = "Sign in with " + e.Wanted.Name()
	session := who(c)
	return views.GateForm{Page: p, Text: []string{
		"You joined " + e.Organization.Name + " with the provider " + e.Wanted.Name() + ", and enter it with that one.",
		"Your session, of " + session.Person.Email + ", began with " + session.Provider.Name() + ".",
	}, Action: SignOutPath, Hidden: []parts.Hidden{views.SignInNext.Hidden(next)}, Button: "Sign out and sign in again",
		Links: []parts.Link{{Label: "Your organizations", Href: organizationsPath}}}
}

func sessionEnded(c echo.Context, e services.SessionEnded, next string) views.GateForm {
	p := bare(c, "Sign in again")
	p.Heading = "Sign in again"
	return views.GateForm{Page: p, Text: []string{"This session has been ended in " + e.Organization.Name + "."},
		Action: SignOutPath, Hidden: []parts.Hidden{views.SignInNext.Hidden(next)}, Button: "Sign out and sign in again",
		Links: []parts.Link{{Label: "Your organizations", Href: organizationsPath}}}
}

func factorMissing(c echo.Context, e services.SecondFactorMissing, next string) views.GateForm {
	p := bare(c, "Second factor needed")
	p.Heading = e.Organization.Name + " asks for a second factor"
	page := views.GateForm{Page: p, Text: []string{"You sign in with your password and a code from an app on your phone. Setting it up takes a minute."},
		Links: []parts.Link{
			{Label: "Set up the second factor", Href: secondFactorFor(next), Kind: parts.Primary}, {Label: "Your organizations", Href: organizationsPath},
		}}
	if who(c).Person.TOTPSecret != "" {
		page.Text = []string{"You have set it up, but you signed in without it."}
		page.Action, page.Button, page.Hidden = SignOutPath, "Sign out and sign in again", []parts.Hidden{views.SignInNext.Hidden(next)}
		page.Links = page.Links[1:]
	}
	return page
}
