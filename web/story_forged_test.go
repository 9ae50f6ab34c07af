package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/web/webtest"
)

// asked are the ways to name a thing, with KEY for its key.
var asked = []struct {
	method, path string
	form         url.Values
}{
	{http.MethodGet, "/o/story/groups/KEY", nil},
	{http.MethodGet, "/o/story/groups/KEY/members", nil},
	{http.MethodGet, "/o/story/groups/KEY/privileges", nil},
	{http.MethodGet, "/o/story/groups/KEY/access", nil},
	{http.MethodGet, "/o/story/groups/KEY/delete", nil},
	{http.MethodPost, "/o/story/groups/KEY", url.Values{"name": {"Forged"}, "revision": {"0"}}},
	{http.MethodPost, "/o/story/groups/KEY/members/-/invite", url.Values{"who_typed": {"reader@example.com"}}},
	{http.MethodPost, "/o/story/groups/KEY/members/-/delete", url.Values{"member": {"reader@example.com"}}},
	{http.MethodPost, "/o/story/groups/KEY/privileges", url.Values{"level.content/fields": {"view"}, "revision": {"0"}}},
	{http.MethodPost, "/o/story/groups/KEY/access", url.Values{"access.group:readers": {"edit"}, "revision": {"0"}}},
	{http.MethodPost, "/o/story/groups/KEY/duplicate", url.Values{}},
	{http.MethodPost, "/o/story/groups/KEY/delete", url.Values{}},
	{http.MethodGet, "/o/story/resources/content/sources/KEY", nil},
	{http.MethodGet, "/o/story/resources/content/sources/KEY/access", nil},
	{http.MethodGet, "/o/story/resources/content/sources/KEY/delete", nil},
	{http.MethodPost, "/o/story/resources/content/sources/KEY", url.Values{"name": {"Forged"}, "visibility": {"shared"}, "revision": {"0"}}},
	{http.MethodPost, "/o/story/resources/content/sources/KEY/access", url.Values{"access.group:readers": {"edit"}, "revision": {"0"}}},
	{http.MethodPost, "/o/story/resources/content/sources/KEY/run", url.Values{"action": {"Update"}}},
	{http.MethodPost, "/o/story/resources/content/sources/KEY/duplicate", url.Values{}},
	{http.MethodPost, "/o/story/resources/content/sources/KEY/delete", url.Values{}},
}

// about is a way to name a thing with a key in it, and the answer without it, so that answers can be compared.
func about(b *webtest.Browser, method, path, key string, form url.Values) (status int, body string) {
	page := b.Request(method, strings.ReplaceAll(path, "KEY", key), form)
	return page.Status, strings.ReplaceAll(page.Body, key, "KEY")
}

// Attack: find out which groups and sources there are without view on them. The answer is 403 before anything is looked
// up: the same bytes for a thing that exists, one of another organization and none at all (R15).
func TestWithoutViewNoKeyTellsWhetherItExists(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		before, insider := w.state(t), w.as(t, "insider@example.com")
		for _, a := range asked {
			existing := "team"
			if strings.Contains(a.path, "sources") {
				existing = "jira"
			}
			_, want := about(insider, a.method, a.path, existing, a.form)
			for _, key := range []string{existing, "elsewhere", "no-such-key"} {
				status, body := about(insider, a.method, a.path, key, a.form)
				if status != http.StatusForbidden || body != want {
					t.Errorf("%s %s for %s: %d, or other bytes than for %s", a.method, a.path, key, status, existing)
				}
			}
		}
		if w.state(t) != before {
			t.Error("something was changed")
		}
	})
}

// Without view the key is not even looked up: the refusal costs the same statements whatever it is.
func TestWithoutViewNoKeyIsLookedUp(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		a := w.asker(t, "insider@example.com")
		for _, page := range asked {
			if page.method != http.MethodGet {
				continue
			}
			counts := map[string]int{}
			for _, key := range []string{"team", "jira", "elsewhere", "no-such-key"} {
				ctx, counter := w.Store.CountStatements(t.Context())
				a.ask(ctx, strings.ReplaceAll(page.path, "KEY", key), nil)
				counts[key] = counter.Count()
			}
			for key, n := range counts {
				if n != counts["no-such-key"] || n == 0 {
					t.Errorf("%s: %d statements for %s, %d for none", page.path, n, key, counts["no-such-key"])
				}
			}
		}
	})
}

// Attack: use a key of another organization. Anyone who may view, or even everything, gets the 404 of a key that never was.
func TestKeysOfOtherOrganizationsAreNotFound(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		before := w.state(t)
		for _, email := range []string{"reader@example.com", "admin@example.com"} {
			b := w.as(t, email)
			for _, a := range asked {
				_, want := about(b, a.method, a.path, "no-such-key", a.form)
				for _, key := range []string{"elsewhere", "no-such-key"} {
					status, body := about(b, a.method, a.path, key, a.form)
					if status != wantedStatus(email, a.method, a.path) || body != want {
						t.Errorf("%s %s for %s as %s: %d, or other bytes than for none", a.method, a.path, key, email, status)
					}
				}
			}
		}
		if w.state(t) != before {
			t.Error("something was changed")
		}
	})
}

// wantedStatus is 404 but for duplicating: that needs creation in the domain, which is asked before the key.
func wantedStatus(email, method, path string) int {
	if method == http.MethodPost && strings.HasSuffix(path, "/duplicate") && email != "admin@example.com" {
		return http.StatusForbidden
	}
	return http.StatusNotFound
}

// Attack: bytes that no key, name or cursor can have. They are "not found" or "nothing matches", never a failure of ours.
func TestImpossibleTextIsNotFound(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		for _, text := range []string{"%00", "%FF%FE", "%E2%80%AE", "%27%22%3C%3E", "..%2F..", "%F0%9F%98%80", strings.Repeat("k", 5000)} {
			for path, want := range map[string]int{
				"/o/story/groups/x" + text: 404, "/o/story/resources/content/sources/x" + text: 404, "/o/story/resources/content/x" + text: 404,
				"/o/x" + text + "/groups": 404, "/o/story/groups?q=" + text: 200, "/o/story/groups?selected=" + text: 200,
				"/o/story/groups?after=" + text: 200, "/o/story/groups?sort=" + text: 200, "/o/story/groups?kind=" + text: 200,
				"/o/story/groups?domain=" + text: 200, "/o/story/groups/-/compare?group=" + text: 404,
				"/o/story/members/-/compare?member=" + text: 404, "/o/story/members/-/compare/csv?member=" + text: 404,
				"/o/story/groups/team/members?q=" + text: 200, "/o/story/groups/team/members/-/delete?member=" + text: 404,
				"/o/story/resources/content/sources?q=" + text: 200, "/o/story/resources/content/sources?before=" + text: 200,
				"/o/story/resources/content/sources?selected=" + text: 200, "/o/story/resources/content/sources?access=" + text: 200,
				"/o/story/mail?state=" + text: 200, "/o/story/mail?q=" + text: 200, "/o/story/mail?selected=" + text: 200, "/o/story/mail/-/actions?state=" + text: 200,
				"/o/story/api-keys?status=" + text: 200, "/o/story/members?group=" + text: 200, "/o/story/members/-/invitations?state=" + text: 200,
				"/o/story/activity?outcome=" + text: 200, "/o/story/activity?domain=" + text: 200, "/o/story/activity?who=" + text: 200,
				"/o/story/temporary-access?status=" + text: 200, "/o/story/groups/team/members?show=" + text: 200, "/o/story/explain?can=" + text: 200,
				"/o/story/explain?who=" + text: 404, "/o/story/explain?what=" + text: 200, "/o/story/explain?resource=" + text: 200,
				"/o/story/groups/-/compare?differences=" + text: 200,
				"/o/story/groups/team/privileges?q=" + text:     200, webAccess + "?q=" + text: 200,
			} {
				if page := admin.Request(http.MethodGet, path, nil); page.Status != want {
					t.Errorf("%.80s: %d, want %d", path, page.Status, want)
				}
			}
		}
	})
}

// Levels are written exactly so and once. Anything else is refused at its row, and what was chosen beside it is kept.
func TestForgedLevelsAreRefusedAtTheirField(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		before, admin := w.state(t), w.as(t, "admin@example.com")
		for _, forged := range [][]string{{"owner"}, {"EDIT"}, {" edit"}, {"4"}, {""}, {"view", "edit"}, {"edit", "edit"}, {"allowed"}} {
			for path, form := range map[string]url.Values{
				teamPrivileges: {"revision": {"0"}}, "/o/story/groups/-/add": {"name": {"New"}, "on": {"privileges"}},
			} {
				form["level.content/sources"] = forged
				form["level.content/fields"] = []string{"view"}
				page := admin.Post(path, form)
				if page.Status != http.StatusUnprocessableEntity || page.Text("#d-content-sources-error") != "Sources offers None, View all, Custom and Edit all." {
					t.Errorf("%s with %q: %d %q", path, forged, page.Status, page.Text("#d-content-sources-error"))
				}
				if page.Find(`[name="level.content/fields"][value="view"][checked]`).Length() != 1 {
					t.Errorf("%s with %q: the other choice is lost", path, forged)
				}
				if typed := form.Get("name"); page.Find("#name").AttrOr("value", "") != typed {
					t.Errorf("%s with %q: the name is lost", path, forged)
				}
			}
			w.wantAccessRefused(t, admin, forged)
		}
		if w.state(t) != before {
			t.Error("something was changed")
		}
	})
}

func (w world) wantAccessRefused(t *testing.T, admin *webtest.Browser, forged []string) {
	t.Helper()
	page := admin.Post(webAccess, url.Values{"revision": {"0"}, "access.group:team": forged, "access.group:readers": {"edit"}})
	row := page.Find(`select[name="access.group:team"]`)
	if page.Status != http.StatusUnprocessableEntity || row.AttrOr("aria-invalid", "") != "true" {
		t.Errorf("Access tab with %q: %d", forged, page.Status)
	}
	if page.Find(`select[name="access.group:readers"] option[value=edit][selected]`).Length() != 1 {
		t.Errorf("Access tab with %q: the other choice is lost", forged)
	}
}

// lastActivity is the newest line of the record, and how many there are of this outcome.
func (w world) lastActivity(t *testing.T, outcome string) (last models.Activity, count int) {
	t.Helper()
	listing, err := w.scope(t).Activities(context.Background(), models.ActivityFilter{Page: models.Page{Limit: 1000}})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range listing.Rows {
		if a.Outcome == outcome {
			count++
		}
	}
	return listing.Rows[0], count
}
