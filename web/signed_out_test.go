package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/services"
	"bailiwick/web/webtest"
)

// Somebody has a form open in one tab and signs out in another: the cookie of the session goes, and the form comes back all the same.
func TestFormSentAfterSigningOutInAnotherTabComesBack(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		for _, c := range []struct{ signOut, path, button, field, value string }{
			{"/sign-out", teamPrivileges, "Save", "level.content/fields", "edit"},
			{"/profile/sign-out", "/o/story/groups/team/members/-/invite", "Add members", "who_typed", "typed words"},
		} {
			admin, before := w.as(t, "admin@example.com"), w.state(t)
			form, secret := admin.Get(c.path), admin.Cookie("__Host-sid")
			admin.Post(c.signOut, url.Values{})
			if admin.Cookie("__Host-sid") != "" {
				t.Errorf("%s: the browser keeps the secret of the session", c.signOut)
			}
			page := goesOn(form.Submit(c.button, url.Values{c.field: {c.value}}), "admin@example.com")
			if field := page.Find(`main [name="` + c.field + `"]`); !isResumed(page) ||
				field.Filter(`[value="`+c.value+`"][checked]`).Length() != 1 && field.Text() != c.value {
				t.Errorf("%s, then %s: %d at %s: %q", c.signOut, c.path, page.Status, page.Address, page.Text("main"))
			}
			if w.state(t) != before {
				t.Errorf("%s: the form was sent in its person’s place", c.path)
			}
			if admin.Cookie("__Host-signed-out") != "" {
				t.Error("signed in again, the browser still names the session before")
			}
			w.wantOpensNothing(t, secret)
		}
	})
}

// wantOpensNothing holds that a cookie of a session signs nobody in.
func (w world) wantOpensNothing(t *testing.T, cookie string) {
	t.Helper()
	b := w.Browser(t)
	b.SetCookie("__Host-sid", cookie)
	if page := b.Get(teamPrivileges); page.Address.Path != "/sign-in" {
		t.Errorf("the cookie opens %s", page.Address)
	}
}

// Who signs out after their session was ended from elsewhere, or twice, loses nothing either.
func TestSigningOutLateLeavesTheNameOfTheSession(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		w.ends(t, admin)
		for range 2 {
			admin.Post("/sign-out", url.Values{})
		}
		if page := goesOn(admin.Post(teamPrivileges, fieldsToEdit), "admin@example.com"); !isResumed(page) {
			t.Errorf("%d at %s: %q", page.Status, page.Address, page.Text("main"))
		}
	})
}

// What signing out leaves in the browser opens nothing, tells nobody anything, and counts for an hour and for the same person.
func TestWhatSigningOutLeavesOpensNothing(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		signedOut := func() *webtest.Browser {
			b := w.as(t, "admin@example.com")
			b.Post("/sign-out", url.Values{})
			return b
		}
		admin := signedOut()
		name := admin.Cookie("__Host-signed-out")
		w.wantOpensNothing(t, name)
		if page := admin.Get("/sign-in"); strings.Contains(strings.ToLower(page.Body), "admin@") {
			t.Errorf("the page on which people sign in tells who was here: %q", page.Text("main"))
		}
		wantLost(t, goesOn(admin.Post(teamPrivileges, fieldsToEdit), "deputy@example.com"))

		notKept := func(what string, b *webtest.Browser) {
			t.Helper()
			if page := b.Request(http.MethodPost, teamPrivileges, fieldsToEdit); page.Status != http.StatusUnauthorized || b.Cookie("__Host-kept-form") != "" {
				t.Errorf("%s: %d", what, page.Status)
			}
		}
		for what, cookie := range map[string]string{"made up": "guessed", "changed": "A" + name[1:] + "A", "none": ""} {
			b := w.Browser(t)
			b.SetCookie("__Host-signed-out", cookie)
			notKept(what, b)
		}
		guessing := w.Browser(t)
		guessing.SetCookie("__Host-sid", "guessed")
		guessing.Post("/sign-out", url.Values{})
		notKept("of a session that never was", guessing)
		late := signedOut()
		w.clock.Advance(services.NamedAfterSignOut)
		notKept("after an hour", late)
	})
}
