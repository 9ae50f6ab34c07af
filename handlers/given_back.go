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
	p := bare(c, "Signed out")
	p.Heading = "You are signed out"
	page := views.GivenBack{Page: p, Action: c.Request().URL.RequestURI(), Entered: []parts.Hidden{{Name: parts.ResumedName, Value: "1"}}}
	values := withoutSecrets(entered)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, value := range values[name] {
			page.Entered = append(page.Entered, parts.Hidden{Name: name, Value: value})
		}
	}
	for _, field := range secretFields {
		page.Secrets = page.Secrets || entered.Get(field.Name) != ""
	}
	return Render(c, http.StatusUnauthorized, page.Component())
}

// GoOn draws a form that was given back. false for one that asks for its change.
func (h KeptForms) GoOn(c echo.Context, draw echo.HandlerFunc) (bool, error) {
	form, err := postForm(c)
	if err != nil || !form.Has(parts.ResumedName) {
		return false, err
	}
	return true, drawTyped(c, withoutSecrets(form), "", draw)
}
