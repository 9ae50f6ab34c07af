package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

const (
	signInLinkPath    = "/sign-in/link"
	signInSentPath    = "/sign-in/sent"
	signInConfirmPath = "/sign-in/confirm"
)

// SendLink mails a link to sign in. What the page says is the same for every address.
func (h SignIn) SendLink(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	next := localPath(form.Get(views.SignInNext.Name), "")
	err = h.Console.SendSignInLink(c.Request().Context(), form.Get(views.SignInEmail.Name), c.RealIP(), next)
	if err != nil {
		return h.notSent(c, form.Get(views.SignInEmail.Name), next, err)
	}
	return seeOther(c, signInSentPath)
}

func (h SignIn) notSent(c echo.Context, email, next string, cause error) error {
	var throttled services.Throttled
	switch {
	case errors.Is(cause, services.ErrNoMail):
		return Render(c, http.StatusUnprocessableEntity, h.page(c, email, next, noMailText).Component())
	case errors.As(cause, &throttled):
		tellWait(c, throttled)
		return Render(c, http.StatusTooManyRequests, h.page(c, email, next, tooManyLinks(throttled.Wait)).Component())
	}
	return cause
}

const noMailText = "This console has no mail server, so it can’t send links. Ask your operator."

// Sent says where to look for the link.
func (h SignIn) Sent(c echo.Context) error {
	p := bare(c, "Check your mail")
	return Render(c, http.StatusOK, views.GateForm{
		Page: p, Text: []string{
			"If there is an account with this address, we have sent it a link to sign in.",
			"The link works once, for " + words.Remaining(services.LinkLife) + ". If you get no mail, check your spam folder, or ask for another link.",
		}, Links: []parts.Link{{Label: "Back to sign in", Href: SignInPath}},
	}.Component())
}

// OpenLink moves the secret of a link into a cookie of a few minutes. It changes nothing else: mail scanners open links.
func (h SignIn) OpenLink(c echo.Context) error {
	if _, err := h.Console.SignInLink(c.Request().Context(), c.Param("token")); err != nil {
		return err
	}
	signInLinkCookie.set(c, c.Param("token"))
	return seeOther(c, signInConfirmPath)
}

// Confirm names the account, so that nobody is signed in to somebody else's unawares, and asks for a click.
func (h SignIn) Confirm(c echo.Context) error {
	token, err := signInLinkCookie.get(c)
	if err != nil {
		return err
	}
	person, err := h.Console.SignInLink(c.Request().Context(), token)
	if err != nil {
		return err
	}
	p := bare(c, "Sign in")
	p.Lead = "This link is for the account " + person.Email + "."
	page := views.GateForm{Page: p, Action: signInConfirmPath, Button: "Sign in",
		Links: []parts.Link{{Label: "This is not me", Href: SignInPath}}}
	if present, signedIn := services.PersonFrom(c.Request().Context()); signedIn && present.ID != person.ID {
		page.Text = []string{"You are signed in as " + present.Email + " now. That session will end."}
	}
	return Render(c, http.StatusOK, page.Component())
}

// UseLink signs in with a link, which works once.
func (h SignIn) UseLink(c echo.Context) error {
	token, err := signInLinkCookie.get(c)
	if err != nil {
		return err
	}
	session, next, err := h.Console.SignInByLink(c.Request().Context(), token, c.RealIP(), c.Request().UserAgent())
	var owes services.OwesSecondFactor
	if errors.As(err, &owes) {
		signInLinkCookie.clear(c)
		return askForCode(c, owes, next)
	}
	if err != nil {
		return err
	}
	signInLinkCookie.clear(c)
	return begin(c, session, next)
}
