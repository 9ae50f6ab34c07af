package web_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// withInvitation is a world in which every list has a row; the browser is an administrator's.
func (w world) withInvitation(t *testing.T) *webtest.Browser {
	t.Helper()
	admin := w.as(t, "admin@example.com")
	if page := admin.Post("/o/acme/members/-/invite", url.Values{"who_typed": {"invited@example.com"}, "group": {"team"}, "provider": {"any"}}); page.Status != 200 {
		t.Fatalf("invited: %d %q", page.Status, page.Text("main"))
	}
	return admin
}

func TestListsMarkTheWordsThatTheyFound(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.withInvitation(t)
		for list, c := range map[string]struct {
			typed string
			want  []string
		}{
			"/o/acme/groups":                    {"ed", []string{"Ed"}},
			"/o/acme/members":                   {"viewer exa", []string{"Viewer", "viewer", "exa"}},
			"/o/acme/groups/viewers/members":    {"sev", []string{"Sev", "sev"}},
			"/o/acme/groups/team/members":       {"inv", []string{"inv"}},
			"/o/acme/resources/content/sources": {"JIRA", []string{"Jira"}},
			"/o/acme/api-keys":                  {"connect", []string{"Connect"}},
			"/o/acme/groups/team/access":        {"view", []string{"view", "View"}},
			"/o/acme/members/" + w.member(t, "acme", "several@example.com") + "/groups": {"tea", []string{"Tea"}},
			"/o/acme/activity":                              {"invited", []string{"invited", "invited"}},
			"/o/acme/members/-/invitations":                 {"inv", []string{"inv"}},
			"/o/acme/resources/content/sources/jira/people": {"outd", []string{"Outd", "outd"}},
		} {
			got := words(admin.Get(list+"?q="+url.QueryEscape(c.typed)), "tbody mark, .event mark")
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %q marks %q", list, c.typed, got)
			}
			if got := words(admin.Get(list), "mark"); len(got) > 0 {
				t.Errorf("%s: nothing is looked for, and %q are marked", list, got)
			}
		}
	})
}

func TestListsLeaveOutColumnsWithoutContent(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.withInvitation(t)
		for list, want := range map[string]string{
			"/o/acme/groups":                                "Group, Kind, Members, Invitations, Reach, Privileges held, Last used, Last change",
			"/o/acme/groups?q=viewers":                      "Group, Kind, Members, Reach, Privileges held, Last used, Last change",
			"/o/acme/members":                               "Member, Role, Groups, Last used",
			"/o/acme/members?q=several":                     "Member, Groups, Last used",
			"/o/acme/resources/content/sources":             "Name, Your access, Type, Visibility, Last modified",
			"/o/acme/members/-/invitations":                 "Invited, State, Expires, Groups, Provider, Invited by",
			"/o/acme/resources/content/sources/jira/people": "Name, Access level, Through, Last used",
		} {
			page := admin.Get(list)
			if got := strings.Join(words(page, "thead th:not(.pick)"), ", "); got != want {
				t.Errorf("%s has the columns %q, want %q", list, got, want)
			}
			heads := page.Find("thead th").Length()
			for n := range page.Find("tbody tr").Length() {
				if cells := page.Find("tbody tr").Eq(n).Children().Length(); cells != heads {
					t.Errorf("%s: %d cells below %d heads", list, cells, heads)
				}
			}
		}
	})
}
