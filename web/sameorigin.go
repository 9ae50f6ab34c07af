package web

import (
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
)

var (
	errOtherSite  = errors.New("request from a page of another site")
	errNoOrigin   = errors.New("session without origin")
	defaultPorts  = map[string]string{"http": "80", "https": "443"}
	sameSiteWords = map[string]bool{"same-origin": true, "none": true}
)

// sameOrigin refuses requests that change something and come from a page of another site. Browsers say where a request
// comes from, in Sec-Fetch-Site or, with scheme, host and port, in Origin. A request that carries a session and says neither is
// refused as well: no browser of today sends it, and what the session's owner does not send, somebody else does.
func sameOrigin(base Base) echo.MiddlewareFunc {
	own := canonicalOrigin(base.url)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if r := c.Request(); !safe(r.Method) {
				if err := fromOwnPage(r, own); err != nil {
					return echo.NewHTTPError(http.StatusForbidden).SetInternal(err)
				}
			}
			return next(c)
		}
	}
}

// fromOwnPage judges what the browser says, by Origin where it does not send Sec-Fetch-Site. Origin is compared with the base URL and not with Host, which a proxy may have
// changed and which has no scheme.
func fromOwnPage(r *http.Request, own string) error {
	site := r.Header.Get("Sec-Fetch-Site")
	switch {
	case sameSiteWords[site]:
		return nil
	case site != "":
		return errOtherSite
	case isOrigin(r.Header.Values("Origin"), own):
		return nil
	case r.Header.Get("Origin") != "":
		return errOtherSite
	case hasSession(r):
		return errNoOrigin
	}
	return nil
}

// isOrigin tells whether the header, sent once, names the origin.
func isOrigin(header []string, own string) bool {
	if len(header) != 1 {
		return false
	}
	u, err := url.Parse(header[0])
	more := err == nil && (u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.User != nil)
	return err == nil && !more && canonicalOrigin(u) == own
}

// canonicalOrigin is scheme, host and port as browsers write them: in lower case, IPv6 in its shortest form, and no port
// that the scheme implies. Names in other scripts have to be given as browsers write them (xn--…).
func canonicalOrigin(u *url.URL) string {
	scheme, host := strings.ToLower(u.Scheme), strings.ToLower(u.Hostname())
	if ip, err := netip.ParseAddr(host); err == nil && ip.Is6() {
		host = "[" + ip.String() + "]"
	}
	if port := u.Port(); port != "" && port != defaultPorts[scheme] {
		host += ":" + port
	}
	return scheme + "://" + host
}

func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

func hasSession(r *http.Request) bool {
	_, err := r.Cookie(sessionCookie)
	return err == nil
}
