package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
)

// postForm is the form of a request, without the query of its address, so that no link can fill a field.
func postForm(c echo.Context) (url.Values, error) {
	err := c.Request().ParseForm()
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, fmt.Errorf("read the form: %w", err)
	}
	if err != nil {
		return nil, echo.NewHTTPError(http.StatusBadRequest, "The form could not be read. Go back and send it again.").SetInternal(err)
	}
	return c.Request().PostForm, nil
}

// maxPath is how long a path to go to can be: some are stored, and anybody can ask for that.
const maxPath = 2000

// localPath is the wanted path of this site, or the other one where it might lead to another site: browsers read "//host",
// "/\host" and "/<tab>/host" so.
func localPath(wanted, otherwise string) string {
	if len(wanted) > maxPath || !strings.HasPrefix(wanted, "/") || strings.HasPrefix(wanted, "//") || strings.Contains(wanted, `\`) {
		return otherwise
	}
	if strings.ContainsFunc(wanted, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return otherwise
	}
	u, err := url.Parse(wanted)
	if err != nil || u.IsAbs() || u.Host != "" {
		return otherwise
	}
	return wanted
}

// who is the session of the visitor; the routes are for signed-in people only.
func who(c echo.Context) services.Session {
	session, _ := services.SessionFrom(c.Request().Context())
	return session
}
