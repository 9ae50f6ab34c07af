package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

const signInCodePath = "/sign-in/code"

// askForCode goes on to the second factor.
func askForCode(c echo.Context, owes services.OwesSecondFactor, next string) error {
	signInStepCookie.set(c, owes.Step)
	return seeOther(c, with(signInCodePath, views.SignInNext.Name, localPath(next, "")))
}

// CodeForm asks for a code of the second factor.
func (h SignIn) CodeForm(c echo.Context) error {
	err := h.openStep(c)
	if errors.Is(err, services.ErrGone) {
		return seeOther(c, SignInFor(localPath(c.QueryParam(views.SignInNext.Name), "/"))) // it took too long
	}
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, codePage(c, localPath(c.QueryParam(views.SignInNext.Name), ""), "").Component())
}

// openStep is ErrGone where the visitor has begun no sign-in that still counts.
func (h SignIn) openStep(c echo.Context) error {
	token, err := signInStepCookie.get(c)
	if err != nil {
		return err
	}
	_, err = h.Console.SignInStep(c.Request().Context(), token)
	return err
}

// GiveCode ends the sign-in.
func (h SignIn) GiveCode(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	next := localPath(form.Get(views.SignInNext.Name), "")
	token, err := signInStepCookie.get(c)
	if err != nil {
		return err
	}
	session, err := h.Console.GiveSecondFactor(c.Request().Context(), token, form.Get(views.FactorCode.Name), c.RealIP(), c.Request().UserAgent())
	var throttled services.Throttled
	switch {
	case errors.Is(err, services.ErrWrongCode):
		return Render(c, http.StatusUnprocessableEntity, codePage(c, next,
			"This code is wrong, used or too old. Enter the code that the app shows now.").Component())
	case errors.Is(err, services.ErrNoSecretKey):
		return Render(c, http.StatusServiceUnavailable, codePage(c, next, services.NoSecretKeyText).Component())
	case errors.As(err, &throttled):
		tellWait(c, throttled)
		return Render(c, http.StatusTooManyRequests, codePage(c, next, throttledText(throttled)).Component())
	case err != nil:
		return err
	}
	signInStepCookie.clear(c)
	return begin(c, session, next)
}

func codePage(c echo.Context, next, problem string) views.GateForm {
	p := bare(c, "Second factor")
	p.Lead = "Enter a code to finish signing in."
	page := views.GateForm{
		Page: p, Error: problem, Action: signInCodePath, Button: "Sign in", Fields: []parts.Field{codeField(true)},
		Links: []parts.Link{{Label: "Start again", Href: SignInPath}},
	}
	if next != "" {
		page.Hidden = []parts.Hidden{views.SignInNext.Hidden(next)}
	}
	return page
}

// codeField takes a code of the app and, where it may, a recovery code.
func codeField(recovery bool) parts.Field {
	f := views.FactorCode.Field()
	f.Autocomplete, f.Required, f.MaxLength = "one-time-code", true, 40
	f.Help = "Six digits. The code changes every half minute."
	if recovery {
		f.Help, f.Autofocus = "Six digits. If you have lost the app, enter a recovery code.", true
	}
	return f
}
