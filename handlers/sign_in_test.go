package handlers

import (
	"net/http"
	"strings"
	"testing"

	"bailiwick/services"
)

func TestTheSignInPageOffersLinksWhereMailCanBeSent(t *testing.T) {
	for mailFrom, want := range map[string]string{"": "", "console@example.com": signInLinkPath + " " + forgotPath} {
		page := SignIn{Console: console(mailFrom)}.page(asked(services.Caller{}, http.MethodGet, SignInPath), "john.smith@example.com", "/o/acme", "Wrong.")
		if got := strings.TrimSpace(page.Link + " " + page.Forgot); got != want || page.Email != "john.smith@example.com" || page.Next != "/o/acme" || page.Error != "Wrong." {
			t.Errorf("mail from %q: %+v", mailFrom, page)
		}
	}
}

func TestWhoSignsInGoesOnToWhereTheyWere(t *testing.T) {
	for path, want := range map[string]string{"/": "/sign-in", "/o/acme/groups?q=a": "/sign-in?next=%2Fo%2Facme%2Fgroups%3Fq%3Da"} {
		if got := SignInFor(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
	if got := secondFactorFor("/o/acme"); got != "/profile/second-factor?next=%2Fo%2Facme" {
		t.Errorf("to set up a second factor: %s", got)
	}
	// The second factor is asked for on a page of its own; no address of another site comes along.
	for next, want := range map[string]string{"/o/acme": "/sign-in/code?next=%2Fo%2Facme", "//example.com": "/sign-in/code", "": "/sign-in/code"} {
		c := asked(services.Caller{}, http.MethodPost, SignInPath)
		if err := askForCode(c, services.OwesSecondFactor{Step: "a-secret"}, next); err != nil || c.Response().Header().Get("Location") != want {
			t.Errorf("%q leads to %s, %v", next, c.Response().Header().Get("Location"), err)
		}
		if cookie := c.Response().Header().Get("Set-Cookie"); !strings.HasPrefix(cookie, "__Host-sign-in-step=a-secret;") || !strings.Contains(cookie, "HttpOnly") {
			t.Errorf("the step is kept as %s", cookie)
		}
	}
}
