package web

import (
	"errors"
	"net/http"
	"net/url"

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
	"/join/name":             true,
	"/profile":               true,
	"/profile/address":       true,
	"/support/:organization": true,
}

// lateForm is what a form from a page of ours holds that can come back; nil for any other request.
func lateForm(c echo.Context) (url.Values, error) {
	r := c.Request()
	if r.Method != http.MethodPost || !resumable[c.Path()] || forPart(r) || !saysSameOrigin(r) {
		return nil, nil
	}
	return handlers.Entered(c)
}

// signedOutForm answers a form that nobody is signed in for: it is kept where the browser names a session that has ended, and given back in
// the answer where nothing says whose it is. false for any other request.
func signedOutForm(c echo.Context, h handlers.KeptForms) (bool, error) {
	entered, err := lateForm(c)
	if err != nil || entered == nil {
		return false, err
	}
	session, err := ended(c.Request(), h.Console)
	if err == nil {
		err = h.Keep(c, session, entered)
	}
	if errors.Is(err, models.ErrNotFound) || errors.Is(err, models.ErrNoRoom) {
		err = h.GiveBack(c, entered)
	}
	return true, err
}

// outsideForm answers a form in an organization that the session does not open any more, though another one would. false for any other
// request.
func outsideForm(c echo.Context, h handlers.KeptForms, cause error) (bool, error) {
	if !is[services.SessionEnded](cause) && !is[services.SecondFactorMissing](cause) && !is[services.WrongProvider](cause) {
		return false, nil
	}
	if forPart(c.Request()) {
		c.Response().Header().Set(outsideHeader, "1")
	}
	entered, err := lateForm(c)
	if err != nil || entered == nil {
		return false, err
	}
	return true, h.GiveBackOutside(c, entered)
}

// outsideHeader tells the script, where the preview of a form is refused, that signing in again helps.
const outsideHeader = "X-Sign-In-Again"

// keptHeader tells the script, where the preview of a form is refused, that the form is kept if it is sent.
const keptHeader = "X-Form-Kept"

// tellKept says so where the browser names a session that has ended.
func tellKept(c echo.Context, h handlers.KeptForms) {
	if !safe(c.Request().Method) && forPart(c.Request()) {
		if _, err := ended(c.Request(), h.Console); err == nil {
			c.Response().Header().Set(keptHeader, "1")
		}
	}
}

// saysSameOrigin tells whether the browser says that a page of ours sent the request: sameOrigin, ahead of this, lets through
// requests that say less, and compares Origin.
func saysSameOrigin(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return site == "same-origin" || site == "" && r.Header.Get("Origin") != ""
}

// drawnByPost has a form drawn by the handler that it was sent to.
func drawnByPost(c echo.Context) error {
	c.Echo().Router().Find(http.MethodPost, echo.GetPath(c.Request()), c)
	return c.Handler()(c)
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
				if drawn, err := h.GoOn(c, next); drawn || err != nil {
					return err
				}
				handlers.DrawnByAddress(c)
				c.Response().Before(func() {
					if c.Response().Status == http.StatusSeeOther {
						_ = h.Done(c) // or the clock forgets it
					}
				})
			case r.URL.Query().Has(parts.ResumedName):
				return h.Resume(c, next, drawnByPost)
			case r.URL.Query().Has(parts.DrawnName):
				return h.Redraw(c, next, drawnByPost)
			}
			return next(c)
		}
	}
}
