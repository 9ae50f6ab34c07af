package web_test

import (
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// Whoever confirms that something is deleted presses a button that begins with the word, and with Remove where somebody leaves the
// organization, which deletes nobody.
func TestConfirmButtonsSayWhatTheyDo(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin, several := w.as(t, "admin@example.com"), w.member(t, "acme", "several@example.com")
		viewer := w.member(t, "acme", "viewer@example.com")
		const from = "/groups/viewers/members/-/"
		for path, want := range map[string]string{
			"/groups/team/delete":                                    "Delete group",
			"/groups/-/many/delete?selected=team":                    "Delete ",
			from + "delete?member=viewer%40example.com":              "Delete from group",
			from + "many/delete?selected=" + viewer:                  "Delete ",
			"/api-keys/connector/delete":                             "Delete API key",
			"/resources/content/sources/jira/delete":                 "Delete source",
			"/resources/content/sources/-/many/delete?selected=jira": "Delete ",
			"/members/" + several + "/delete":                        "Remove member",
			"/members/-/many/remove?selected=" + several:             "Remove ",
		} {
			page := admin.Get("/o/acme" + path)
			if got := page.Text("dialog .btn-danger-solid"); !strings.HasPrefix(got, want) || page.Find("dialog .btn-danger-solid").Length() != 1 {
				t.Errorf("%s: %d, the button is %q, want %q", path, page.Status, got, want)
			}
		}
	})
}
