package web_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/services/mail/mailtest"
	"bailiwick/web/webtest"
)

// Attack: read the secret of a link out of the log, where the address of the link was mangled on its way.
func TestNoMangledLinkIsLogged(t *testing.T) {
	var lines bytes.Buffer
	inWorlds(t, webtest.Options{Log: slog.NewTextHandler(&lines, nil)}, func(t *testing.T, w world) {
		secret := strings.Repeat("abcdefghijk", 4)[:43]
		b := w.Browser(t)
		for _, path := range []string{"/join/" + secret, "/join/" + secret + "/", "/join/" + secret + "/x", "/join/" + secret + ".", "//join/" + secret, "/JOIN/" + secret, "/join//" + secret,
			"/sign-in/link/" + secret, "/sign-in/link/" + secret + "/y", "/reset-password/" + secret + "?x=1", "/reset-password/" + secret + "/", "/o/" + secret + "/join/" + secret, "/setup/" + secret + "/", "/static/" + secret} {
			for _, method := range []string{"GET", "HEAD", "POST", "PUT", "OPTIONS"} {
				answer := b.Request(method, path, url.Values{"a": {secret}})
				if i := strings.Index(lines.String(), secret); i >= 0 {
					t.Errorf("%s %s is logged: %s", method, path, lines.String()[max(0, i-200):min(i+100, lines.Len())])
				}
				lines.Reset()
				_ = answer
			}
		}
	})
}

// Attack: fill the database with where to go after signing in: each request for a link keeps it.
func TestWhereToGoAfterwardsIsShort(t *testing.T) {
	withMail(t, func(t *testing.T, w world, server *mailtest.Server) {
		b := w.Browser(t)
		b.Request(http.MethodPost, "/sign-in/link", url.Values{"email": {"viewer@example.com"}, "next": {"/" + strings.Repeat("x", 100_000)}})
		b.Get(mailed(t, w, server, "viewer@example.com"))
		if to := b.Request(http.MethodPost, "/sign-in/confirm", url.Values{}).Header.Get("Location"); to != "/" {
			t.Errorf("leads on to an address of %d characters", len(to))
		}
	})
}
