package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// NotAdmitted is shown in place of every page of an organization that the session does not open, whatever its person may
// do there. Any other error it hands on.
func (h Organizations) NotAdmitted(c echo.Context, cause error) error {
	var provider services.WrongProvider
	var factor services.SecondFactorMissing
	var proof services.WaitsForProof
	next := localPath(c.Request().URL.RequestURI(), "/")
	if c.Request().Method != http.MethodGet {
		next = string(siteOf(c.Param("organization")))
	}
	switch {
	case errors.As(cause, &proof):
		return Render(c, http.StatusForbidden, waitsForProof(c, proof, next, h.Console.Mails()).Component())
	case errors.As(cause, &provider):
		return Render(c, http.StatusForbidden, wrongProvider(c, provider, next).Component())
	case errors.As(cause, &factor):
		return Render(c, http.StatusForbidden, factorMissing(c, factor, next).Component())
	}
	return cause
}

// waitsForProof says what opens an organization that somebody is a member of, and how to get it.
func waitsForProof(c echo.Context, e services.WaitsForProof, next string, mails bool) views.GateForm {
	p := bare(c, "Proof of your address needed")
	p.Heading = e.Organization.Name + " waits for proof of your address"
	email := who(c).Person.Email
	page := views.GateForm{Page: p, Text: []string{
		"You are signed in to an account that another organization’s administrators let you make. It does not show that " + email + " is yours, so it opens nothing here.",
	}, Links: []parts.Link{{Label: "Your organizations", Href: organizationsPath}}}
	if !mails {
		page.Text = append(page.Text, "Ask an administrator of "+e.Organization.Name+" to invite you into a group that you are not in yet, and to give you the link. Open it while you are "+
			"signed in, and accept. Or ask who runs this installation to set a password for your address.")
		return page
	}
	page.Text = append(page.Text, "Sign out, and sign in with a link that is mailed to "+email+". This proves the address and opens "+
		e.Organization.Name+". The password of this account ends then; set a new one in your profile.")
	page.Action, page.Button, page.Hidden = SignOutPath, "Sign out and sign in by mail", []parts.Hidden{views.SignInNext.Hidden(next)}
	return page
}

func wrongProvider(c echo.Context, e services.WrongProvider, next string) views.GateForm {
	p := bare(c, "Sign in differently")
	p.Heading = "Sign in with " + e.Wanted.Name()
	session := who(c)
	return views.GateForm{Page: p, Text: []string{
		"You joined " + e.Organization.Name + " with the provider " + e.Wanted.Name() + ", and enter it with that one.",
		"This session, of " + session.Person.Email + ", began with " + session.Provider.Name() + ".",
	}, Action: SignOutPath, Hidden: []parts.Hidden{views.SignInNext.Hidden(next)}, Button: "Sign out and sign in again",
		Links: []parts.Link{{Label: "Your organizations", Href: organizationsPath}}}
}

func factorMissing(c echo.Context, e services.SecondFactorMissing, next string) views.GateForm {
	p := bare(c, "Second factor needed")
	p.Heading = e.Organization.Name + " asks for a second factor"
	page := views.GateForm{Page: p, Text: []string{"Signing in takes a code from an app on your phone besides. Setting it up takes a minute; then you are in."},
		Links: []parts.Link{
			{Label: "Set up the second factor", Href: secondFactorFor(next), Kind: parts.Primary}, {Label: "Your organizations", Href: organizationsPath},
		}}
	if who(c).Person.TOTPSecret != "" {
		page.Text = []string{"You have set one up, but this session began without it."}
		page.Action, page.Button, page.Hidden = SignOutPath, "Sign out and sign in again", []parts.Hidden{views.SignInNext.Hidden(next)}
		page.Links = page.Links[1:]
	}
	return page
}
