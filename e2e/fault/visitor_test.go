package fault

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// password is what everybody in these tests signs in with.
const password = "a quiet harbour at low tide"

// visitor is somebody's browser without JavaScript. It follows no redirects and opens a connection for each request, so
// that a request either reaches the program or finds nobody listening.
type visitor struct {
	url    string
	cookie string // the session's, as "name=value"
	client *http.Client
}

func newVisitor(url string) *visitor {
	return &visitor{url: url, client: &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       patience,
	}}
}

// at is the same person at the program started anew: sessions outlive it.
func (v *visitor) at(s *server) *visitor {
	again := newVisitor(s.url)
	again.cookie = v.cookie
	return again
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
	took   time.Duration
}

// saved tells whether a form was taken: every page answers that with a redirect.
func (a answer) saved() bool { return a.status == http.StatusSeeOther }

// page is the answer as a document.
func (a answer) page() *goquery.Document {
	document, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	if err != nil {
		return &goquery.Document{Selection: &goquery.Selection{}} // a string always reads
	}
	return document
}

// text is the page's main part in words.
func (a answer) text() string { return strings.Join(strings.Fields(a.page().Find("main").Text()), " ") }

// value is that of a field of the page's form.
func (a answer) value(name string) string {
	return a.page().Find(`input[name="`+name+`"]`).AttrOr("value", "")
}

func (a answer) String() string {
	return fmt.Sprintf("%d after %v: %.300s", a.status, a.took, a.text())
}

func (v *visitor) get(path string) (answer, error) { return v.ask(http.MethodGet, path, nil) }

// post sends a form as a page of the console does.
func (v *visitor) post(path string, form url.Values) (answer, error) {
	return v.ask(http.MethodPost, path, strings.NewReader(form.Encode()))
}

func (v *visitor) ask(method, path string, body io.Reader) (answer, error) {
	request, err := http.NewRequest(method, v.url+path, body)
	if err != nil {
		return answer{}, err
	}
	return v.send(request)
}

// send sends a request as a page of the console does.
func (v *visitor) send(request *http.Request) (answer, error) {
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	if request.Body != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if v.cookie != "" {
		request.Header.Set("Cookie", v.cookie)
	}
	began := time.Now()
	response, err := v.client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, string(text), time.Since(began)}, err
}

// signIn begins a session.
func (v *visitor) signIn(email string) error {
	v.cookie = ""
	answer, err := v.post("/sign-in", url.Values{"email": {email}, "password": {password}})
	if err != nil {
		return err
	}
	for _, line := range answer.header.Values("Set-Cookie") {
		if cookie, _, _ := strings.Cut(line, ";"); strings.HasPrefix(cookie, "__Host-sid=") {
			v.cookie = cookie
		}
	}
	if v.cookie == "" {
		return errors.New("sign in as " + email + ": " + answer.String())
	}
	return nil
}

// enter gives a member a password and signs them in.
func (d database) enter(t *testing.T, s *server, email string) *visitor {
	t.Helper()
	d.mustRun(t, password, "member", "set-password", "acme", email)
	v := newVisitor(s.url)
	must(t, v.signIn(email))
	return v
}

// open is a page that must be there.
func (v *visitor) open(t *testing.T, path string) answer {
	t.Helper()
	page, err := v.get(path)
	must(t, err)
	if page.status != http.StatusOK {
		t.Fatalf("%s: %s", path, page)
	}
	return page
}

// atOnce runs all of it at the same time and waits for the end.
func atOnce(all ...func()) {
	var done sync.WaitGroup
	start := make(chan struct{})
	for _, do := range all {
		done.Go(func() {
			<-start
			do()
		})
	}
	close(start)
	done.Wait()
}
