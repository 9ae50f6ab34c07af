package handlers

import (
	"maps"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"bailiwick/views"
	"bailiwick/views/parts"
)

// GiveBack answers a form that nobody is signed in for and that is not kept with a page that holds what was entered. The page sends it again
// when somebody has signed in, and GoOn draws it.
func (h KeptForms) GiveBack(c echo.Context, entered url.Values) error {
	return giveBack(c, http.StatusUnauthorized, "You are signed out", "/", entered)
}

// GiveBackOutside is the same for a form in an organization that the session does not open: it was ended there, or began in another way than
// the organization asks for by now. The start of the organization says which, and leads on.
func (h KeptForms) GiveBackOutside(c echo.Context, entered url.Values) error {
	return giveBack(c, http.StatusForbidden, "Sign in again", string(siteOf(c.Param("organization"))), entered)
}

func giveBack(c echo.Context, status int, heading, signIn string, entered url.Values) error {
	p := bare(c, "Not saved")
	p.Heading = heading
	page := views.GivenBack{Page: p, SignIn: signIn, Action: c.Request().URL.RequestURI(), Entered: []parts.Hidden{{Name: parts.ResumedName, Value: "1"}}}
	values := withoutSecrets(entered)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, value := range values[name] {
			page.Entered = append(page.Entered, parts.Hidden{Name: name, Value: value})
		}
	}
	for _, field := range secretFields {
		page.Secrets = page.Secrets || entered.Get(field.Name) != ""
	}
	return Render(c, status, page.Component())
}

// GoOn draws a form that was given back. false for one that asks for its change.
func (h KeptForms) GoOn(c echo.Context, draw echo.HandlerFunc) (bool, error) {
	form, err := postForm(c)
	if err != nil || !form.Has(parts.ResumedName) {
		return false, err
	}
	return true, drawTyped(c, withoutSecrets(form), "", draw)
}
