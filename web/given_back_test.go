package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/web/webtest"
)

// Without the cookie of a session nothing says whose a form is. It comes back in the answer, and goes on when its person has signed in.
func TestFormSentWithoutACookieIsGivenBackAndGoesOn(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin, before := w.as(t, "admin@example.com"), w.state(t)
		form := admin.Get(teamPrivileges)
		admin.ForgetCookies()
		given := form.Submit("Save", url.Values{"level.content/fields": {"edit"}})
		isGiven := func(page *webtest.Page) {
			t.Helper()
			if page.Status != http.StatusUnauthorized || !strings.Contains(page.Text("main"), "Nothing was saved. This tab still holds what you entered.") ||
				page.Find(`form [name="level.content/fields"][value=edit]`).Length() != 1 || page.Find("[name=resumed]").Length() != 1 {
				t.Errorf("%d %q", page.Status, page.Body)
			}
		}
		isGiven(given)
		given = given.Submit("Continue with the form", nil) // too soon
		isGiven(given)
		admin.SignIn("admin@example.com", password)
		page := given.Submit("Continue with the form", nil)
		if page.Status != http.StatusOK || !isResumed(page) || !strings.Contains(page.Text("#savebar"), "1 change") || w.state(t) != before {
			t.Fatalf("signed in: %d %q", page.Status, page.Text("main"))
		}
		if saved := page.Submit("Save", nil); !strings.Contains(saved.Text("main"), "Saved: ") || w.held(t, "team")["content/fields"].Level != access.LevelEdit {
			t.Errorf("saved: %d %q", saved.Status, saved.Text("main"))
		}
	})
}

// What is given back has no password and no code, gives nobody a right, and comes from pages of ours alone.
func TestWhatIsGivenBackHasNoSecretAndGivesNoRight(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		nobody := w.Browser(t)
		given := nobody.Post("/profile/address", url.Values{"address": {"typed@example.com"}, "present": {password}, "code": {"123456"}})
		if text := given.Text("main"); strings.Contains(given.Body, password) || strings.Contains(given.Body, "123456") || !strings.Contains(text, "Type passwords and codes again then.") {
			t.Errorf("given back: %q", given.Body)
		}
		insider, before := w.as(t, "insider@example.com"), w.state(t)
		again := url.Values{"resumed": {"1"}, "level.content/fields": {"edit"}, "revision": {"0"}}
		if page := insider.Post(teamPrivileges, again); page.Status != http.StatusForbidden || isResumed(page) {
			t.Errorf("who may not see the page: %d %q", page.Status, page.Text("main"))
		}
		if page := nobody.Post("/o/story/groups/team/delete", again); strings.Contains(page.Text("main"), "This tab still holds") {
			t.Errorf("a deletion is given back: %q", page.Text("main"))
		}
		admin := w.as(t, "admin@example.com")
		admin.Header = http.Header{"Sec-Fetch-Site": {"cross-site"}}
		if page := admin.Post(teamPrivileges, again); page.Status != http.StatusForbidden {
			t.Errorf("from another site: %d %q", page.Status, page.Text("main"))
		}
		if w.state(t) != before {
			t.Error("something was changed")
		}
	})
}

// A preview that is refused says to the script whether the form, if it is sent, is kept.
func TestRefusedPreviewSaysWhetherTheFormWouldBeKept(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		for what, c := range map[string]struct {
			before func(*webtest.Browser)
			want   string
		}{
			"ended from elsewhere":      {func(b *webtest.Browser) { w.ends(t, b) }, "1"},
			"signed out in another tab": {func(b *webtest.Browser) { b.Post("/sign-out", url.Values{}) }, "1"},
			"no cookie":                 {func(b *webtest.Browser) { b.ForgetCookies() }, ""},
			"a guessed cookie":          {func(b *webtest.Browser) { b.SetCookie("__Host-sid", "guessed") }, ""},
		} {
			admin := w.as(t, "admin@example.com")
			c.before(admin)
			admin.Header = http.Header{"Hx-Request": {"true"}}
			page := admin.Request(http.MethodPost, teamPrivileges+"/preview", fieldsToEdit)
			if page.Status != http.StatusUnauthorized || page.Header.Get("X-Form-Kept") != c.want {
				t.Errorf("%s: %d, kept %q", what, page.Status, page.Header.Get("X-Form-Kept"))
			}
		}
	})
}

// A form with a file comes back with all but the file, which its page asks for again.
func TestFormWithAFileComesBackAndAsksForTheFileAgain(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		const path = "/o/story/groups/team/members/-/invite"
		admin := w.as(t, "admin@example.com")
		w.ends(t, admin)
		late := upload(t, admin, path, url.Values{"who_typed": {"typed words"}, "step": {"find"}}, "email\nnew@example.com\n")
		page := goesOn(admin.Get(late.Header.Get("Location")), "admin@example.com")
		if !isResumed(page) || page.Find(`[name=who_typed]`).Text() != "typed words" || !strings.Contains(page.Text("main"), "The file was not read. Choose it again") {
			t.Errorf("%d at %s: %q", page.Status, page.Address, page.Text("main"))
		}
	})
}

// Somebody's session is ended in one organization and goes on elsewhere: their form comes back too, when they have signed in again.
func TestFormOfASessionThatWasEndedInTheOrganizationIsGivenBack(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		const several, name = "several@example.com", "/o/globex/organization/name"
		member := w.as(t, several)
		form := member.Get(name)
		before := w.stateOf(t, "globex")
		w.as(t, "outsider@example.com").Post("/o/globex/members/"+w.member(t, "globex", several)+"/sessions/end-all", url.Values{})
		member.Header = http.Header{"Hx-Request": {"true"}}
		if preview := member.Request(http.MethodPost, "/o/globex/groups/users/privileges/preview", fieldsToEdit); preview.Status != http.StatusForbidden || preview.Header.Get("X-Sign-In-Again") == "" {
			t.Errorf("a preview: %d %v", preview.Status, preview.Header)
		}
		member.Header = nil
		given := form.Submit("Save name", url.Values{"name": {"Typed"}})
		if given.Status != http.StatusForbidden || !strings.Contains(given.Text("main"), "This tab still holds what you entered.") {
			t.Fatalf("%d %q", given.Status, given.Text("main"))
		}
		beside := member.Get(given.Find("main a.btn-primary").AttrOr("href", "")).Submit("Sign out and sign in again", nil)
		goesOn(beside, several)
		page := given.Submit("Continue with the form", nil)
		if !isResumed(page) || page.Find("[name=name]").AttrOr("value", "") != "Typed" || w.stateOf(t, "globex") != before {
			t.Errorf("%d %q", page.Status, page.Text("main"))
		}
	})
}
