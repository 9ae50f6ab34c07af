package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/web/webtest"
)

// attempt is one form that asks for more than its sender holds.
type attempt struct {
	as, path string // path below the organization
	form     url.Values
}

// door is a way to change an organization. Exactly one of the first two is set.
type door struct {
	attempts func(a *above) []attempt
	nothing  string // why nobody can gain anything there
	draws    bool   // it answers with a page whatever is asked, and keeps nothing
}

// above is the organization with what each of the callers holds.
type above struct {
	world
	browsers map[string]*webtest.Browser
	rights   map[string]access.Rights
	invited  map[string]models.InvitationID // into each group, by its key
}

var callersBelow = []string{"delegate", "keeper", "narrow"}

// Every unsafe route of an organization is tried with every form that would give more than its sender holds (R7). Each is
// refused, which is the one thing that goes on record (R14), and nothing changes. A route that doors does not know fails: anyone who adds it says here how
// it could be abused.
func TestNoDoorLeadsAboveOneself(t *testing.T) {
	inCopies(t, peopled([]string{modelstest.AboveFile}, "story: "+strings.Join(callersBelow, " ")), webtest.Options{}, func(t *testing.T, w world) {
		a := newAbove(t, w)
		before := a.state(t)
		for _, route := range patterns(t, a.world) {
			path, inside := strings.CutPrefix(route.Path, "/o/:organization")
			if route.Method == http.MethodGet || route.Method == http.MethodHead || route.Method == echo.RouteNotFound || !inside {
				continue
			}
			t.Run(route.Method+" "+path, func(t *testing.T) {
				d, known := doors[path]
				if !known || (d.attempts == nil) == (d.nothing == "") {
					t.Fatal("how could somebody reach above themselves here? Say so in doors")
				}
				if d.attempts != nil {
					a.try(t, route.Method, d, before)
				}
			})
		}
	})
}

func newAbove(t *testing.T, w world) *above {
	t.Helper()
	a := &above{w, map[string]*webtest.Browser{}, map[string]access.Rights{}, invitedIntoEach(t, w)}
	for _, name := range callersBelow {
		email := name + "@example.com"
		a.browsers[name], a.rights[name] = w.as(t, email), w.rightsOf(t, email)
	}
	return a
}

// rightsOf is what a person holds, editor lists of the whole organization included.
func (w world) rightsOf(t *testing.T, email string) access.Rights {
	t.Helper()
	person := modelstest.Proven(t, w.Store, email)
	by, err := w.Console.Identify(t.Context(), services.Session{Person: person, Provider: services.ProviderPassword}, "story", "")
	if err != nil {
		t.Fatal(err)
	}
	rights := by.Rights
	for _, d := range w.Console.Catalog().Domains() {
		entries, err := w.scope(t).EntriesOf(t.Context(), by.Grantees(), d.Key)
		if err != nil {
			t.Fatal(err)
		}
		rights = rights.WithEntries(entries)
	}
	return rights
}

// try sends every attempt at a door.
func (a *above) try(t *testing.T, method string, d door, before string) {
	attempts := d.attempts(a)
	if len(attempts) == 0 {
		t.Fatal("nothing was tried")
	}
	was := a.newest(t)[0]
	for _, try := range attempts {
		page := a.browsers[try.as].Request(method, "/o/story"+try.path, try.form)
		if d.draws {
			if page.Status >= http.StatusInternalServerError {
				t.Errorf("%v: %d", try, page.Status)
			}
			continue
		}
		now := a.newest(t)
		switch {
		case page.Status != http.StatusForbidden && page.Status != http.StatusUnprocessableEntity:
			t.Errorf("%v: %d, want a refusal: %s", try, page.Status, page.Text("main"))
		case now[1].ID != was.ID || now[0].Outcome != models.OutcomeRefused || !strings.EqualFold(now[0].ActorName, try.as):
			t.Errorf("%v: %d, but the last on record is %s, %s of %s", try, page.Status, now[0].Outcome, now[0].Operation, now[0].ActorName)
		}
		was = now[0]
	}
	if last := a.newest(t)[0]; last.ID != was.ID {
		t.Errorf("what only draws was recorded as %s, %s of %s", last.Outcome, last.Operation, last.ActorName)
	}
	if a.state(t) != before {
		t.Error("something was changed")
	}
}

// newest are the last two activities.
func (a *above) newest(t *testing.T) []models.Activity {
	t.Helper()
	listing, err := a.scope(t).Activities(t.Context(), models.ActivityFilter{Page: models.Page{Limit: 2}})
	if err != nil {
		t.Fatal(err)
	}
	return listing.Rows
}
