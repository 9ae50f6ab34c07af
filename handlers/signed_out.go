package handlers

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"
)

// cameFrom is the page to come back to after signing in, when a request that changes something found nobody signed in: the question that
// it answers, which stands at the same address with its selection, otherwise the page of ours that sent it. "/" where neither is known.
func (h Pages) cameFrom(c echo.Context) string {
	r := c.Request()
	if isPage(c, echo.GetPath(r)) {
		return localPath(r.URL.RequestURI(), "/")
	}
	from, err := url.Parse(r.Referer())
	if err != nil {
		return "/"
	}
	base, err := url.Parse(h.BaseURL)
	if err != nil || from.Scheme != base.Scheme || from.Host != base.Host || !isPage(c, from.EscapedPath()) {
		return "/"
	}
	return localPath(from.RequestURI(), "/")
}

// isPage tells whether a browser can open the path.
func isPage(c echo.Context, path string) bool {
	found := c.Echo().NewContext(c.Request(), nil)
	c.Echo().Router().Find(http.MethodGet, path, found)
	return slices.ContainsFunc(c.Echo().Routes(), func(route *echo.Route) bool {
		return route.Method == http.MethodGet && route.Path == found.Path()
	})
}
