package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Attack: an end that SQLite can neither order nor read, so that nothing in the organization can be changed any more.
func TestNoMembershipEndsBeyondTheLastYear(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin, member := w.as(t, "admin@example.com"), w.member(t, "acme", "viewer@example.com")
		const tooFar = "Choose a time before the end of the year 9999."
		for path, form := range map[string]url.Values{
			"/o/acme/members/-/many/groups":             {"row": {member}, "into": {"team"}, "until": {"9999-12-31"}},
			"/o/acme/members/-/many/end":                {"row": {member}, "into": {"viewers"}, "until": {"9999-12-31"}},
			"/o/acme/groups/viewers/members/-/many/end": {"row": {member}, "until": {"9999-12-31"}},
		} {
			refused := admin.Post(path, form)
			if refused.Status != http.StatusUnprocessableEntity || !strings.Contains(refused.Body, tooFar) {
				t.Errorf("%s: %d %q", path, refused.Status, refused.Text("main"))
			}
		}
		if latest := admin.Post("/o/acme/members/-/many/groups", url.Values{"row": {member}, "into": {"team"}, "until": {"9999-12-30"}}); latest.Status >= http.StatusBadRequest {
			t.Errorf("the last day but one: %d %q", latest.Status, latest.Text("main"))
		}
		if list := admin.Get("/o/acme/groups/team/members"); list.Status != http.StatusOK || !strings.Contains(list.Text("tbody"), "viewer@example.com") {
			t.Errorf("afterwards: %d %q", list.Status, list.Text("main"))
		}
	})
}
