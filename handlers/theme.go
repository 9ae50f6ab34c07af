package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/views"
)

// Theme keeps the choice of a theme in a cookie. It needs no account.
type Theme struct {
	TLS bool // whether people reach the console over TLS
}

// The cookie's name where nobody but this host can set it, and where browsers would drop that one. Over TLS the plain name
// is what earlier versions set.
const (
	hostTheme  = "__Host-theme"
	plainTheme = "theme"
)

const year = 365 * 24 * 60 * 60 // in seconds

// themeKey is where Keep leaves the theme of a request.
const themeKey = "theme"

// theme is what the visitor has chosen, "" for what their system prefers.
func theme(c echo.Context) string {
	chosen, _ := c.Get(themeKey).(string)
	return chosen
}

// Keep reads the visitor's choice for the page. Over TLS a choice of an earlier version moves to the new name, once: where
// there is one of the new name, even that for the system's theme, the plain one is not looked at.
func (h Theme) Keep(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		chosen, found := themeIn(c, h.name())
		if !found && h.TLS {
			if chosen, found = themeIn(c, plainTheme); found {
				h.set(c, chosen)
			}
		}
		if chosen == "light" || chosen == "dark" {
			c.Set(themeKey, chosen)
		}
		return next(c)
	}
}

// themeIn is the choice in a cookie, if it is one.
func themeIn(c echo.Context, name string) (chosen string, found bool) {
	cookie, err := c.Cookie(name)
	if err != nil || !isTheme(cookie.Value) {
		return "", false
	}
	return cookie.Value, true
}

func isTheme(value string) bool { return value == "light" || value == "dark" || value == "system" }

// Update stores the theme (light, dark or system) and goes back to where the reader was.
func (h Theme) Update(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	if !isTheme(form.Get(views.ThemeChoice)) {
		return echo.NewHTTPError(http.StatusUnprocessableEntity, "There is no such theme.")
	}
	h.set(c, form.Get(views.ThemeChoice))
	return c.Redirect(http.StatusSeeOther, localPath(form.Get(views.ThemeBack), "/"))
}

func (h Theme) name() string {
	if h.TLS {
		return hostTheme
	}
	return plainTheme
}

func (h Theme) set(c echo.Context, chosen string) {
	c.SetCookie(h.cookie(h.name(), chosen, year))
	if h.TLS {
		c.SetCookie(h.cookie(plainTheme, "", -1))
	}
}

func (h Theme) cookie(name, value string, age int) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, Secure: h.TLS, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}
