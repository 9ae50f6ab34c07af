package handlers

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/views/parts"
)

// showOnce answers a form that made something which can be shown but once, such as a link or a secret, with the address of the page that
// shows it: going back to that page, or loading it again, sends nothing and finds nothing. What is shown goes to no address and no log;
// until the page asks for it, it is sealed with the secret of the session. draw is the handler of that page: where nothing can be kept for
// it, it answers the form itself, since what was made is nowhere else.
func showOnce(c echo.Context, at string, what any, draw echo.HandlerFunc) error {
	text, err := json.Marshal(what)
	if err != nil {
		return fmt.Errorf("write what is shown once: %w", err)
	}
	path, query, _ := strings.Cut(at, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return fmt.Errorf("read the address of what is shown once: %w", err)
	}
	mark, err := visitor(c).KeepShownOnce(path, text)
	if err != nil { // the visitor logs it
		c.Set(shownKey, text)
		return draw(c)
	}
	values.Set(parts.ShownName, mark)
	return seeOther(c, withValues(path, values))
}

const (
	shownKey = "shown once" // what is shown by the answer to the form itself
	takeKey  = "take what is shown once"
)

// taken takes what a page shows once, when the page is drawn and nothing of it is written. false where another request was quicker.
func taken(c echo.Context) (bool, error) {
	take, ok := c.Get(takeKey).(func() error)
	if !ok {
		return true, nil
	}
	err := take()
	if isNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// DoneAlready leads from a question that was answered back to its list.
func DoneAlready(c echo.Context, list string) error {
	flash(c, "warning", "This was already done.", "Nothing was done this time.")
	return seeOther(c, list)
}

// sentOrOld is why a form that counts once does nothing, where nobody can tell which it was.
const sentOrOld = "This form was sent before, or was open for too long."

// SentOrOld leads from a question whose answer counts no longer to its list.
func SentOrOld(c echo.Context, list string) error {
	flash(c, "warning", "Nothing was changed.", sentOrOld+" If it is not done, do it again.")
	return seeOther(c, list)
}

// shownOnce is what showOnce keeps for the page of the request; nil where it was shown already. Render takes it: in between, the page asks
// whether its reader may still see such a thing.
func shownOnce[T any](c echo.Context) (*T, error) {
	text, here := c.Get(shownKey).([]byte)
	if !here {
		kept, take, err := visitor(c).ShownOnce(c.Request().URL.EscapedPath(), c.QueryParam(parts.ShownName))
		if isNotFound(err) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		text = kept
		c.Set(takeKey, take)
	}
	what := new(T)
	if err := json.Unmarshal(text, what); err != nil {
		return nil, fmt.Errorf("read what is shown once: %w", err)
	}
	return what, nil
}
