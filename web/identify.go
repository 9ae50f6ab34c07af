package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/handlers"
	"bailiwick/services"
)

// signedIn sends anonymous visitors to the sign-in page, which brings them back. What they wanted to change is refused,
// since a redirect would lose it silently.
func signedIn(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if _, ok := services.PersonFrom(c.Request().Context()); ok {
			return next(c)
		}
		if !safe(c.Request().Method) {
			return echo.NewHTTPError(http.StatusUnauthorized)
		}
		return c.Redirect(http.StatusSeeOther, handlers.SignInFor(c.Request().URL.RequestURI()))
	}
}

// inOrganization finds out what the person may do in the organization of the address. Somebody else's organization and
// one that does not exist are the same 404 (R15); a member without the minimum privilege gets the page that says so in
// place of every other (R5).
func inOrganization(console *services.Console, noAccess echo.HandlerFunc) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			ctx := c.Request().Context()
			person, _ := services.PersonFrom(ctx)
			by, err := console.Identify(ctx, person, c.Param("organization"), c.RealIP())
			if err != nil {
				return err
			}
			c.SetRequest(c.Request().WithContext(services.WithCaller(ctx, by)))
			if !by.Enters() {
				return noAccess(c)
			}
			return next(c)
		}
	}
}

// overTLS closes what asks for a password where it could be read on the way.
func overTLS(base Base) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if !base.SignsIn() {
				return echo.NewHTTPError(http.StatusForbidden, PlainHTTP)
			}
			return next(c)
		}
	}
}
