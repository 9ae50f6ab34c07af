package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/handlers"
	"bailiwick/models"
	"bailiwick/services"
)

// statusClosed stands in the log for a reader who went away before the answer; nobody receives it.
const statusClosed = 499

// lastWords is how long the page of an error may take when the request's own time is over.
const lastWords = 3 * time.Second

// statuses is what each error means to the reader. The first match counts.
var statuses = []struct {
	is     error
	status int
}{
	{models.ErrNotFound, http.StatusNotFound},
	{models.ErrConflict, http.StatusConflict},
	{models.ErrDuplicate, http.StatusConflict},
	{models.ErrInDoubt, http.StatusServiceUnavailable},
	{models.ErrBusy, http.StatusServiceUnavailable},
	{models.ErrDown, http.StatusServiceUnavailable},
	{models.ErrFull, http.StatusInsufficientStorage},
	{services.ErrNoSecretKey, http.StatusServiceUnavailable},
	{services.ErrGone, http.StatusGone},
	{services.ErrSignedOut, http.StatusUnauthorized},
	{services.ErrLastAdministrator, http.StatusConflict},
	{services.ErrOneself, http.StatusUnprocessableEntity},
	{services.ErrSuspended, http.StatusConflict},
	{services.ErrNotSuspended, http.StatusConflict},
	{services.ErrAdministrators, http.StatusUnprocessableEntity},
	{services.ErrTemplate, http.StatusUnprocessableEntity},
	{context.DeadlineExceeded, http.StatusServiceUnavailable},
}

// statusOf is the status for an error; 500 for whatever nobody expected.
func statusOf(err error) int {
	for _, s := range statuses {
		if errors.Is(err, s.is) {
			return s.status
		}
	}
	switch {
	case is[services.Forbidden](err), is[services.BringsNobodyIn](err):
		return http.StatusForbidden
	case is[services.TooHigh](err), is[services.Invalid](err), is[services.NotDuplicable](err), is[services.LockOut](err),
		is[services.NeedsConfirmation](err), is[services.UnsureAddresses](err):
		return http.StatusUnprocessableEntity
	case is[services.Throttled](err):
		return http.StatusTooManyRequests
	case is[*http.MaxBytesError](err):
		return http.StatusRequestEntityTooLarge
	}
	var refused *echo.HTTPError
	if errors.As(err, &refused) {
		return refused.Code
	}
	return http.StatusInternalServerError
}

func is[E error](err error) bool {
	var target E
	return errors.As(err, &target)
}

// fail is the one path from an error to an answer. What is a fault of ours is logged with the id of the request and shown
// without its text.
func fail(h handlers.Pages, log *slog.Logger) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		if c.Response().Committed {
			log.Error("failed after the answer had begun", "id", idOf(c), "route", c.Path(), "error", err)
			panic(http.ErrAbortHandler) // ends the connection: half a file must not look like a whole one
		}
		if errors.Is(err, context.Canceled) && c.Request().Context().Err() != nil {
			c.Response().Status = statusClosed // the reader has gone: there is nobody to tell
			return
		}
		status := statusOf(err)
		if status >= http.StatusInternalServerError {
			log.Error("failed", "id", idOf(c), "route", c.Path(), "status", status, "error", err)
		}
		defer moreTime(c)()
		if forPart(c.Request()) {
			keepWhole(c)
		}
		if err := h.Refuse(c, status, err, idOf(c)); err != nil {
			log.Error("draw the page of an error", "id", idOf(c), "error", err)
			http.Error(c.Response(), http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		}
	}
}

// forPart tells whether a script asks for a part of a page.
func forPart(r *http.Request) bool { return r.Header.Get("HX-Request") != "" }

// keepWhole keeps the page of an error from standing within a part of another. What only shows something loads the whole
// page again, which is then the page of the error; what carries a form's values leaves them as they are typed.
func keepWhole(c echo.Context) {
	if safe(c.Request().Method) {
		c.Response().Header().Set("HX-Refresh", "true")
		return
	}
	c.Response().Header().Set("HX-Reswap", "none")
}

// moreTime lets the page of an error be drawn when the request's own time is over. The caller calls what it returns.
func moreTime(c echo.Context) (done func()) {
	ctx := c.Request().Context()
	if ctx.Err() == nil {
		return func() {}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	c.SetRequest(c.Request().WithContext(ctx))
	return cancel
}
