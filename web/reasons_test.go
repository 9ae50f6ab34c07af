package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A page that was drawn before may still have the button; the refusal of its request says what is in the way (R9).
func TestRefusedDuplicateNamesThePrivilegesInTheWay(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		delegate := w.as(t, "delegate@example.com")
		for group, want := range map[string]string{
			"strong":    "You can’t duplicate it: it goes beyond your own privileges on Content / Fields.",
			"delegates": "You can’t duplicate it: it holds as many privileges as you do.",
		} {
			page := delegate.Post("/o/story/groups/"+group+"/duplicate", url.Values{})
			if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text("main"), want) {
				t.Errorf("%s: %d %s", group, page.Status, page.Text("main"))
			}
		}
	})
}

func TestActionBarSaysWhyDuplicateIsMissingOnARowThatCanBeEdited(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		const why = "To duplicate it, you need Can create on Content / Sources."
		sources := "/o/story/resources/content/sources?selected=jira"
		if bar := w.as(t, "delegate@example.com").Get(sources).Text("[role=toolbar]"); !strings.Contains(bar, why) {
			t.Errorf("without Can create the bar is %q", bar)
		}
		if bar := w.as(t, "admin@example.com").Get(sources).Text("[role=toolbar]"); strings.Contains(bar, "you need") {
			t.Errorf("an administrator’s bar is %q", bar)
		}
	})
}

func TestMembersThatNoFilterMatchesAreNotNoMembers(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		reader := w.as(t, "reader@example.com")
		for path, want := range map[string]string{
			"/o/story/groups/readers/members?q=zzz": "No member matches “zzz”", "/o/story/groups/users/members": "No members yet",
		} {
			if page := reader.Get(path); !strings.Contains(page.Text("main"), want) {
				t.Errorf("%s: %s", path, page.Text("main"))
			}
		}
	})
}

func TestWhoLeavesAdministratorsComesToAPageThatTheyMayView(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		page := w.as(t, "admin@example.com").Post(removeAdministrator, url.Values{"member": {"admin@example.com"}})
		wantPage(t, page, http.StatusOK, "/o/story")
		if !strings.Contains(page.Text("[role=status]"), "Story Administrator (admin@example.com) deleted from the group.") {
			t.Errorf("the page says %q", page.Text("[role=status]"))
		}
	})
}

// Attack: an action in a form of another kind than those of the console's pages, which only those are read from.
func TestActionsAreReadFromTheFormAlone(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		run := "/o/story/resources/content/sources/jira/run"
		if page := admin.Post(run+"?action=Update", url.Values{}); page.Status != http.StatusNotFound {
			t.Errorf("by the address: %d", page.Status)
		}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.URL+run, strings.NewReader(
			"--b\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\nUpdate\r\n--b--\r\n"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		if page := admin.Do(r); page.Status != http.StatusNotFound {
			t.Errorf("by a form of parts: %d", page.Status)
		}
		if page := admin.Post(run, url.Values{"action": {"Update"}}); page.Status != http.StatusOK {
			t.Errorf("by the form: %d", page.Status)
		}
	})
}
