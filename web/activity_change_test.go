package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// addedToTwo puts three members into two groups, and gives the address of the record of that change.
func (w world) addedToTwo(t *testing.T, admin *webtest.Browser) string {
	t.Helper()
	add := url.Values{"row": {w.member(t, "acme", "several@example.com"), w.member(t, "acme", "viewer@example.com"), w.member(t, "acme", "editor@example.com")},
		"into": {"team", "outdoors"}}
	if added := admin.Post("/o/acme/members/-/many/groups", add); added.Status >= http.StatusBadRequest {
		t.Fatalf("%d %s", added.Status, added.Text("main"))
	}
	list := admin.Get("/o/acme/activity")
	if got := texts(list.Find(".event-rest a")); len(got) == 0 || got[0] != "and 5 more of the same change" {
		t.Fatalf("the record says %q, %q", got, events(list))
	}
	return list.Find(".event-rest a").First().AttrOr("href", "")
}

func TestAllOfAChangeIsRevertedWithoutScript(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		change := admin.Get(w.addedToTwo(t, admin))
		if got := events(change); change.Title() != "Activities of one change" || len(got) != 6 || change.Find(".event-rest").Length() != 0 {
			t.Fatalf("%s: %q", change.Title(), got)
		}
		admin.Post("/o/acme/groups/team/members/-/delete", url.Values{"member": {"viewer@example.com"}})
		shown := admin.Get(change.Find(`.page-actions a:contains("Revert all 6")`).AttrOr("href", ""))
		if got := shown.Text("dialog h2"); got != "Revert all 6 activities of this change?" {
			t.Fatalf("asked %q", shown.Text("main"))
		}
		if got := texts(shown.Find("dialog .outcome h3")); len(got) != 2 || got[0] != "1 can’t be reverted" || got[1] != "5 will be reverted" {
			t.Errorf("the review says %q", got)
		}
		if got := texts(shown.Find("dialog li")); !strings.HasPrefix(got[0], "Viewer (viewer@example.com) Team Is as it was before") || !strings.HasSuffix(got[1], "Member → Not a member") {
			t.Errorf("the lines say %q", got)
		}
		saveMembership := func(into string) {
			admin.Post("/o/acme/groups/"+into+"/members/-/delete", url.Values{"member": {"several@example.com"}})
		}
		saveMembership("team")
		told := shown.Submit("Revert 5, leave out 1", nil)
		if told.Status != http.StatusConflict || !strings.Contains(told.Text("dialog .callout"), "nothing was reverted") {
			t.Fatalf("overtaken: %d %s", told.Status, told.Text("main"))
		}
		done := told.Submit("Revert 4, leave out 2", nil)
		wantPage(t, done, http.StatusOK, "/o/acme/activity")
		if got := done.Text(".callout p"); got != "Reverted: 4 of 6 activities. The earlier state applies again." {
			t.Errorf("told %q", got)
		}
		if undone := done.Submit("Undo what was saved", nil); undone.Text("[role=status] strong") != "Undone." {
			t.Errorf("undone: %q", undone.Text("main"))
		}
	})
}

// Who may look at activities only is offered nothing, is told why by the address, and learns nothing of who is in the groups today.
func TestWhoMayNotEditRevertsNothingOfAChange(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin, viewer := w.as(t, "admin@example.com"), w.as(t, "viewer@example.com")
		address := w.addedToTwo(t, admin)
		if page := viewer.Get(address); page.Status != http.StatusOK || page.Find(`.page-actions a:contains("Revert")`).Length() != 0 {
			t.Errorf("offered %q", texts(page.Find(".page-actions a")))
		}
		told := viewer.Get(address + "&revert=1")
		if got := texts(told.Find("dialog .effect")); strings.Join(got, "") != strings.Repeat("You need Edit on Organization / Groups.", 4)+strings.Repeat("This is you. Revert it by itself.", 2) ||
			told.Find("dialog button").Length() != 0 {
			t.Errorf("told %q", texts(told.Find("dialog")))
		}
		id := strings.TrimPrefix(address[strings.Index(address, "change="):], "change=")
		refused := viewer.Post("/o/acme/activity/"+id+"/revert-change?change="+id, url.Values{"shown": {told.Find("dialog input[name=shown]").AttrOr("value", "")}})
		if refused.Status < http.StatusBadRequest {
			t.Errorf("reverted: %d %s", refused.Status, refused.Text("main"))
		}
		for _, path := range []string{"?change=999999", "?change=999999&revert=1"} {
			if page := admin.Get("/o/acme/activity" + path); page.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, page.Status)
			}
		}
		if page := admin.Get("/o/acme/activity?change=x"); page.Status != http.StatusOK || page.Title() != "Activities" {
			t.Errorf("no number: %d %s", page.Status, page.Title())
		}
	})
}
