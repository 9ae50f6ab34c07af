package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Attack: a form just below the limits that makes the same mistake thirty thousand times. It is named where it belongs and
// not once more for each time: the page would be megabytes and take seconds.
func TestMistakeMadeThousandsOfTimesIsNamedOnce(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		var keys strings.Builder
		for n := range 30_000 {
			fmt.Fprintf(&keys, "k%d ", n)
		}
		admin := w.as(t, "admin@example.com")
		for _, forged := range []struct {
			path string
			form url.Values
		}{
			{teamPrivileges, url.Values{"revision": {"0"}, "level.content/sources": {"custom"}, "rows.content/sources": {keys.String()}, "all.content/sources": {"x"}}},
			{teamPrivileges, url.Values{"revision": {"0"}, "level.content/sources": {"custom"}, "rows.content/sources": {keys.String()}, "all.content/sources": {"edit"}}},
			{"/o/story/members/" + w.member(t, "story", "reader@example.com") + "/groups",
				url.Values{"revision": {"0"}, "rows": {strings.ReplaceAll(keys.String(), "k", "%")}}},
		} {
			path, mistake := forged.path, admin.Post(forged.path, forged.form)
			if len(mistake.Body) > 200_000 {
				t.Errorf("%s answers %d bytes", path, len(mistake.Body))
			}
			if problems := mistake.Find("[role=alert] li").Length(); problems > 2 {
				t.Errorf("%s names %d problems", path, problems)
			}
		}
	})
}

// Attack: more fields than any page has, in a form small enough to be read.
func TestFormsWithTooManyFieldsAreRefused(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		before, admin := w.state(t), w.as(t, "admin@example.com")
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.URL+teamPrivileges, strings.NewReader(strings.Repeat("a&", 100_000)))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		if page := admin.Do(r); page.Status != http.StatusBadRequest || page.Title() == "" {
			t.Errorf("%d %q", page.Status, page.Title())
		}
		if w.state(t) != before {
			t.Error("something was changed")
		}
	})
}
