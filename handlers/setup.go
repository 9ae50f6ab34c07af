package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/services/credential"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// Setup makes the first organization by the one-time link that the program prints at its first start.
type Setup struct {
	Console *services.Console
}

const (
	setupCookie = "__Host-setup"
	setupPath   = "/setup"
	hour        = 60 * 60 // in seconds
)

// Open moves the secret of the link into a short-lived cookie, so that it stays out of referrers, logs and history.
func (h Setup) Open(c echo.Context) error {
	token := c.Param("token")
	if err := h.Console.SetupOpen(c.Request().Context(), token); err != nil {
		return err
	}
	setSetupCookie(c, token, hour)
	return seeOther(c, setupPath)
}

func setSetupCookie(c echo.Context, value string, maxAge int) {
	c.SetCookie(&http.Cookie{
		Name: setupCookie, Value: value, Path: "/", MaxAge: maxAge,
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// Show is the form.
func (h Setup) Show(c echo.Context) error {
	token, err := h.token(c)
	if err != nil {
		return err
	}
	if err := h.Console.SetupOpen(c.Request().Context(), token); err != nil {
		return err
	}
	return Render(c, http.StatusOK, setupPage(c, url.Values{}, nil, "").Component())
}

// token is the secret from the cookie; without one the link counts as used.
func (h Setup) token(c echo.Context) (string, error) {
	cookie, err := c.Cookie(setupCookie)
	if err != nil {
		return "", fmt.Errorf("no setup link was opened: %w", services.ErrGone)
	}
	return cookie.Value, nil
}

// Create makes the organization and signs its first administrator in.
func (h Setup) Create(c echo.Context) error {
	token, err := h.token(c)
	if err != nil {
		return err
	}
	form, err := postForm(c)
	if err != nil {
		return err
	}
	session, organization, err := h.Console.SetUp(c.Request().Context(), token, services.Setup{
		Organization: form.Get(views.SetupOrganization.Name), Key: form.Get(views.SetupKey.Name), Name: form.Get(views.SetupName.Name),
		Email: form.Get(views.SetupEmail.Name), Password: form.Get(views.SetupPassword.Name), Again: form.Get(views.SetupAgain.Name),
		Address: c.RealIP(), Device: c.Request().UserAgent(),
	})
	wrong := wrongIn(err)
	var throttled services.Throttled
	switch {
	case len(wrong) > 0:
		return Render(c, http.StatusUnprocessableEntity, setupPage(c, form, wrong, "").Component())
	case errors.As(err, &throttled):
		tellWait(c, throttled)
		return Render(c, http.StatusTooManyRequests, setupPage(c, form, nil, throttledText(throttled)).Component())
	case err != nil:
		return err
	}
	setSetupCookie(c, "", -1)
	if err := visitor(c).Begin(session); err != nil {
		return err
	}
	flash(c, "success", organization.Name+" is ready.", "You are its first administrator.")
	return seeOther(c, string(siteOf(organization.Key)))
}

// setupControls are where the page shows the fields of its command.
var setupControls = controls{"Organization": views.SetupOrganization, "Key": views.SetupKey, "Name": views.SetupName, "Email": views.SetupEmail,
	"Password": views.SetupPassword, "Again": views.SetupAgain}

// setupPage is the form with what was typed, and with what is wrong or why nobody listened. Passwords are never sent back.
func setupPage(c echo.Context, typed url.Values, wrong []services.FieldError, unheard string) views.Setup {
	p := bare(c, "Set up")
	p.Heading = "Set up Bailiwick"
	p.Lead = "Name your organization and become its first administrator."
	page := views.Setup{
		Page: p, Action: setupPath, Unheard: unheard, Errors: fieldErrors(wrong, setupControls.find),
		Organization: views.SetupOrganization.Field(), Key: views.SetupKey.Field(), Name: views.SetupName.Field(), Email: views.SetupEmail.Field(),
		Password: passwordField(views.SetupPassword, "new-password"), Again: passwordField(views.SetupAgain, "new-password"),
	}
	page.Organization.Autocomplete, page.Organization.Required, page.Organization.Autofocus = "organization", true, true
	page.Key.Help = "It is part of web addresses and can’t be changed later. Leave it empty to make it from the name."
	page.Name.Autocomplete, page.Name.Required = "name", true
	page.Email.Type, page.Email.Autocomplete, page.Email.Required = "email", "username", true
	page.Organization.MaxLength, page.Key.MaxLength, page.Name.MaxLength, page.Email.MaxLength = services.MaxName, 64, services.MaxName, 254
	page.Password.Help = words.Characters.Count(credential.PasswordMinimum) + " or more."
	for _, f := range []*parts.Field{&page.Organization, &page.Key, &page.Name, &page.Email} {
		f.Value = typed.Get(f.Name)
	}
	mark(page.Errors, &page.Organization, &page.Key, &page.Name, &page.Email, &page.Password, &page.Again)
	return page
}
