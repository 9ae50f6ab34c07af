package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"bailiwick/web/webtest"
)

const wrongPair = "Email or password is wrong. Check both and try again."

func TestSignInLeadsToTheOrganization(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		one := w.Browser(t).SignIn("viewer@example.com", password)
		if !strings.HasPrefix(one.Address.Path, "/o/acme") || one.Status != http.StatusOK {
			t.Errorf("a member of one organization lands at %s with %d", one.Address, one.Status)
		}
		several := w.Browser(t).SignIn(" Several@EXAMPLE.com ", password)
		wantPage(t, several, http.StatusOK, "/organizations")
		if got := several.Find(`a[href="/o/acme"], a[href="/o/globex"]`).Length(); got != 2 {
			t.Errorf("the choice offers %d organizations, want 2", got)
		}
	})
}

func TestSignInComesBackToWhereItBegan(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		b := w.Browser(t)
		page := b.Get("/o/acme?from=here")
		wantPage(t, page, http.StatusOK, "/sign-in?next=%2Fo%2Facme%3Ffrom%3Dhere")
		answer := b.Request(http.MethodPost, "/sign-in", url.Values{
			"email": {"viewer@example.com"}, "password": {password}, "next": {page.Find("[name=next]").AttrOr("value", "")},
		})
		if got := answer.Header.Get("Location"); got != "/o/acme?from=here" {
			t.Errorf("sign-in leads to %q", got)
		}
		wantPage(t, b.Get("/sign-in?next=%2Forganizations"), http.StatusOK, "/organizations")
	})
}

// Attack: a link to the genuine sign-in page that leads on to a forged one.
func TestSignInNeverLeadsToAnotherSite(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		for _, next := range []string{
			"//evil.example.com", "///evil.example.com", "https://evil.example.com/", `/\evil.example.com`, `\\evil.example.com`, "/\t/evil.example.com",
			"javascript:alert(1)", "evil.example.com", " /o/acme", "/%zz", "",
		} {
			form := url.Values{"email": {"viewer@example.com"}, "password": {password}, "next": {next}}
			answer := w.Browser(t).Request(http.MethodPost, "/sign-in", form)
			if got := answer.Header.Get("Location"); answer.Status != http.StatusSeeOther || got != "/" {
				t.Errorf("next=%q leads to %q with %d, want /", next, got, answer.Status)
			}
		}
	})
}

func TestUnknownAccountIsAnsweredLikeAWrongPassword(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		for _, email := range []string{"viewer@example.com", "unknown@example.com", "no address", ""} {
			page := w.Browser(t).SignIn(email, "not the password at all")
			if page.Status != http.StatusUnprocessableEntity || page.Text("[role=alert]") != wrongPair {
				t.Errorf("%q: %d %q", email, page.Status, page.Text("[role=alert]"))
			}
			if got := page.Find("#email").AttrOr("value", ""); got != email {
				t.Errorf("the page forgot the address %q: %q", email, got)
			}
			if page.Header.Get("Set-Cookie") != "" {
				t.Errorf("a failure sets a cookie: %q", page.Header.Get("Set-Cookie"))
			}
		}
	})
}

// fail signs in wrongly so many times, each from an address of its own.
func (w world) fail(t *testing.T, times int, email func(int) string, address func(int) string) {
	t.Helper()
	for i := range times {
		b := w.Browser(t)
		b.Header.Set("X-Forwarded-For", address(i))
		page := b.Post("/sign-in", url.Values{"email": {email(i)}, "password": {"wrong"}})
		if page.Status != http.StatusUnprocessableEntity {
			t.Fatalf("attempt %d as %q: %d %s", i+1, email(i), page.Status, page.Text("main"))
		}
	}
}

func always(text string) func(int) string { return func(int) string { return text } }

func numbered(format string) func(int) string {
	return func(i int) string { return fmt.Sprintf(format, i+1) }
}

// Attack: guess one account's password from many addresses, under spellings that mean the same account.
func TestFailuresOfAnAccountAreCountedHoweverItIsSpelled(t *testing.T) {
	inWorlds(t, webtest.Options{Proxies: "127.0.0.1"}, func(t *testing.T, w world) {
		spelled := func(i int) string {
			email := []byte("viewer@example.com")
			for bit := range 5 {
				if i&(1<<bit) != 0 {
					email[bit] -= 'a' - 'A'
				}
			}
			return strings.Repeat(" ", i%3) + string(email)
		}
		w.fail(t, 10, spelled, numbered("192.0.2.%d"))
		for i := range 20 {
			b := w.Browser(t)
			b.Header.Set("X-Forwarded-For", fmt.Sprintf("198.51.100.%d", i+1))
			page := b.Post("/sign-in", url.Values{"email": {spelled(i)}, "password": {password}})
			if page.Status != http.StatusTooManyRequests || page.Header.Get("Retry-After") != "900" {
				t.Errorf("spelling %q: %d, retry after %q", spelled(i), page.Status, page.Header.Get("Retry-After"))
			}
		}
		w.as(t, "editor@example.com") // another account, from another address
	})
}

// Attack: try one password on many accounts.
func TestFailuresFromAnAddressAreCountedWhateverTheAccount(t *testing.T) {
	inWorlds(t, webtest.Options{Proxies: "127.0.0.1"}, func(t *testing.T, w world) {
		for _, address := range []func(int) string{always("192.0.2.1"), numbered("2001:db8:0:1::%x")} {
			w.clock.Advance(time.Minute)
			w.fail(t, 7+3, numbered("person%d@example.com"), address) // of the three a minute that pass over the limit
			b := w.Browser(t)
			b.Header.Set("X-Forwarded-For", address(77))
			if page := b.SignIn("viewer@example.com", password); page.Status != http.StatusTooManyRequests {
				t.Errorf("the eleventh from %s: %d", address(77), page.Status)
			}
		}
	})
}

// Attack: pretend to come from a different address each time.
func TestForwardedAddressesOfStrangersDoNotCount(t *testing.T) {
	for name, proxies := range map[string]string{"no proxy": "", "another proxy": "10.0.0.0/8"} {
		t.Run(name, func(t *testing.T) {
			inWorlds(t, webtest.Options{Proxies: proxies}, func(t *testing.T, w world) {
				w.fail(t, 10, numbered("person%d@example.com"), numbered("192.0.2.%d"))
				b := w.Browser(t)
				b.Header.Set("X-Forwarded-For", "198.51.100.1")
				b.Header.Set("X-Real-Ip", "198.51.100.1")
				if page := b.SignIn("viewer@example.com", password); page.Status != http.StatusTooManyRequests {
					t.Errorf("the eleventh under a forged address: %d", page.Status)
				}
			})
		})
	}
}

// Attack: guess slowly, so that pauses end.
func TestAQuarterOfAnHourHasRoomForTenWrongGuessesInBrowsersThatAreNotKnown(t *testing.T) {
	inWorlds(t, webtest.Options{Proxies: "127.0.0.1"}, func(t *testing.T, w world) {
		for i := range 10 {
			w.fail(t, 1, always("viewer@example.com"), always(fmt.Sprintf("192.0.2.%d", i+1)))
			w.clock.Advance(time.Minute)
		}
		for _, minutes := range []int{5, 1, 1} { // until the oldest guess is a quarter of an hour ago
			page := w.Browser(t).SignIn("viewer@example.com", password)
			if page.Status != http.StatusTooManyRequests || page.Header.Get("Retry-After") != strconv.Itoa(minutes*60) {
				t.Fatalf("got %d, retry after %q, want 429 and %d minutes", page.Status, page.Header.Get("Retry-After"), minutes)
			}
			if !strings.Contains(page.Text("[role=alert]"), "then try again. If you can’t wait, use another browser in which you have signed in before.") {
				t.Errorf("the page does not say what to do: %q", page.Text("[role=alert]"))
			}
			w.clock.Advance(time.Duration(minutes) * time.Minute)
			w.fail(t, 1, always("viewer@example.com"), always(""))
		}
		w.clock.Advance(15 * time.Minute)
		w.as(t, "viewer@example.com")
	})
}

func TestSuccessesDoNotCount(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.fail(t, 6, always("viewer@example.com"), always(""))
		for range 15 {
			w.as(t, "viewer@example.com")
		}
	})
}

func TestRefusedAttemptsDoNotKeepTheDoorShut(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.fail(t, 10, always("viewer@example.com"), always(""))
		for range 15 {
			w.Browser(t).SignIn("viewer@example.com", "wrong")
		}
		w.clock.Advance(15 * time.Minute)
		w.as(t, "viewer@example.com")
	})
}

func TestSignInIsClosedOnPlainHTTP(t *testing.T) {
	inWorlds(t, webtest.Options{BaseURL: "http://console.example.com"}, func(t *testing.T, w world) {
		for _, path := range []string{"/sign-in", "/setup", "/setup/token"} {
			page := w.Browser(t).Get(path)
			if page.Status != http.StatusForbidden || !strings.Contains(page.Text("main"), "plain HTTP") {
				t.Errorf("%s: %d %s", path, page.Status, page.Text("main"))
			}
		}
		answer := w.Browser(t).Post("/sign-in", url.Values{"email": {"viewer@example.com"}, "password": {password}})
		if answer.Status != http.StatusForbidden || answer.Header.Get("Set-Cookie") != "" {
			t.Errorf("a password was taken: %d %q", answer.Status, answer.Header.Get("Set-Cookie"))
		}
	})
}
