package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bailiwick/web/webtest"
)

// inside is a browser of the vendor's agent, who has entered through an access for an hour.
func (v visited) inside(t *testing.T) (agent *webtest.Browser, key string) {
	t.Helper()
	if err := v.Console.SetVendorPassword(t.Context(), "agent@vendor.example", password); err != nil {
		t.Fatal(err)
	}
	access := v.asks(t, "CASE-1: does not rebuild", time.Hour)
	agent = v.as(t, "agent@vendor.example")
	wantPage(t, agent.Get("/o/acme/resources/content/sources"), http.StatusOK, "/o/acme/resources/content/sources")
	return agent, access.Key
}

// wantToldOfEnd holds that whatever the agent does next, the page where it leads says what became of the access.
func wantToldOfEnd(t *testing.T, agent *webtest.Browser, said string) {
	t.Helper()
	const source = "/o/acme/resources/content/sources/jira"
	typed := url.Values{"name": {"Typed"}, "revision": {"0"}}
	says := func(what string, page *webtest.Page, status int) {
		t.Helper()
		if text := page.Text("main"); page.Status != status || strings.Count(text, said) != 1 || strings.Contains(text, "Administrator") {
			t.Errorf("%s: %d at %s: %s", what, page.Status, page.Address, text)
		}
	}
	for _, path := range []string{"/o/acme/resources/content/sources", "/o/acme", "/o/acme/nothing", "/o/other", "/", "/support", "/profile"} {
		says("GET "+path, agent.Get(path), http.StatusOK)
	}
	says("a form that is kept", agent.Post(source, typed), http.StatusOK)
	says("a form that is not", agent.Post(source+"/delete", url.Values{}), http.StatusUnauthorized)
	says("a wrong password", agent.Post("/sign-in", url.Values{"email": {"agent@vendor.example"}, "password": {"wrong password"}}), http.StatusUnprocessableEntity)
	agent.Header = http.Header{"Hx-Request": {"true"}}
	if page := agent.Request(http.MethodGet, "/o/acme/resources/content/sources", nil); page.Header.Get("HX-Refresh") == "" {
		t.Errorf("a part of a page: %d, not loaded as a whole", page.Status)
	}
	preview := agent.Request(http.MethodPost, source+"/access", typed)
	says("a preview", preview, http.StatusUnauthorized)
	if preview.Header.Get("X-Access-Over") == "" || preview.Header.Get("HX-Reswap") != "none" {
		t.Errorf("the script is told %v", preview.Header)
	}
	agent.Header = nil
}

// wantNotToldOfEnd holds that a browser learns nothing of anybody's access.
func wantNotToldOfEnd(t *testing.T, who string, b *webtest.Browser) {
	t.Helper()
	for _, page := range []*webtest.Page{b.Get("/o/acme/resources/content/sources"), b.Post("/o/acme/groups/team/delete", url.Values{}), b.Get("/sign-in")} {
		if text := page.Text("main"); strings.Contains(text, "Your access to") || strings.Contains(text, "Acme") || page.Header.Get("X-Access-Over") != "" {
			t.Errorf("%s is told at %s: %s", who, page.Address, text)
		}
	}
}

// R21: the session ends with the access, so the next click leads to the page on which people sign in. It says why.
func TestRevokedAgentsNextClickSaysThatTheAccessWasRevokedAndWhen(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		agent, key := v.inside(t)
		elsewhere := v.as(t, "agent@vendor.example")
		elsewhere.Get("/o/acme/resources/content/sources")
		v.ends(t, elsewhere)
		v.clock.Advance(time.Minute)
		v.as(t, "admin@example.com").Get(accessPath+"/"+key+"/revoke").Submit("Revoke access", nil)
		said := "Your access to Acme was revoked on " + v.clock.Now().UTC().Format("2 January 2006, 15:04 UTC") + "."
		v.clock.Advance(time.Minute)
		wantToldOfEnd(t, agent, said)

		guessing := v.Browser(t)
		guessing.SetCookie("__Host-sid", "guessed")
		stranger := v.as(t, "admin@example.com")
		v.ends(t, stranger)
		for who, b := range map[string]*webtest.Browser{"nobody": v.Browser(t), "who guesses": guessing, "whose session somebody ended": stranger,
			"the agent’s session that ended before": elsewhere} {
			wantNotToldOfEnd(t, who, b)
		}
		agent.SignIn("agent@vendor.example", password)
		agent.Post("/sign-out", url.Values{})
		wantNotToldOfEnd(t, "who has signed in and out again", agent)
	})
}

func TestAgentWhoseAccessRanOutIsToldOnTheNextClick(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		ran, _ := v.inside(t)
		left := v.as(t, "agent@vendor.example")
		left.Get("/o/acme/resources/content/sources")
		for range 3 { // or the sessions are idle for too long
			v.clock.Advance(20 * time.Minute)
			ran.Get("/o/acme/resources/content/sources")
			left.Get("/profile")
		}
		first := v.as(t, "agent@vendor.example").Get("/o/acme/resources/content/sources") // which meets the end
		if !strings.Contains(first.Text("main"), "Your temporary access to Acme has expired") {
			t.Errorf("the first click: %d %s", first.Status, first.Text("main"))
		}
		for _, agent := range []*webtest.Browser{ran, left} {
			wantToldOfEnd(t, agent, "Your access to Acme ended on "+v.clock.Now().UTC().Format("2 January 2006, 15:04 UTC")+".")
		}
		v.clock.Advance(85 * time.Hour)
		wantNotToldOfEnd(t, "who comes back after days", ran)
	})
}

// A session from which somebody gives an access back goes on; their other ones are told that it was given back.
func TestAgentWhoGaveAnAccessBackElsewhereIsTold(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		agent, key := v.inside(t)
		here := v.as(t, "agent@vendor.example")
		here.Get("/o/acme/resources/content/sources")
		wantPage(t, here.Get("/support/acme/requests/"+key+"/end").Submit("End access", nil), http.StatusOK, "/support/-/requests")
		wantToldOfEnd(t, agent, "Your access to Acme was given back on "+v.clock.Now().UTC().Format("2 January 2006, 15:04 UTC")+".")
	})
}
