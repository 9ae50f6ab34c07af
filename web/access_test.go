package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const addedSource = "/o/story/resources/content/sources/-/add"

// While something is being added its Access tab says what adding gives, as the tab of something that is there does.
func TestAccessTabOfAnAdditionIsPreviewed(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		maker := w.as(t, "maker@example.com")
		for door, form := range map[string]url.Values{
			"/o/story/resources/content/sources/-/preview": {"access.group:makers": {"view"}, "was.access.group:makers": {"edit"}},
			"/o/story/groups/-/preview":                    {"access.group:team": {"edit"}, "was.access.group:team": {"view"}},
			"/o/story/api-keys/-/preview":                  {"access.group:team": {"edit"}, "was.access.group:team": {"view"}},
		} {
			by := maker
			if !strings.Contains(door, "resources") {
				by = w.as(t, "admin@example.com")
			}
			form.Set("on", "access")
			page := by.Post(door, form)
			if page.Status != http.StatusOK || page.Find("#savebar").Length() != 1 || page.Find("#lockout-place").Length() != 1 {
				t.Errorf("%s: %d %q", door, page.Status, page.Body)
			}
			if by == maker && (page.Text("#savebar") == "" || !strings.Contains(page.Text("#lockout"), "You are about to lock yourself out.")) {
				t.Errorf("%s: no warning in %q", door, page.Body)
			}
		}
	})
}

// A group that went while something was added is an error in the tab, where its choice is left out; what nobody chose for it is none.
func TestGroupThatWentWhileAddingIsSaidInTheTab(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		form := url.Values{"name": {"New"}, "visibility": {"shared"}, "on": {"access"}, "access.group:went": {"edit"}, "was.access.group:went": {"view"}}
		page := admin.Post(addedSource, form)
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text("main"), "The group went no longer exists") {
			t.Fatalf("%d %q", page.Status, page.Text("main"))
		}
		if again := page.Submit("Add source", nil); again.Status != http.StatusOK || !strings.Contains(again.Body, "New added.") {
			t.Errorf("added again: %d %q", again.Status, again.Text("main"))
		}
		form.Set("access.group:went", "view")
		form.Set("name", "Newer")
		if page = admin.Post(addedSource, form); page.Status != http.StatusOK && page.Status != http.StatusSeeOther {
			t.Errorf("nobody chose: %d %q", page.Status, page.Text("main"))
		}
	})
}

// Rows of an Access tab that only somebody else changed stay theirs, and stand in the table as theirs.
func TestAccessTabLeavesWhatOnlySomebodyElseChanged(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin, deputy := w.as(t, "admin@example.com"), w.as(t, "deputy@example.com")
		old := admin.Get(webAccess)
		deputy.Get(webAccess).Submit("Save", url.Values{"access.group:makers": {"edit"}})
		stale := old.Submit("Save", url.Values{"access.group:team": {"edit"}})
		w.wantConflict(t, stale, "Makers Not changed Edit")
		if saved := stale.Submit("Save", nil); saved.Status != http.StatusOK {
			t.Fatalf("%d %q", saved.Status, saved.Text("main"))
		}
		if makers, team := w.held(t, "makers")["content/sources"], w.held(t, "team")["content/sources"]; len(makers.Editors) != 1 || len(team.Editors) != 2 {
			t.Errorf("in the end the makers hold %v, the team %v", makers, team)
		}
	})
}
