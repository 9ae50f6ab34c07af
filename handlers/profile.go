package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

const (
	profilePath         = "/profile"
	profilePasswordPath = "/profile/password"
	profileSessionPath  = "/profile/sessions/end"
	profileSignOutPath  = "/profile/sign-out"
	secondFactorPath    = "/profile/second-factor"
	removeFactorPath    = "/profile/second-factor/remove"
	recoveryCodesPath   = "/profile/recovery-codes"
	recoveryFilePath    = "/profile/recovery-codes/file"
	recoveryShownPath   = "/profile/recovery-codes/shown"
)

// Profile is the pages of somebody's own account.
type Profile struct {
	Console *services.Console
}

// accountPage is a page of the account, outside of every organization.
func accountPage(c echo.Context, title string) views.Page {
	p := bare(c, title)
	p.Actions = []parts.Link{{Label: "Back to the console", Href: "/", Icon: "arrow-left"}}
	return p
}

// Show is the profile.
func (h Profile) Show(c echo.Context) error {
	return h.show(c, http.StatusOK, who(c).Person.Name, nil)
}

// profileControls are where the profile shows the fields of its commands.
var profileControls = controls{"Name": views.ProfileName, "Present": views.PresentPassword, "Password": views.NewPassword, "Again": views.NewPasswordAgain}

func (h Profile) show(c echo.Context, status int, name string, wrong []services.FieldError) error {
	session := who(c)
	factor, err := h.Console.SecondFactor(c.Request().Context(), session.Person)
	if err != nil {
		return err
	}
	sessions, err := h.Console.SessionsOf(c.Request().Context(), session.Person.AccountID)
	if err != nil {
		return err
	}
	page := views.Profile{
		Page:     accountPage(c, "Your profile"),
		SaveName: profilePath, Name: views.ProfileName.Field(),
		Password: h.passwordPanel(session.Person), Factor: factorPanel(factor),
		End: profileSessionPath, EndAll: profileSignOutPath,
	}
	for _, s := range sessions {
		page.Sessions = append(page.Sessions, ownSession(s, s.ID == session.ID, h.Console))
	}
	if page.Address, err = h.addressPanel(c, session.Person); err != nil {
		return err
	}
	page.Name.Value, page.Name.Autocomplete, page.Name.Required, page.Name.MaxLength = name, "name", true, services.MaxName
	page.Errors = fieldErrors(wrong, profileControls.find)
	mark(page.Errors, &page.Name)
	if page.Password.None == "" {
		mark(page.Errors, &page.Password.Present, &page.Password.New, &page.Password.Again)
	}
	return Render(c, status, page.Component())
}

func (h Profile) passwordPanel(person models.Person) views.PasswordPanel {
	panel := views.PasswordPanel{Action: profilePasswordPath, Email: person.Email}
	if person.PasswordHash == "" {
		panel.None = "You have no password. You sign in with links that we mail to you."
		if h.Console.Mails() {
			panel.Ask = &parts.Link{Label: "Email me a link to set one", Href: forgotPath, Icon: "mail"}
		}
		return panel
	}
	panel.Present = passwordField(views.PresentPassword, "current-password")
	panel.New, panel.Again = passwordFields(person)
	panel.New.Help += " You are signed out everywhere else."
	return panel
}

// asking is what one organization, or several, do that require a second factor.
var asking = words.Noun{One: "asks", Many: "ask"}

func factorPanel(f services.SecondFactor) views.FactorPanel {
	var required []string
	for _, o := range f.RequiredBy {
		required = append(required, o.Name)
	}
	if !f.On {
		panel := views.FactorPanel{State: "Off", Text: []string{"With it, you sign in with your password and a code from an app on your phone. Somebody who knows only your password can’t sign in."},
			Links: []parts.Link{{Label: "Set up", Href: secondFactorPath, Icon: "shield-check", Kind: parts.Primary}}}
		if len(required) > 0 {
			panel.Text = append(panel.Text, words.List(required, fewGiven)+" "+asking.Of(len(required))+" for it: without it you can’t enter there.")
		}
		return panel
	}
	panel := views.FactorPanel{On: true, State: "On", Text: []string{"To sign in, you need a code from your app. " + words.Noun{One: "recovery code is", Many: "recovery codes are"}.Count(f.RecoveryCodes) + " left, for when you lose it."},
		Links: []parts.Link{
			{Label: "New recovery codes", Href: recoveryCodesPath, Icon: "refresh-cw"},
			{Label: "Turn off", Href: removeFactorPath, Icon: "trash-2", Kind: parts.Danger},
		}}
	if len(required) > 0 {
		panel.Text = append(panel.Text, words.List(required, fewGiven)+" "+asking.Of(len(required))+" for it.")
	}
	return panel
}

func ownSession(s models.Session, current bool, console *services.Console) views.OwnSession {
	with := services.Provider(s.Provider).Name()
	if s.SecondFactorAt != nil {
		with += " and second factor"
	}
	now := console.Now()
	return views.OwnSession{ID: s.ID, Device: device(s.Device), Address: orElse(s.Address, "Unknown"), With: with,
		Began: when(s.CreatedAt, now), Seen: when(s.LastSeenAt, now), Current: current}
}

// Rename changes the visitor's own name.
func (h Profile) Rename(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	if resuming(c) {
		return h.show(c, http.StatusOK, form.Get(views.ProfileName.Name), nil)
	}
	err = h.Console.RenameSelf(c.Request().Context(), who(c), form.Get(views.ProfileName.Name), c.RealIP())
	if err != nil {
		return h.refused(c, form.Get(views.ProfileName.Name), err)
	}
	flash(c, "success", "Name saved.", "")
	return seeOther(c, profilePath)
}

// refused shows the profile again with what is wrong.
func (h Profile) refused(c echo.Context, name string, cause error) error {
	if wrong := wrongIn(cause); len(wrong) > 0 {
		return h.show(c, http.StatusUnprocessableEntity, name, wrong)
	}
	if wrong, throttled := throttledFields(c, "Present", cause); throttled {
		return h.show(c, http.StatusTooManyRequests, name, wrong)
	}
	return cause
}

// ChangePassword changes the visitor's own password.
func (h Profile) ChangePassword(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	renewed, err := h.Console.ChangePassword(c.Request().Context(), who(c), services.PasswordChange{
		Present: form.Get(views.PresentPassword.Name), NewPassword: newPassword(form), Address: c.RealIP(), Device: c.Request().UserAgent(),
	})
	if err != nil {
		return h.refused(c, who(c).Person.Name, err)
	}
	if err := visitor(c).Begin(renewed.Session); err != nil {
		return err
	}
	flash(c, "success", "Password changed.", "You are signed out everywhere else.")
	return seeOther(c, profilePath)
}

// EndSession signs the visitor out on one device.
func (h Profile) EndSession(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	if err := h.Console.EndOwnSession(c.Request().Context(), who(c), form.Get(views.ProfileSession.Name)); err != nil {
		return err
	}
	flash(c, "success", "Session ended.", "")
	return seeOther(c, profilePath)
}

// SignOutEverywhere ends all sessions of the visitor, this one too.
func (h Profile) SignOutEverywhere(c echo.Context) error {
	if err := h.Console.EndAllSessions(c.Request().Context(), who(c)); err != nil {
		return err
	}
	if err := visitor(c).End(); err != nil {
		return err
	}
	return seeOther(c, SignInPath)
}
