package handlers

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

// Render draws a page, or a part of one, completely before it writes any of it: a template that fails leaves the answer
// untouched and becomes an error page.
func Render(c echo.Context, status int, component templ.Component) error {
	var buffer bytes.Buffer
	if err := component.Render(c.Request().Context(), &buffer); err != nil {
		return fmt.Errorf("draw %s: %w", c.Path(), err)
	}
	return c.Blob(status, "text/html; charset=utf-8", buffer.Bytes())
}

func seeOther(c echo.Context, path string) error { return c.Redirect(http.StatusSeeOther, path) }
