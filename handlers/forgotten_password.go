package handlers

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

const (
	forgotPath        = "/forgot-password"
	forgotSentPath    = "/forgot-password/sent"
	resetPasswordPath = "/reset-password"
)

// ForgottenPassword replaces passwords by mail.
type ForgottenPassword struct {
	Console *services.Console
}

// Show asks for the address.
func (h ForgottenPassword) Show(c echo.Context) error {
	return Render(c, http.StatusOK, forgotPage(c, "", "").Component())
}

// Send mails a link to set a password. What the page says is the same for every address.
func (h ForgottenPassword) Send(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	err = h.Console.SendPasswordLink(c.Request().Context(), form.Get(views.SignInEmail.Name), c.RealIP())
	var throttled services.Throttled
	switch {
	case errors.Is(err, services.ErrNoMail):
		return Render(c, http.StatusUnprocessableEntity, forgotPage(c, form.Get(views.SignInEmail.Name), noMailText).Component())
	case errors.As(err, &throttled):
		tellWait(c, throttled)
		return Render(c, http.StatusTooManyRequests, forgotPage(c, form.Get(views.SignInEmail.Name), tooManyLinks(throttled.Wait)).Component())
	case err != nil:
		return err
	}
	return seeOther(c, forgotSentPath)
}

func forgotPage(c echo.Context, email, problem string) views.GateForm {
	p := bare(c, "Forgotten password")
	p.Heading = "Set a new password"
	p.Lead = "We send you a link to set a new one."
	field := views.SignInEmail.Field()
	field.Type, field.Autocomplete, field.Value, field.Required, field.MaxLength, field.Autofocus = "email", "username", email, true, 254, true
	return views.GateForm{
		Page: p, Error: problem, Action: forgotPath, Button: "Email me a link",
		Fields: []parts.Field{field},
		Links:  []parts.Link{{Label: "Back to sign in", Href: SignInPath}},
	}
}

// Sent says where to look for the link.
func (h ForgottenPassword) Sent(c echo.Context) error {
	return Render(c, http.StatusOK, views.GateForm{
		Page: bare(c, "Check your mail"), Text: []string{
			"If there is an account with this address, we have sent it a link to set a password.",
			"The link works once, for " + words.Remaining(services.LinkLife) + ". If you get no mail, check your spam folder, or ask for another link.",
		}, Links: []parts.Link{{Label: "Back to sign in", Href: SignInPath}},
	}.Component())
}

// Open moves the secret of a link into a cookie of a few minutes. It changes nothing else: mail scanners open links.
func (h ForgottenPassword) Open(c echo.Context) error {
	if _, err := h.Console.PasswordLink(c.Request().Context(), c.Param("token")); err != nil {
		return err
	}
	passwordLinkCookie.set(c, c.Param("token"))
	return seeOther(c, resetPasswordPath)
}

// Edit is the form for the new password.
func (h ForgottenPassword) Edit(c echo.Context) error {
	_, person, err := h.open(c)
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, resetPage(c, person, nil).Component())
}

// open is the secret in the cookie, and whose it is.
func (h ForgottenPassword) open(c echo.Context) (string, models.Person, error) {
	token, err := passwordLinkCookie.get(c)
	if err != nil {
		return "", models.Person{}, err
	}
	person, err := h.Console.PasswordLink(c.Request().Context(), token)
	if err != nil {
		return "", models.Person{}, err
	}
	return token, person, nil
}

// Update sets the password. Nobody is signed in by it.
func (h ForgottenPassword) Update(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	token, person, err := h.open(c)
	if err != nil {
		return err
	}
	err = h.Console.ResetPassword(c.Request().Context(), token, newPassword(form), c.RealIP())
	if wrong := wrongIn(err); len(wrong) > 0 {
		return Render(c, http.StatusUnprocessableEntity, resetPage(c, person, wrong).Component())
	}
	if err != nil {
		return err
	}
	passwordLinkCookie.clear(c)
	if err := visitor(c).End(); err != nil {
		return err
	}
	return seeOther(c, with(SignInPath, views.PasswordSet, "set"))
}

func newPassword(form url.Values) services.NewPassword {
	return services.NewPassword{Password: form.Get(views.NewPassword.Name), Again: form.Get(views.NewPasswordAgain.Name)}
}

func resetPage(c echo.Context, person models.Person, wrong []services.FieldError) views.GateForm {
	p := bare(c, "Set a new password")
	p.Lead = "For the account " + person.Email + ". It is signed out everywhere."
	password, again := passwordFields(person)
	page := views.GateForm{Page: p, Action: resetPasswordPath, Button: "Set password", Fields: []parts.Field{password, again}}
	page.Errors = fieldErrors(wrong, passwordControls.find)
	mark(page.Errors, &page.Fields[0], &page.Fields[1])
	return page
}

// passwordControls are where pages show the fields of a new password.
var passwordControls = controls{"Password": views.NewPassword, "Again": views.NewPasswordAgain}

// passwordFields are for a new password, which is typed twice.
func passwordFields(person models.Person) (password, again parts.Field) {
	password, again = passwordField(views.NewPassword, "new-password"), passwordField(views.NewPasswordAgain, "new-password")
	password.Help = words.Characters.Count(services.PasswordMinimumOf(person)) + " or more."
	return password, again
}

// passwordField is for a password that has to be typed. Autocomplete tells password managers which one.
func passwordField(c parts.Control, autocomplete string) parts.Field {
	f := c.Field()
	f.Type, f.Autocomplete, f.Required = "password", autocomplete, true
	return f
}
