package web

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/handlers"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
)

// resumable are the forms that are kept when their session has ended in the middle of them. Each has its form by GET, and its POST
// handler draws it again without asking for the change. Fields for secrets are left out of what is kept (handlers/kept_form.go).
var resumable = map[string]bool{
	"/o/:organization/api-keys/-/add":                                 true,
	"/o/:organization/api-keys/:key":                                  true,
	"/o/:organization/api-keys/:key/access":                           true,
	"/o/:organization/api-keys/:key/duplicate":                        true,
	"/o/:organization/api-keys/:key/privileges":                       true,
	"/o/:organization/groups/-/add":                                   true,
	"/o/:organization/groups/:group":                                  true,
	"/o/:organization/groups/:group/access":                           true,
	"/o/:organization/groups/:group/duplicate":                        true,
	"/o/:organization/groups/:group/members/-/invite":                 true,
	"/o/:organization/groups/:group/privileges":                       true,
	"/o/:organization/members/-/invite":                               true,
	"/o/:organization/members/:member/address":                        true,
	"/o/:organization/members/:member/groups":                         true,
	"/o/:organization/organization/name":                              true,
	"/o/:organization/resources/:service/:domain/-/add":               true,
	"/o/:organization/resources/:service/:domain/:resource":           true,
	"/o/:organization/resources/:service/:domain/:resource/duplicate": true,
	"/o/:organization/resources/:service/:domain/:resource/access":    true,
	"/profile":               true,
	"/profile/address":       true,
	"/support/:organization": true,
}

// kept keeps the form of a request that nobody is signed in for: one from a page of ours, with a session that has ended.
func kept(c echo.Context, h handlers.KeptForms) (bool, error) {
	r := c.Request()
	if r.Method != http.MethodPost || !resumable[c.Path()] || forPart(r) || !saysSameOrigin(r) {
		return false, nil
	}
	session, err := ended(r, h.Console)
	if errors.Is(err, models.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return h.Keep(c, session)
}

// saysSameOrigin tells whether the browser says that a page of ours sent the request: sameOrigin, ahead of this, lets through
// requests that say less, and compares Origin.
func saysSameOrigin(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return site == "same-origin" || site == "" && r.Header.Get("Origin") != ""
}

// resumes draws a kept form again where its address asks for it, and forgets one that was sent again. It stands behind everything that
// decides who may come here; outside of the organizations, routes send anonymous visitors away after it.
func resumes(h handlers.KeptForms) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			_, known := services.PersonFrom(r.Context())
			switch {
			case !known, !resumable[c.Path()]:
			case r.Method == http.MethodPost:
				c.Response().Before(func() {
					if c.Response().Status == http.StatusSeeOther {
						_ = h.Done(c) // or the clock forgets it
					}
				})
			case r.URL.Query().Has(parts.ResumedName):
				return h.Resume(c, next, func(c echo.Context) error {
					c.Echo().Router().Find(http.MethodPost, echo.GetPath(c.Request()), c)
					return c.Handler()(c)
				})
			}
			return next(c)
		}
	}
}
