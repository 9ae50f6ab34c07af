package handlers

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/views/parts"
)

// cameFrom is the page to come back to after signing in, when a request that changes something found nobody signed in: the question that
// it answers, which stands at the same address with its selection, otherwise the page of ours that sent it. "/" where neither is known.
func (h Pages) cameFrom(c echo.Context) string {
	r := c.Request()
	if isPage(c, echo.GetPath(r)) {
		return localPath(questionAgain(c), localPath(r.URL.RequestURI(), "/"))
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

// notChosen are the fields of a review that say no more than that it was confirmed.
var notChosen = []string{parts.RowName, parts.OnceName, parts.ConfirmAdministrators, parts.ConfirmUnproven}

// questionAgain is the address of the question that the request answers, with what was chosen for many: groups, an end, an owner.
func questionAgain(c echo.Context) string {
	r := c.Request()
	form, err := postForm(c)
	if err != nil || !strings.HasSuffix(path.Dir(c.Path()), "/-/many") {
		return r.URL.RequestURI()
	}
	values := r.URL.Query()
	for name, chosen := range form {
		if !slices.Contains(notChosen, name) {
			values[name] = chosen
			values.Set(parts.StepName, parts.ReviewStep)
		}
	}
	return withValues(r.URL.EscapedPath(), values)
}

// isPage tells whether a browser can open the path.
func isPage(c echo.Context, path string) bool {
	found := c.Echo().NewContext(c.Request(), nil)
	c.Echo().Router().Find(http.MethodGet, path, found)
	return slices.ContainsFunc(c.Echo().Routes(), func(route *echo.Route) bool {
		return route.Method == http.MethodGet && route.Path == found.Path()
	})
}
