package handlers

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

// Render draws a page, or a part of one, completely before it writes any of it: a template that fails leaves the answer
// untouched and becomes an error page. What a page shows once is taken in between, so that whoever got no page can load it again; a page
// of an error, which is never 200, takes nothing.
func Render(c echo.Context, status int, component templ.Component) error {
	if address := drawnAt(c, status); address != "" {
		return seeOther(c, address)
	}
	var buffer bytes.Buffer
	if err := component.Render(c.Request().Context(), &buffer); err != nil {
		return fmt.Errorf("draw %s: %w", c.Path(), err)
	}
	if status == http.StatusOK {
		first, err := taken(c)
		if err != nil {
			return err
		}
		if !first {
			return seeOther(c, c.Request().URL.RequestURI()) // which says that it was shown
		}
	}
	return c.Blob(status, "text/html; charset=utf-8", buffer.Bytes())
}

func seeOther(c echo.Context, path string) error { return c.Redirect(http.StatusSeeOther, path) }
