package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"bailiwick/web/webtest"
)

// Attack: send a form from a page of the same host, but of another scheme or port, in a browser that sends Origin alone.
func TestOriginIsComparedWhole(t *testing.T) {
	cases := []struct {
		base         string
		own, refused []string
	}{
		{base: "http://127.0.0.1", own: []string{"http://127.0.0.1", "http://127.0.0.1:80"},
			refused: []string{"https://127.0.0.1", "https://127.0.0.1:80", "http://127.0.0.1:443", "http://127.0.0.1:8080", "http://localhost", "http://[::1]"}},
		{base: "https://console.example.com",
			own: []string{"https://console.example.com", "https://console.example.com:443", "HTTPS://Console.Example.com"},
			refused: []string{"http://console.example.com", "http://console.example.com:443", "https://console.example.com:80", "https://console.example.com:8443",
				"https://console.example.com.", "https://example.com", "https://console.example.com.evil.example",
				"https://console.example.com/", "https://console.example.com?", "https://console.example.com#a", "https://a@console.example.com",
				"//console.example.com", "console.example.com", "null", "https:", "://", "file://", "https://console.example.com https://evil.example", "%"}},
		{base: "HTTPS://Console.Example.com:443", own: []string{"https://console.example.com"}, refused: []string{"http://console.example.com"}},
		{base: "https://console.example.com:8443", own: []string{"https://console.example.com:8443"},
			refused: []string{"https://console.example.com", "http://console.example.com:8443", "https://console.example.com:443"}},
		{base: "http://[::1]:8080", own: []string{"http://[::1]:8080", "http://[0:0:0:0:0:0:0:1]:8080"},
			refused: []string{"http://[::1]", "https://[::1]:8080", "http://[::2]:8080", "http://127.0.0.1:8080"}},
		{base: "http://[0:0:0:0:0:0:0:1]:80", own: []string{"http://[::1]"}, refused: []string{"https://[::1]"}},
		{base: "https://konsole.xn--bcher-kva.example", own: []string{"https://konsole.xn--bcher-kva.example"}, refused: []string{"https://konsole.bucher.example"}},
	}
	for _, c := range cases {
		t.Run(c.base, func(t *testing.T) {
			inWorlds(t, webtest.Options{BaseURL: c.base}, func(t *testing.T, w world) {
				for status, origins := range map[int][]string{http.StatusSeeOther: c.own, http.StatusForbidden: c.refused} {
					for _, origin := range origins {
						w.wantAnswer(t, http.Header{"Sec-Fetch-Site": nil, "Origin": {origin}}, status)
						w.wantAnswer(t, http.Header{"Sec-Fetch-Site": {"same-origin"}, "Origin": {origin}}, http.StatusSeeOther)
					}
				}
				own := c.own[0]
				w.wantAnswer(t, http.Header{"Sec-Fetch-Site": nil, "Origin": {own, "https://evil.example.com"}}, http.StatusForbidden)
				w.wantAnswer(t, http.Header{"Sec-Fetch-Site": nil, "Origin": {own, own}}, http.StatusForbidden)
				w.wantAnswer(t, http.Header{"Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.example.com"}}, http.StatusForbidden)
				w.wantAnswer(t, http.Header{"Sec-Fetch-Site": {"cross-site"}, "Origin": {own}}, http.StatusForbidden)
				w.wantAnswer(t, http.Header{"Sec-Fetch-Site": {"same-site"}}, http.StatusForbidden)
				w.wantAnswer(t, http.Header{"Sec-Fetch-Site": {"none"}}, http.StatusSeeOther)
				w.wantAnswer(t, http.Header{"Sec-Fetch-Site": nil}, http.StatusSeeOther) // neither a browser nor a session
			})
		})
	}
}

// wantAnswer sends a form that everybody may send, with these headers.
func (w world) wantAnswer(t *testing.T, headers http.Header, status int) {
	t.Helper()
	b := w.Browser(t)
	b.Header = headers
	if answer := b.Request(http.MethodPost, "/theme", url.Values{"theme": {"dark"}}); answer.Status != status {
		t.Errorf("%v: %d, want %d", headers, answer.Status, status)
	}
}

func TestTheThemesCookieIsTheHostsAloneOverTLS(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		shown := func(b *webtest.Browser) string { return b.Get("/sign-in").Find("html").AttrOr("data-theme", "") }
		b := w.Browser(t)
		b.SetCookie("theme", "dark") // by an earlier version
		if first, second := shown(b), shown(b); first != "dark" || second != "dark" {
			t.Errorf("the choice of an earlier version shows as %q, then %q", first, second)
		}
		if b.Cookie("__Host-theme") != "dark" || b.Cookie("theme") != "" {
			t.Errorf("kept as __Host-theme=%q, theme=%q", b.Cookie("__Host-theme"), b.Cookie("theme"))
		}
		b.Post("/theme", url.Values{"theme": {"system"}, "back": {"/sign-in"}})
		b.SetCookie("theme", "light") // planted by another host of the domain
		if got := shown(b); got != "" {
			t.Errorf("a planted cookie shows as %q", got)
		}
		planted := w.Browser(t)
		planted.SetCookie("theme", "pink")
		if got := shown(planted); got != "" || planted.Cookie("__Host-theme") != "" {
			t.Errorf("nonsense shows as %q and is kept as %q", got, planted.Cookie("__Host-theme"))
		}
	})
	inWorlds(t, webtest.Options{BaseURL: "http://127.0.0.1:8080"}, func(t *testing.T, w world) {
		b := w.Browser(t)
		answer := b.Request(http.MethodPost, "/theme", url.Values{"theme": {"dark"}})
		if b.Cookie("theme") != "dark" || b.Cookie("__Host-theme") != "" || len(answer.Header.Values("Set-Cookie")) != 1 {
			t.Errorf("without TLS the cookies are %q", answer.Header.Values("Set-Cookie"))
		}
	})
}
