package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// Without the script: the bar counts, the end is asked, the review says which are left out, and all the others are changed or none.
func TestManyAPIKeysAreExtendedWithoutScript(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		keeper := w.as(t, "keeper@example.com").Get("/o/acme/api-keys").Submit("Show actions", url.Values{"selected": {"strong", "weak", "past"}})
		if got := words(keeper, inBar); !slices.Equal(got, []string{"Deactivate 2"}) || keeper.Text(".actionbar-why") != "Left out: 1 that you can’t edit." {
			t.Errorf("the keeper’s bar offers %q: %q", got, keeper.Text("#actionbar"))
		}
		admin := w.as(t, "admin@example.com")
		bar := admin.Get("/o/acme/api-keys?sort=-name").Submit("Show actions", url.Values{"selected": {"strong", "weak", "past"}})
		if got := words(bar, inBar); !slices.Equal(got, []string{"Deactivate", "Extend 2"}) || bar.Text(".actionbar-why") != "Left out: 1 that never expires." {
			t.Fatalf("the bar offers %q: %q", got, bar.Text("#actionbar"))
		}
		asked := bar.SubmitAmong(inBar, "Extend 2", nil)
		if asked.Status != http.StatusOK || asked.Text("dialog h2") != "Extend 3 API keys" {
			t.Fatalf("%d %q", asked.Status, asked.Text("main"))
		}
		if got, want := asked.Text("#dialog-text"), "Before anything changes, you see which of them last longer. Left out: 1 that never expires. They now end between 9 January 2026 and 9 January 2027."; got != want {
			t.Errorf("before an end is chosen it says %q", got)
		}
		wrong := asked.Submit("Review", url.Values{"expires": {"soon"}})
		if wrong.Status != http.StatusUnprocessableEntity || !strings.HasPrefix(wrong.Text("#expires-error"), "Enter the day as") || wrong.Find("#expires").AttrOr("value", "") != "soon" {
			t.Errorf("%d %q", wrong.Status, wrong.Text("dialog"))
		}
		if wrong = wrong.Submit("Review", url.Values{"expires": {"2031-01-01"}}); !strings.HasPrefix(wrong.Text("#expires-error"), "Choose a day within a year") {
			t.Errorf("%d %q", wrong.Status, wrong.Text("dialog"))
		}
		review := wrong.Submit("Review", url.Values{"expires": {inTime}})
		if review.Status != http.StatusOK || review.Text("dialog h2") != "Extend 3 API keys?" || review.Text("dialog h2 + p") != "2 can be extended. 1 can’t, and stays as it is. Each works until the end of 30 November 2027 (UTC)." {
			t.Fatalf("%d %q", review.Status, review.Text("main"))
		}
		done := review.Submit("Extend 2, leave out 1", nil)
		if got := done.Text("[role=status] strong"); got != "2 API keys extended." {
			t.Fatalf("%d %q", done.Status, done.Text("main"))
		}
		if got := done.Address.RequestURI(); !strings.Contains(got, "sort=-name") || strings.Count(got, "selected=") != 3 {
			t.Errorf("it leads back to %s", got)
		}
		if day := admin.Get("/o/acme/api-keys/past").Find("#expires").AttrOr("value", ""); day != inTime {
			t.Errorf("the key ends on %q", day)
		}
		again := review.Submit("Extend 2, leave out 1", nil)
		if again.Status != http.StatusConflict || again.Text("dialog .callout strong") != "2 more can’t be extended since you looked." {
			t.Errorf("sent once more: %d %q", again.Status, again.Text("dialog"))
		}
	})
}

// An end in the address is read where keys are extended, and by no other action: their reviews neither say it nor send it on, and one
// that can't be read does not stand in their way.
func TestOnlyExtendingAPIKeysReadsAnEnd(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		for _, expires := range []string{inTime, "soon"} {
			review := admin.Get("/o/acme/api-keys/-/many/deactivate?selected=strong&selected=weak&expires=" + expires)
			if review.Status != http.StatusOK || !strings.HasPrefix(review.Text("dialog h2"), "Deactivate ") || strings.Contains(review.Text("dialog"), "works until") || review.Find("dialog [name=expires]").Length() != 0 {
				t.Errorf("%s: %d %q", expires, review.Status, review.Text("dialog"))
			}
			if done := admin.Post("/o/acme/api-keys/-/many/deactivate", url.Values{"row": {"none"}, "expires": {expires}}); done.Status != http.StatusConflict || strings.Contains(done.Text("dialog"), "works until") {
				t.Errorf("%s, sent: %d %q", expires, done.Status, done.Text("dialog"))
			}
		}
	})
}
