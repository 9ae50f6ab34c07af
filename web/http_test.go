package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// Exactly these, on whatever a page answers.
var wantHeaders = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cache-Control":                "no-store",
	"Strict-Transport-Security":    "max-age=31536000",
}

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		signedIn := w.as(t, "several@example.com")
		for path, status := range map[string]int{
			"/sign-in": 303, "/organizations": 200, "/o/none": 404, "/nothing": 404, "/setup": 410, "/theme": 405, "/healthz": 200,
		} {
			answer := signedIn.Request(http.MethodGet, path, nil)
			if answer.Status != status {
				t.Errorf("%s: %d, want %d", path, answer.Status, status)
			}
			for name, want := range wantHeaders {
				if got := answer.Header.Get(name); got != want {
					t.Errorf("%s: %s is %q", path, name, got)
				}
			}
			if got := answer.Header.Get("Permissions-Policy"); !strings.Contains(got, "camera=()") || strings.Contains(got, "self") {
				t.Errorf("%s: Permissions-Policy is %q", path, got)
			}
		}
	})
}

func TestPlainHTTPOnTheMachineItselfPromisesNoTLS(t *testing.T) {
	inWorlds(t, webtest.Options{BaseURL: "http://127.0.0.1:8080"}, func(t *testing.T, w world) {
		page := w.Browser(t).Get("/sign-in")
		if got := page.Header.Get("Strict-Transport-Security"); page.Status != http.StatusOK || got != "" {
			t.Errorf("%d, Strict-Transport-Security is %q", page.Status, got)
		}
	})
}

func TestStaticFilesAreForEverybodyAndForGood(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.Browser(t)
		href := b.Get("/sign-in").Find("link[rel=stylesheet]").AttrOr("href", "")
		file := b.Get(href)
		if file.Status != http.StatusOK || file.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("%s: %d, %q", href, file.Status, file.Header.Get("Cache-Control"))
		}
		if page := b.Get("/static/none.css"); page.Status != http.StatusNotFound {
			t.Errorf("a file that is not there: %d", page.Status)
		}
	})
}

func TestLargeBodiesAreRefused(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.Browser(t)
		form := url.Values{"email": {"viewer@example.com"}, "password": {strings.Repeat("x", 256<<10)}}
		if page := b.Post("/sign-in", form); page.Status != http.StatusRequestEntityTooLarge || page.Title() == "" {
			t.Errorf("%d %q", page.Status, page.Title())
		}
		form.Set("password", strings.Repeat("x", 255<<10))
		if page := b.Post("/sign-in", form); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("just below the limit: %d", page.Status)
		}
	})
}

func TestBrokenFormsAreRefused(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.URL+"/sign-in", strings.NewReader("email=%zz"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if page := w.Browser(t).Do(r); page.Status != http.StatusBadRequest || page.Title() == "" {
			t.Errorf("%d %q", page.Status, page.Title())
		}
	})
}

// Attack: a link that fills in the form it leads to.
func TestTheAddressFillsNoFields(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.Browser(t)
		path := "/sign-in?" + signInForm("viewer@example.com").Encode()
		if page := b.Post(path, url.Values{}); page.Status != http.StatusUnprocessableEntity || b.Cookie("__Host-sid") != "" {
			t.Errorf("signed in by the address alone: %d", page.Status)
		}
	})
}

func TestHeadIsAnsweredLikeGetWithoutBody(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "several@example.com")
		for _, path := range []string{"/", "/organizations", "/sign-in", "/healthz", "/readyz", "/nothing", "/o/acme"} {
			get, head := b.Request(http.MethodGet, path, nil), b.Request(http.MethodHead, path, nil)
			if head.Status != get.Status || head.Body != "" || head.Header.Get("Content-Type") != get.Header.Get("Content-Type") {
				t.Errorf("%s: HEAD gives %d and %d bytes of %q, GET %d", path, head.Status, len(head.Body),
					head.Header.Get("Content-Type"), get.Status)
			}
		}
	})
}

func TestWrongMethodsAreRefused(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "several@example.com")
		for path, methods := range map[string][]string{
			"/sign-out": {"GET", "PUT"}, "/theme": {"GET", "DELETE"}, "/organizations": {"POST", "PATCH"}, "/": {"POST"}, "/healthz": {"POST"},
		} {
			for _, method := range methods {
				if page := b.Request(method, path, nil); page.Status != http.StatusMethodNotAllowed {
					t.Errorf("%s %s: %d", method, path, page.Status)
				}
			}
		}
	})
}

func TestPagesArePackedForWhoTakesThemPacked(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		for path, want := range map[string]string{"/sign-in": "gzip", "/nothing": "gzip", "/healthz": ""} {
			b := w.Browser(t)
			plain := b.Get(path)
			b.Header.Set("Accept-Encoding", "gzip")
			packed := b.Get(path)
			if got := packed.Header.Get("Content-Encoding"); got != want {
				t.Errorf("%s is encoded as %q, want %q", path, got, want)
				continue
			}
			if want == "gzip" && unpack(t, packed.Body) != plain.Body {
				t.Errorf("%s reads otherwise when packed", path)
			}
		}
	})
}

func unpack(t *testing.T, body string) string {
	t.Helper()
	reader, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestProbesAnswerWithoutASession(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.Browser(t)
		if got := b.Get("/healthz"); got.Status != http.StatusOK || got.Body != "ok\n" {
			t.Errorf("healthz: %d %q", got.Status, got.Body)
		}
		if got := b.Get("/readyz"); got.Status != http.StatusOK || got.Body != "ready\n" {
			t.Errorf("readyz: %d %q", got.Status, got.Body)
		}
	})
}

// Attack: read secrets out of the log.
func TestLogHoldsPatternsAndNoSecrets(t *testing.T) {
	var log bytes.Buffer
	inWorlds(t, webtest.Options{Log: slog.NewTextHandler(&log, nil)}, func(t *testing.T, w world) {
		b := w.as(t, "several@example.com")
		b.Get("/setup/the-secret-of-a-link?token=in-the-query")
		b.Get("/o/secret-organization")
		w.Browser(t).Get("/o/acme?search=private")
		text := log.String()
		for _, secret := range []string{password, b.Cookie("__Host-sid"), "the-secret", "in-the-query", "secret-organization", "private", "several@"} {
			if strings.Contains(text, secret) {
				t.Errorf("the log holds %q", secret)
			}
		}
		for _, want := range []string{"route=/setup/:token status=410", "route=/o/:organization status=404", "route=/o/:organization status=303"} {
			if !strings.Contains(text, want) {
				t.Errorf("the log lacks %q", want)
			}
		}
		log.Reset()
	})
}

func TestUnknownAddressesGetAPage(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		page := w.Browser(t).Get("/nothing/here")
		if page.Status != http.StatusNotFound || page.Title() != "There is nothing here" {
			t.Errorf("outside: %d %q", page.Status, page.Title())
		}
		inside := w.as(t, "viewer@example.com").Get("/o/acme/nothing/here")
		if inside.Status != http.StatusNotFound || inside.Find("nav").Length() == 0 {
			t.Errorf("inside an organization: %d, %d navigations", inside.Status, inside.Find("nav").Length())
		}
	})
}

func TestOtherOrganizationsLookLikeNone(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "outsider@example.com")
		other, none := b.Get("/o/acme"), b.Get("/o/none")
		if other.Status != http.StatusNotFound || strings.ReplaceAll(other.Body, "acme", "none") != none.Body {
			t.Errorf("%d and %d, or the pages differ", other.Status, none.Status)
		}
	})
}

func TestWithoutTheMinimumPrivilegeThePageNamesWhomToAsk(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "outdoors@example.com")
		for _, path := range []string{"/o/acme", "/o/acme/groups", "/o/acme/nothing"} {
			page := b.Get(path)
			text := page.Text("main")
			if page.Status != http.StatusForbidden || !strings.Contains(text, "View on Organization / Organization") {
				t.Errorf("%s: %d %s", path, page.Status, text)
			}
			if !strings.Contains(text, "Acme Administrator") || strings.Contains(text, "Outsider") {
				t.Errorf("%s names the wrong people: %s", path, text)
			}
		}
	})
}

func TestChangesWithoutASessionAreRefused(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		page := w.Browser(t).Post("/o/acme/anything", url.Values{"name": {"x"}})
		if page.Status != http.StatusUnauthorized || page.Find(`a[href="/sign-in"]`).Length() != 1 {
			t.Errorf("%d, %d links to sign-in", page.Status, page.Find(`a[href="/sign-in"]`).Length())
		}
	})
}

func TestErrorsNeverStandWithinAPartOfAPage(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		anonymous, viewer := w.Browser(t), w.as(t, "viewer@example.com")
		for _, c := range []struct {
			browser       *webtest.Browser
			method, path  string
			status        int
			header, value string
		}{
			{anonymous, http.MethodGet, "/o/acme/groups/-/actions", 401, "HX-Refresh", "true"},
			{viewer, http.MethodGet, "/o/acme/no/such/part", 404, "HX-Refresh", "true"},
			{anonymous, http.MethodPost, "/o/acme/groups/-/preview", 401, "HX-Reswap", "none"},
			{viewer, http.MethodPost, "/o/acme/no/such/part", 404, "HX-Reswap", "none"},
		} {
			c.browser.Header.Set("HX-Request", "true")
			part := c.browser.Request(c.method, c.path, nil)
			if part.Status != c.status || part.Header.Get(c.header) != c.value {
				t.Errorf("%s %s: %d, %s is %q", c.method, c.path, part.Status, c.header, part.Header.Get(c.header))
			}
		}
	})
}
