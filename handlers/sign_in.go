package handlers

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// SignIn lets people in and out.
type SignIn struct {
	Console *services.Console
}

// Show is the sign-in page. A visitor who is signed in goes on.
func (h SignIn) Show(c echo.Context) error {
	next := localPath(c.QueryParam(views.SignInNext.Name), "")
	if _, signedIn := services.PersonFrom(c.Request().Context()); signedIn {
		return seeOther(c, localPath(next, "/"))
	}
	page := h.page(c, "", next, "")
	if c.QueryParam(views.PasswordSet) != "" {
		page.Flash = &parts.Flash{Tone: "success", Title: "Your password is set.", Text: "Sign in with it. You were signed out everywhere."}
	}
	if c.QueryParam(views.AddressChanged) != "" {
		page.Flash = &parts.Flash{Tone: "success", Title: "The address has changed.", Text: "Sign in with the new password. You were signed out everywhere."}
	}
	return Render(c, http.StatusOK, page.Component())
}

// Create signs in.
func (h SignIn) Create(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	next := localPath(form.Get(views.SignInNext.Name), "")
	token, _, err := h.Console.SignIn(c.Request().Context(), services.Credentials{
		Email: form.Get(views.SignInEmail.Name), Password: form.Get(views.SignInPassword.Name),
		Address: c.RealIP(), Device: c.Request().UserAgent(),
	})
	if err != nil {
		return h.refused(c, form.Get(views.SignInEmail.Name), next, err)
	}
	return begin(c, token, next)
}

// begin puts a new session in the place of the old one and goes on.
func begin(c echo.Context, token, next string) error {
	if err := visitor(c).Begin(token); err != nil {
		return err
	}
	return seeOther(c, localPath(next, "/"))
}

// refused shows the sign-in page again with what is wrong, or goes on to the second factor.
func (h SignIn) refused(c echo.Context, email, next string, cause error) error {
	var throttled services.Throttled
	var owes services.OwesSecondFactor
	switch {
	case errors.As(cause, &owes):
		return askForCode(c, owes, next)
	case errors.Is(cause, services.ErrWrongCredentials):
		return Render(c, http.StatusUnprocessableEntity, h.page(c, email, next,
			"Email or password is wrong. Check both and try again.").Component())
	case errors.As(cause, &throttled):
		tellWait(c, throttled)
		return Render(c, http.StatusTooManyRequests, h.page(c, email, next, h.throttledText(throttled)).Component())
	}
	return cause
}

// Delete signs out. A visitor who has to sign in differently is brought back afterwards.
func (h SignIn) Delete(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	if err := visitor(c).End(); err != nil {
		return err
	}
	return seeOther(c, SignInFor(localPath(form.Get(views.SignInNext.Name), "/")))
}

// SignInPath is where people sign in; SignInFor brings them back afterwards.
const SignInPath = "/sign-in"

// SignInFor is the address of the sign-in page that leads on to a path.
func SignInFor(path string) string {
	if path == "/" {
		return SignInPath
	}
	return SignInPath + "?" + url.Values{views.SignInNext.Name: {path}}.Encode()
}

func (h SignIn) page(c echo.Context, email, next, problem string) views.SignIn {
	p := bare(c, "Sign in")
	p.Lead = "Decide who may view, edit and create what."
	if over := accessOverSaid(c); over != "" {
		p.Flash = &parts.Flash{Tone: "warning", Title: over, Text: "What you made before stays. Sign in to see your requests."}
	}
	if p.Flash == nil {
		p.Flash = keptForSignIn(c, next)
	}
	page := views.SignIn{Page: p, Action: SignInPath, Email: email, Next: next, Error: problem}
	if h.Console.Mails() {
		page.Link, page.Forgot = signInLinkPath, forgotPath
	}
	return page
}
