package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// SetUpFactor shows the key of a new second factor. Nothing is kept of it until a code proves that an app has it.
func (h Profile) SetUpFactor(c echo.Context) error {
	if who(c).Person.TOTPSecret != "" {
		return seeOther(c, profilePath)
	}
	if err := h.Console.CanKeepSecrets(c.Request().Context()); err != nil {
		return err
	}
	return h.factorForm(c, http.StatusOK, localPath(c.QueryParam(views.SignInNext.Name), ""), "", nil)
}

// factorControls are where the forms show the fields of what proves who somebody is.
var factorControls = controls{"Code": views.FactorCode, "Password": views.FactorPassword}

func (h Profile) factorForm(c echo.Context, status int, next, secret string, wrong []services.FieldError) error {
	person := who(c).Person
	key, err := h.Console.NewSecondFactor(person, secret)
	if err != nil {
		return err
	}
	p := accountPage(c, "Set up the second factor")
	p.Lead = "From then on, you sign in with your password and a code from an app."
	page := views.SecondFactorSetup{
		Page: p, Picture: key.Picture, Key: inGroups(key.Secret), Action: secondFactorPath, Email: person.Email,
		Hidden: []parts.Hidden{views.FactorSecret.Hidden(key.Secret), views.SignInNext.Hidden(next)}, Code: codeField(false), Cancel: profilePath,
	}
	fields := []*parts.Field{&page.Code}
	if person.PasswordHash != "" {
		password := passwordField(views.FactorPassword, "current-password")
		password.Help = "So that nobody else can do this if you leave the page open."
		page.Password = &password
		fields = append(fields, page.Password)
	}
	page.Errors = fieldErrors(wrong, factorControls.find)
	mark(page.Errors, fields...)
	return Render(c, status, page.Component())
}

// inGroups makes a key readable: four letters, a blank.
func inGroups(key string) string {
	var groups []string
	for ; len(key) > 4; key = key[4:] {
		groups = append(groups, key[:4])
	}
	return strings.Join(append(groups, key), " ")
}

// TurnOnFactor turns the second factor on and shows the recovery codes, once. All other sessions end.
func (h Profile) TurnOnFactor(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	next := localPath(form.Get(views.SignInNext.Name), "")
	renewed, err := h.Console.TurnOnSecondFactor(c.Request().Context(), who(c), services.FirstCode{
		Secret: form.Get(views.FactorSecret.Name), Code: form.Get(views.FactorCode.Name), Password: form.Get(views.FactorPassword.Name), Address: c.RealIP(), Device: c.Request().UserAgent(),
	})
	wrong := wrongIn(err)
	switch {
	case len(wrong) > 0:
		return h.factorForm(c, http.StatusUnprocessableEntity, next, form.Get(views.FactorSecret.Name), wrong)
	case errors.Is(err, models.ErrConflict):
		flash(c, "warning", "The second factor is already on.", "If you do not have the recovery codes, make new ones.")
		return seeOther(c, profilePath)
	case err != nil:
		return err
	}
	if err := visitor(c).Begin(renewed.Session); err != nil {
		return err
	}
	return h.showCodes(c, "The second factor is on", renewed.RecoveryCodes, localPath(next, profilePath))
}

// shownCodes are the recovery codes that a page shows, this once.
type shownCodes struct {
	Title string
	Codes []string
	Next  string
}

// showCodes answers the form that made recovery codes with the address of the page that shows them.
func (h Profile) showCodes(c echo.Context, title string, codes []string, next string) error {
	return showOnce(c, recoveryShownPath, shownCodes{title, codes, next}, h.RecoveryCodes)
}

// RecoveryCodes shows the recovery codes that were just made. Who comes again can make others.
func (h Profile) RecoveryCodes(c echo.Context) error {
	shown, err := shownOnce[shownCodes](c)
	if err != nil {
		return err
	}
	if shown == nil {
		flash(c, "warning", "These codes were shown once.", "If you do not have them, make new ones.")
		return seeOther(c, recoveryCodesPath)
	}
	return Render(c, http.StatusOK, views.RecoveryCodes{
		Page: accountPage(c, shown.Title), Codes: shown.Codes, Done: parts.Link{Label: "I have saved them", Href: shown.Next},
		File: recoveryFilePath,
	}.Component())
}

// maxCodesText is how long the text of all recovery codes can be.
const maxCodesText = 1000

// RecoveryCodesFile sends the codes of the page back as a file, for keeping. Nothing of it is stored or checked: they are
// whatever the page's own form sends.
func (h Profile) RecoveryCodesFile(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	codes := strings.ReplaceAll(form.Get(views.FactorCodes.Name), "\r\n", "\n")
	if codes == "" || len(codes) > maxCodesText {
		return echo.NewHTTPError(http.StatusUnprocessableEntity, "There are no codes to keep.")
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="bailiwick-recovery-codes.txt"`)
	return c.String(http.StatusOK, "Recovery codes for Bailiwick, account "+who(c).Person.Email+"\n\n"+codes+"\n")
}

// RemoveFactorForm asks for a code before the second factor is turned off.
func (h Profile) RemoveFactorForm(c echo.Context) error {
	return h.codeForm(c, http.StatusOK, h.removeForm, nil)
}

// RemoveFactor turns the second factor off. All other sessions end.
func (h Profile) RemoveFactor(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	renewed, err := h.Console.TurnOffSecondFactor(c.Request().Context(), who(c), form.Get(views.FactorCode.Name), c.RealIP(), c.Request().UserAgent())
	if err != nil {
		return h.codeRefused(c, h.removeForm, err)
	}
	if err := visitor(c).Begin(renewed.Session); err != nil {
		return err
	}
	flash(c, "success", "The second factor is off.", "You are signed out everywhere else.")
	return seeOther(c, profilePath)
}

// RecoveryCodesForm asks for a code before new recovery codes are made.
func (h Profile) RecoveryCodesForm(c echo.Context) error {
	return h.codeForm(c, http.StatusOK, recoveryForm, nil)
}

// RenewRecoveryCodes makes new ones and shows them, once.
func (h Profile) RenewRecoveryCodes(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	codes, err := h.Console.RenewRecoveryCodes(c.Request().Context(), who(c), form.Get(views.FactorCode.Name), c.RealIP())
	if err != nil {
		return h.codeRefused(c, recoveryForm, err)
	}
	return h.showCodes(c, "New recovery codes", codes, profilePath)
}

func (h Profile) codeRefused(c echo.Context, form func(echo.Context) (views.CodeForm, error), cause error) error {
	if wrong := wrongIn(cause); len(wrong) > 0 {
		return h.codeForm(c, http.StatusUnprocessableEntity, form, wrong)
	}
	if wrong, throttled := throttledFields(c, "Code", cause); throttled {
		return h.codeForm(c, http.StatusTooManyRequests, form, wrong)
	}
	if errors.Is(cause, models.ErrConflict) {
		return seeOther(c, profilePath) // turned off meanwhile
	}
	return cause
}

// codeForm draws one of the forms that ask for a code; without a second factor there is nothing to ask for.
func (h Profile) codeForm(c echo.Context, status int, form func(echo.Context) (views.CodeForm, error), wrong []services.FieldError) error {
	if who(c).Person.TOTPSecret == "" {
		return seeOther(c, profilePath)
	}
	page, err := form(c)
	if err != nil {
		return err
	}
	page.Code, page.Cancel = codeField(true), profilePath
	page.Errors = fieldErrors(wrong, factorControls.find)
	mark(page.Errors, &page.Code)
	return Render(c, status, page.Component())
}

func (h Profile) removeForm(c echo.Context) (views.CodeForm, error) {
	factor, err := h.Console.SecondFactor(c.Request().Context(), who(c).Person)
	if err != nil {
		return views.CodeForm{}, err
	}
	page := views.CodeForm{Page: accountPage(c, "Turn off the second factor"), Action: removeFactorPath, Button: "Turn off", Danger: true,
		Text: []string{"Your recovery codes stop working, and you are signed out everywhere else."}}
	if who(c).Person.ShortPassword {
		page.Text = append([]string{services.ShortPasswordText}, page.Text...)
	}
	for _, o := range factor.RequiredBy {
		page.Text = append(page.Text, o.Name+" asks for a second factor: you can’t enter there until you set one up again.")
	}
	return page, nil
}

func recoveryForm(c echo.Context) (views.CodeForm, error) {
	return views.CodeForm{Page: accountPage(c, "New recovery codes"), Action: recoveryCodesPath, Button: "Make new codes",
		Text: []string{"Your present codes stop working. The next page shows the new ones, once."}}, nil
}

// secondFactorFor is where a second factor is set up, and what leads on from there.
func secondFactorFor(next string) string {
	return secondFactorPath + "?" + url.Values{views.SignInNext.Name: {next}}.Encode()
}
