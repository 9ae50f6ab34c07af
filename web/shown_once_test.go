package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

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
			t.Errorf("who can't make a link is answered %d %q", page.Status, page.Text("dialog"))
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
