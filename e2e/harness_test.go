package e2e

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// The tests below plant faults, so that a check that has gone blind doesn't pass for a clean console.

// serveFaults answers /refused with 403 and every other path with the markup, under a policy as strict as the console's.
func serveFaults(t *testing.T, markup string) (url string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:")
		switch r.URL.Path {
		case "/refused":
			w.WriteHeader(http.StatusForbidden)
		case "/missing.png":
			w.WriteHeader(http.StatusNotFound)
		}
		w.Write([]byte(`<!doctype html><html lang="en"><head><title>Planted</title><link rel="icon" href="data:,"></head>` +
			`<body><main><h1>Planted</h1>` + markup + `</main></body></html>`))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestAccessibilityCheckFindsPlantedViolations(t *testing.T) {
	sideBySide(t)
	planted := openTab(t, serveFaults(t, `<button></button><input type="text"><h4>Skipped levels</h4><p><font color="#eeeeee">Pale</font></p>`), tabOptions{})
	planted.open("/")
	broken := func(asked rules) (found []string) {
		for _, violation := range planted.violations(asked) {
			found = append(found, violation.ID)
		}
		return found
	}
	found := broken(everyRule)
	for _, rule := range []string{"button-name", "label", "heading-order", "color-contrast"} {
		if !slices.Contains(found, rule) {
			t.Errorf("rule %s is broken but only %v were found", rule, found)
		}
	}
	if found := broken(ofColours); !slices.Equal(found, []string{"color-contrast"}) {
		t.Errorf("of the rules about colours %v were found broken", found)
	}
}

func TestFaultsOfAPageAreNoticedAndItsRefusalIsNot(t *testing.T) {
	sideBySide(t)
	for name, test := range map[string]struct{ path, markup, want string }{
		"inline script": {path: "/", markup: `<script>let a</script>`, want: "Content Security Policy"},
		"inline style":  {path: "/", markup: `<p style="color:red">red</p>`, want: "Content Security Policy"},
		"missing file":  {path: "/", markup: `<img src="/missing.png" alt="">`, want: "status of 404"},
		"refused page":  {path: "/refused", markup: `<p>Ask an administrator.</p>`},
		"sound page":    {path: "/", markup: `<p>Sound.</p>`},
	} {
		t.Run(name, func(t *testing.T) {
			url := serveFaults(t, test.markup)
			context, err := browserOf(t).NewContext(contextOptions(url, tabOptions{}))
			must(t, err)
			defer context.Close()
			page, err := context.NewPage()
			must(t, err)
			faults := watch(page)
			_, err = page.Goto(test.path)
			must(t, err)
			must(t, page.Close())
			found := strings.Join(faults.list(), "\n")
			if test.want == "" && found != "" {
				t.Errorf("found faults in a page that has none: %s", found)
			}
			if !strings.Contains(found, test.want) {
				t.Errorf("found %q, which does not tell of %q", found, test.want)
			}
		})
	}
}
