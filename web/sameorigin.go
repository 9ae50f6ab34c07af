package web

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"
)

// sameOrigin refuses requests that change something and come from a page of another site. Browsers say where a request
// comes from, in Sec-Fetch-Site or Origin. One that carries a session and says neither is refused as well: no browser of
// today sends it, and what the session's owner does not send, somebody else does.
func sameOrigin(base Base) (echo.MiddlewareFunc, error) {
	protection := http.NewCrossOriginProtection()
	if err := protection.AddTrustedOrigin(base.String()); err != nil { // a proxy may have changed Host
		return nil, fmt.Errorf("trust the base URL: %w", err)
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			if err := protection.Check(r); err != nil {
				return echo.NewHTTPError(http.StatusForbidden).SetInternal(err)
			}
			if !safe(r.Method) && anonymousOrigin(r) && hasSession(r) {
				return echo.NewHTTPError(http.StatusForbidden).SetInternal(fmt.Errorf("session without origin"))
			}
			return next(c)
		}
	}, nil
}

func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

func anonymousOrigin(r *http.Request) bool {
	return r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == ""
}

func hasSession(r *http.Request) bool {
	_, err := r.Cookie(sessionCookie)
	return err == nil
}
