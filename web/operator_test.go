package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// Operators see what their file says; nobody else finds the page, not even those whom the file is about.
func TestOperatorsReadWhatTheirFileSays(t *testing.T) {
	inVisitedWorlds(t, func(t *testing.T, w world) {
		for _, email := range []string{"agent@vendor.example", "admin@example.com"} {
			if page := w.as(t, email).Get("/operator"); page.Status != http.StatusNotFound {
				t.Errorf("%s gets %d", email, page.Status)
			}
		}
		wantPage(t, w.Browser(t).Get("/operator"), http.StatusOK, "/sign-in?next=%2Foperator")
		page := w.as(t, "operator@vendor.example").Get("/")
		wantPage(t, page, http.StatusOK, "/operator")
		if got := page.Text("section[aria-labelledby=vendor]"); !strings.Contains(got, "Example Vendor") || !strings.Contains(got, "operator@vendor.example") {
			t.Errorf("the vendor reads %q", got)
		}
		agents := page.Text("section[aria-labelledby=category-support-agent]")
		for _, want := range []string{"Support agent", "3 days", "20 characters or more, name the number of the case, such as CASE-1234", "Content / Sources Edit all", "Organization / Groups Edit all"} {
			if !strings.Contains(agents, want) {
				t.Errorf("the category lacks %q: %s", want, agents)
			}
		}
		people := page.Text("section[aria-labelledby=personnel]")
		for _, want := range []string{"agent@vendor.example acmeSupport agentacme", "Product specialist, Support agentAll organizations"} {
			if !strings.Contains(people, want) {
				t.Errorf("the personnel lack %q: %s", want, people)
			}
		}
		if n := page.Find("main form").Length(); n != 0 {
			t.Errorf("%d forms on a page that only reads", n)
		}
	})
}
