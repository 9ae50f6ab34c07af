package web_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/services/credential"
	"bailiwick/web/webtest"
)

func TestPagesSayThatTheKeyOfSecondFactorsIsMissing(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "editor@example.com")
		secret, page := turnOn(t, w, b.Get("/profile/second-factor"))
		recovery := strings.Fields(page.Find("#codes").Text())
		without := world{webtest.New(t, w.Store, w.clock.Now, webtest.Options{
			Keys: func() ([]credential.SecretKey, error) { return nil, errors.New("the file of the key is gone") },
		}), w.clock}

		reader := without.Browser(t)
		page = reader.SignIn("editor@example.com", password)
		page = page.Submit("Sign in", url.Values{"code": {codeAt(t, secret, w.clock.Now())}})
		wantPage(t, page, http.StatusServiceUnavailable, "/sign-in/code")
		if text := page.Text("main"); !strings.Contains(text, "recovery codes") || strings.Contains(text, "file of the key") {
			t.Errorf("the page says %q", text)
		}
		if page = page.Submit("Sign in", url.Values{"code": {recovery[0]}}); page.Status != http.StatusOK || page.Address.Path == "/sign-in/code" {
			t.Errorf("a recovery code is answered with %d at %s", page.Status, page.Address)
		}
		page = reader.Get("/profile/second-factor/remove").Submit("Turn off", url.Values{"code": {codeAt(t, secret, w.clock.Now())}})
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text("main"), "recovery codes") {
			t.Errorf("turning off by code: %d %q", page.Status, page.Text("main"))
		}

		viewer := without.as(t, "viewer@example.com") // who has none signs in as ever
		form := url.Values{"secret": {secret}, "code": {codeAt(t, secret, w.clock.Now())}, "password": {password}}
		for _, page := range []*webtest.Page{viewer.Get("/profile/second-factor"), viewer.Post("/profile/second-factor", form)} {
			if page.Status != http.StatusServiceUnavailable || !strings.Contains(page.Text("main"), "--secret-key-file") {
				t.Errorf("setting one up: %d %q", page.Status, page.Text("main"))
			}
		}
	})
}
