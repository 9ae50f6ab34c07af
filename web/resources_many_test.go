package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// Without the script: the keeper of one source of two is offered it with its number, and a group gets it after a review.
func TestAGroupIsGivenManyResourcesWithoutScript(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		admin, both := w.as(t, "admin@example.com"), url.Values{"selected": {"jira", "web"}}
		if viewer := w.as(t, "viewer@example.com").Get("/o/acme/resources/content/sources").Submit("Show actions", both); viewer.Find(inBar).Length() > 0 ||
			viewer.Text(".actionbar-why") != "You can’t change any of these." {
			t.Errorf("a viewer is offered %q", viewer.Text("#actionbar"))
		}
		bar := admin.Get("/o/acme/resources/content/sources?sort=-name").Submit("Show actions", both)
		if got := words(bar, inBar); !slices.Equal(got, []string{"Give access", "Change owner", "Update", "Rebuild", "Delete"}) {
			t.Fatalf("the bar offers %q", got)
		}
		asked := bar.SubmitAmong(inBar, "Give access", nil)
		if asked.Status != http.StatusOK || asked.Text("dialog h2") != "Give a group Edit or View on 2 sources" {
			t.Fatalf("%d %q", asked.Status, asked.Text("main"))
		}
		none := asked.Submit("Review", nil)
		if none.Status != http.StatusUnprocessableEntity || none.Text("#into-error") != "Choose a group." {
			t.Errorf("no group: %d %q", none.Status, none.Text("dialog"))
		}
		if found := none.SubmitAmong("dialog button", "Find", url.Values{"find": {"view"}}); !slices.Equal(words(found, ".people-found .who"), []string{"Viewers View all on Content / Sources.", "Analytics viewers None on Content / Sources. Only its Privileges tab changes that."}) {
			t.Errorf("found are %q", words(found, ".people-found .who"))
		}
		review := none.Submit("Review", url.Values{"into": {"viewers"}, "level": {"edit"}})
		if review.Status != http.StatusOK || review.Text("dialog h2") != "Give Viewers Edit on 2 sources?" {
			t.Fatalf("%d %q", review.Status, review.Text("main"))
		}
		done := review.Submit("Give access to 2 sources", nil)
		if got := done.Text("[role=status] strong"); got != "2 sources changed." || !strings.Contains(done.Address.RequestURI(), "sort=-name") {
			t.Fatalf("%d %q at %s", done.Status, done.Text("main"), done.Address)
		}
		if again := review.Submit("Give access to 2 sources", nil); again.Status != http.StatusConflict || again.Text("dialog .callout strong") != "2 more can’t be changed since you looked." {
			t.Errorf("sent once more: %d %q", again.Status, again.Text("dialog"))
		}
		if text := done.Text("[role=status]"); !strings.Contains(text, "Viewers has Edit on them now.") {
			t.Errorf("done is said as %q", text)
		}
		if review.Find("dialog .foot-note:contains('Both are changed, or none.')").Length() != 1 || none.Find("input[name=level][value=view][checked]").Length() != 1 {
			t.Errorf("the review says %q", review.Text("dialog"))
		}
		viewer := w.as(t, "viewer@example.com").Get("/o/acme/resources/content/sources").Submit("Show actions", both)
		owner := viewer.SubmitAmong(inBar, "Change owner", nil)
		if found := owner.SubmitAmong("dialog button", "Find", url.Values{"owner": {"keep"}}); !slices.Equal(words(found, ".people-found .who"), []string{"Keeper keeper@example.com"}) {
			t.Errorf("found are %q", words(found, ".people-found .who"))
		}
		if owner.Find("#owner[autofocus]").Length() != 1 {
			t.Errorf("the field has no focus: %q", owner.Text("dialog"))
		}
		wrong := owner.Submit("Review", url.Values{"owner": {"nobody@example.com"}})
		if wrong.Status != http.StatusUnprocessableEntity || wrong.Text("#owner-error") != "Nobody in this organization has this address." || wrong.Find("#owner").AttrOr("value", "") != "nobody@example.com" {
			t.Errorf("%d %q", wrong.Status, wrong.Text("dialog"))
		}
		if done := wrong.Submit("Review", url.Values{"owner": {"keeper@example.com"}}).Submit("Change 2 sources", nil); !strings.Contains(done.Text("[role=status]"), "2 sources changed. Their owner is Keeper (keeper@example.com) now.") {
			t.Errorf("%d %q", done.Status, done.Text("main"))
		}
		gone := viewer.SubmitAmong(inBar, "Delete", nil).Submit("Delete 2 sources", nil)
		if gone.Text("[role=status] strong") != "2 sources deleted." || strings.Contains(gone.Address.RequestURI(), "selected") {
			t.Errorf("%d %q at %s", gone.Status, gone.Text("main"), gone.Address)
		}
	})
}
