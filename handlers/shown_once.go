package handlers

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/labstack/echo/v4"
)

// showOnce answers a form that made something which can be shown but once, such as a link or a secret, with the address of the page that
// shows it: going back to that page, or loading it again, sends nothing and finds nothing. What is shown goes to no address and no log;
// until the page asks for it, it is sealed with the secret of the session.
func showOnce(c echo.Context, at string, what any) error {
	text, err := json.Marshal(what)
	if err != nil {
		return fmt.Errorf("write what is shown once: %w", err)
	}
	path, _, _ := strings.Cut(at, "?")
	if err := visitor(c).KeepShownOnce(path, text); err != nil {
		return err
	}
	return seeOther(c, at)
}

// DoneAlready leads from a question that was answered back to its list.
func DoneAlready(c echo.Context, list string) error {
	flash(c, "warning", "This was done already.", "Nothing was done this time.")
	return seeOther(c, list)
}

// takeShown is what showOnce keeps for the page of the request; nil where it was shown already.
func takeShown[T any](c echo.Context) (*T, error) {
	text, err := visitor(c).TakeShownOnce(c.Request().URL.EscapedPath())
	if isNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	what := new(T)
	if err := json.Unmarshal(text, what); err != nil {
		return nil, fmt.Errorf("read what is shown once: %w", err)
	}
	return what, nil
}
