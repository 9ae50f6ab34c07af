package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// A member is suspended and reactivated in the list, without a script. Meanwhile nothing of the organization opens for them.
func TestAMemberIsSuspendedAndReactivatedInTheList(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin, plain := w.as(t, "admin@example.com"), w.as(t, "plain@example.com")
		path, list := w.memberPath(t, "plain@example.com"), "/o/acme/members?selected="+w.member(t, "acme", "plain@example.com")
		actions := func() string { return strings.Join(words(admin.Get(list), "#actionbar .actionbar-actions a"), " ") }
		if got := actions(); !strings.Contains(got, "Suspend") || strings.Contains(got, "Reactivate") {
			t.Fatalf("offered %q", got)
		}
		ask := admin.Get(path + "/suspend")
		if dialog := ask.Text("dialog"); !strings.Contains(dialog, "Suspend Plain in Acme?") || !strings.Contains(dialog, "plain@example.com") || !strings.Contains(dialog, "Team") {
			t.Errorf("asked %q", dialog)
		}
		page := admin.Post(path+"/suspend", url.Values{})
		if !strings.Contains(page.Text(".callout"), "plain@example.com) is suspended.") || page.Text("tr:has(input:checked) .chip[data-tone]") != "Suspended" {
			t.Errorf("the list says %q, and the row %q", page.Text(".callout"), page.Text("tr:has(input:checked) .chip[data-tone]"))
		}
		if got := actions(); strings.Contains(got, "Suspend") || !strings.Contains(got, "Reactivate") {
			t.Errorf("offered then %q", got)
		}
		for status, want := range map[string]bool{"suspended": true, "active": false, "": true} {
			found, file := admin.Get("/o/acme/members?status="+status), admin.Get("/o/acme/members/-/csv?status="+status)
			if got := strings.Contains(found.Text("tbody"), "plain@example.com"); got != want || strings.Contains(file.Body, "plain@example.com") != want {
				t.Errorf("status %q lists %q, and the file has %q", status, found.Text("tbody"), file.Body)
			}
			if chosen := found.Find("select[name=status] option[selected]"); chosen.AttrOr("value", "") != status {
				t.Errorf("status %q is shown as %q", status, chosen.Text())
			}
		}
		if page := admin.Get(path); !strings.Contains(page.Text("main"), "Plain was suspended on") {
			t.Errorf("the member’s page says %q", page.Text("main"))
		}

		// The session has ended; a new one opens a page that says why, and whom to ask.
		if page := plain.Get("/o/acme/members"); page.Title() != "Sign in" {
			t.Errorf("the session still opens %q", page.Title())
		}
		again := w.as(t, "plain@example.com")
		for _, address := range []string{"/o/acme", "/o/acme/members", "/o/acme/no/such/page"} {
			closed := again.Get(address)
			if closed.Status != http.StatusForbidden || closed.Text("h1") != "You are suspended in Acme" || !strings.Contains(closed.Text("main"), "admin@example.com") {
				t.Errorf("%s: %d %q", address, closed.Status, closed.Text("main"))
			}
		}
		if page := again.Post("/o/acme/groups", url.Values{}); page.Status != http.StatusForbidden {
			t.Errorf("a form of theirs: %d", page.Status)
		}

		if dialog := admin.Get(path + "/reactivate").Text("dialog"); !strings.Contains(dialog, "They get back") {
			t.Errorf("asked %q", dialog)
		}
		if page := admin.Post(path+"/reactivate", url.Values{}); !strings.Contains(page.Text(".callout"), "is reactivated.") {
			t.Fatalf("reactivated: %d %q", page.Status, page.Text(".callout"))
		}
		if page := again.Get("/o/acme/members"); page.Status != http.StatusOK {
			t.Errorf("back again: %d", page.Status)
		}
	})
}

// Who may remove a member sees in which sessions they use the organization, and ends them.
func TestSessionsOfAMemberAreSeenAndEnded(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		path := w.memberPath(t, "plain@example.com")
		sessions := func() (*webtest.Browser, *webtest.Browser) {
			admin, plain := w.as(t, "admin@example.com"), w.as(t, "plain@example.com")
			plain.Get("/o/acme/members")
			if err := w.Console.WriteLastUsed(t.Context()); err != nil {
				t.Fatal(err)
			}
			return admin, plain
		}
		admin, plain := sessions()
		tab := admin.Get(path).Find("nav[aria-label=Tabs] a:contains(Sessions)").AttrOr("href", "")
		page := admin.Get(tab)
		if page.Status != http.StatusOK || page.Find("tbody tr").Length() != 1 || !strings.Contains(page.Text("tbody"), "Unknown device") {
			t.Fatalf("%s: %d %q", tab, page.Status, page.Text("main"))
		}
		after := admin.Post(tab+"/end", url.Values{"session": {page.Find("tbody button").AttrOr("value", "")}})
		if !strings.Contains(after.Text(".callout"), "One session of Plain (plain@example.com) has ended.") || !strings.Contains(after.Text("main"), "No session in use") {
			t.Errorf("ended: %q", after.Text("main"))
		}
		if page := plain.Get("/o/acme/members"); page.Title() != "Sign in" {
			t.Errorf("the session still opens %q", page.Title())
		}
		if page := admin.Post(tab+"/end", url.Values{"session": {"x"}}); page.Status != http.StatusNotFound {
			t.Errorf("no number: %d", page.Status)
		}
		admin, plain = sessions()
		if page := admin.Post(tab+"/end-all", url.Values{}); !strings.Contains(page.Text(".callout"), "is signed out of this organization.") {
			t.Errorf("all ended: %q", page.Text("main"))
		}
		if page := plain.Get("/o/acme/members"); page.Title() != "Sign in" {
			t.Errorf("the session still opens %q", page.Title())
		}
		if page := w.as(t, "viewer@example.com").Get(w.memberPath(t, "plain@example.com") + "/sessions"); page.Status != http.StatusForbidden {
			t.Errorf("for a viewer: %d", page.Status)
		}
	})
}

func TestManyMembersAreSuspendedWithoutScript(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		ids := []string{w.member(t, "acme", "plain@example.com"), w.member(t, "acme", "viewer@example.com"), w.member(t, "acme", "admin@example.com")}
		bar := admin.Get("/o/acme/members").Submit("Show actions", url.Values{"selected": ids})
		if got := bar.Text(".actionbar-why"); got != "Left out: you." {
			t.Errorf("left out: %q", got)
		}
		review := bar.SubmitAmong(inBar, "Suspend 2", nil)
		if review.Text("dialog h2") != "Suspend 3 members?" {
			t.Fatalf("%d %q", review.Status, review.Text("main"))
		}
		done := review.Submit("Suspend 2, leave out 1", nil)
		if got := done.Text("[role=status] strong"); got != "2 members suspended." {
			t.Fatalf("%d %q", done.Status, done.Text("main"))
		}
		if got := done.Find("tr .chip:contains(Suspended)").Length(); got != 2 {
			t.Errorf("%d rows say that somebody is suspended, want 2", got)
		}
		done = done.Submit("Reactivate 2", nil).Submit("Reactivate 2, leave out 1", nil)
		if got := done.Text("[role=status] strong"); got != "2 members reactivated." {
			t.Errorf("%d %q", done.Status, done.Text("main"))
		}
		if offered := strings.Join(words(done, ".actionbar button"), ", "); strings.Contains(offered, "End sessions") {
			t.Errorf("nobody is signed in, and the bar offers %s", offered)
		}
		w.as(t, "viewer@example.com").Get("/o/acme/members")
		w.as(t, "plain@example.com").Get("/o/acme/members")
		if err := w.Console.WriteLastUsed(t.Context()); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, w.member(t, "acme", "several@example.com"))
		done = admin.Get("/o/acme/members").Submit("Show actions", url.Values{"selected": ids})
		if got := done.Text(".actionbar-why"); got != "Left out: you and 1 not signed in." {
			t.Errorf("left out: %q", got)
		}
		review = done.Submit("End sessions of 2", nil)
		if got := words(review, "dialog h3"); len(got) != 2 || got[0] != "2 can’t be signed out" || got[1] != "2 will be signed out" || !strings.Contains(review.Text("dialog"), "Not signed in.") {
			t.Errorf("the review says %q: %s", got, review.Text("dialog"))
		}
		done = review.Submit("Sign out 2, leave out 2", nil)
		if got := done.Text("[role=status] strong"); got != "2 members signed out of this organization." {
			t.Errorf("%d %q", done.Status, done.Text("main"))
		}
	})
}
