package web_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/web/webtest"
)

func signInForm(email string) url.Values {
	return url.Values{"email": {email}, "password": {password}}
}

// signedOut tells whether the console has forgotten who sits at the browser.
func signedOut(b *webtest.Browser) bool {
	return strings.HasPrefix(b.Get("/organizations").Address.Path, "/sign-in")
}

func TestSessionCookieIsBoundToTheSite(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.Browser(t)
		answer := b.Request(http.MethodPost, "/sign-in", signInForm("viewer@example.com"))
		all := answer.Header.Values("Set-Cookie") // that of the known browser besides
		name, rest, _ := strings.Cut(all[len(all)-1], "=")
		value, attributes, _ := strings.Cut(rest, "; ")
		if name != "__Host-sid" || len(value) != 43 {
			t.Errorf("the cookie is %s=%s", name, value)
		}
		got := strings.Split(attributes, "; ")
		slices.Sort(got)
		if want := []string{"HttpOnly", "Path=/", "SameSite=Lax", "Secure"}; !slices.Equal(got, want) {
			t.Errorf("attributes %q, want %q", got, want)
		}
		row, err := w.Store.SessionByID(context.Background(), value)
		if err == nil {
			t.Errorf("the secret itself is stored: %+v", row)
		}
	})
}

func TestAnonymousVisitorsGetNoCookie(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		for _, path := range []string{"/", "/sign-in", "/o/acme", "/nothing"} {
			if page := w.Browser(t).Get(path); page.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s sets %q", path, page.Header.Get("Set-Cookie"))
			}
		}
	})
}

func TestSessionEndsWhenIdle(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "several@example.com")
		for range 3 {
			w.clock.Advance(29 * time.Minute)
			wantPage(t, b.Get("/organizations"), http.StatusOK, "/organizations")
		}
		w.clock.Advance(30 * time.Minute)
		if !signedOut(b) {
			t.Error("the session lives on after half an hour without use")
		}
	})
}

func TestSessionEndsAfterHalfADayOfUse(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "several@example.com")
		for range 35 {
			w.clock.Advance(20 * time.Minute)
			wantPage(t, b.Get("/organizations"), http.StatusOK, "/organizations")
		}
		w.clock.Advance(20 * time.Minute)
		if !signedOut(b) {
			t.Error("the session lives on after twelve hours")
		}
	})
}

func TestLastUseIsWrittenOnceAMinuteAndNotByThePage(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "several@example.com")
		began := w.clock.Now()
		for _, c := range []struct {
			after         time.Duration // since the page before
			page, writing time.Duration // since the beginning: what is stored after the page, and after the uses are written
		}{
			{59 * time.Second, 0, 0}, {time.Second, 0, time.Minute}, {59 * time.Second, time.Minute, time.Minute},
			{2 * time.Second, time.Minute, 121 * time.Second},
		} {
			w.clock.Advance(c.after)
			b.Get("/organizations")
			stored := w.lastSeen(t, b).Sub(began)
			if err := w.Console.WriteLastUsed(context.Background()); err != nil {
				t.Fatal(err)
			}
			if written := w.lastSeen(t, b).Sub(began); stored != c.page || written != c.writing {
				t.Errorf("%s later: %s after the page, %s after writing; want %s and %s", c.after, stored, written, c.page, c.writing)
			}
		}
	})
}

func (w world) lastSeen(t *testing.T, b *webtest.Browser) time.Time {
	t.Helper()
	row, err := w.Store.SessionByID(context.Background(), sum(b.Cookie("__Host-sid")))
	if err != nil {
		t.Fatal(err)
	}
	return row.LastSeenAt
}

func TestSignOutEndsTheSessionForEveryCopyOfTheCookie(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "several@example.com")
		stolen := w.Browser(t)
		stolen.SetCookie("__Host-sid", b.Cookie("__Host-sid"))
		wantPage(t, stolen.Get("/organizations"), http.StatusOK, "/organizations")
		wantPage(t, b.Get("/organizations").Submit("Sign out", nil), http.StatusOK, "/sign-in")
		if b.Cookie("__Host-sid") != "" {
			t.Error("the browser keeps the cookie")
		}
		if !signedOut(stolen) {
			t.Error("a copy of the cookie still opens the console")
		}
	})
}

func TestNewPasswordEndsSessionsWithTheNextRequest(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "several@example.com")
		if err := w.Console.SetPassword(context.Background(), "globex", "several@example.com", password+" either"); err != nil {
			t.Fatal(err)
		}
		if !signedOut(b) {
			t.Error("the old session still opens the console")
		}
		if page := w.Browser(t).SignIn("several@example.com", password); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("the old password: %d", page.Status)
		}
	})
}

func TestRemovedMembersAreOutWithTheNextRequest(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "viewer@example.com")
		wantPage(t, b.Get("/o/acme/groups"), http.StatusOK, "/o/acme/groups")
		w.remove(t, "viewers", "viewer@example.com")
		if page := b.Get("/o/acme/groups"); page.Status != http.StatusNotFound {
			t.Errorf("after the removal: %d", page.Status)
		}
		page := b.Get("/")
		wantPage(t, page, http.StatusOK, "/organizations")
		if !strings.Contains(page.Text("main"), "You are in no organization.") {
			t.Errorf("the page says %s", page.Text("main"))
		}
	})
}

// remove takes a person out of a group of acme.
func (w world) remove(t *testing.T, group, email string) {
	t.Helper()
	ctx := context.Background()
	o, err := w.Store.OrganizationByKey(ctx, "acme")
	if err != nil {
		t.Fatal(err)
	}
	err = w.Store.Change(ctx, o.ID, func(tx *models.Scope) error {
		tx.ActsFor(modelstest.Somebody)
		member, err := tx.MemberByEmail(ctx, email)
		if err != nil {
			return err
		}
		g, err := tx.Group(ctx, group)
		if err != nil {
			return err
		}
		return tx.EndMembership(ctx, g.Grantee().ID, member.PersonID, w.clock.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Attack: plant a known cookie in somebody's browser and wait until they sign in.
func TestSigningInGivesANewSession(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		attacker := w.as(t, "viewer@example.com")
		planted := attacker.Cookie("__Host-sid")
		victim := w.Browser(t)
		victim.SetCookie("__Host-sid", planted)
		victim.Post("/sign-in", signInForm("several@example.com"))
		if victim.Cookie("__Host-sid") == planted {
			t.Error("the planted cookie stays")
		}
		wantPage(t, victim.Get("/organizations"), http.StatusOK, "/organizations")
		if !signedOut(attacker) {
			t.Error("the planted session lives on")
		}
	})
}

// Attack: send a form of another site with the victim's cookies.
func TestRequestsFromOtherSitesAreRefused(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		for name, change := range map[string]http.Header{
			"another site":      {"Sec-Fetch-Site": {"cross-site"}},
			"a sibling":         {"Sec-Fetch-Site": {"same-site"}},
			"an old browser":    {"Sec-Fetch-Site": nil, "Origin": {"https://evil.example.com"}},
			"a sandboxed frame": {"Sec-Fetch-Site": nil, "Origin": {"null"}},
			"nobody":            {"Sec-Fetch-Site": nil},
		} {
			b := w.as(t, "several@example.com")
			b.Header = change
			if page := b.Post("/sign-out", url.Values{}); page.Status != http.StatusForbidden {
				t.Errorf("%s: %d", name, page.Status)
			}
			b.Header = http.Header{}
			if signedOut(b) {
				t.Errorf("%s signed the victim out", name)
			}
		}
	})
}

func TestOwnPagesOfOldBrowsersAreServed(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "several@example.com")
		b.Header = http.Header{"Sec-Fetch-Site": nil, "Origin": {w.URL}}
		wantPage(t, b.Post("/sign-out", url.Values{}), http.StatusOK, "/sign-in")
	})
}

func TestThemeIsKeptInACookie(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.Browser(t)
		wantPage(t, b.Post("/theme", url.Values{"theme": {"dark"}, "back": {"/sign-in"}}), http.StatusOK, "/sign-in")
		if got := b.Get("/sign-in").Find("html").AttrOr("data-theme", ""); got != "dark" {
			t.Errorf("the theme is %q", got)
		}
		b.Post("/theme", url.Values{"theme": {"system"}, "back": {"//evil.example.com"}})
		if _, set := b.Get("/sign-in").Find("html").Attr("data-theme"); set {
			t.Error("the system’s theme is not what pages follow")
		}
		if page := b.Post("/theme", url.Values{"theme": {"pink"}}); page.Status != http.StatusUnprocessableEntity {
			t.Errorf("an unknown theme: %d", page.Status)
		}
	})
}
