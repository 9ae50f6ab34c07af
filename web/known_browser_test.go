package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bailiwick/services"
	"bailiwick/services/mail/mailtest"
	"bailiwick/web/webtest"
)

const knownCookie = "__Host-known"

// wantKnown holds that a cookie of the answer makes the browser known, and keeps it from scripts and other sites.
func wantKnown(t *testing.T, way string, page *webtest.Page) {
	t.Helper()
	for _, line := range page.Header.Values("Set-Cookie") {
		if !strings.HasPrefix(line, knownCookie+"=") {
			continue
		}
		for _, part := range []string{"; Path=/", "; Max-Age=31536000", "; HttpOnly", "; Secure", "; SameSite=Lax"} {
			if !strings.Contains(line, part) {
				t.Errorf("%s: the cookie %q lacks %q", way, line, part)
			}
		}
		if strings.Contains(line, "Domain") {
			t.Errorf("%s: the cookie goes to other hosts: %q", way, line)
		}
		return
	}
	t.Errorf("%s leaves the browser unknown: %d %q", way, page.Status, page.Header.Values("Set-Cookie"))
}

func TestSigningInMakesABrowserKnownAndSigningOutLeavesItSo(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.Browser(t)
		wantKnown(t, "the password", b.Request(http.MethodPost, "/sign-in", url.Values{"email": {"viewer@example.com"}, "password": {password}}))
		first := b.Cookie(knownCookie)
		const next = "three quiet harbours at low tide"
		wantKnown(t, "a new password", b.Request(http.MethodPost, "/profile/password", url.Values{"present": {password}, "password": {next}, "again": {next}}))
		if b.Cookie(knownCookie) == first {
			t.Error("the cookie is the same with another password")
		}
		wantPage(t, b.Post("/sign-out", url.Values{}), http.StatusOK, "/sign-in")
		w.fail(t, 7, always("viewer@example.com"), always("")) // and the address is over its limit
		w.fail(t, 3, always("viewer@example.com"), always(""))
		if page := w.Browser(t).SignIn("viewer@example.com", next); page.Status != http.StatusTooManyRequests {
			t.Errorf("another browser: %d", page.Status)
		}
		if page := b.SignIn("viewer@example.com", next); page.Status != http.StatusOK || page.Address.Path == "/sign-in" {
			t.Errorf("the known browser: %d %s", page.Status, page.Text("main"))
		}
		b.Post("/sign-out", url.Values{})
		b.SetCookie(knownCookie, first)
		if page := b.SignIn("viewer@example.com", next); page.Status != http.StatusTooManyRequests {
			t.Errorf("with the cookie of the old password: %d", page.Status)
		}
	})
}

func TestEveryWayInMakesABrowserKnown(t *testing.T) {
	withMail(t, func(t *testing.T, w world, server *mailtest.Server) {
		b := w.Browser(t)
		b.Post("/sign-in/link", url.Values{"email": {"viewer@example.com"}})
		b.Get(mailed(t, w, server, "viewer@example.com"))
		wantKnown(t, "a link", b.Request(http.MethodPost, "/sign-in/confirm", url.Values{}))

		b = w.as(t, "viewer@example.com")
		secret := strings.ReplaceAll(b.Get("/profile/second-factor").Text("#key"), " ", "")
		wantKnown(t, "a second factor", b.Request(http.MethodPost, "/profile/second-factor",
			url.Values{"secret": {secret}, "code": {codeAt(t, secret, w.clock.Now())}, "password": {password}}))
		w.clock.Advance(time.Minute)
		b = w.Browser(t)
		b.Post("/sign-in", url.Values{"email": {"viewer@example.com"}, "password": {password}})
		if b.Cookie(knownCookie) != "" {
			t.Error("the password alone makes a browser known, although a code is asked for")
		}
		wantKnown(t, "a code", b.Request(http.MethodPost, "/sign-in/code", url.Values{"code": {codeAt(t, secret, w.clock.Now())}}))
	})
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		_, link := w.invite(t, "new@example.com", services.ProviderPassword)
		b := w.Browser(t)
		b.Get(link)
		wantKnown(t, "joining", b.Request(http.MethodPost, "/join/account", url.Values{"name": {"Newcomer"}, "password": {password}}))
	})
	onEmpty(t, func(t *testing.T, w world, link string) {
		b := w.Browser(t)
		b.Get(link)
		wantKnown(t, "setting up", b.Request(http.MethodPost, "/setup", firstAdministrator()))
	})
}

func TestWhoIsToldToWaitIsToldOfTheOtherWays(t *testing.T) {
	withMail(t, func(t *testing.T, w world, _ *mailtest.Server) {
		for i := range 7 {
			w.fail(t, 1, always(fmt.Sprintf("guess%d@example.com", i)), always(""))
		}
		w.fail(t, 3, always("viewer@example.com"), always(""))
		page := w.Browser(t).SignIn("viewer@example.com", password)
		wantPage(t, page, http.StatusTooManyRequests, "/sign-in")
		want := "Too many attempts failed. Wait 1 minute, then try again. If you can’t wait, use another browser in which you have signed in before, or press “Email me a link”."
		if got := page.Text("[role=alert]"); got != want || page.Header.Get("Retry-After") != "60" {
			t.Errorf("the page says %q, retry after %q", got, page.Header.Get("Retry-After"))
		}
		for _, path := range []string{"/sign-in/link", "/forgot-password"} {
			for range 5 {
				w.Browser(t).Post(path, url.Values{"email": {"viewer@example.com"}})
			}
			page = w.Browser(t).Post(path, url.Values{"email": {"viewer@example.com"}})
			if got := page.Text("[role=alert]"); page.Status != http.StatusTooManyRequests || page.Header.Get("Retry-After") == "" ||
				!strings.Contains(got, "If one was mailed to you in the last 15 minutes, it still works") {
				t.Errorf("%s: %d %q", path, page.Status, got)
			}
		}
	})
}
