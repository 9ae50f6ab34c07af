package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/models"
)

// beyond are all the ways to give more than one holds, or to do more than one may. "delegate" may edit every group and
// edits one source; "reader" only looks; "maker" may create sources and looks at them.
var beyond = []struct {
	name, email, path string
	form              url.Values
	status            int
	operation         string // of the activity that records the refusal
}{
	{"create a group with more", "delegate@example.com", "/o/story/groups/-/add",
		url.Values{"name": {"New"}, "level.content/fields": {"view"}}, 422, "group.created"},
	{"create a group with a list of more", "delegate@example.com", "/o/story/groups/-/add",
		url.Values{"name": {"New"}, "level.content/sources": {"custom"}, "rows.content/sources": {"web"}, "edit.content/sources.web": {"edit"}}, 422, "group.created"},
	{"set a level not held", "delegate@example.com", teamPrivileges,
		url.Values{"revision": {"0"}, "level.content/fields": {"view"}}, 422, "group.privileges-changed"},
	{"set a higher level", "delegate@example.com", teamPrivileges,
		url.Values{"revision": {"0"}, "level.content/sources": {"edit"}}, 422, "group.privileges-changed"},
	{"set a higher level for oneself", "delegate@example.com", "/o/story/groups/delegates/privileges",
		url.Values{"revision": {"0"}, "level.content/extensions": {"edit"}}, 422, "group.privileges-changed"},
	{"set a row of a list", "delegate@example.com", teamPrivileges,
		url.Values{"revision": {"0"}, "level.content/sources": {"custom"}, "rows.content/sources": {"web"}, "edit.content/sources.web": {"edit"}}, 422, "group.privileges-changed"},
	{"set a row carried from another page of the list", "delegate@example.com", teamPrivileges,
		url.Values{"revision": {"0"}, "level.content/sources": {"custom"}, "carry.content/sources": {"web=edit"}}, 422, "group.privileges-changed"},
	{"set a row of a domain they can’t view", "delegate@example.com", teamPrivileges,
		url.Values{"revision": {"0"}, "level.search/query-pipelines": {"custom"}, "rows.search/query-pipelines": {"any"}, "edit.search/query-pipelines.any": {"edit"}}, 403, "group.privileges-changed"},
	{"check Can Create", "delegate@example.com", teamPrivileges,
		url.Values{"revision": {"0"}, "level.content/extensions": {"view"}, "create.content/extensions": {"yes"}}, 422, "group.privileges-changed"},
	{"duplicate a group of other content", "delegate@example.com", "/o/story/groups/strong/duplicate", url.Values{}, 422, "group.duplicated"},
	{"duplicate Administrators", "delegate@example.com", "/o/story/groups/administrators/duplicate", url.Values{}, 422, "group.duplicated"},
	{"add a member to a stronger group", "delegate@example.com", "/o/story/groups/strong/members/-/invite", url.Values{"who_typed": {"reader@example.com"}}, 422, "group.member-added"},
	{"add oneself to Administrators", "delegate@example.com", "/o/story/groups/administrators/members/-/invite",
		url.Values{"who_typed": {"delegate@example.com"}, "confirm_administrators": {"yes"}}, 422, "group.member-added"},
	{"share a source one can’t edit", "delegate@example.com", webAccess,
		url.Values{"revision": {"0"}, "access.group:delegates": {"edit"}, "revision.group:delegates": {"0"}}, 403, "resource.access-changed"},
	{"edit a source one can’t edit", "delegate@example.com", "/o/story/resources/content/sources/web",
		url.Values{"revision": {"0"}, "name": {"Forged"}, "visibility": {"shared"}}, 403, "resource.updated"},
	{"run an action on it", "delegate@example.com", "/o/story/resources/content/sources/web/run", url.Values{"action": {"Rebuild"}}, 403, "resource.action-run"},
	{"delete it", "delegate@example.com", "/o/story/resources/content/sources/web/delete", url.Values{}, 403, "resource.deleted"},
	{"create where one may only view", "delegate@example.com", "/o/story/resources/content/extensions/-/add",
		url.Values{"name": {"New"}, "visibility": {"shared"}}, 403, "resource.created"},
	{"duplicate where one may not create", "delegate@example.com", "/o/story/resources/content/sources/jira/duplicate", url.Values{}, 403, "resource.duplicated"},
	{"share with a group one can’t see", "maker@example.com", "/o/story/resources/content/sources/-/add",
		url.Values{"name": {"New"}, "visibility": {"shared"}, "access.group:team": {"edit"}}, 403, "resource.created"},
	{"rename a group one can only view", "reader@example.com", "/o/story/groups/team", url.Values{"revision": {"0"}, "name": {"Forged"}}, 403, "group.renamed"},
	{"set the privileges of one", "reader@example.com", teamPrivileges, url.Values{"revision": {"0"}, "level.content/sources": {"view"}}, 403, "group.privileges-changed"},
	{"decide who edits one", "reader@example.com", "/o/story/groups/team/access",
		url.Values{"revision": {"0"}, "access.group:readers": {"edit"}, "revision.group:readers": {"0"}}, 403, "resource.access-changed"},
	{"take somebody out of one", "reader@example.com", "/o/story/groups/delegates/members/-/delete", url.Values{"member": {"delegate@example.com"}}, 403, "group.member-removed"},
	{"add oneself to one", "reader@example.com", "/o/story/groups/team/members/-/invite", url.Values{"who_typed": {"reader@example.com"}}, 403, "group.member-added"},
	{"delete one", "reader@example.com", "/o/story/groups/team/delete", url.Values{}, 403, "group.deleted"},
	{"create one", "reader@example.com", "/o/story/groups/-/add", url.Values{"name": {"New"}}, 403, "group.created"},
}

// Nobody gives more than they hold, whatever the way (R7), and each refusal is on record while nothing else changes (R14).
func TestWhatGoesBeyondOneselfIsRefusedAndRecorded(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		before := w.state(t)
		_, refused := w.lastActivity(t, models.OutcomeRefused)
		_, done := w.lastActivity(t, models.OutcomeDone)
		for _, c := range beyond {
			t.Run(c.name, func(t *testing.T) {
				page := w.as(t, c.email).Request(http.MethodPost, c.path, c.form)
				if page.Status != c.status {
					t.Errorf("%d, want %d: %s", page.Status, c.status, page.Text("main"))
				}
				last, count := w.lastActivity(t, models.OutcomeRefused)
				refused++
				if count != refused || last.Outcome != models.OutcomeRefused || string(last.Operation) != c.operation {
					t.Errorf("%d refusals on record, want %d; the last activity is %s %s", count, refused, last.Outcome, last.Operation)
					refused = count
				}
				if name, _, _ := strings.Cut(c.email, "@"); !strings.EqualFold(last.ActorName, name) {
					t.Errorf("the record names %q", last.ActorName)
				}
				if w.state(t) != before {
					t.Error("something was changed")
				}
			})
		}
		if _, now := w.lastActivity(t, models.OutcomeDone); now != done {
			t.Errorf("%d changes are on record, want %d", now, done)
		}
	})
}

// A preset gives as much as its user holds, and says what it left out (R7).
func TestPresetIsLoweredToWhatItsUserHolds(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		delegate := w.as(t, "delegate@example.com")
		page := delegate.Post(teamPrivileges, url.Values{"revision": {"0"}, "preset": {"content-managers"}})
		if page.Status != http.StatusOK || !strings.Contains(page.Text("main"), "You can’t give more than you hold yourself") {
			t.Fatalf("the preset: %d %s", page.Status, page.Text("main"))
		}
		if page = page.Submit("Save", nil); page.Status != http.StatusOK {
			t.Fatalf("saving it: %d %s", page.Status, page.Text("main"))
		}
		own := w.held(t, "delegates")
		for d, p := range w.held(t, "team") {
			catalog := w.Console.Catalog()
			if over := catalog.Domain(d).Abilities(p.Level, p.CanCreate) &^ catalog.Domain(d).Abilities(own[d].Level, own[d].CanCreate); over != 0 {
				t.Errorf("the group now holds %v on %s, beyond the %v of who saved it", p, d, own[d])
			}
		}
	})
}
