package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"bailiwick/access"
	"bailiwick/services/mail/mailtest"
	"bailiwick/views"
	"bailiwick/web"
	"bailiwick/web/webtest"
)

// ends ends the browser's session from elsewhere, as somebody does who signs out everywhere: the browser keeps its cookie.
func (w world) ends(t *testing.T, b *webtest.Browser) {
	t.Helper()
	if err := w.Console.EndSession(context.Background(), b.Cookie("__Host-sid")); err != nil {
		t.Fatal(err)
	}
}

// sendsLate sends a form after the browser's session has ended.
func (w world) sendsLate(t *testing.T, b *webtest.Browser, path string, form url.Values) *webtest.Page {
	t.Helper()
	w.ends(t, b)
	return b.Post(path, form)
}

// goesOn signs in on the page that a form sent late leads to.
func goesOn(page *webtest.Page, email string) *webtest.Page {
	return page.Submit("Sign in", url.Values{"email": {email}, "password": {password}})
}

func isResumed(page *webtest.Page) bool {
	return strings.Contains(page.Text(".callout[data-tone=success]"), "You are signed in again. Nothing is lost.")
}

// wantLost holds that the page shows what is stored, and says that nothing is kept.
func wantLost(t *testing.T, page *webtest.Page) {
	t.Helper()
	if isResumed(page) || !strings.Contains(page.Text(".callout[data-tone=warning]"), "This form is not kept any more.") {
		t.Errorf("%d at %s: %q", page.Status, page.Address, page.Text("main"))
	}
	if page.Find(`[name="level.content/fields"][value=edit][checked]`).Length() != 0 {
		t.Error("the page shows what was typed")
	}
}

var fieldsToEdit = url.Values{"level.content/fields": {"edit"}, "revision": {"0"}}

func TestFormSentAfterItsSessionEndedComesBackAndIsSavedByItsPersonAlone(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin, before := w.as(t, "admin@example.com"), w.state(t)
		form := admin.Get(teamPrivileges)
		w.ends(t, admin)
		gate := form.Submit("Save", url.Values{"level.content/fields": {"edit"}})
		if gate.Status != http.StatusOK || gate.Address.Path != "/sign-in" || !strings.Contains(gate.Text(".callout, .gate"), "you come back to your form") {
			t.Fatalf("sent late: %d at %s %q", gate.Status, gate.Address, gate.Body)
		}
		page := goesOn(gate, "admin@example.com")
		wantPage(t, page, http.StatusOK, teamPrivileges+"?resumed=1")
		if !isResumed(page) || !strings.Contains(page.Text("main"), "Your change is kept, and nothing is saved yet.") {
			t.Errorf("it says %q", page.Text("main"))
		}
		if page.Find(`[name="level.content/fields"][value=edit][checked]`).Length() != 1 || !strings.Contains(page.Text("#savebar"), "1 change") {
			t.Errorf("what was chosen is gone: %q", page.Text("#savebar"))
		}
		if again := admin.Get(teamPrivileges + "?resumed=1"); !isResumed(again) {
			t.Error("loaded again, the form is gone")
		}
		if w.state(t) != before {
			t.Fatal("drawing the form again has saved it")
		}
		if saved := page.Submit("Save", nil); !strings.Contains(saved.Text("main"), "Saved: ") {
			t.Errorf("saved: %d %q", saved.Status, saved.Text("main"))
		}
		if got := w.held(t, "team")["content/fields"].Level; got != access.LevelEdit {
			t.Errorf("the group holds %s", got)
		}
		wantLost(t, admin.Get("/o/story/groups/makers/privileges?resumed=1"))
		if admin.Cookie("__Host-kept-form") != "" {
			t.Error("the browser keeps the secret of a form that was saved")
		}
	})
}

func TestKeptFormIsDiscarded(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		page := goesOn(w.sendsLate(t, admin, teamPrivileges, fieldsToEdit), "admin@example.com")
		secret := admin.Cookie("__Host-kept-form")
		wantPage(t, page.Submit("Discard the change", nil), http.StatusOK, teamPrivileges)
		admin.SetCookie("__Host-kept-form", secret)
		wantLost(t, admin.Get(teamPrivileges+"?resumed=1"))
	})
}

// Each form that can be kept is drawn again with what was typed, changes nothing, and brings no secret back.
func TestEveryFormThatIsKeptIsDrawnAgainAndChangesNothing(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	inVisitedWorldsWith(t, webtest.Options{Mails: server}, func(t *testing.T, w world) {
		viewer := w.member(t, "acme", "viewer@example.com")
		admin, agent, drawn := "admin@example.com", "agent@vendor.example", map[string]bool{}
		for _, c := range []struct{ email, path, button, field, value string }{
			{admin, "/o/acme/api-keys/-/add", "Add API key", "name", "Typed"},
			{admin, "/o/acme/api-keys/connector", "Save", "name", "Typed"},
			{admin, "/o/acme/api-keys/connector/access", "Save", "access.group:viewers", "edit"},
			{admin, "/o/acme/api-keys/connector/duplicate", "Duplicate API key", "name", "Typed"},
			{admin, "/o/acme/api-keys/connector/privileges", "Save", "level.content/fields", "edit"},
			{admin, "/o/acme/groups/-/add", "Add Group", "name", "Typed"},
			{admin, "/o/acme/groups/team", "Save", "name", "Typed"},
			{admin, "/o/acme/groups/team/access", "Save", "access.group:viewers", "edit"},
			{admin, "/o/acme/groups/team/duplicate", "Duplicate group", "name", "Typed"},
			{admin, "/o/acme/groups/team/members/-/invite", "Add members", "who_typed", "typed words"},
			{admin, "/o/acme/groups/team/privileges", "Save", "level.content/fields", "edit"},
			{admin, "/o/acme/members/-/invite", "Add members", "who_typed", "typed words"},
			{admin, "/o/acme/members/" + viewer + "/address", "Propose address", "address", "typed@example.com"},
			{admin, "/o/acme/members/" + viewer + "/groups", "Save", "in.team", "yes"},
			{admin, "/o/acme/organization/name", "Save name", "name", "Typed"},
			{admin, "/o/acme/resources/content/sources/-/add", "Add source", "name", "Typed"},
			{admin, "/o/acme/resources/content/sources/jira", "Save", "name", "Typed"},
			{admin, "/o/acme/resources/content/sources/jira/access", "Save", "access.group:viewers", "edit"},
			{admin, "/o/acme/resources/content/sources/jira/duplicate", "Duplicate source", "name", "Typed"},
			{admin, "/join/name", "Save and continue", "name", "Typed"},
			{admin, "/profile", "Save name", "name", "Typed"},
			{admin, "/profile/address", "Email me a link", "address", "typed@example.com"},
			{agent, "/support/acme", "Request access", "justification", because},
		} {
			b, before := w.as(t, c.email), w.keptState(t)
			form := b.Get(c.path)
			w.ends(t, b)
			late := url.Values{c.field: {c.value}}
			for _, secret := range secretsIn(form) {
				late.Set(secret, password)
			}
			gate := form.Submit(c.button, late)
			w.wantNoSecretKept(t, c.email, b.Cookie("__Host-kept-form"), c.path)
			page := goesOn(gate, c.email)
			if page.Status != http.StatusOK || page.Address.Path != c.path || !isResumed(page) {
				t.Errorf("%s: %d at %s %q", c.path, page.Status, page.Address, page.Text("main"))
				continue
			}
			field := page.Find(`main [name="` + c.field + `"]`)
			if field.Filter(`[value="`+c.value+`"]:not([type=radio], [type=checkbox]), [value="`+c.value+`"][checked]`).Length() != 1 &&
				field.Find(`option[value="`+c.value+`"][selected]`).Length() != 1 && strings.TrimSpace(field.Text()) != c.value {
				t.Errorf("%s: %s is not what was typed", c.path, c.field)
			}
			if strings.Contains(page.Body, password) {
				t.Errorf("%s shows a secret", c.path)
			}
			if w.keptState(t) != before {
				t.Errorf("%s: drawing the form again has changed something", c.path)
			}
			drawn[w.pattern(c.path)] = true
		}
		for pattern := range web.Resumable {
			if !drawn[pattern] {
				t.Errorf("no form of %s was tried", pattern)
			}
		}
	})
}

// A code of the second factor is a secret too: whoever has one is asked for it by a form that is kept.
func TestNoCodeOfASecondFactorIsKept(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		const path, email, code = "/profile/address", "admin@example.com", "135790"
		admin := w.as(t, email)
		page := goesOn(w.sendsLate(t, admin, path, url.Values{views.NewAddress.Name: {"typed@example.com"}, views.FactorCode.Name: {code}}), email)
		kept, err := w.Console.KeptForm(context.Background(), w.sessionOf(t, email), admin.Cookie("__Host-kept-form"), path)
		if err != nil || strings.Contains(fmt.Sprint(kept.Values), code) || !isResumed(page) || strings.Contains(page.Body, code) {
			t.Errorf("%d, kept %v, %v", page.Status, kept.Values, err)
		}
	})
}

// secretsIn are the fields for passwords of the form that the page is about: the profile has others.
func secretsIn(page *webtest.Page) []string {
	if page.Address.Path == "/profile" {
		return nil
	}
	return page.Find("main input[type=password]").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("name", "") })
}

// keptState is all that the forms which can be kept would change.
func (w world) keptState(t *testing.T) string {
	t.Helper()
	person := w.sessionOf(t, "admin@example.com").Person
	_, change := w.Console.OwnAddressChange(context.Background(), person)
	return fmt.Sprint(w.stateOf(t, "acme"), person.Name, change)
}

// wantNoSecretKept holds that what is kept has no password.
func (w world) wantNoSecretKept(t *testing.T, email, secret, path string) {
	t.Helper()
	kept, err := w.Console.KeptForm(context.Background(), w.sessionOf(t, email), secret, path)
	if err != nil || strings.Contains(fmt.Sprint(kept.Values), password) {
		t.Errorf("%s: kept %v, %v", path, kept.Values, err)
	}
}

// pattern is that of the route which a form at the path is sent to.
func (w world) pattern(path string) string {
	found := w.Handler.NewContext(nil, nil)
	w.Handler.Router().Find(http.MethodPost, path, found)
	return found.Path()
}

// Where a form is not kept, signing in leads back to its question with the selection, or to the page that it was sent from.
// What was chosen for many stands in the address of its question. Where the answer to that came too late, the question is drawn as it was.
func TestAQuestionAboutManyComesBackWithWhatWasChosen(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		viewer := w.member(t, "acme", "viewer@example.com")
		const until = "2099-12-31"
		question := "/o/acme/members/-/many/groups?q=viewer&selected=" + viewer
		admin := w.as(t, "admin@example.com")
		review := admin.Get(question + "&into=team&until=" + until + "&step=review")
		before := w.stateOf(t, "acme")
		w.ends(t, admin)
		refused := review.Submit("Add 1 member", nil)
		if refused.Status != http.StatusUnauthorized {
			t.Fatalf("%d %q", refused.Status, refused.Text("main"))
		}
		back := goesOn(admin.Get(refused.Find("main .btn-primary").AttrOr("href", "")), "admin@example.com")
		if back.Status != http.StatusOK || back.Text("dialog") != review.Text("dialog") || !strings.Contains(back.Text("dialog"), "Team") {
			t.Errorf("%d at %s: %q, want %q", back.Status, back.Address, back.Text("dialog"), review.Text("dialog"))
		}
		if w.stateOf(t, "acme") != before {
			t.Error("it was done")
		}
	})
}

func TestWhatIsNotKeptLeadsBackToItsPlace(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		viewer := w.member(t, "acme", "viewer@example.com")
		list := "/o/acme/members?q=viewer&selected=" + viewer
		for _, c := range []struct{ path, referer, want string }{
			{"/o/acme/members/-/many/suspend?q=viewer&selected=" + viewer, w.URL + list, "/o/acme/members/-/many/suspend?q=viewer&selected=" + viewer},
			{"/o/acme/groups/team/delete?q=team", w.URL + "/o/acme/groups", "/o/acme/groups/team/delete?q=team"},
			{"/o/acme/members/" + viewer + "/sessions/end-all", w.URL + list, list},
			{"/o/acme/members/" + viewer + "/sessions/end-all", "https://other.example.com" + list, "/"},
			{"/o/acme/members/" + viewer + "/sessions/end-all", w.URL + "/o/acme/members/" + viewer + "/sessions/end", "/"},
			{"/o/acme/members/" + viewer + "/sessions/end-all", "", "/"},
		} {
			admin := w.as(t, "admin@example.com")
			w.ends(t, admin)
			admin.Header = http.Header{"Referer": {c.referer}}
			page := admin.Post(c.path, url.Values{})
			admin.Header = nil
			href := page.Find("main .btn-primary").AttrOr("href", "")
			signIn, err := url.Parse(href)
			if err != nil || page.Status != http.StatusUnauthorized || signIn.Path != "/sign-in" {
				t.Errorf("%s: %d leads to %q, %v", c.path, page.Status, href, err)
				continue
			}
			if got := signIn.Query().Get("next"); got != c.want && (got != "" || c.want != "/") {
				t.Errorf("%s from %s leads back to %q", c.path, c.referer, got)
			}
			if back := goesOn(admin.Get(href), "admin@example.com"); back.Status != http.StatusOK || c.want != "/" && back.Address.RequestURI() != c.want {
				t.Errorf("%s: %d at %s", c.path, back.Status, back.Address)
			}
		}
	})
}

// A kept form is its person's alone, in the browser that sent it, at its own page, for an hour.
func TestKeptFormIsShownToNobodyElseAndNowhereElse(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		gate := w.sendsLate(t, admin, teamPrivileges, fieldsToEdit)
		secret := admin.Cookie("__Host-kept-form")
		wantLost(t, goesOn(gate, "deputy@example.com"))

		elsewhere := w.as(t, "admin@example.com")
		wantLost(t, elsewhere.Get(teamPrivileges+"?resumed=1"))
		elsewhere.SetCookie("__Host-kept-form", "guessed")
		wantLost(t, elsewhere.Get(teamPrivileges+"?resumed=1"))

		back := w.as(t, "admin@example.com")
		back.SetCookie("__Host-kept-form", secret)
		wantLost(t, back.Get("/o/story/groups/makers/privileges?resumed=1"))
		if page := back.Get("/o/strange/groups/team/privileges?resumed=1"); page.Status != http.StatusNotFound {
			t.Errorf("in another organization: %d %q", page.Status, page.Text("main"))
		}
		if page := back.Get(teamPrivileges); page.Find(`[name="level.content/fields"][value=edit][checked]`).Length() != 0 {
			t.Error("a page that does not ask for it shows what was typed")
		}
		w.clock.Advance(15 * time.Minute)
		if !isResumed(back.Get(teamPrivileges + "?resumed=1")) {
			t.Error("its person does not get it")
		}
		for range 3 {
			w.clock.Advance(15 * time.Minute)
			back.Get("/organizations")
		}
		wantLost(t, back.Get(teamPrivileges+"?resumed=1"))
	})
}

// Whoever has the cookie of a session that ended can plant no form before its person: only their own browser leads to it.
func TestStolenCookieOfAnEndedSessionPlantsNothing(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin, thief := w.as(t, "admin@example.com"), w.Browser(t)
		thief.SetCookie("__Host-sid", admin.Cookie("__Host-sid"))
		gate := w.sendsLate(t, thief, teamPrivileges, fieldsToEdit)
		wantLost(t, goesOn(gate, "reader@example.com"))
		wantLost(t, goesOn(admin.Get(teamPrivileges+"?resumed=1"), "admin@example.com"))
	})
}

// What is not a form of ours, of a session of ours that ended, is refused and not kept.
func TestOnlyAFormOfAnEndedSessionIsKept(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		header := func(name, value string) func(*webtest.Browser) {
			return func(b *webtest.Browser) { b.Header = http.Header{name: {value}} }
		}
		for name, c := range map[string]struct {
			path   string
			before func(*webtest.Browser)
			status int
		}{
			"another site":           {teamPrivileges, header("Sec-Fetch-Site", "cross-site"), http.StatusForbidden},
			"a page of no site":      {teamPrivileges, header("Sec-Fetch-Site", "none"), http.StatusUnauthorized},
			"a preview":              {teamPrivileges, header("HX-Request", "true"), http.StatusUnauthorized},
			"a file":                 {teamPrivileges, header("Content-Type", "multipart/form-data; boundary=x"), http.StatusUnauthorized},
			"a guessed cookie":       {teamPrivileges, func(b *webtest.Browser) { b.SetCookie("__Host-sid", "guessed") }, http.StatusUnauthorized},
			"a session of last week": {teamPrivileges, func(*webtest.Browser) { w.clock.Advance(85 * time.Hour) }, http.StatusUnauthorized},
			"a path with NUL":        {"/o/story/groups/%00/privileges", func(*webtest.Browser) {}, http.StatusUnauthorized},
			"a path that's no text":  {"/o/story/groups/%FF/privileges", func(*webtest.Browser) {}, http.StatusUnauthorized},
			"a deletion":             {"/o/story/groups/team/delete", func(*webtest.Browser) {}, http.StatusUnauthorized},
		} {
			admin := w.as(t, "admin@example.com")
			w.ends(t, admin)
			c.before(admin)
			page := admin.Request(http.MethodPost, c.path, fieldsToEdit)
			if page.Status != c.status || admin.Cookie("__Host-kept-form") != "" {
				t.Errorf("%s: %d, kept %q", name, page.Status, admin.Cookie("__Host-kept-form"))
			}
		}
	})
}

// A session that ran out has ended like one that somebody ended, before and after it is tidied up.
func TestFormIsKeptWhenTheSessionRanOut(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		for _, tidied := range []bool{false, true} {
			admin := w.as(t, "admin@example.com")
			w.clock.Advance(14 * time.Hour)
			if tidied {
				if err := w.Console.Tidy(context.Background()); err != nil {
					t.Fatal(err)
				}
			}
			if page := goesOn(admin.Post(teamPrivileges, fieldsToEdit), "admin@example.com"); !isResumed(page) {
				t.Errorf("tidied up %t: %d at %s", tidied, page.Status, page.Address)
			}
		}
	})
}

// One session keeps one form, and not any number one after the other.
func TestEndedSessionKeepsItsLastFormAndFewInAll(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		w.sendsLate(t, admin, "/o/story/groups/makers/privileges", fieldsToEdit)
		first := admin.Cookie("__Host-kept-form")
		for range 19 {
			if page := admin.Request(http.MethodPost, teamPrivileges, fieldsToEdit); page.Status != http.StatusSeeOther {
				t.Fatalf("not kept: %d", page.Status)
			}
		}
		if page := admin.Request(http.MethodPost, teamPrivileges, fieldsToEdit); page.Status != http.StatusUnauthorized {
			t.Errorf("kept without end: %d", page.Status)
		}
		if page := goesOn(admin.Get("/sign-in?next="+url.QueryEscape(teamPrivileges+"?resumed=1")), "admin@example.com"); !isResumed(page) {
			t.Errorf("the last one: %d at %s", page.Status, page.Address)
		}
		admin.SetCookie("__Host-kept-form", first)
		wantLost(t, admin.Get("/o/story/groups/makers/privileges?resumed=1"))
	})
}

// A kept form gives nothing that its person may no longer see or do.
func TestKeptFormIsWorthNothingAfterTheRightIsGone(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		delegate := w.as(t, "delegate@example.com")
		gate := w.sendsLate(t, delegate, "/o/story/groups/team", url.Values{"name": {"Typed"}, "revision": {"0"}})
		if saved := admin.Post("/o/story/groups/delegates/privileges", url.Values{
			"level.organization/groups": {"view"}, "level.organization/organization": {"view"}, "revision": {"0"}}); !strings.Contains(saved.Body, "Saved: ") {
			t.Fatalf("taken: %d %q", saved.Status, saved.Text("main"))
		}
		if page := goesOn(gate, "delegate@example.com"); page.Find("[name=name]").Length() != 0 && page.Find("main form[method=post] .btn-primary").Length() != 0 {
			t.Errorf("%d: the form is there: %q", page.Status, page.Text("main"))
		}
		if saved := admin.Post("/o/story/groups/delegates/privileges", url.Values{
			"level.organization/groups": {"none"}, "level.organization/organization": {"view"}, "revision": {"1"}}); !strings.Contains(saved.Body, "Saved: ") {
			t.Fatalf("taken: %d %q", saved.Status, saved.Text("main"))
		}
		if page := delegate.Get("/o/story/groups/team?resumed=1"); page.Status != http.StatusForbidden || strings.Contains(page.Body, "Typed") {
			t.Errorf("without view: %d %q", page.Status, page.Text("main"))
		}
	})
}

// Somebody saved meanwhile: the bar says so, and saving shows both.
func TestKeptFormThatWasOvertakenSaysSo(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin, deputy := w.as(t, "admin@example.com"), w.as(t, "deputy@example.com")
		form := admin.Get(teamPrivileges)
		deputy.Get(teamPrivileges).Submit("Save", url.Values{"level.content/extensions": {"view"}})
		w.ends(t, admin)
		page := goesOn(form.Submit("Save", url.Values{"level.content/fields": {"edit"}}), "admin@example.com")
		if bar := page.Text("#savebar"); isResumed(page) || !strings.Contains(bar, "saved a change") || !strings.Contains(bar, "See both") {
			t.Errorf("%d %q", page.Status, bar)
		}
		if both := page.Submit("See both", nil); both.Status != http.StatusConflict || both.Find(".conflict").Length() != 1 {
			t.Errorf("both: %d %q", both.Status, both.Text("main"))
		}
	})
}
