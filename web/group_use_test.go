package web_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// used are the groups of an organization that have been used since it was asked last; two minutes pass.
func (w world) used(t *testing.T, organization string) []string {
	t.Helper()
	ctx := context.Background()
	if err := w.Console.WriteLastUsed(ctx); err != nil {
		t.Fatal(err)
	}
	o, err := w.Store.OrganizationByKey(ctx, organization)
	if err != nil {
		t.Fatal(err)
	}
	groups, err := w.Store.In(o.ID).AllGroups(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var used []string
	for _, g := range groups {
		if g.LastUsed().Equal(w.clock.Now().Truncate(time.Minute)) {
			used = append(used, g.Key)
		}
	}
	w.clock.Advance(2 * time.Minute)
	return used
}

func TestGroupsAreUsedByWhatIsAnsweredAndNotByWhatIsRefused(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		reader, maker := w.as(t, "reader@example.com"), w.as(t, "maker@example.com")
		w.used(t, "story") // signing in leads somewhere
		for _, c := range []struct {
			name   string
			status int
			does   func() int
			want   []string
		}{
			{"nothing", http.StatusOK, func() int { return http.StatusOK }, nil},
			{"a page", http.StatusOK, func() int { return reader.Get("/o/story/groups").Status }, []string{"readers"}},
			{"a page that is refused", http.StatusForbidden, func() int { return maker.Get("/o/story/groups").Status }, nil},
			{"an action that is refused", http.StatusForbidden, func() int { return reader.Post("/o/story/groups/team/delete", url.Values{}).Status }, nil},
			{"something that is not there", http.StatusNotFound, func() int { return reader.Get("/o/story/groups/nothing").Status }, nil},
			{"a page for everybody", http.StatusOK, func() int { return maker.Get("/o/story/members").Status }, []string{"makers"}},
		} {
			if status, used := c.does(), w.used(t, "story"); status != c.status || !slices.Equal(used, c.want) {
				t.Errorf("%s: %d, used are %q; want %d, %q", c.name, status, used, c.status, c.want)
			}
		}
		admin := w.as(t, "admin@example.com")
		admin.Get("/o/story")
		w.used(t, "story")
		never := admin.Get("/o/story/groups?unused=never")
		if got := never.Text("tbody"); !strings.Contains(got, "Strong") || strings.Contains(got, "Readers") || !strings.Contains(never.Text("main"), "The use of groups is recorded since") {
			t.Errorf("never used are %q in %q", got, never.Text("main"))
		}
		for _, list := range []string{"/o/story/groups", "/o/story/members"} {
			unused := admin.Get(list + "?unused=never")
			if got := unused.Text("th[aria-sort=ascending]"); unused.Find("th[aria-sort]").Length() != 1 || got != "Last used" {
				t.Errorf("%s without what was used says that it is sorted by %q", list, got)
			}
			if unused.Find("form input[name=sort]").Length() != 0 {
				t.Errorf("%s: the order stays when the filter goes", list)
			}
		}
		if got := admin.Get("/o/story/groups/makers").Text("main"); !strings.Contains(got, "Last used4 min ago") {
			t.Errorf("the group says %q", got)
		}
		if got := admin.Get("/o/story/groups/-/csv?unused=never").Body; !strings.Contains(got, "\"Last used (UTC)\"") || !strings.Contains(got, "Strong") || strings.Contains(got, "Makers") {
			t.Errorf("the file holds %q", got)
		}
		overview := admin.Get("/o/story")
		cell := overview.Find(".table-unused tr:contains('Groups') a").First()
		list := admin.Get(cell.AttrOr("href", ""))
		if n := list.Find("tbody tr").Length(); n == 0 || !strings.HasPrefix(strings.TrimSpace(cell.Text()), strconv.Itoa(n)+" ") {
			t.Errorf("%q leads to %d rows", cell.Text(), n)
		}
	})
}

// What the vendor's personnel do is no use of a group.
func TestTemporaryAccessUsesNoGroup(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		v.asks(t, "CASE-1", time.Hour)
		by, err := v.Console.Identify(t.Context(), v.agent(t), "acme", "192.0.2.7")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.Console.OpenDomain(by, "content/sources"); err != nil {
			t.Fatal(err)
		}
		v.Console.NoteGroupUses(by)
		if used := v.used(t, "acme"); len(used) != 0 {
			t.Errorf("used are %q", used)
		}
	})
}
