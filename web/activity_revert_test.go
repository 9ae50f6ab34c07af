package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"bailiwick/web/webtest"
)

// saveLevels saves levels of a group's Privileges tab.
func saveLevels(t *testing.T, b *webtest.Browser, group string, levels map[string]string) {
	t.Helper()
	path := "/o/story/groups/" + group + "/privileges"
	form := url.Values{"revision": {b.Get(path).Find(`input[name=revision]`).AttrOr("value", "")}}
	for domain, level := range levels {
		form.Set("level."+domain, level)
	}
	if page := b.Request(http.MethodPost, path, form); page.Status != http.StatusSeeOther {
		t.Fatalf("save: %d %s", page.Status, page.Text("main"))
	}
}

// lastEvent is the last thing that happened, opened.
func lastEvent(b *webtest.Browser) *webtest.Page {
	link := b.Get("/o/story/activity").Find(".event .event-acts a").FilterFunction(func(_ int, a *goquery.Selection) bool {
		return strings.TrimSpace(a.Text()) == "Link to this activity"
	}).First()
	return b.Get(link.AttrOr("href", ""))
}

func TestRevertedPrivilegesAreShownBeforeAndSaidAfterwards(t *testing.T) {
	inAudits(t, func(t *testing.T, w world, auditor *webtest.Browser) {
		admin := w.as(t, "admin@example.com")
		saveLevels(t, admin, "strong", map[string]string{"content/fields": "none", "content/extensions": "view"})
		opened := lastEvent(admin)
		if opened.Find("details.event[open]").Length() != 1 {
			t.Fatalf("%d are open", opened.Find("details.event[open]").Length())
		}
		shown := admin.Get(opened.Find(".event[open] .event-acts .btn").AttrOr("href", ""))
		if got := texts(shown.Find(".revert tbody tr")); len(got) != 2 || got[0] != "Content / ExtensionsView allNone" || got[1] != "Content / FieldsNoneEdit" {
			t.Fatalf("shown %q", got)
		}
		if got := texts(shown.Find(".revert-effect li")); len(got) != 2 || got[1] != "gains Strong (no members): Edit on Content / Fields" {
			t.Errorf("effects %q", got)
		}
		done := shown.Submit("Revert", nil)
		if done.Status != http.StatusOK || !strings.HasPrefix(done.Text(".callout"), "Reverted: 2 changes.") {
			t.Fatalf("%d %s", done.Status, done.Text("main"))
		}
		last := lastEvent(admin)
		if got := last.Text(".event[open] .event-text"); !strings.HasSuffix(got, "changed the privileges of Strong to revert an earlier change") {
			t.Errorf("the record says %q", got)
		}
		if back := admin.Get(last.Find(`.event[open] .event-acts a:contains("See what it reverted")`).AttrOr("href", "")); back.Text(".event[open] .event-text") != opened.Text(".event[open] .event-text") {
			t.Errorf("leads to %q", back.Text(".event[open] .event-text"))
		}
		// Who may not edit the group is offered nothing, and told why where they ask by the address.
		if page := auditor.Get("/o/story/activity"); page.Find(`.event-acts .btn`).Length() != 0 {
			t.Errorf("an auditor is offered %q", texts(page.Find(`.event-acts .btn`)))
		}
		told := auditor.Get(shown.Address.RequestURI())
		if got := told.Text(".revert-note"); got != "You can’t revert this: it needs Edit on Organization / Groups." || told.Find(".revert form").Length() != 0 {
			t.Errorf("an auditor is told %q", got)
		}
	})
}

// What changed between looking and pressing the button is told, and nothing is done.
func TestRevertThatWasOvertakenDoesNothing(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		saveLevels(t, admin, "strong", map[string]string{"content/fields": "none", "content/extensions": "view"})
		shown := admin.Get(lastEvent(admin).Find(".event[open] .event-acts .btn").AttrOr("href", ""))
		saveLevels(t, admin, "strong", map[string]string{"content/fields": "view"})
		told := shown.Submit("Revert", nil)
		if told.Status != http.StatusConflict || !strings.Contains(told.Text(".revert-changed"), "nothing was reverted") {
			t.Fatalf("%d %s", told.Status, told.Text("main"))
		}
		if got := told.Text(".revert .btn-primary"); got != "Revert 1 of 2" {
			t.Errorf("the button says %q", got)
		}
		if why := told.Text(".revert tr[data-kept] .revert-why"); !strings.Contains(why, "Changed again on") || !strings.HasSuffix(why, "See that change") {
			t.Errorf("the other line says %q", why)
		}
		if got := lastEvent(admin).Text(".event[open] .event-text"); strings.Contains(got, "revert") {
			t.Errorf("the last thing that happened is %q", got)
		}
	})
}

// Who may not view Activities undoes their own change from its message, and is led back to where they were.
func TestUndoFromTheMessageOfAChange(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		w.setPassword(t, "story", "delegate@example.com")
		delegate := w.as(t, "delegate@example.com")
		saveLevels(t, delegate, "insiders", map[string]string{"content/extensions": "view"})
		saved := delegate.Get("/o/story/groups/insiders/privileges")
		if got := saved.Text(".callout p"); got != "Saved: 1 change for 1 member. It applies now." {
			t.Errorf("saved: %q", got)
		}
		undone := saved.Submit("Undo what was saved", nil)
		wantPage(t, undone, http.StatusOK, "/o/story/groups/insiders/privileges")
		if got := undone.Text(".callout p"); !strings.HasPrefix(got, "Undone. The group is as it was before your change at ") {
			t.Errorf("undone: %q", got)
		}
		if level := undone.Find(`input[name="level.content/extensions"][checked]`).AttrOr("value", ""); level != "none" {
			t.Errorf("afterwards %q", level)
		}
		// Once more, too late: nothing to take back, and then nothing young enough.
		action := saved.Find("form.callout-end").AttrOr("action", "")
		if page := delegate.Post(action, url.Values{"back": {"//elsewhere.example.com"}}); page.Address.Path != "/o/story" || !strings.HasPrefix(page.Text(".callout p"), "Not undone.") {
			t.Errorf("again: %s, %q", page.Address, page.Text(".callout p"))
		}
		w.clock.Advance(20 * time.Minute)
		if page := w.as(t, "delegate@example.com").Post(action, url.Values{}); !strings.HasPrefix(page.Text(".callout p"), "Not undone. You can undo your own changes for 15 minutes.") {
			t.Errorf("too late: %q", page.Text(".callout p"))
		}
	})
}

// What can't be undone as a whole any more leads who may view Activities to what can be reverted.
func TestUndoOfWhatWasChangedAgainLeadsToWhatCanBeReverted(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		saveLevels(t, admin, "strong", map[string]string{"content/fields": "none", "content/extensions": "view"})
		action := admin.Get("/o/story/groups/strong/privileges").Find("form.callout-end").AttrOr("action", "")
		saveLevels(t, admin, "strong", map[string]string{"content/fields": "view"})
		page := admin.Post(action, url.Values{})
		if page.Text(".revert .btn-primary") != "Revert 1 of 2" || !strings.HasPrefix(page.Text(".callout p"), "Not undone.") {
			t.Errorf("%d %s: %s", page.Status, page.Address, page.Text("main"))
		}
	})
}
