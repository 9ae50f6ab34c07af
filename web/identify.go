package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/handlers"
	"bailiwick/services"
	"bailiwick/static"
)

// organizations is where the consoles of all organizations begin.
const organizations = "/o/"

// belowOrganizations applies to every address below /o/, also to those that no route answers: a page that somebody adds
// there is closed from the start.
func belowOrganizations(m echo.MiddlewareFunc) echo.MiddlewareFunc {
	return only(m, func(c echo.Context) bool {
		return strings.HasPrefix(c.Path(), organizations) || strings.HasPrefix(c.Request().URL.Path, organizations)
	})
}

// organizationOf is the key in the address.
func organizationOf(c echo.Context) string {
	if key := c.Param("organization"); key != "" {
		return key
	}
	key, _, _ := strings.Cut(strings.TrimPrefix(c.Request().URL.Path, organizations), "/")
	return key
}

// forPages leaves out what machines ask for, often and without a session.
func forPages(m echo.MiddlewareFunc) echo.MiddlewareFunc {
	return only(m, func(c echo.Context) bool {
		path := c.Request().URL.Path
		return path != healthPath && path != readyPath && !strings.HasPrefix(path, static.Prefix)
	})
}

// only applies a middleware where the condition holds.
func only(m echo.MiddlewareFunc, when func(echo.Context) bool) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		applied := m(next)
		return func(c echo.Context) error {
			if when(c) {
				return applied(c)
			}
			return next(c)
		}
	}
}

// signedIn sends anonymous visitors to the sign-in page, which brings them back. A form whose session ended in the middle of it comes
// back then; whatever else was to be changed is refused, since a redirect would lose it silently.
func signedIn(h handlers.KeptForms) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if _, ok := services.PersonFrom(c.Request().Context()); ok {
				return next(c)
			}
			if answered, err := signedOutForm(c, h); answered || err != nil {
				return err
			}
			tellKept(c, h)
			if !safe(c.Request().Method) || forPart(c.Request()) {
				return echo.NewHTTPError(http.StatusUnauthorized)
			}
			return c.Redirect(http.StatusSeeOther, handlers.SignInFor(c.Request().URL.RequestURI()))
		}
	}
}

// inOrganization finds out what the person may do in the organization of the address. Somebody else's organization and
// one that does not exist are the same 404 (R15). In place of every other page a member without the minimum privilege gets
// the one that says so (R5), and one whose session began in another way than the organization asks for, the one that
// leads on.
func inOrganization(console *services.Console, h handlers.Organizations, forms handlers.KeptForms) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			ctx := c.Request().Context()
			who, _ := services.SessionFrom(ctx)
			by, err := console.Identify(ctx, who, organizationOf(c), c.RealIP())
			if err != nil {
				if answered, failed := outsideForm(c, forms, err); answered || failed != nil {
					return failed
				}
				if forPart(c.Request()) {
					keepWhole(c)
				}
				return h.NotAdmitted(c, err)
			}
			c.SetRequest(c.Request().WithContext(services.WithCaller(ctx, by)))
			if !by.Enters() {
				if !safe(c.Request().Method) {
					console.RecordTurnedAway(ctx, by)
				}
				return h.NoAccess(c)
			}
			err = next(c)
			if err == nil && c.Response().Status < http.StatusBadRequest {
				console.NoteGroupUses(by)
			}
			return err
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
