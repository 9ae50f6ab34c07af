package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"bailiwick/services"
	"bailiwick/web/webtest"
)

// More than 1,000 rows are refused by every action on many, with nothing done: whatever was sent is no review that a page showed.
func TestEveryActionOnManyRefusesMoreThanAThousandRows(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin, before, doors := w.as(t, "admin@example.com"), w.stateOf(t, "acme"), 0
		form := url.Values{}
		for n := range services.MaxMany + 1 {
			form.Add("row", strconv.Itoa(n+1))
		}
		for _, route := range w.Handler.Routes() {
			if route.Method != http.MethodPost || !strings.Contains(route.Path, "/-/many/") || strings.HasSuffix(route.Path, "/links/file") {
				continue // the links of a file are those that a page has shown
			}
			doors++
			page := admin.Request(http.MethodPost, w.fill(t, route.Path), form)
			if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text("main"), "1,001") {
				t.Errorf("%s: %d %s", route.Path, page.Status, page.Text("main"))
			}
		}
		if doors < 15 {
			t.Errorf("only %d actions on many were found", doors)
		}
		if w.stateOf(t, "acme") != before {
			t.Error("something was done")
		}
	})
}
