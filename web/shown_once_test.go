package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/web/webtest"
)

// wantSeeOther holds that a form is answered with the address of another page, which shows what the answer is not to have.
func wantSeeOther(t *testing.T, answer *webtest.Page, path string) (at string) {
	t.Helper()
	at, _, _ = strings.Cut(answer.Header.Get("Location"), "?")
	if answer.Status != http.StatusSeeOther || at != path {
		t.Fatalf("%d, to %s, want %s", answer.Status, at, path)
	}
	return answer.Header.Get("Location")
}

func TestALinkIsShownOnceByAPageThatSendsNothing(t *testing.T) {
	inWorlds(t, webtest.Options{BaseURL: "https://console.example.com"}, func(t *testing.T, w world) {
		i, _ := w.invite(t, "open@example.com", services.ProviderPassword)
		path := "/o/acme/members/-/invitations/" + strconv.FormatInt(int64(i.ID), 10) + "/link"
		admin, elsewhere := w.as(t, "admin@example.com"), w.as(t, "admin@example.com")
		at := wantSeeOther(t, admin.Request(http.MethodPost, path, url.Values{}), path)
		if page := elsewhere.Get(at); linkFor(page, "open@example.com") != "" {
			t.Error("another session of the same person is shown the link")
		}
		page := admin.Get(at)
		link := linkFor(page, "open@example.com")
		if !strings.HasPrefix(link, "https://console.example.com/join/") || strings.Contains(at, link[len(link)-20:]) {
			t.Fatalf("the page at %s shows %q", at, link)
		}
		again := admin.Get(at)
		wantTexts(t, again, "This link was shown once")
		if linkFor(again, "open@example.com") != "" {
			t.Error("the link is shown twice")
		}
		if next := linkFor(again.Submit("Make a new link", nil), "open@example.com"); next == "" || next == link {
			t.Errorf("the new link is %q", next)
		}
		wantSeeOther(t, admin.Request(http.MethodPost, path, url.Values{}), path)
		w.clock.Advance(services.ShownOnceLife)
		if page := admin.Get(at); linkFor(page, "open@example.com") != "" {
			t.Error("the link is shown after its time")
		}
		if page := w.as(t, "viewer@example.com").Get(at); page.Address.Path == path {
			t.Errorf("who can’t make a link is answered %d %q", page.Status, page.Text("dialog"))
		}
	})
}

func TestASecretIsShownOnceByAPageThatSendsNothing(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		keeper := w.as(t, "keeper@example.com")
		page := keeper.Get("/o/acme/api-keys/weak/rotate").Submit("Make a new secret", nil)
		wantPage(t, page, http.StatusOK, "/o/acme/api-keys/weak/secret")
		secret := secretOn(t, page)
		again := keeper.Get("/o/acme/api-keys/weak/secret")
		wantTexts(t, again, "This secret was shown once.")
		if strings.Contains(again.Body, secret) {
			t.Error("the secret is shown twice")
		}
		w.wantOpens(t, secret, nil)
	})
}

// What looks at the head of a page alone does not use up what the page shows.
func TestTheHeadOfAPageTakesNothingThatIsShownOnce(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		const group = "/o/acme/groups/viewers"
		at := wantSeeOther(t, admin.Request(http.MethodPost, group+"/members/-/invite", url.Values{"provider": {"any"}, "who_typed": {"new@example.com"}}), group+"/members/-/invite/done")
		if head := admin.Request(http.MethodHead, at, nil); head.Status != http.StatusOK {
			t.Fatalf("the head of %s: %d", at, head.Status)
		}
		if page := admin.Get(at); !strings.Contains(page.Body, "/join/") {
			t.Errorf("afterwards no link is shown: %q", page.Text("dialog"))
		}
	})
}

func TestWhatIsShownOnceIsNotLostWithAPageThatFails(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		makes := func() { admin.Post("/o/acme/groups/viewers/duplicate", url.Values{"name": {"Passing"}}) }
		makes()
		const group = "/o/acme/groups/passing"
		at := wantSeeOther(t, admin.Request(http.MethodPost, group+"/members/-/invite", url.Values{"provider": {"any"}, "who_typed": {"new@example.com"}}), group+"/members/-/invite/done")
		admin.Post(group+"/delete", url.Values{})
		if failed := admin.Get(at); failed.Status != http.StatusNotFound {
			t.Fatalf("without the group: %d %s", failed.Status, failed.Text("main"))
		}
		makes()
		if page := admin.Get(at); linkFor(page, "new@example.com") == "" {
			t.Errorf("the link is lost: %d %s", page.Status, page.Text("main"))
		}
		wantTexts(t, admin.Get(at), "This result was shown once")
	})
}

func TestWhatCannotBeKeptForItsPageIsShownAtOnce(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		w.Handler.Use(func(next echo.HandlerFunc) echo.HandlerFunc { // somebody ends the session while its request is answered
			return func(c echo.Context) error {
				if c.Request().Method == http.MethodPost && strings.HasSuffix(c.Path(), "/rotate") {
					cookie, err := c.Cookie("__Host-sid")
					if err != nil {
						return err
					}
					if err := w.Console.EndSession(c.Request().Context(), cookie.Value); err != nil {
						return err
					}
				}
				return next(c)
			}
		})
		page := w.as(t, "keeper@example.com").Get("/o/acme/api-keys/weak/rotate").Submit("Make a new secret", nil)
		wantPage(t, page, http.StatusOK, "/o/acme/api-keys/weak/rotate")
		w.wantOpens(t, secretOn(t, page), nil)
	})
}
