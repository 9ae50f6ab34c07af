package handlers

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
)

// SignIn lets people in and out.
type SignIn struct {
	Console *services.Console
}

// Show is the sign-in page. Who is signed in already goes on.
func (h SignIn) Show(c echo.Context) error {
	next := localPath(c.QueryParam("next"), "")
	if _, signedIn := services.PersonFrom(c.Request().Context()); signedIn {
		return seeOther(c, localPath(next, "/"))
	}
	return Render(c, http.StatusOK, signInPage(c, "", next, "").Component())
}

// Create signs in.
func (h SignIn) Create(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	next := localPath(form.Get("next"), "")
	token, _, err := h.Console.SignIn(c.Request().Context(), services.Credentials{
		Email: form.Get("email"), Password: form.Get("password"),
		Address: c.RealIP(), Device: c.Request().UserAgent(),
	})
	var throttled services.Throttled
	switch {
	case errors.Is(err, services.ErrWrongCredentials):
		return Render(c, http.StatusUnprocessableEntity, signInPage(c, form.Get("email"), next,
			"Email or password is wrong. Check both and try again.").Component())
	case errors.As(err, &throttled):
		c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(throttled.Wait.Seconds()))))
		return Render(c, http.StatusTooManyRequests, signInPage(c, form.Get("email"), next, throttledText(throttled.Wait)).Component())
	case err != nil:
		return err
	}
	if err := visitor(c).Begin(token); err != nil {
		return err
	}
	return seeOther(c, localPath(next, "/"))
}

// Delete signs out.
func (h SignIn) Delete(c echo.Context) error {
	if err := visitor(c).End(); err != nil {
		return err
	}
	return seeOther(c, SignInPath)
}

// SignInPath is where people sign in; SignInFor brings them back afterwards.
const SignInPath = "/sign-in"

// SignInFor is the address of the sign-in page that leads on to a path.
func SignInFor(path string) string {
	if path == "/" {
		return SignInPath
	}
	return SignInPath + "?" + url.Values{"next": {path}}.Encode()
}

func signInPage(c echo.Context, email, next, problem string) views.SignIn {
	p := bare(c, "Sign in")
	p.Lead = "Decide who may view, edit and create what."
	return views.SignIn{Page: p, Action: SignInPath, Email: email, Next: next, Error: problem}
}

func throttledText(wait time.Duration) string {
	return fmt.Sprintf("Too many attempts failed. Wait %s, then try again.", waitWords(wait))
}

func waitWords(wait time.Duration) string {
	if seconds := int(math.Ceil(wait.Seconds())); seconds < 60 {
		return counted(seconds, "second", "seconds")
	}
	return counted(int(math.Ceil(wait.Minutes())), "minute", "minutes")
}
