package web_test

import (
	"net/http"
	"net/url"
	"testing"
)

// Each of these takes something from somebody who has a page open. The very next request is answered by the new state (R13).
func TestRevocationActsOnTheNextRequest(t *testing.T) {
	const jira = "/o/story/resources/content/sources/jira"
	for _, c := range []struct {
		name, email, open string
		path, button      string // what the administrator presses, and where
		form              url.Values
		next              url.Values // what the person posts to the open page; nil: they open it again
		status            int
		leads             string // where the next request leads, "": nowhere else
	}{
		{name: "a lower level of their group", email: "reader@example.com", open: "/o/story/resources/content/sources",
			path: "/o/story/groups/readers/privileges", button: "Save", form: url.Values{"level.content/sources": {"none"}}, status: http.StatusForbidden},
		{name: "view in the Access tab", email: "delegate@example.com", open: jira,
			path: jira + "/access", button: "Save", form: url.Values{"access.group:delegates": {"view"}},
			next: url.Values{"revision": {"0"}, "name": {"Taken over"}, "visibility": {"shared"}}, status: http.StatusForbidden},
		{name: "removal from their last group", email: "reader@example.com", open: "/o/story/groups",
			path: "/o/story/groups/readers/members/-/delete?member=reader%40example.com", button: "Delete from group",
			status: http.StatusOK, leads: "/sign-in?next=%2Fo%2Fstory%2Fgroups"},
		{name: "their group’s end", email: "insider@example.com", open: "/o/story",
			path: "/o/story/groups/insiders/delete", button: "Delete group", status: http.StatusOK, leads: "/sign-in?next=%2Fo%2Fstory"},
		{name: "the minimum privilege", email: "delegate@example.com", open: "/o/story/groups",
			path: "/o/story/groups/delegates/privileges", button: "Save", form: url.Values{"level.organization/organization": {"none"}}, status: http.StatusForbidden},
	} {
		t.Run(c.name, func(t *testing.T) {
			inStories(t, func(t *testing.T, w world) {
				admin, person := w.as(t, "admin@example.com"), w.as(t, c.email)
				if page := person.Get(c.open); page.Status != http.StatusOK {
					t.Fatalf("before: %d %s", page.Status, page.Text("main"))
				}
				if page := admin.Get(c.path).Submit(c.button, c.form); page.Status != http.StatusOK {
					t.Fatalf("taking it: %d %s", page.Status, page.Text("main"))
				}
				before := w.state(t)
				page := person.Get(c.open)
				if c.next != nil {
					page = person.Post(c.open, c.next)
				}
				if page.Status != c.status || c.leads != "" && page.Address.RequestURI() != c.leads {
					t.Errorf("afterwards: %d at %s", page.Status, page.Address.RequestURI())
				}
				if w.state(t) != before {
					t.Error("the request changed something")
				}
			})
		})
	}
}
