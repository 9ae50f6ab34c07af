package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"bailiwick/models"
	"bailiwick/services/mail/mailtest"
	"bailiwick/web/webtest"
)

// withMail runs the body in a fresh world that has a mail server.
func withMail(t *testing.T, body func(t *testing.T, w world, server *mailtest.Server)) {
	t.Helper()
	server := mailtest.Start(t, mailtest.Options{})
	inWorlds(t, webtest.Options{Mails: server}, func(t *testing.T, w world) { body(t, w, server) })
}

// mailed is the path of the link that arrived last for somebody.
func mailed(t *testing.T, w world, server *mailtest.Server, email string) string {
	t.Helper()
	if err := w.SendMails(t); err != nil {
		t.Fatal(err)
	}
	mails := server.MailsTo(email)
	if len(mails) == 0 {
		t.Fatalf("no mail arrived for %s", email)
	}
	link, err := url.Parse(mails[len(mails)-1].Link())
	if err != nil || !strings.HasPrefix(link.String(), w.URL) {
		t.Fatalf("the link is %q, %v; want one below %s", link, err, w.URL)
	}
	return link.RequestURI()
}

// enterWith makes a provider the one with which a member enters acme.
func (w world) enterWith(t *testing.T, email, provider string) {
	t.Helper()
	o, err := w.Store.OrganizationByKey(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.Store.PersonByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	err = w.Store.Change(t.Context(), o.ID, func(tx *models.Scope) error { return tx.SetMemberProvider(t.Context(), p.ID, provider) })
	if err != nil {
		t.Fatal(err)
	}
}

// Attack: a mail scanner opens each link of each mail, often, and as HEAD too.
func TestOpeningALinkToSignInChangesNothingUntilTheButtonIsPressed(t *testing.T) {
	withMail(t, func(t *testing.T, w world, server *mailtest.Server) {
		w.enterWith(t, "viewer@example.com", "email-link")
		person := w.Browser(t)
		wantPage(t, person.Get("/sign-in?next=/o/acme/members").Submit("Email me a link", url.Values{"email": {"viewer@example.com"}}), 200, "/sign-in/sent")
		link := mailed(t, w, server, "viewer@example.com")
		scanner := w.Browser(t)
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodGet} {
			if answer := scanner.Request(method, link, nil); answer.Status != http.StatusSeeOther || scanner.Cookie("__Host-sid") != "" {
				t.Fatalf("%s: %d", method, answer.Status)
			}
		}
		wantPage(t, scanner.Get("/sign-in/confirm"), 200, "/sign-in/confirm")
		confirm := person.Get(link)
		wantPage(t, confirm, 200, "/sign-in/confirm")
		if !strings.Contains(confirm.Text("main"), "viewer@example.com") {
			t.Errorf("the page does not say whom it signs in: %s", confirm.Text("main"))
		}
		wantPage(t, confirm.Submit("Sign in", nil), 200, "/o/acme/members")
		if late := scanner.Request(http.MethodPost, "/sign-in/confirm", url.Values{}); late.Status != http.StatusGone {
			t.Errorf("used twice: %d", late.Status)
		}
		if late := w.Browser(t).Get(link); late.Status != http.StatusGone || strings.Contains(late.Body, "viewer@") {
			t.Errorf("opened after use: %d", late.Status)
		}
	})
}

// Attack: send the browser of somebody a form of another site, so that they are signed in to the attacker's account.
func TestNobodyIsSignedInByAnotherSite(t *testing.T) {
	withMail(t, func(t *testing.T, w world, server *mailtest.Server) {
		attacker := w.Browser(t)
		attacker.Get("/sign-in").Submit("Email me a link", url.Values{"email": {"editor@example.com"}})
		victim := w.Browser(t)
		victim.Get(mailed(t, w, server, "editor@example.com")) // a link that the attacker passed on
		victim.Header.Set("Sec-Fetch-Site", "cross-site")
		for path, form := range map[string]url.Values{
			"/sign-in": {"email": {"editor@example.com"}, "password": {password}}, "/sign-in/confirm": {}, "/sign-in/code": {"code": {"000000"}},
			"/sign-in/link": {"email": {"viewer@example.com"}}, "/forgot-password": {"email": {"viewer@example.com"}}, "/reset-password": {},
		} {
			if answer := victim.Request(http.MethodPost, path, form); answer.Status != http.StatusForbidden || victim.Cookie("__Host-sid") != "" {
				t.Errorf("%s: %d", path, answer.Status)
			}
		}
	})
}

// Attack: plant a session and wait for its owner to sign in.
func TestNoSecretFromBeforeStaysValid(t *testing.T) {
	withMail(t, func(t *testing.T, w world, server *mailtest.Server) {
		planted := w.as(t, "viewer@example.com").Cookie("__Host-sid")
		victim := w.Browser(t)
		victim.SetCookie("__Host-sid", planted)
		victim.Request(http.MethodPost, "/sign-in/link", url.Values{"email": {"editor@example.com"}})
		page := victim.Get(mailed(t, w, server, "editor@example.com"))
		if !strings.Contains(page.Text("main"), "viewer@example.com") {
			t.Errorf("the page does not say who is signed in: %s", page.Text("main"))
		}
		page.Submit("Sign in", nil)
		if now := victim.Cookie("__Host-sid"); now == planted || now == "" {
			t.Errorf("the secret of the session is %q as before", now)
		}
		attacker := w.Browser(t)
		attacker.SetCookie("__Host-sid", planted)
		wantPage(t, attacker.Get("/profile"), 200, "/sign-in?next=%2Fprofile")
	})
}

func TestWhereToGoAfterwardsIsAlwaysHere(t *testing.T) {
	withMail(t, func(t *testing.T, w world, server *mailtest.Server) {
		for _, next := range []string{"//evil.example", "///evil.example", `/\evil.example`, "https://evil.example/", "/\t/evil.example", "javascript:alert(1)", "\\\\evil.example"} {
			w.clock.Advance(time.Hour) // links are throttled
			b := w.Browser(t)
			b.Request(http.MethodPost, "/sign-in/link", url.Values{"email": {"viewer@example.com"}, "next": {next}})
			b.Get(mailed(t, w, server, "viewer@example.com"))
			if to := b.Request(http.MethodPost, "/sign-in/confirm", url.Values{}).Header.Get("Location"); to != "/" {
				t.Errorf("by link, %q leads to %q", next, to)
			}
			if to := b.Request(http.MethodPost, "/sign-out", url.Values{"next": {next}}).Header.Get("Location"); to != "/sign-in" {
				t.Errorf("signing out, %q leads to %q", next, to)
			}
			page := w.as(t, "viewer@example.com").Get("/profile/second-factor?" + url.Values{"next": {next}}.Encode())
			if got := page.Find("input[name=next]").AttrOr("value", "missing"); got != "" {
				t.Errorf("setting a second factor up, %q leads to %q", next, got)
			}
		}
	})
}

func TestAskingForLinksAnswersTheSameWhoeverIsAskedFor(t *testing.T) {
	withMail(t, func(t *testing.T, w world, server *mailtest.Server) {
		for _, form := range []string{"/sign-in/link", "/forgot-password"} {
			var answers []string
			for _, email := range []string{"viewer@example.com", "nobody@example.com", "no address"} {
				answer := w.Browser(t).Request(http.MethodPost, form, url.Values{"email": {email}})
				answers = append(answers, fmt.Sprint(answer.Status, answer.Header.Get("Location"), answer.Header.Values("Set-Cookie"), answer.Body))
			}
			if answers[0] != answers[1] || answers[0] != answers[2] {
				t.Errorf("%s answers %q", form, answers)
			}
		}
	})
}

func TestAForgottenPasswordIsSetByMail(t *testing.T) {
	withMail(t, func(t *testing.T, w world, server *mailtest.Server) {
		elsewhere, b := w.as(t, "viewer@example.com"), w.Browser(t)
		b.Get("/sign-in")
		wantPage(t, b.Get("/forgot-password").Submit("Email me a link", url.Values{"email": {"viewer@example.com"}}), 200, "/forgot-password/sent")
		page := b.Get(mailed(t, w, server, "viewer@example.com"))
		wantPage(t, page, 200, "/reset-password")
		wantPage(t, page.Submit("Set password", url.Values{"password": {"short"}, "again": {"short"}}), 422, "/reset-password")
		const next = "three quiet harbours at low tide"
		wantPage(t, page.Submit("Set password", url.Values{"password": {next}, "again": {next}}), 200, "/sign-in?password=set")
		wantPage(t, elsewhere.Get("/profile"), 200, "/sign-in?next=%2Fprofile")
		b.SignIn("viewer@example.com", next)
		if b.Cookie("__Host-sid") == "" {
			t.Error("the new password signs nobody in")
		}
	})
}

func TestAnotherProviderThanTheMembersGetsThePageThatSaysWhich(t *testing.T) {
	withMail(t, func(t *testing.T, w world, server *mailtest.Server) {
		w.enterWith(t, "viewer@example.com", "email-link")
		b := w.as(t, "viewer@example.com")
		for _, path := range []string{"/o/acme", "/o/acme/groups", "/o/acme/no/such/page"} {
			if page := b.Get(path); page.Status != http.StatusForbidden || page.Title() != "Sign in with Email link" {
				t.Errorf("%s: %d %q", path, page.Status, page.Title())
			}
		}
		if answer := b.Request(http.MethodPost, "/o/acme/groups/-/add", url.Values{"name": {"x"}}); answer.Status != http.StatusForbidden {
			t.Errorf("a change is answered %d", answer.Status)
		}
		if page := b.Get("/o/globex"); page.Status != http.StatusNotFound {
			t.Errorf("another organization answers %d", page.Status)
		}
		page := b.Get("/o/acme/members").Submit("Sign out and sign in again", nil)
		wantPage(t, page, 200, "/sign-in?next=%2Fo%2Facme%2Fmembers")
		page.Submit("Email me a link", url.Values{"email": {"viewer@example.com"}})
		wantPage(t, b.Get(mailed(t, w, server, "viewer@example.com")).Submit("Sign in", nil), 200, "/o/acme/members")
		w.enterWith(t, "viewer@example.com", "any")
		wantPage(t, w.as(t, "viewer@example.com").Get("/o/acme/members"), 200, "/o/acme/members")
	})
}

// turnOn sets a second factor up on the page that a browser shows, and gives its secret with the page of recovery codes.
func turnOn(t *testing.T, w world, page *webtest.Page) (secret string, codes *webtest.Page) {
	t.Helper()
	if src := page.Find("img.qr").AttrOr("src", ""); !strings.HasPrefix(src, "data:image/png;base64,") {
		t.Errorf("the picture of the key is %.40q", src)
	}
	secret = strings.ReplaceAll(page.Find("#key").Text(), " ", "")
	return secret, page.Submit("Turn on", url.Values{"code": {codeAt(t, secret, w.clock.Now())}, "password": {password}})
}

func codeAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestASecondFactorIsSetUpUsedAndTakenAway(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "viewer@example.com")
		secret, page := turnOn(t, w, b.Get("/profile/second-factor?next=/o/acme/members"))
		codes := strings.Fields(page.Text("#codes"))
		if page.Status != http.StatusOK || len(codes) != 10 {
			t.Fatalf("%d with %d codes: %s", page.Status, len(codes), page.Text("main"))
		}
		file := page.Submit("Download", nil)
		if !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") || !strings.Contains(file.Body, codes[9]) {
			t.Errorf("the file is %q", file.Body)
		}
		if b.Get("/profile/second-factor").Address.Path != "/profile" {
			t.Error("the page of the set-up opens again")
		}
		other := w.Browser(t)
		page = other.Get("/sign-in?next=/o/acme/members").Submit("Sign in", url.Values{"email": {"viewer@example.com"}, "password": {password}})
		wantPage(t, page, 200, "/sign-in/code?next=%2Fo%2Facme%2Fmembers")
		if other.Cookie("__Host-sid") != "" {
			t.Error("the password alone begins a session")
		}
		wantPage(t, page.Submit("Sign in", url.Values{"code": {codeAt(t, secret, w.clock.Now())}}), 422, "/sign-in/code") // used at the set-up
		wantPage(t, page.Submit("Sign in", url.Values{"code": {codes[0]}}), 200, "/o/acme/members")
		w.clock.Advance(time.Minute)
		page = other.Get("/profile/second-factor/remove").Submit("Turn off", url.Values{"code": {codeAt(t, secret, w.clock.Now())}})
		wantPage(t, page, 200, "/profile")
		wantPage(t, b.Get("/profile"), 200, "/sign-in?next=%2Fprofile")
	})
}

func TestASessionWithoutARequiredSecondFactorReachesNothingButItsSetUp(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin, viewer := w.as(t, "admin@example.com"), w.as(t, "viewer@example.com")
		ask := admin.Get("/o/acme/organization").Submit("Require a second factor", nil)
		if !strings.Contains(ask.Text("dialog"), "You have none. The next page asks") {
			t.Errorf("the question is %q", ask.Text("dialog"))
		}
		wantPage(t, viewer.Get("/o/acme/members"), 200, "/o/acme/members")
		blocked := ask.Submit("Require it", nil)
		wantPage(t, blocked, 403, "/o/acme/organization")
		for _, route := range patterns(t, w) {
			if !strings.HasPrefix(route.Path, "/o/:organization") || route.Method != http.MethodGet {
				continue
			}
			path := strings.ReplaceAll(route.Path, ":invitation", "1")
			if page := viewer.Get(w.fill(t, path)); page.Status != http.StatusForbidden || page.Title() != "Acme asks for a second factor" {
				t.Errorf("%s: %d %q", route.Path, page.Status, page.Title())
			}
		}
		if answer := viewer.Request(http.MethodPost, "/o/acme/groups/-/add", url.Values{"name": {"x"}}); answer.Status != http.StatusForbidden {
			t.Errorf("a change is answered %d", answer.Status)
		}
		if viewer.Get("/o/acme/api-keys").Find("nav.rail").Length() != 0 {
			t.Error("the page shows the console’s navigation")
		}
		setUp := admin.Get(blocked.Find("a[href^='/profile/second-factor']").AttrOr("href", "missing"))
		_, codes := turnOn(t, w, setUp)
		wantPage(t, admin.Get(codes.Find(".form-foot a").AttrOr("href", "missing")), 200, "/o/acme/organization")
	})
}

func TestTheProfileShowsAndEndsSessions(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		phone, laptop := w.Browser(t), w.as(t, "viewer@example.com")
		phone.Header.Set("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) Version/20.0 Mobile Safari/604.1")
		phone.SignIn("viewer@example.com", password)
		page := laptop.Get("/profile")
		if rows := page.Find(".own-sessions tbody tr"); rows.Length() != 2 || !strings.Contains(rows.Text(), "Safari on iPhone") {
			t.Fatalf("sessions are %q", rows.Text())
		}
		form := page.Find(".own-sessions button").AttrOr("value", "")
		wantPage(t, laptop.Post("/profile/sessions/end", url.Values{"session": {"\x00"}}), 200, "/profile") // is none, and stops nothing
		wantPage(t, laptop.Post("/profile/sessions/end", url.Values{"session": {form}}), 200, "/profile")
		wantPage(t, phone.Get("/profile"), 200, "/sign-in?next=%2Fprofile")
		phone.SignIn("viewer@example.com", password)
		wantPage(t, laptop.Get("/profile").Submit("Sign out everywhere", nil), 200, "/sign-in")
		wantPage(t, phone.Get("/profile"), 200, "/sign-in?next=%2Fprofile")
	})
}

func TestGuessingOnTheProfileIsThrottledWithAPageThatSaysHowLong(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "viewer@example.com")
		const next = "three quiet harbours at low tide"
		form := url.Values{"present": {"wrong"}, "password": {next}, "again": {next}}
		for range 10 {
			wantPage(t, b.Post("/profile/password", form), 422, "/profile/password")
		}
		page := b.Post("/profile/password", form)
		wantPage(t, page, 429, "/profile/password")
		if page.Header.Get("Retry-After") != "30" || !strings.Contains(page.Text("main"), "Wait 30 seconds") || page.Find("#present[aria-invalid=true]").Length() != 1 {
			t.Errorf("the page says %q", page.Text("main"))
		}
	})
}

// A part of a page that a script asks for must not show the page of a refusal inside of another.
func TestAPartOfAPageLoadsTheWholeOneWhenTheSessionDoesNotOpenTheOrganization(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.as(t, "viewer@example.com")
		w.enterWith(t, "viewer@example.com", "email-link")
		b.Header.Set("HX-Request", "true")
		if answer := b.Request(http.MethodGet, "/o/acme/groups/-/actions?selected=team", nil); answer.Status != http.StatusForbidden || answer.Header.Get("HX-Refresh") != "true" {
			t.Errorf("got %d, HX-Refresh %q", answer.Status, answer.Header.Get("HX-Refresh"))
		}
	})
}
