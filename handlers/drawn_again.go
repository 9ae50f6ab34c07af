package handlers

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views/parts"
)

// drawnAgain answers a form that asks to be drawn again. A POST in the history of a browser can't be gone back to without sending it
// once more. So where nothing is chosen that would get lost, the answer is the address that shows the same. Where something is, it
// can't stand in an address: a link must not choose anything for whoever opens it. Then the answer says that address in
// Content-Location, and the script puts it into the history in place of the POST; without the script the form is kept (drawnAt). A form
// that is drawn again after signing in is at its address already.
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

const (
	drawnByAddressKey = "drawn by address" // the form of the request may be kept, and drawn at an address
	drawnValuesKey    = "drawn values"     // what is kept of it, where that is not what was sent
	redrawnKey        = "redrawn"          // the request draws such a form
)

// DrawnByAddress says that the form of a request can be drawn by an address in place of the request, where it is only drawn again.
func DrawnByAddress(c echo.Context) { c.Set(drawnByAddressKey, true) }

// redrawn tells whether the request draws a form that was sent to be drawn again.
func redrawn(c echo.Context) bool { return c.Get(redrawnKey) == true }

// drawnAs says what draws the form again, where what was sent can't be kept: a file.
func drawnAs(c echo.Context, values url.Values) { c.Set(drawnValuesKey, values) }

// drawnAt is the address at which a browser without the script finds a form that it sent to have it drawn again, so that no POST is left in
// its history; "" where the answer is that of the request. All that was typed is kept for the session, and can't be sent by that address.
func drawnAt(c echo.Context, status int) string {
	r := c.Request()
	if c.Get(drawnByAddressKey) != true || status != http.StatusOK || c.Get(shownKey) != nil ||
		services.Changed(r.Context()) || r.Header.Get("Sec-Fetch-Mode") != "navigate" {
		return ""
	}
	values, given := c.Get(drawnValuesKey).(url.Values)
	if !given {
		values = r.PostForm
	}
	if !given && r.MultipartForm != nil {
		return ""
	}
	address, err := url.Parse(orElse(c.Response().Header().Get("Content-Location"), r.URL.RequestURI()))
	if err != nil {
		return ""
	}
	mark, err := visitor(c).KeepDrawnForm(services.KeptForm{Path: echo.GetPath(r), Values: withoutSecrets(values)})
	if err != nil { // the visitor logs it
		return ""
	}
	query := address.Query()
	query.Set(parts.DrawnName, mark)
	address.RawQuery = query.Encode()
	return address.RequestURI()
}
