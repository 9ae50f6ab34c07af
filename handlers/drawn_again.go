package handlers

import (
	"net/url"

	"github.com/labstack/echo/v4"
)

// drawnAgain answers a form that asks to be drawn again. A POST in the history of a browser can't be gone back to without sending it
// once more. So where nothing is chosen that would get lost, the answer is the address that shows the same. Where something is, it
// can't stand in an address: a link must not choose anything for whoever opens it. Then the answer says that address in
// Content-Location, and the script puts it into the history in place of the POST. A form that is
// drawn again after signing in is at its address already.
func drawnAgain(c echo.Context, path string, shows url.Values, chosen bool, draw func() error) error {
	if resuming(c) {
		return draw()
	}
	at := withValues(path, shows)
	if !chosen {
		return seeOther(c, at)
	}
	c.Response().Header().Set("Content-Location", at)
	return draw()
}
