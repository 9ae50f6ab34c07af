package web_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"bailiwick/services"
	"bailiwick/web/webtest"
)

// The keeper edits one key of three and may add others; the looker only looks; the viewer sees no keys at all.
const keyFile = `
version: 1
organization: {key: acme, name: Acme}
groups:
  - key: keepers
    name: Keepers
    privileges:
      analytics/analytics-data: push
      content/sources: view
      organization/api-keys: {level: custom, can_create: true, edit: [strong, weak]}
      organization/organization: view
      search/execute-queries: allowed
  - key: lookers
    name: Lookers
    privileges:
      organization/api-keys: view
      organization/organization: view
  - key: viewers
    name: Viewers
    privileges:
      content/sources: view
      organization/groups: view
      organization/organization: view
members:
  - {email: admin@example.com, name: Administrator, groups: [administrators]}
  - {email: keeper@example.com, name: Keeper, groups: [keepers]}
  - {email: looker@example.com, name: Looker, groups: [lookers]}
  - {email: viewer@example.com, name: Viewer, groups: [viewers]}
api_keys:
  - {key: strong, name: Strong, expires: 2027-01-10T00:00:00Z, privileges: {content/sources: {level: custom, edit: [jira]}}}
  - {key: weak, name: Weak, template: custom, privileges: {content/sources: view}}
  - {key: past, name: Past, expires: 2026-01-10T00:00:00Z, privileges: {content/sources: view}}
resources:
  content/sources:
    - {key: jira, name: Jira}
    - {key: web, name: Web}
`

func onKeys(t *testing.T, body func(t *testing.T, w world)) {
	t.Helper()
	inCopies(t, peopled([]string{keyFile}, "acme: admin keeper looker viewer"), webtest.Options{}, body)
}

var secretForm = regexp.MustCompile(`bwk_[a-z2-7]{10}_[a-z2-7]{52}[0-9A-Za-z]{6}`)

// secretOn is the secret that a page shows.
func secretOn(t *testing.T, page *webtest.Page) string {
	t.Helper()
	secret := page.Find("input#secret[readonly]").AttrOr("value", "")
	if page.Status != http.StatusOK || !secretForm.MatchString(secret) {
		t.Fatalf("%d at %s shows no secret: %s", page.Status, page.Address, page.Text("main"))
	}
	return secret
}

func (w world) wantOpens(t *testing.T, secret string, want error) {
	t.Helper()
	if _, err := w.Console.AuthenticateKey(context.Background(), secret, "192.0.2.1"); err != want {
		t.Errorf("the secret opens with %v, want %v", err, want)
	}
}

func TestAPIKeyIsMadeOfATemplateAndItsSecretShownOnce(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		b := w.as(t, "keeper@example.com")
		form := b.Get("/o/acme/api-keys/-/add")
		if got := form.Find("#expires").AttrOr("value", ""); got != "2027-04-03" {
			t.Errorf("proposed is %s, want the last of 90 days", got)
		}
		for template, locked := range map[string]bool{"anonymous-search": false, "authenticated-search": true, "usage-analytics": true, "custom": false} {
			option := form.Find(`input[name=template][value="` + template + `"]`)
			if _, disabled := option.Attr("disabled"); disabled != locked || strings.Contains(option.Closest("label").Text(), "You can’t use it") != locked {
				t.Errorf("%s is locked: %v, want %v with the reason: %s", template, disabled, locked, option.Closest("label").Text())
			}
		}
		page := form.Submit("Add API key", url.Values{"template": {"anonymous-search"}, "name": {"Website"}, "allow": {"10.0.0.0/8\n192.0.2.1"}})
		secret := secretOn(t, page)
		w.wantOpens(t, secret, nil)
		if page.Header.Get("Cache-Control") != "no-store" || strings.Contains(page.Address.String(), "bwk_") {
			t.Errorf("the answer at %s may be kept: %q", page.Address, page.Header.Get("Cache-Control"))
		}
		for _, path := range []string{"/o/acme/api-keys", "/o/acme/api-keys?selected=website", "/o/acme/api-keys/website", "/o/acme/api-keys/website/privileges"} {
			if again := b.Get(path); again.Status != http.StatusOK || strings.Contains(again.Body, secret[20:60]) {
				t.Errorf("%s: %d, or shows the secret", path, again.Status)
			}
		}
	})
}

// Attack, or a hand on F5: the answer that shows a secret is loaded again, which sends its form again.
func TestReloadingASecretMakesNothingNew(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		b := w.as(t, "admin@example.com")
		form := b.Get("/o/acme/api-keys/-/add")
		once := url.Values{"once": {form.Find("input[name=once]").AttrOr("value", "")}, "template": {"custom"}, "name": {"Importer"}, "expires": {"2027-02-01"}}
		for path, sent := range map[string]url.Values{
			"/o/acme/api-keys/-/add":          once,
			"/o/acme/api-keys/weak/duplicate": {"once": {b.Get("/o/acme/api-keys/weak/duplicate").Find("dialog input[name=once]").AttrOr("value", "")}},
			"/o/acme/api-keys/past/rotate": {"once": {b.Get("/o/acme/api-keys/past/rotate").Find("dialog input[name=once]").AttrOr("value", "")},
				"revision": {"0"}, "keep": {"0"}},
		} {
			secret := secretOn(t, b.Post(path, sent))
			before := b.Get("/o/acme/api-keys").Find("tbody tr").Length()
			again := b.Post(path, sent)
			wantPage(t, again, http.StatusOK, "/o/acme/api-keys")
			if !strings.Contains(again.Text("main"), "Nothing was changed.") || again.Find("tbody tr").Length() != before || secretForm.MatchString(again.Body) {
				t.Errorf("%s again: %s", path, again.Text("main"))
			}
			if _, err := w.Console.AuthenticateKey(context.Background(), secret, "192.0.2.1"); err == services.ErrKeyUnknown {
				t.Errorf("%s again ended the secret", path)
			}
		}
	})
}

func TestAPIKeyFormKeepsWhatWasTypedOverItsTabs(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		b := w.as(t, "admin@example.com")
		page := b.Get("/o/acme/api-keys/-/add").Submit("Privileges", url.Values{"name": {"Importer"}, "deny": {"10.0.0.1\n10.0.0.2"}})
		if !strings.Contains(page.Text("[role=alert]"), "The template sets what the key may do.") || page.Find("#name").AttrOr("value", "") != "Importer" {
			t.Fatalf("without a template: %s", page.Text("main"))
		}
		page = page.Submit("Privileges", url.Values{"template": {"custom"}, "description": {"Asks Jira.\nEvery night."}})
		for _, domain := range []string{"d-organization-api-keys", "d-search-impersonate"} {
			if open := page.Find("#" + domain + " input[type=radio]:not([disabled])"); open.Length() != 1 || !strings.Contains(page.Text("#"+domain+" .domain-note"), "can’t hold a privilege here") && !strings.Contains(page.Text("#"+domain+" .domain-note"), "No API key") {
				t.Errorf("%s has %d levels to choose: %s", domain, open.Length(), page.Text("#"+domain))
			}
		}
		if page.Find("details.menu button[name=preset]").Length() != 0 {
			t.Error("a key has presets, which are for people")
		}
		page = page.Submit("Access", url.Values{"level.content/sources": {"custom"}, "edit.content/sources.web": {"edit"}})
		if page.Find(`select[aria-label^="Access level of "]`).Length() == 0 || strings.Contains(page.Text("main"), "Strong") {
			t.Errorf("the Access tab of a key: %s", page.Text("main"))
		}
		page = page.Submit("Add API key", nil)
		secretOn(t, page)
		page = b.Get("/o/acme/api-keys/importer")
		for field, want := range map[string]string{"#description": "Asks Jira. Every night.", "#deny": "10.0.0.1\n10.0.0.2"} {
			if got := page.Find(field).Text(); got != want {
				t.Errorf("%s holds %q, want %q", field, got, want)
			}
		}
		if row := b.Get("/o/acme/api-keys/importer/privileges").Find(`[name="edit.content/sources.web"][checked]`); row.AttrOr("value", "") != "edit" {
			t.Error("the key may not edit the source that was chosen")
		}
	})
}

func TestErrorsOfAnAPIKeyStandAtTheirFields(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		b := w.as(t, "admin@example.com")
		long := strings.Repeat("x", 1001)
		for _, wrong := range []url.Values{
			{"name": {"WEAK"}, "expires": {"2029-01-01"}, "allow": {"10.0.0.0/8\n" + addresses(200)}, "description": {long}},
			// what can't be read, and the texts beside it
			{"name": {strings.Repeat("x", 126)}, "expires": {"1.4.2027"}, "allow": {"10.0.0.0/8\nintranet"}, "deny": {"10.9.0.0/16\nextranet"}, "description": {long}},
		} {
			added := url.Values{"template": {"custom"}}
			maps.Copy(added, wrong)
			for what, page := range map[string]*webtest.Page{
				"adding":  b.Get("/o/acme/api-keys/-/add").Submit("Add API key", added),
				"editing": b.Get("/o/acme/api-keys/strong").Submit("Save", wrong),
			} {
				if page.Status != http.StatusUnprocessableEntity {
					t.Errorf("%s: %d", what, page.Status)
				}
				for field, value := range wrong {
					typed := page.Find("#" + field)
					if typed.AttrOr("aria-invalid", "") != "true" || page.Text("#"+field+"-error") == "" || typed.AttrOr("value", typed.Text()) != value[0] {
						t.Errorf("%s: %s has no error, or lost what was typed", what, field)
					}
					if strings.Contains(value[0], "tranet") && !strings.Contains(page.Text("#"+field+"-error"), "Line 2") {
						t.Errorf("%s: the error does not say which line: %s", what, page.Text("#"+field+"-error"))
					}
				}
			}
		}
	})
}

// addresses are so many, one a line.
func addresses(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "192.0.2.%d\n", i)
	}
	return b.String()
}

func TestAKeyThatCannotBeReadIsRefusedToWhoMayNotEditIt(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		unreadable := url.Values{"revision": {"1"}, "name": {"Weak"}, "expires": {"tomorrow"}, "template": {"custom"}}
		for _, path := range []string{"/o/acme/api-keys/weak", "/o/acme/api-keys/-/add"} {
			if page := w.as(t, "looker@example.com").Post(path, unreadable); page.Status != http.StatusForbidden {
				t.Errorf("%s answers %d", path, page.Status)
			}
		}
	})
}

func TestActionBarOfAPIKeysShowsWhatTheViewerMayDo(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		for _, test := range []struct{ who, key, buttons, why string }{
			{"admin", "strong", "Edit Duplicate Deactivate Rotate Delete", ""},
			{"keeper", "weak", "Edit Duplicate Deactivate Rotate Delete", ""},
			{"keeper", "strong", "Edit Deactivate Delete", "You can’t duplicate or rotate it: it goes beyond your own privileges on Content / Sources."},
			{"keeper", "past", "View Duplicate", "Your groups let you view this API key, not edit it."},
			{"looker", "weak", "View", "Your groups let you view this API key, not edit it."},
		} {
			page := w.as(t, test.who+"@example.com").Get("/o/acme/api-keys?selected=" + test.key)
			var buttons []string
			for _, label := range []string{"Edit", "View", "Duplicate", "Activate", "Deactivate", "Rotate", "Delete"} {
				if page.Find(`.actionbar-actions > a, .actionbar-actions > button`).FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.TrimSpace(s.Text()) == label }).Length() == 1 {
					buttons = append(buttons, label)
				}
			}
			why := strings.TrimSpace(strings.TrimSuffix(page.Text(".actionbar-why"), "Why these actions?"))
			if got := strings.Join(buttons, " "); got != test.buttons || why != test.why {
				t.Errorf("%s on %s: %q, want %q with %q: %s", test.who, test.key, got, test.buttons, test.why, page.Text("[role=toolbar]"))
			}
		}
	})
}

func TestStatusesOfAPIKeysFollowTheClock(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		b := w.as(t, "looker@example.com")
		page := b.Get("/o/acme/api-keys")
		for key, want := range map[string]string{"strong": "Expiring soon", "weak": "Active", "past": "Expired"} {
			if got := strings.TrimSpace(page.Find("#pick-" + key).Closest("tr").Find(".status").Text()); got != want {
				t.Errorf("%s reads %q, want %q", key, got, want)
			}
		}
		if got := page.Text(".callout[data-tone=warning]"); !strings.Contains(got, "1 key expires within 14 days.") {
			t.Errorf("the warning reads %q", got)
		}
		shown := b.Get(page.Find(".callout a").AttrOr("href", ""))
		if shown.Find("tbody tr").Length() != 1 || shown.Find("#pick-strong").Length() != 1 || shown.Find(".callout a").Length() != 0 {
			t.Errorf("the warning leads to %s", shown.Text("main"))
		}
		w.as(t, "admin@example.com").Get("/o/acme/api-keys?selected=strong").Submit("Deactivate", nil)
		page = b.Get("/o/acme/api-keys?status=disabled")
		if page.Find("tbody tr").Length() != 1 || page.Find(".callout").Length() != 0 {
			t.Errorf("after it was switched off: %s", page.Text("main"))
		}
	})
}

func TestRotationKeepsTheOldSecretAsChosen(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		b := w.as(t, "admin@example.com")
		first := secretOn(t, b.Get("/o/acme/api-keys/strong/rotate").Submit("Make a new secret", nil))
		page := b.Get("/o/acme/api-keys/strong/rotate")
		if page.Find("input[name=keep]").Length() != 4 {
			t.Errorf("choices of days: %s", page.Text("dialog"))
		}
		second := page.Submit("Make a new secret", url.Values{"keep": {"1"}})
		if !strings.Contains(second.Text("main"), "5 Jan 2027, 09:00 UTC") {
			t.Errorf("the page does not say until when the old secret works: %s", second.Text("main"))
		}
		w.wantOpens(t, secretOn(t, second), nil)
		w.wantOpens(t, first, nil)
		for keep, status := range map[string]int{"31": 422, "-1": 422} {
			form := b.Get("/o/acme/api-keys/strong/rotate")
			if page := b.Post("/o/acme/api-keys/strong/rotate", url.Values{"keep": {keep}, "once": {form.Find("dialog input[name=once]").AttrOr("value", "")},
				"revision": {form.Find("dialog input[name=revision]").AttrOr("value", "")}}); page.Status != status {
				t.Errorf("kept for %s days: %d, want %d", keep, page.Status, status)
			}
		}
	})
}

func TestTwoWhoEditOneKeyBothSeeWhatTheOtherSaved(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		one, two := w.as(t, "admin@example.com"), w.as(t, "keeper@example.com")
		old, oldTab := one.Get("/o/acme/api-keys/weak"), one.Get("/o/acme/api-keys/weak/privileges")
		two.Get("/o/acme/api-keys/weak").Submit("Save", url.Values{"description": {"Theirs"}})
		page := old.Submit("Save", url.Values{"description": {"Mine"}})
		if page.Status != http.StatusConflict || !strings.Contains(page.Text(".conflict"), "Theirs") || page.Find("#description").Text() != "Mine" {
			t.Errorf("%d %s", page.Status, page.Text("main"))
		}
		tab := oldTab.Submit("Save", url.Values{"level.content/sources": {"edit"}})
		if tab.Status != http.StatusConflict || tab.Find(`[name="level.content/sources"][checked]`).AttrOr("value", "") != "edit" {
			t.Errorf("%d %s", tab.Status, tab.Text(".conflict"))
		}
		wantPage(t, tab.Submit("Save", nil), http.StatusOK, "/o/acme/api-keys/weak/privileges")
	})
}

func TestKeysOpenToWhoMayViewThem(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		viewer, looker := w.as(t, "viewer@example.com"), w.as(t, "looker@example.com")
		if viewer.Get("/o/acme/groups").Find(`nav a[href="/o/acme/api-keys"]`).Length() != 0 || looker.Get("/o/acme/api-keys").Find(`nav a[href="/o/acme/api-keys"][aria-current]`).Length() != 1 {
			t.Error("the navigation shows API keys to others than those who may view them")
		}
		var bodies []string
		for _, key := range []string{"weak", "none"} {
			for _, path := range []string{"", "/privileges", "/access"} {
				page := viewer.Get("/o/acme/api-keys/" + key + path)
				if page.Status != http.StatusForbidden {
					t.Errorf("%s%s: %d", key, path, page.Status)
				}
				bodies = append(bodies, page.Text("main"))
			}
		}
		for _, body := range bodies {
			if body != bodies[0] {
				t.Errorf("%q tells more than %q", body, bodies[0])
			}
		}
		for _, path := range []string{"", "/privileges", "/access"} {
			page := looker.Get("/o/acme/api-keys/weak" + path)
			if page.Status != http.StatusOK || page.Find("main form[method=post]").Length() != 0 || !strings.Contains(page.Text("main"), "View only.") {
				t.Errorf("weak%s to who may only look: %d %s", path, page.Status, page.Text("main"))
			}
		}
	})
}

// Attack: use an API key where people come in. Pages take sessions and nothing else.
func TestPagesNeverAcceptAPIKeys(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		secret := secretOn(t, w.as(t, "admin@example.com").Get("/o/acme/api-keys/weak/rotate").Submit("Make a new secret", nil))
		w.wantOpens(t, secret, nil)
		stranger, viewer, plain := w.Browser(t), w.as(t, "viewer@example.com"), w.as(t, "viewer@example.com")
		for _, header := range []string{"Bearer " + secret, "bearer " + secret, "Basic " + secret, secret} {
			for _, name := range []string{"Authorization", "X-Api-Key"} {
				stranger.Header, viewer.Header = http.Header{name: {header}}, http.Header{name: {header}}
				if page := stranger.Request(http.MethodGet, "/o/acme/resources/content/sources", nil); page.Status != http.StatusSeeOther || !strings.HasPrefix(page.Header.Get("Location"), "/sign-in") {
					t.Errorf("%s: %.10s opens a page to a stranger: %d", name, header, page.Status)
				}
				for _, path := range []string{"/o/acme/resources/content/sources", "/o/acme/api-keys", "/o/acme/groups"} {
					with, without := viewer.Request(http.MethodGet, path, nil), plain.Request(http.MethodGet, path, nil)
					if with.Status != without.Status || with.Text("body") != without.Text("body") {
						t.Errorf("%s: %.10s changes %s: %d, not %d", name, header, path, with.Status, without.Status)
					}
				}
			}
		}
	})
}
