package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestManyGroupsAreDeletedWithoutScript(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		list := admin.Get("/o/acme/groups?sort=-name")
		if got := list.Find("tbody a.entry-name[href='/o/acme/groups/team']").Length(); got != 1 {
			t.Errorf("the name of a group leads nowhere: %d links", got)
		}
		bar := list.Submit("Show actions", url.Values{"selected": {"team", "outdoors", "administrators"}})
		if bar.Text(".actionbar-count strong") != "3 selected" || bar.Text(".actionbar-why") != "Left out: Administrators." {
			t.Fatalf("the bar says %q", bar.Text("#actionbar"))
		}
		if got := bar.Find("#actionbar a:contains('Compare')").AttrOr("href", ""); got != "/o/acme/groups/-/compare?group=administrators&group=outdoors&group=team" {
			t.Errorf("Compare leads to %s", got)
		}
		sheet := admin.Get(bar.Find("#actionbar a:contains('Add members')").AttrOr("href", ""))
		if got := sheet.Find("dialog input[name=group][type=hidden], dialog input[name=group][checked]"); got.Length() != 3 {
			t.Errorf("Add members: %d groups in %q", got.Length(), sheet.Text("dialog"))
		}
		review := bar.SubmitAmong(inBar, "Delete 2", nil)
		if review.Text("dialog h2") != "Delete 3 groups?" || !strings.Contains(review.Text("dialog"), "This group can’t be deleted.") {
			t.Fatalf("%d %q", review.Status, review.Text("main"))
		}
		if got := words(review, "dialog .outcome h3"); len(got) != 3 || got[2] != "2 members leave the organization" {
			t.Errorf("the review says %q", got)
		}
		done := review.Submit("Delete 2, leave out 1", nil)
		if got := done.Text("[role=status] strong"); got != "2 groups deleted." {
			t.Fatalf("%d %q", done.Status, done.Text("main"))
		}
		if got := done.Address.RequestURI(); got != "/o/acme/groups?selected=administrators&sort=-name" {
			t.Errorf("it leads back to %s", got)
		}
		if admin.Get("/o/acme/groups/team").Status != http.StatusNotFound {
			t.Error("the group is still there")
		}
	})
}

func TestADeletionOfGroupsThatWasOvertakenIsDrawnAgain(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		review := admin.Get("/o/acme/groups/-/many/delete?selected=team&selected=outdoors")
		admin.Post("/o/acme/groups/team/delete", url.Values{})
		again := review.Submit("Delete 2 groups", nil)
		if again.Status != http.StatusConflict || again.Text("dialog .callout strong") != "1 more can’t be deleted since you looked." {
			t.Fatalf("%d %q", again.Status, again.Text("dialog"))
		}
		if done := again.Submit("Delete 1, leave out 1", nil); done.Text("[role=status] strong") != "1 group deleted." {
			t.Errorf("%d %q", done.Status, done.Text("main"))
		}
		all := admin.Get("/o/acme/groups?selected=all&kind=built-in")
		if all.Find("tbody .pick input[checked]").Length() != all.Find("tbody tr").Length() {
			t.Errorf("all: %q", all.Text("#actionbar"))
		}
		// Attack: keys that are none, and the groups of another organization.
		foreign := admin.Get("/o/acme/groups?selected=x%00&selected=none")
		if got := foreign.Find("#actionbar").AttrOr("data-state", ""); foreign.Status != http.StatusOK || got != "none" {
			t.Errorf("%d, the bar is in state %q", foreign.Status, got)
		}
		viewer := w.as(t, "viewer@example.com").Get("/o/acme/groups?selected=editors&selected=viewers")
		if viewer.Status != http.StatusOK || viewer.Text(".actionbar-count strong") != "2 selected" || viewer.Find("#actionbar .btn-danger").Length() != 0 {
			t.Errorf("who may only view: %d %q", viewer.Status, viewer.Text("#actionbar"))
		}
	})
}
