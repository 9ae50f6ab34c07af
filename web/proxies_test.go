package web_test

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"bailiwick/web/webtest"
)

// renamed gives the visitor another name, and gives what the activity about it says of where that came from.
func (w world) renamed(t *testing.T, b *webtest.Browser) string {
	t.Helper()
	if page := b.Post("/profile", url.Values{"name": {"Another Name"}}); page.Status != http.StatusOK {
		t.Fatalf("rename: %d %s", page.Status, page.Text("main"))
	}
	page := b.Get("/o/acme/activity") // the newest first
	facts := page.Find("main details").First().Find("span")
	for i := range facts.Nodes {
		if value := facts.Eq(i).Find("b"); strings.HasPrefix(strings.TrimSpace(facts.Eq(i).Text()), "From") {
			return strings.TrimSpace(value.Text())
		}
	}
	t.Fatalf("the activity says of no address: %.500s", page.Text("main"))
	return ""
}

// Attack: guess at invented addresses through the proxy, so that everybody behind it is kept out.
func TestNobodyIsLockedOutByTheProxysOwnAddress(t *testing.T) {
	for name, proxied := range map[string]webtest.Options{
		"not trusted, silent":    {Proxied: webtest.Silent},
		"not trusted, appending": {Proxied: webtest.Appending},
		"not trusted, passing":   {Proxied: webtest.Passing},
		"trusted, but silent":    {Proxied: webtest.Silent, Proxies: "127.0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			inWorlds(t, proxied, func(t *testing.T, w world) {
				w.fail(t, 15, numbered("person%d@example.com"), always("192.0.2.1"))
				b := w.as(t, "admin@example.com")
				if got := w.renamed(t, b); got != "unknown" {
					t.Errorf("the activity shows the address %q, which is not the visitor’s", got)
				}
				w.fail(t, 10, always("viewer@example.com"), numbered("192.0.2.%d")) // the account still counts
				if page := w.Browser(t).SignIn("viewer@example.com", password); page.Status != http.StatusTooManyRequests {
					t.Errorf("the eleventh guess at an account: %d", page.Status)
				}
			})
		})
	}
}

func TestATrustedProxyTellsVisitorsApart(t *testing.T) {
	inWorlds(t, webtest.Options{Proxied: webtest.Appending, Proxies: "127.0.0.1"}, func(t *testing.T, w world) {
		w.fail(t, 10, numbered("person%d@example.com"), always("192.0.2.1"))
		attacker := w.Browser(t)
		attacker.Header.Set("X-Forwarded-For", "198.51.100.1, 192.0.2.1") // claims to be another
		if page := attacker.SignIn("viewer@example.com", password); page.Status != http.StatusTooManyRequests {
			t.Errorf("the eleventh from the address: %d", page.Status)
		}
		b := w.Browser(t)
		b.Header.Set("X-Forwarded-For", "192.0.2.2")
		b.SignIn("admin@example.com", password)
		if got := w.renamed(t, b); got != "192.0.2.2" {
			t.Errorf("the activity shows the address %q", got)
		}
	})
}

// The page says nothing of the proxies where all is well.
func TestTheOperatorsPageSaysWhatToSet(t *testing.T) {
	const hidden, unused = "The addresses of visitors are not known.", "A header is not used."
	cases := map[string]struct {
		o            webtest.Options
		forwarded    http.Header
		wants, lacks []string
	}{
		"a proxy that is not trusted": {webtest.Options{Proxied: webtest.Appending}, nil,
			[]string{hidden, "start Bailiwick with --trusted-proxies 127.0.0.1, and"}, []string{unused}},
		"a silent one": {webtest.Options{Proxied: webtest.Silent}, nil, []string{hidden, "--trusted-proxies 127.0.0.1,"}, []string{unused}},
		"a trusted one that is silent": {webtest.Options{Proxied: webtest.Silent, Proxies: "127.0.0.1"}, nil,
			[]string{hidden, "which is trusted but does not tell the visitors’ addresses"}, []string{"--trusted-proxies", unused}},
		"a trusted one": {webtest.Options{Proxied: webtest.Appending, Proxies: "127.0.0.1"}, nil, nil, []string{hidden, unused}},
		"no proxy":      {webtest.Options{}, nil, nil, []string{hidden, unused}},
		"one that is not among them": {webtest.Options{Proxies: "10.0.0.7,192.168.0.0/16"}, http.Header{"X-Forwarded-For": {"192.0.2.1"}},
			[]string{unused, "127.0.0.1 sends X-Forwarded-For", "only then, start Bailiwick with --trusted-proxies 10.0.0.7,192.168.0.0/16,127.0.0.1."}, []string{hidden}},
		"another header": {webtest.Options{}, http.Header{"Forwarded": {"for=192.0.2.1"}},
			[]string{"127.0.0.1 sends Forwarded", "Have it set X-Forwarded-For as well"}, []string{hidden}},
		"one more header": {webtest.Options{}, http.Header{"X-Real-Ip": {"192.0.2.1"}}, []string{"127.0.0.1 sends X-Real-IP"}, []string{hidden}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			inVisitedWorldsWith(t, c.o, func(t *testing.T, w world) {
				b := w.Browser(t)
				b.Header = c.forwarded
				b.Get("/sign-in")
				page := w.as(t, "operator@vendor.example").Get("/operator")
				text := page.Text("main")
				for _, want := range c.wants {
					if !strings.Contains(strings.ToLower(text), strings.ToLower(want)) {
						t.Errorf("the page lacks %q: %s", want, text)
					}
				}
				for _, lack := range c.lacks {
					if strings.Contains(text, lack) {
						t.Errorf("the page says %q: %s", lack, text)
					}
				}
			})
		})
	}
}

// warnings gathers what is logged above the ordinary.
type warnings struct {
	mu    sync.Mutex
	lines strings.Builder
}

// Write takes a line of the log.
func (l *warnings) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lines.Write(line)
}

func TestAForwardedHeaderThatDoesNotCountIsLoggedOnce(t *testing.T) {
	lines := &warnings{}
	log := slog.NewTextHandler(lines, &slog.HandlerOptions{Level: slog.LevelWarn})
	inWorlds(t, webtest.Options{Log: log}, func(t *testing.T, w world) {
		lines.lines.Reset()
		b := w.Browser(t)
		for _, name := range []string{"X-Forwarded-For", "X-Real-Ip", "Forwarded"} {
			b.Header = http.Header{name: {"192.0.2.1"}}
			b.Get("/sign-in")
			b.Get("/healthz")
		}
		lines.mu.Lock()
		defer lines.mu.Unlock()
		text := lines.lines.String()
		if strings.Count(text, "forwarded header does not count") != 1 || !strings.Contains(text, "--trusted-proxies 127.0.0.1") {
			t.Errorf("logged: %s", text)
		}
	})
}
