package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// thingAt are the parts of addresses that name one thing.
var thingAt = []string{":group", ":key", ":resource", ":member"}

// Attack: keys and numbers of another organization, of nothing, and what is no key or number at all, put into every
// address that names a thing: found in the table of routes, so that one added later is here too. Nobody can tell one from
// another by a single byte, and an administrator is told that there is nothing (R15).
func TestNoAddressTellsForeignThingsFromNone(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		foreign := map[string]string{":group": "elsewhere", ":key": "elsewhere", ":resource": "elsewhere",
			":member": w.member(t, "strange", "stranger@example.com")}
		none := map[string][]string{":member": {"999999", "0", "-1", "01", "+1", "1e3", "99999999999999999999", "x", "%00", "..%2Fx"}}
		for _, key := range thingAt[:3] {
			none[key] = []string{"no-such-key", "0", "-1", "..%2Fx", "%00", "%F0%9F%98%80", strings.Repeat("k", 64), "ELSEWHERE"}
		}
		before := w.state(t)
		for _, email := range []string{"admin@example.com", "reader@example.com", "insider@example.com"} {
			b := w.as(t, email)
			routes := 0
			for _, route := range patterns(t, w) {
				thing := thingIn(route.Path)
				if thing == "" {
					continue
				}
				routes++
				path := strings.NewReplacer(":organization", "story", ":service", "content", ":domain", "sources").Replace(route.Path)
				status, want := told(b, route.Method, path, thing, foreign[thing])
				if email == "admin@example.com" && status != http.StatusNotFound || status < http.StatusBadRequest || status >= http.StatusInternalServerError {
					t.Errorf("%s %s of another organization as %s: %d", route.Method, route.Path, email, status)
				}
				for _, key := range none[thing] {
					if got, body := told(b, route.Method, path, thing, key); got != status || body != want {
						t.Errorf("%s %s for %.20s as %s: %d, or other bytes than for another organization’s", route.Method, route.Path, key, email, got)
					}
				}
			}
			if routes < 40 {
				t.Fatalf("only %d addresses name a thing", routes)
			}
		}
		if w.state(t) != before {
			t.Error("something was changed")
		}
	})
}

// thingIn is the part of an address that names a thing, "" where there is none.
func thingIn(path string) string {
	for _, thing := range thingAt {
		if strings.Contains(path+"/", thing+"/") {
			return thing
		}
	}
	return ""
}

// told is the answer about a thing, without the address that was asked for.
func told(b *webtest.Browser, method, path, thing, key string) (status int, body string) {
	var form url.Values
	if method != http.MethodGet {
		form = url.Values{}
	}
	path = strings.Replace(path, thing, key, 1)
	page := b.Request(method, path, form)
	return page.Status, strings.ReplaceAll(page.Body, path, "ADDRESS")
}
