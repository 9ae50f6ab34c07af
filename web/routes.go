package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/handlers"
	"bailiwick/static"
)

// routes is every address of the console, one a line. The group says who may come at all; what they may do is asked in
// package services.
func routes(e *echo.Echo, c Config, base Base, h handlers.Pages) {
	// For machines: no session is looked up.
	e.GET("/healthz", health)
	e.GET("/readyz", ready(c.Console))
	e.GET(static.Prefix+"*", echo.WrapHandler(static.Handler()))

	pages := e.Group("", keepSession(c.Console, c.Log))

	// For everybody.
	theme := handlers.Theme{Secure: base.TLS()}
	pages.POST("/theme", theme.Update)

	// Passwords, over TLS only.
	signIn := handlers.SignIn{Console: c.Console}
	pages.GET(handlers.SignInPath, signIn.Show, overTLS(base))
	pages.POST(handlers.SignInPath, signIn.Create, overTLS(base))
	pages.POST(handlers.SignOutPath, signIn.Delete)

	// The first start.
	setup := handlers.Setup{Console: c.Console}
	pages.GET("/setup/:token", setup.Open, overTLS(base))
	pages.GET("/setup", setup.Show, overTLS(base))
	pages.POST("/setup", setup.Create, overTLS(base))

	// For whoever is signed in.
	organizations := handlers.Organizations{Console: c.Console}
	pages.GET("/", organizations.Home, signedIn)
	pages.GET("/organizations", organizations.List, signedIn)

	console(pages.Group("/o/:organization", signedIn, inOrganization(c.Console, organizations.NoAccess)), h)
}

// console is the pages of an organization, for its members with the minimum privilege (R5).
func console(o *echo.Group, h handlers.Pages) {
	o.GET("", h.Home)
}

func health(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }
