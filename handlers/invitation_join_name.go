package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// joinNamePath is where somebody who has just joined is asked for a name. Who joins with a password gives one with it.
const joinNamePath = JoinPath + "/name"

// AskName asks somebody without a name for one; the address next in the query is where they go from there.
func (h Join) AskName(c echo.Context) error {
	return askName(c, http.StatusOK, localPath(c.QueryParam(views.SignInNext.Name), "/"), "", nil)
}

// GiveName saves it and goes on.
func (h Join) GiveName(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	next, typed := localPath(form.Get(views.SignInNext.Name), "/"), form.Get(views.ProfileName.Name)
	if resuming(c) {
		return askName(c, http.StatusOK, next, typed, nil)
	}
	err = h.Console.RenameSelf(c.Request().Context(), who(c), typed, c.RealIP())
	if wrong := wrongIn(err); len(wrong) > 0 {
		return askName(c, http.StatusUnprocessableEntity, next, typed, wrong)
	}
	if err != nil {
		return err
	}
	return seeOther(c, next)
}

func askName(c echo.Context, status int, next, typed string, wrong []services.FieldError) error {
	p := bare(c, "Your name")
	p.Heading = "What is your name?"
	field := views.ProfileName.Field()
	field.Value, field.Required, field.Autocomplete, field.MaxLength = typed, true, "name", services.MaxName
	page := views.GateForm{Page: p, Text: []string{"Other members see it with your address, " + who(c).Person.Email + ". You can change it in your profile."},
		Errors: fieldErrors(wrong, controls{"Name": views.ProfileName}.find), Action: joinNamePath, Hidden: []parts.Hidden{views.SignInNext.Hidden(next)},
		Button: "Save and continue", Links: []parts.Link{{Label: "Not now", Href: next}}}
	mark(page.Errors, &field)
	page.Fields = []parts.Field{field}
	return Render(c, status, page.Component())
}
