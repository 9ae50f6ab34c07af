package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
)

// unavailable is the page for a database that is busy or gone, and for a key that is missing: what happened, what became of
// the change, what to do.
func unavailable(c echo.Context, p views.Page, cause error, reference string) views.ErrorPage {
	switch {
	case errors.Is(cause, services.ErrNoSecretKey):
		return noSecretKey(p)
	case errors.Is(cause, models.ErrInDoubt):
		return views.InDoubt(p, reference)
	case errors.Is(cause, models.ErrBusy):
		return views.Busy(p, outcomeWords(c), reference)
	}
	return views.Unavailable(p, outcomeWords(c), reference)
}

// outcomeWords says what became of the change that was asked for.
func outcomeWords(c echo.Context) string {
	const again = "Try again in a moment."
	switch {
	case services.Changed(c.Request().Context()):
		return "Your change was saved, but the next page can’t be shown. Do not repeat the change."
	case c.Request().Method == http.MethodGet:
		return again
	}
	return "Nothing was changed. " + again
}

// noSecretKey is the page for who wants to turn a second factor on where it can't be stored.
func noSecretKey(p views.Page) views.ErrorPage {
	p.Title, p.Heading = "Not possible now", "A second factor can’t be set up at the moment"
	return views.ErrorPage{Page: p, Icon: "lock", Text: []string{
		"This console has no key to protect second factors with. Nothing was changed.",
		"Ask your operator to give the console its key (--secret-key-file), then try again."}}
}
