package web_test

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/web/webtest"
)

// inStories runs the body in a fresh story on each database.
func inStories(t *testing.T, body func(t *testing.T, w world)) {
	t.Helper()
	inCopies(t, peopled([]string{modelstest.StoryFile, modelstest.StrangeFile}, "story: admin deputy delegate insider maker reader"), webtest.Options{}, body)
}

// state is the whole organization as its file: equal means that nothing has changed.
func (w world) state(t *testing.T) string { t.Helper(); return w.stateOf(t, "story") }

func (w world) stateOf(t *testing.T, organization string) string {
	t.Helper()
	var text bytes.Buffer
	if err := w.Console.Export(context.Background(), organization, services.ExportOptions{}, &text); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func (w world) scope(t *testing.T) *models.Scope {
	t.Helper()
	o, err := w.Store.OrganizationByKey(context.Background(), "story")
	if err != nil {
		t.Fatal(err)
	}
	return modelstest.In(w.Store, o.ID)
}

// held is what a group holds.
func (w world) held(t *testing.T, key string) access.PrivilegeSet {
	t.Helper()
	group, err := w.scope(t).Group(context.Background(), key)
	if err != nil {
		t.Fatal(err)
	}
	set, err := w.scope(t).PrivilegesOf(context.Background(), access.GranteeID(group.ID))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// atOnce runs all of it at the same time and waits for the end.
func atOnce(all ...func()) {
	var done sync.WaitGroup
	start := make(chan struct{})
	for _, do := range all {
		done.Go(func() {
			<-start
			do()
		})
	}
	close(start)
	done.Wait()
}

const (
	teamPrivileges = "/o/story/groups/team/privileges"
	webAccess      = "/o/story/resources/content/sources/web/access"
)

// Two administrators change the same group at once: one through its Privileges tab, the other from the Access tab of a
// source. One of them is shown what the other did beside what they asked for themselves, and decides.
func TestGroupSavedThroughTwoTabsAtOnceIsSavedOnce(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin, deputy := w.as(t, "admin@example.com"), w.as(t, "deputy@example.com")
		for range 10 {
			w.apply(t, modelstest.StoryFile)
			privileges, sharing := admin.Get(teamPrivileges), deputy.Get(webAccess)
			atOnce(func() {
				privileges = privileges.Submit("Save", url.Values{"level.content/fields": {"view"}})
			}, func() {
				sharing = sharing.Submit("Save", url.Values{"access.group:team": {"edit"}})
			})
			first, second := privileges.Status == http.StatusOK, sharing.Status == http.StatusOK
			if first == second {
				t.Fatalf("the Privileges tab answers %d, the Access tab %d", privileges.Status, sharing.Status)
			}
			stale := privileges
			if first {
				stale = sharing
				w.wantConflict(t, stale) // they changed something else of the team
			} else {
				w.wantConflict(t, stale, "Web in Content / Sources Not changed Edit")
			}
			if again := stale.Submit("Save", nil); again.Status != http.StatusOK {
				t.Fatalf("saving what the conflict shows: %d %s", again.Status, again.Text("main"))
			}
			set := w.held(t, "team")
			if set["content/fields"].Level != access.LevelView || len(set["content/sources"].Editors) != 2 {
				t.Fatalf("in the end the team holds %v", set)
			}
		}
	})
}

// wantConflict checks that a stale save was refused and shows both versions: what it is about, yours, theirs.
func (w world) wantConflict(t *testing.T, page *webtest.Page, want ...string) {
	t.Helper()
	alert := page.Text("[role=alert]")
	if page.Status != http.StatusConflict || !strings.Contains(alert, "Administrator (") || !strings.Contains(alert, "@example.com) saved a change") {
		t.Fatalf("%d: %s", page.Status, page.Text("main"))
	}
	var rows []string
	for _, tr := range page.Find(".conflict tbody tr").EachIter() {
		var cells []string
		for _, cell := range tr.Children().EachIter() {
			cells = append(cells, cell.Text())
		}
		rows = append(rows, strings.Join(cells, " "))
	}
	if !slices.Equal(rows, want) {
		t.Errorf("the conflict shows %q, want %q", rows, want)
	}
}

// Two people rename the same group, or describe the same source, from forms of the same age.
func TestSecondOfTwoStaleFormsIsRefused(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin, deputy := w.as(t, "admin@example.com"), w.as(t, "deputy@example.com")
		for path, label := range map[string]string{
			"/o/story/groups/team": "Group name", "/o/story/resources/content/sources/web": "Name",
		} {
			mine, theirs := admin.Get(path), deputy.Get(path)
			atOnce(func() { mine = mine.Submit("Save", url.Values{"name": {"Mine"}}) },
				func() { theirs = theirs.Submit("Save", url.Values{"name": {"Theirs"}}) })
			if (mine.Status == http.StatusOK) == (theirs.Status == http.StatusOK) {
				t.Fatalf("%s: %d and %d", path, mine.Status, theirs.Status)
			}
			stale, typed, saved := mine, "Mine", "Theirs"
			if mine.Status == http.StatusOK {
				stale, typed, saved = theirs, "Theirs", "Mine"
			}
			w.wantConflict(t, stale, label+" "+typed+" "+saved)
			if got := stale.Find("#name").AttrOr("value", ""); got != typed {
				t.Errorf("%s: the form holds %q, want %q", path, got, typed)
			}
		}
	})
}

// Attack: two steps of one form with somebody else's change between them. Drawing the form again must not make it newer
// than what its reader saw.
func TestFormDrawnAgainIsAsOldAsBefore(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin, deputy := w.as(t, "admin@example.com"), w.as(t, "deputy@example.com")
		for _, c := range []struct {
			name, path, again string
			typed, corrected  url.Values
			status            int // of the step between
			change            url.Values
		}{
			{"Privileges tab", teamPrivileges, "Review changes", url.Values{"level.content/fields": {"view"}}, nil, http.StatusOK,
				url.Values{"level.content/extensions": {"view"}}},
			{"Access tab", webAccess, "Review changes", url.Values{"access.group:team": {"edit"}}, nil, http.StatusOK,
				url.Values{"access.group:team": {"edit"}, "access.group:makers": {"edit"}}},
			{"group", "/o/story/groups/team", "Save", url.Values{"name": {""}}, url.Values{"name": {"Mine"}}, http.StatusUnprocessableEntity,
				url.Values{"name": {"Theirs"}}},
			{"source", "/o/story/resources/content/sources/web", "Save", url.Values{"name": {""}}, url.Values{"name": {"Mine"}},
				http.StatusUnprocessableEntity, url.Values{"name": {"Theirs"}}},
		} {
			t.Run(c.name, func(t *testing.T) {
				mine := admin.Get(c.path)
				if page := deputy.Get(c.path).Submit("Save", c.change); page.Status != http.StatusOK {
					t.Fatalf("the other change: %d %s", page.Status, page.Text("main"))
				}
				between := mine.Submit(c.again, c.typed)
				if between.Status != c.status {
					t.Fatalf("the step between: %d %s", between.Status, between.Text("main"))
				}
				save := "Save"
				if c.again != save { // the bar has noticed the other change, and says what saving shows
					save = "See both"
				}
				if page := between.Submit(save, c.corrected); page.Status != http.StatusConflict {
					t.Errorf("the save: %d %s", page.Status, page.Text("main"))
				}
			})
		}
	})
}

const removeAdministrator = "/o/story/groups/administrators/members/-/delete"

// Attack: two administrators take each other, or each themselves, out of Administrators at the same moment, each
// counting on the other.
func TestAdministratorsRemovedAtOnceAlwaysLeaveOne(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		browsers := map[string]*webtest.Browser{
			"admin@example.com": w.as(t, "admin@example.com"), "deputy@example.com": w.as(t, "deputy@example.com"),
		}
		for round := range 50 {
			var first, second *webtest.Page
			one, other := "admin@example.com", "deputy@example.com"
			if round%2 == 1 {
				one, other = other, one // each themselves
			}
			atOnce(func() { first = browsers["admin@example.com"].Post(removeAdministrator, url.Values{"member": {other}}) },
				func() { second = browsers["deputy@example.com"].Post(removeAdministrator, url.Values{"member": {one}}) })
			left, err := w.scope(t).Administrators(context.Background(), w.clock.Now())
			if err != nil || len(left) != 1 {
				t.Fatalf("round %d: %d administrators are left, %v; the answers were %d and %d", round, len(left), err, first.Status, second.Status)
			}
			w.reinstate(t, browsers[left[0].Email])
		}
	})
}

// reinstate lets the administrator who is left add the other one again.
func (w world) reinstate(t *testing.T, left *webtest.Browser) {
	t.Helper()
	for _, email := range []string{"admin@example.com", "deputy@example.com"} {
		left.Post("/o/story/groups/administrators/members/-/invite", url.Values{"who_typed": {email}, "confirm_administrators": {"yes"}})
	}
	both, err := w.scope(t).Administrators(context.Background(), w.clock.Now())
	if err != nil || len(both) != 2 {
		t.Fatalf("%d administrators after adding the other one, %v", len(both), err)
	}
}
