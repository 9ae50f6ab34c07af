package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/credential"
	"bailiwick/web/webtest"
)

// slow is a hash that is taken for one of more than four seconds before any was measured. There are two at once, so nobody of
// the later ranks, who may wait for two seconds, has a place while two are made.
var slow = credential.Cost{Memory: 64, Time: 63_000}

// newSlowWorld is one where hashes take long. The queue knows no database, so one kind is enough.
func newSlowWorld(t *testing.T) world {
	t.Helper()
	clock := modelstest.NewClock()
	store := modelstest.Open(t, modelstest.URL(t, modelstest.Options{Database: modelstest.SQLite}), clock)
	return world{webtest.New(t, store, clock.Now, webtest.Options{PasswordCost: slow}), clock}
}

// busy has strangers sign in until one is refused because all that hash are at work.
func (w world) busy(t *testing.T) (wait func()) {
	t.Helper()
	answers := make(chan int, 3)
	var all sync.WaitGroup
	for range cap(answers) {
		stranger := w.Browser(t)
		all.Go(func() {
			answers <- stranger.Post("/sign-in", url.Values{"email": {"nobody@example.com"}, "password": {"a wrong passphrase"}}).Status
		})
	}
	if status := <-answers; status != http.StatusTooManyRequests {
		t.Fatalf("the first answer to three strangers is %d", status)
	}
	return all.Wait
}

// sentTwice sends a form from two browsers at once. One goes first, and is heard unless the machine is very slow; the other has
// no place in the queue.
func sentTwice(t *testing.T, forms [2]*webtest.Page, button string, typed url.Values) (refused *webtest.Page) {
	t.Helper()
	answers := make(chan *webtest.Page, len(forms))
	for _, form := range forms {
		go func() { answers <- form.Submit(button, typed) }()
	}
	refused = <-answers
	<-answers
	if refused.Status != http.StatusTooManyRequests {
		t.Fatalf("the first answer is %d", refused.Status)
	}
	return refused
}

func wantUnheard(t *testing.T, page *webtest.Page, typed url.Values) {
	t.Helper()
	if text := page.Text("[role=alert]"); !strings.Contains(text, "Too many people are signing in at the moment.") || page.Header.Get("Retry-After") == "" {
		t.Errorf("it says %q, Retry-After %q", text, page.Header.Get("Retry-After"))
	}
	for name, values := range typed {
		kept := page.Find("[name="+name+"]").AttrOr("value", "")
		if want := values[0]; name == "password" || name == "again" {
			if kept != "" {
				t.Errorf("the password came back in %s", name)
			}
		} else if kept != want {
			t.Errorf("%s is %q, want %q", name, kept, want)
		}
	}
}

func TestSettingUpKeepsWhatWasTypedWhereTooManySignIn(t *testing.T) {
	w := newSlowWorld(t)
	link, err := w.Console.NewSetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	forms := [2]*webtest.Page{w.Browser(t).Get(link), w.Browser(t).Get(link)}
	wait := w.busy(t)
	wantUnheard(t, sentTwice(t, forms, "Create organization", firstAdministrator()), firstAdministrator())
	wait()
}

func TestJoiningKeepsWhatWasTypedWhereTooManySignIn(t *testing.T) {
	w := newSlowWorld(t)
	w.apply(t, modelstest.AcmeFile)
	_, link := w.invite(t, "new@example.com", services.ProviderPassword)
	forms := [2]*webtest.Page{w.Browser(t).Get(link), w.Browser(t).Get(link)}
	wait := w.busy(t)
	typed := url.Values{"name": {"New Person"}, "password": {password}}
	wantUnheard(t, sentTwice(t, forms, "Join organization", typed), typed)
	wait()
}
