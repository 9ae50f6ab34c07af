package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
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

// hiddenOf is what the form of a question carries besides its fields; action is part of its address.
func hiddenOf(page *webtest.Page, action string) url.Values {
	values := url.Values{}
	page.Find(`form[action*="` + action + `"] input[type=hidden]`).Each(func(_ int, s *goquery.Selection) {
		values.Add(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	return values
}

// wantShown holds that a page of something that is shown once stands at its path, with the mark of that.
func wantShown(t *testing.T, page *webtest.Page, path string) {
	t.Helper()
	if page.Status != http.StatusOK || page.Address.Path != path || page.Address.Query().Get("shown") == "" {
		t.Errorf("got %d at %s, want %s: %s", page.Status, page.Address, path, page.Text("main"))
	}
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
		wantShown(t, page, "/o/acme/api-keys/weak/secret")
		secret := secretOn(t, page)
		again := keeper.Get(page.Address.RequestURI())
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

// Each of what several tabs make has an address of its own, also where it is one page that shows it. The twenty newest wait.
func TestTabsTakeNothingFromEachOtherThatIsShownOnce(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		i, _ := w.invite(t, "open@example.com", services.ProviderPassword)
		page := "/o/acme/members/-/invitations/" + strconv.FormatInt(int64(i.ID), 10) + "/link"
		admin := w.as(t, "admin@example.com")
		var at []string
		for range 21 {
			at = append(at, wantSeeOther(t, admin.Request(http.MethodPost, page, url.Values{}), page))
			w.clock.Advance(time.Second)
		}
		links := map[string]bool{}
		for made, address := range at {
			link := linkFor(admin.Get(address), "open@example.com")
			if (link == "") != (made == 0) || links[link] {
				t.Errorf("%d. %s shows %q", made, address, link)
			}
			links[link] = true
		}
		wantTexts(t, admin.Get(at[20]), "This link was shown once")
		wantTexts(t, admin.Get(page), "This link was shown once")
	})
}

// What a browser reads ahead, and what a link of another site leads to, does not use up what the page shows.
func TestNobodyElseUsesUpWhatIsShownOnce(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		keeper := w.as(t, "keeper@example.com")
		form := hiddenOf(keeper.Get("/o/acme/api-keys/weak/rotate"), "/rotate")
		at := wantSeeOther(t, keeper.Request(http.MethodPost, "/o/acme/api-keys/weak/rotate", form), "/o/acme/api-keys/weak/secret")
		for _, header := range []http.Header{
			{"Sec-Purpose": {"prefetch"}}, {"Sec-Purpose": {"prefetch;prerender"}}, {"Purpose": {"prefetch"}}, {"Purpose": {"Prefetch"}}, {"X-Moz": {"prefetch"}},
		} {
			keeper.Header = header
			if page := keeper.Get(at); page.Status != http.StatusForbidden || secretForm.MatchString(page.Body) {
				t.Errorf("%v: %d %q", header, page.Status, page.Text("main"))
			}
		}
		keeper.Header = http.Header{"Sec-Fetch-Site": {"cross-site"}, "Sec-Fetch-Mode": {"navigate"}}
		keeper.Get(at)
		keeper.Header = nil
		w.wantOpens(t, secretOn(t, keeper.Get(at)), nil)
		wantTexts(t, keeper.Get(at), "This secret was shown once.")
		for _, mark := range []string{"none", "%00", "%ff"} { // the last two are no text
			wantTexts(t, keeper.Get("/o/acme/api-keys/weak/secret?shown="+mark), "This secret was shown once.")
		}
	})
}

// Whoever made something that is shown once, and has lost the right to it since, is not shown it.
func TestWhatIsShownOnceAsksForTheRightFirst(t *testing.T) {
	onKeys(t, func(t *testing.T, w world) {
		admin, keeper := w.as(t, "admin@example.com"), w.as(t, "keeper@example.com")
		form := hiddenOf(keeper.Get("/o/acme/api-keys/weak/rotate"), "/rotate")
		at := wantSeeOther(t, keeper.Request(http.MethodPost, "/o/acme/api-keys/weak/rotate", form), "/o/acme/api-keys/weak/secret")
		keys := func(level string) {
			t.Helper()
			if saved := admin.Get("/o/acme/groups/keepers/privileges").Submit("Save", url.Values{"level.organization/api-keys": {level}}); !strings.Contains(saved.Body, "Saved: ") {
				t.Fatalf("%d %q", saved.Status, saved.Text("main"))
			}
		}
		keys("none")
		if page := keeper.Get(at); page.Status != http.StatusForbidden || secretForm.MatchString(page.Body) {
			t.Errorf("without view on API keys: %d %q", page.Status, page.Text("main"))
		}
		keys("view")
		secretOn(t, keeper.Get(at)) // nothing was used up
	})
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		i, _ := w.invite(t, "open@example.com", services.ProviderPassword)
		one := "/o/acme/members/-/invitations/" + strconv.FormatInt(int64(i.ID), 10) + "/link"
		const many, into, list = "/o/acme/members/-/invite", "/o/acme/groups/viewers/members/-/invite", "/o/acme/members/-/invitations/-/many/links"
		editor, number := w.as(t, "editor@example.com"), strconv.FormatInt(int64(i.ID), 10)
		at := []string{
			wantSeeOther(t, editor.Request(http.MethodPost, one, url.Values{}), one),
			wantSeeOther(t, editor.Request(http.MethodPost, many, url.Values{"provider": {"any"}, "group": {"viewers"}, "who_typed": {"one@example.com"}}), many+"/done"),
			wantSeeOther(t, editor.Request(http.MethodPost, into, url.Values{"provider": {"any"}, "who_typed": {"two@example.com"}}), into+"/done"),
			wantSeeOther(t, editor.Request(http.MethodPost, list, hiddenOf(editor.Get(list+"?selected="+number), "/links")), list+"/shown"),
		}
		w.as(t, "admin@example.com").Get("/o/acme/groups/editors/privileges").Submit("Save", url.Values{"level.organization/groups": {"view"}})
		for _, address := range at {
			if page := editor.Get(address); strings.Contains(page.Body, "/join/") {
				t.Errorf("%s shows a link to who may edit no group: %d", address, page.Status)
			}
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
