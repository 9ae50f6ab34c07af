package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
)

// unavailable is the page for a database that is busy or gone: what happened, what became of the change, what to do.
func unavailable(c echo.Context, p views.Page, cause error, reference string) views.ErrorPage {
	switch {
	case errors.Is(cause, models.ErrInDoubt):
		return views.InDoubt(p, reference)
	case errors.Is(cause, models.ErrBusy):
		return views.Busy(p, becameOfIt(c), reference)
	}
	return views.Unavailable(p, becameOfIt(c), reference)
}

// becameOfIt says what became of what the request asked for.
func becameOfIt(c echo.Context) string {
	const again = "Try again in a moment."
	switch {
	case services.Changed(c.Request().Context()):
		return "Your change was stored, but the page that follows cannot be shown. Do not repeat it."
	case c.Request().Method == http.MethodGet:
		return again
	}
	return "Nothing was changed. " + again
}
