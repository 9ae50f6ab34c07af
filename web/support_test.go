package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/web/webtest"
)

const supportFile = `version: 1
vendor: {name: Example Vendor, support_mail: support@vendor.example}
operators: [operator@vendor.example]
categories:
  - key: specialist
    name: Product specialist
    longest: 336h
    may_request:
      search/query-pipelines: edit
  - key: support-agent
    name: Support agent
    longest: 72h
    justification: {min_length: 20, pattern: "CASE-[0-9]+", hint: "the number of the case, such as CASE-1234", link: https://cases.vendor.example/}
    may_request:
      content/fields: view
      content/sources: edit
      organization/groups: edit
personnel:
  - {email: agent@vendor.example, name: Support Agent, categories: [support-agent], organizations: [acme]}
  - {email: specialist@vendor.example, name: Product Specialist, categories: [specialist, support-agent]}
`

const because = "CASE-1234: the Jira source does not rebuild"

// inVisitedWorlds is inWorlds with the vendor's people, who have passwords.
func inVisitedWorlds(t *testing.T, body func(t *testing.T, w world)) {
	t.Helper()
	inVisitedWorldsWith(t, webtest.Options{}, body)
}

func inVisitedWorldsWith(t *testing.T, o webtest.Options, body func(t *testing.T, w world)) {
	t.Helper()
	inWorlds(t, o, func(t *testing.T, w world) {
		file, found := files.ReadOperator("operator.yaml", []byte(supportFile), w.Console.Catalog())
		if len(found) > 0 {
			t.Fatal(found)
		}
		if _, err := w.Console.ApplyOperator(context.Background(), "operator.yaml", file, services.ApplyOptions{}); err != nil {
			t.Fatal(err)
		}
		for _, email := range []string{"agent@vendor.example", "specialist@vendor.example", "operator@vendor.example"} {
			if err := w.Console.SetVendorPassword(context.Background(), email, password); err != nil {
				t.Fatal(err)
			}
		}
		body(t, w)
	})
}

// lent is a form that the agent's category allows.
func lent(changes url.Values) url.Values {
	form := url.Values{"level.content/sources": {"edit"}, "justification": {because}, "for": {"3600"}}
	for name, values := range changes {
		form[name] = values
	}
	return form
}

func request(t *testing.T, b *webtest.Browser, changes url.Values) *webtest.Page {
	t.Helper()
	return b.Get("/support/acme").Submit("Request access", lent(changes))
}

func TestPersonnelAloneFindTheSupportPages(t *testing.T) {
	inVisitedWorlds(t, func(t *testing.T, w world) {
		for _, email := range []string{"admin@example.com", "viewer@example.com", "operator@vendor.example"} {
			b := w.as(t, email)
			for _, path := range []string{"/support", "/support/-/requests", "/support/acme", "/support/acme/requests/none/end"} {
				if page := b.Get(path); page.Status != http.StatusNotFound {
					t.Errorf("%s at %s: %d", email, path, page.Status)
				}
			}
			for _, path := range []string{"/support/acme", "/support/acme/preview", "/support/acme/requests/none/end"} {
				if page := b.Post(path, lent(nil)); page.Status != http.StatusNotFound {
					t.Errorf("%s posts to %s: %d", email, path, page.Status)
				}
			}
		}
		agent := w.as(t, "agent@vendor.example")
		for _, path := range []string{"/support/globex", "/support/nowhere"} {
			if page := agent.Get(path); page.Status != http.StatusNotFound {
				t.Errorf("an organization that the agent does not support, at %s: %d", path, page.Status)
			}
		}
	})
}

func TestAccessIsGrantedAtOnceAndGivenBack(t *testing.T) {
	inVisitedWorlds(t, func(t *testing.T, w world) {
		b := w.as(t, "agent@vendor.example")
		home := b.Get("/")
		wantPage(t, home, http.StatusOK, "/support")
		if rows := home.Find("tbody tr"); rows.Length() != 1 || home.Text("tbody th .entry-name") != "Acme" {
			t.Errorf("the agent supports %q", home.Text("tbody"))
		}
		if page := b.Get("/o/acme"); page.Status != http.StatusNotFound {
			t.Errorf("before asking: %d", page.Status)
		}
		granted := request(t, b, nil)
		wantPage(t, granted, http.StatusOK, "/support/-/requests")
		if got := granted.Text("tbody tr"); !strings.Contains(got, because) || !strings.Contains(got, "Active") {
			t.Errorf("own requests: %q", got)
		}
		sources := b.Get("/o/acme/resources/content/sources")
		wantPage(t, sources, http.StatusOK, "/o/acme/resources/content/sources")
		banner := sources.Text(".visit")
		for _, want := range []string{"Support Agent", because, w.clock.Now().Add(time.Hour).UTC().Format("2 Jan 2006, 15:04") + " UTC"} {
			if !strings.Contains(banner, want) {
				t.Errorf("the banner does not say %q: %q", want, banner)
			}
		}
		if left := sources.Find("[data-countdown]").AttrOr("data-countdown", ""); left != "3600" {
			t.Errorf("%q seconds are left", left)
		}
		if page := b.Get("/o/acme/api-keys"); page.Status != http.StatusForbidden || page.Find(".visit").Length() != 1 {
			t.Errorf("what was not asked for: %d with %d banners", page.Status, page.Find(".visit").Length())
		}
		ask := b.Get(granted.Find("td.end a").AttrOr("href", ""))
		ended := ask.Submit("End access", nil)
		if got := ended.Text("tbody tr"); !strings.Contains(got, "Ended") || strings.Contains(got, "Active") {
			t.Errorf("after ending: %q", got)
		}
		over := b.Get("/o/acme/resources/content/sources")
		if text := over.Text("main"); over.Status != http.StatusNotFound || !strings.Contains(text, "Your temporary access to Acme was given back") || !strings.Contains(text, "It ended on ") {
			t.Errorf("after ending: %d, %s", over.Status, text)
		}
		if again := ask.Submit("End access", nil); !strings.Contains(again.Text("main"), "This access has already ended.") {
			t.Errorf("ended twice: %d %s", again.Status, again.Text("main"))
		}
	})
}

func TestARefusedRequestSaysWhyAtItsFieldAndKeepsTheRest(t *testing.T) {
	inVisitedWorlds(t, func(t *testing.T, w world) {
		b := w.as(t, "agent@vendor.example")
		tooLate := w.clock.Now().Add(73 * time.Hour).UTC().Format("2006-01-02T15:04")
		for name, refused := range map[string]struct {
			form    url.Values
			at, say string
		}{
			"too much":            {url.Values{"level.content/fields": {"edit"}}, "#content-fields-error", "does not allow"},
			"no level at all":     {url.Values{"level.content/fields": {"everything"}}, "#content-fields-error", "Fields offers"},
			"nothing chosen":      {url.Values{"level.content/sources": {"none"}}, "#privileges-error", "at least one"},
			"too short":           {url.Values{"justification": {"CASE-1"}}, "#justification-error", "20 characters or more"},
			"without a case":      {url.Values{"justification": {"because somebody asked me to"}}, "#justification-error", "Name the number of the case, such as CASE-1234."},
			"too long":            {url.Values{"for": {"until"}, "until": {tooLate}}, "#until-error", "at most 3 days from now"},
			"longer than the max": {url.Values{"for": {"1000000"}}, "#until-error", "at most 3 days from now"},
			"no moment":           {url.Values{"for": {"until"}, "until": {"soon"}}, "#until-error", "Enter a date and a time"},
			"over":                {url.Values{"for": {"until"}, "until": {"2020-01-01T10:00"}}, "#until-error", "Choose a time in the future. It is "},
		} {
			form := lent(refused.form)
			form.Set("description", "as agreed by phone")
			page := b.Post("/support/acme", form)
			if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text(refused.at), refused.say) {
				t.Errorf("%s: %d, at the field %q, errors %q", name, page.Status, page.Text(refused.at), page.Text("[role=alert]"))
			}
			if page.Text("#description") != "as agreed by phone" || page.Text("#justification") != form.Get("justification") || page.Find("#until").AttrOr("value", "") != form.Get("until") {
				t.Errorf("%s: what was typed is lost", name)
			}
		}
		if page := b.Get("/support/-/requests"); page.Find("tbody tr").Length() != 0 {
			t.Errorf("a refused request is there: %s", page.Text("tbody"))
		}
	})
}

func TestAnExpiredAccessRefusesTheNextRequest(t *testing.T) {
	inVisitedWorlds(t, func(t *testing.T, w world) {
		b := w.as(t, "agent@vendor.example")
		request(t, b, nil)
		w.clock.Advance(time.Hour - time.Second)
		b = w.as(t, "agent@vendor.example")
		wantPage(t, b.Get("/o/acme/resources/content/sources"), http.StatusOK, "/o/acme/resources/content/sources")
		w.clock.Advance(time.Second)
		if page := b.Get("/o/acme/resources/content/sources"); page.Status == http.StatusOK {
			t.Errorf("after the end: %d %s", page.Status, page.Text("main"))
		}
		requests := w.as(t, "agent@vendor.example").Get("/support/-/requests")
		if got := requests.Text("tbody tr"); !strings.Contains(got, "Expired") || requests.Find("td.end a").Length() != 0 {
			t.Errorf("own requests: %q", got)
		}
	})
}

func TestWhereSupportAccessIsOffNobodyCanAsk(t *testing.T) {
	inVisitedWorlds(t, func(t *testing.T, w world) {
		b := w.as(t, "agent@vendor.example")
		form := b.Get("/support/acme")
		o, err := w.Store.OrganizationByKey(t.Context(), "acme")
		if err == nil {
			err = w.Store.In(o.ID).SetSupportAccess(t.Context(), false)
		}
		if err != nil {
			t.Fatal(err)
		}
		if page := b.Get("/support"); page.Text("td .chip") != "Support access is off" || page.Find("td a").Length() != 0 {
			t.Errorf("the list says %q", page.Text("tbody"))
		}
		for _, page := range []*webtest.Page{b.Get("/support/acme"), form.Submit("Request access", lent(nil))} {
			if page.Status < http.StatusBadRequest || page.Find("textarea").Length() != 0 || !strings.Contains(page.Text("main"), "switched support access off") {
				t.Errorf("%d %s", page.Status, page.Text("main"))
			}
		}
	})
}

func TestSeveralCategoriesAddUpAndTheRulesOfEachHold(t *testing.T) {
	inVisitedWorlds(t, func(t *testing.T, w world) {
		form := w.as(t, "specialist@vendor.example").Get("/support/acme")
		if n := form.Find("#content-sources, #search-query-pipelines").Length(); n != 2 {
			t.Errorf("both categories offer %d of two privileges", n)
		}
		one := form.Submit("Show what these allow", url.Values{"categories": {"specialist"}, "justification": {"tuning"}})
		if one.Find("#content-sources").Length() != 0 || one.Find("#search-query-pipelines").Length() != 1 || one.Text("#justification") != "tuning" {
			t.Errorf("one category: %s", one.Text("#privileges"))
		}
		if !strings.Contains(one.Text("#lasting-help"), "14 days at most") || !strings.Contains(form.Text("#lasting-help"), "3 days at most") {
			t.Errorf("at most: %q and %q", form.Text("#lasting-help"), one.Text("#lasting-help"))
		}
		none := form.Submit("Request access", url.Values{"categories": {}, "level.content/sources": {"view"}, "justification": {because}})
		if none.Status != http.StatusUnprocessableEntity || none.Text("#categories-error") == "" {
			t.Errorf("no category: %d %q", none.Status, none.Text("[role=alert]"))
		}
		granted := one.Submit("Request access", url.Values{"level.search/query-pipelines": {"edit"}})
		wantPage(t, granted, http.StatusOK, "/support/-/requests")
		if got := granted.Text("tbody tr"); !strings.Contains(got, "Product specialist") || strings.Contains(got, "Support agent") {
			t.Errorf("granted as %q", got)
		}
	})
}
