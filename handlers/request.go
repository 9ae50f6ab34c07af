package handlers

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
)

// postForm is the form of a request, without the query of its address, so that no link can fill a field.
func postForm(c echo.Context) (url.Values, error) {
	if err := c.Request().ParseForm(); err != nil {
		return nil, unreadable(err)
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

// mostFile is how much of a form with a file is kept in memory: all of it, since no request may be larger.
const mostFile = 1 << 20

// unreadable is what is answered to a form that can't be read.
func unreadable(cause error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(cause, &tooLarge) {
		return fmt.Errorf("read the form: %w", cause)
	}
	return echo.NewHTTPError(http.StatusBadRequest, "The form could not be read. Go back and send it again.").SetInternal(cause)
}

// readFile is a file that was sent with a form.
func readFile(header *multipart.FileHeader) ([]byte, error) {
	file, err := header.Open()
	if err != nil {
		return nil, fmt.Errorf("open the file of a form: %w", err)
	}
	data, err := io.ReadAll(file)
	return data, errors.Join(err, file.Close())
}
