package handlers

import (
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
)

// shortCookie holds a secret for the few minutes between opening a link and pressing a button, so that it stays out of
// addresses, referrers and logs.
type shortCookie struct {
	name string
	life time.Duration
}

// The secrets that wait in cookies: of a link to sign in, of one to set a password, of a sign-in that owes its second
// factor, and of links about a new mail address.
var (
	signInLinkCookie   = shortCookie{"__Host-sign-in-link", services.LinkLife}
	passwordLinkCookie = shortCookie{"__Host-password-link", services.LinkLife}
	signInStepCookie   = shortCookie{"__Host-sign-in-step", services.StepLife}

	addressProofCookie     = shortCookie{"__Host-address-new", services.LinkLife}
	addressObjectionCookie = shortCookie{"__Host-address-keep", services.LinkLife}
)

func (k shortCookie) set(c echo.Context, secret string) {
	k.write(c, secret, int(k.life.Seconds()))
}

func (k shortCookie) clear(c echo.Context) { k.write(c, "", -1) }

func (k shortCookie) write(c echo.Context, value string, maxAge int) {
	c.SetCookie(&http.Cookie{
		Name: k.name, Value: value, Path: "/", MaxAge: maxAge, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// get is the secret; without one the link counts as used.
func (k shortCookie) get(c echo.Context) (string, error) {
	cookie, err := c.Cookie(k.name)
	if err != nil || cookie.Value == "" {
		return "", fmt.Errorf("no cookie %s: %w", k.name, services.ErrGone)
	}
	return cookie.Value, nil
}
