package fault

import (
	"net/http"
	"net/url"
	"slices"
	"testing"
)

// A team whose privileges show in three places: its own Privileges tab, its own Access tab (who may edit the team), and
// the Access tab of each source.
const tabsFile = `
version: 1
organization: {key: acme, name: Acme}
groups:
  - {key: keepers, name: Keepers, privileges: {organization/groups: custom, organization/organization: view}}
  - {key: team, name: Team, privileges: {content/sources: {level: custom, edit: [jira]}, organization/organization: view}}
members:
  - {email: first@example.com, name: First, groups: [administrators]}
resources:
  content/sources:
    - {key: jira, name: Jira}
    - {key: web, name: Web}
`

// tab is one of the places, and what is changed there.
type tab struct {
	name, path string
	choice     url.Values
	seen       []string // the fields of the page that say how old it is
}

var tabs = []tab{
	{"the Privileges tab", "/o/acme/groups/team/privileges",
		url.Values{"level.content/fields": {"view"}, "level.content/extensions": {"edit"}}, []string{"revision"}},
	{"its Access tab", "/o/acme/groups/team/access",
		url.Values{"access.group:keepers": {"edit"}}, []string{"revision", "revision.group:keepers"}},
	{"a source’s Access tab", "/o/acme/resources/content/sources/web/access",
		url.Values{"access.group:team": {"edit"}}, []string{"revision", "revision.group:team"}},
}

// form is the tab opened and changed, ready to be sent.
func (b tab) form(t *testing.T, v *visitor) url.Values {
	t.Helper()
	page := v.open(t, b.path)
	form := url.Values{}
	for name, value := range b.choice {
		form[name] = value
	}
	for _, name := range b.seen {
		if form.Set(name, page.value(name)); form.Get(name) == "" {
			t.Fatalf("%s does not say %q", b.name, name)
		}
	}
	return form
}

// Several administrators have the same group open in different tabs and save at the same moment. One of them is served;
// the others are told, and nothing of theirs is mixed in.
func TestOneOfSeveralTabsSavedAtOnceWins(t *testing.T) {
	onEach(t, func(t *testing.T, db database) {
		db.apply(t, tabsFile)
		before := written(t, tabsFile)
		v := db.enter(t, db.serve(t), first)
		after := make([]string, len(tabs)) // the organization as each tab alone would make it
		for i, b := range tabs {
			if saved, err := v.post(b.path, b.form(t, v)); err != nil || !saved.saved() {
				t.Fatalf("%s alone: %v, %v", b.name, saved, err)
			}
			after[i] = db.mustRun(t, "", "export", "acme")
			db.mustRun(t, "", "apply", "--prune", before)
		}
		for range rounds(4, 50) {
			for _, open := range [][]int{{0, 1}, {0, 2}, {1, 2}, {0, 1, 2}} {
				winner := saveAtOnce(t, v, open)
				if got := db.mustRun(t, "", "export", "acme"); got != after[winner] {
					t.Fatalf("%s was saved, but the organization is\n%s\nwant\n%s", tabs[winner].name, got, after[winner])
				}
				db.mustRun(t, "", "apply", "--prune", before)
			}
		}
	})
}

// saveAtOnce opens the tabs of these numbers, saves all of them at once, and gives the number of the one that was taken.
func saveAtOnce(t *testing.T, v *visitor, open []int) (winner int) {
	t.Helper()
	answers, errs := make([]answer, len(open)), make([]error, len(open))
	var saves []func()
	for i, n := range open {
		form := tabs[n].form(t, v)
		saves = append(saves, func() { answers[i], errs[i] = v.post(tabs[n].path, form) })
	}
	atOnce(saves...)
	var statuses []int
	for i, n := range open {
		must(t, errs[i])
		if answers[i].saved() {
			winner = n
		}
		statuses = append(statuses, answers[i].status)
	}
	slices.Sort(statuses)
	want := append([]int{http.StatusSeeOther}, slices.Repeat([]int{http.StatusConflict}, len(open)-1)...)
	if !slices.Equal(statuses, want) {
		t.Fatalf("tabs %v saved at once answer %v, want %v", open, statuses, want)
	}
	return winner
}
