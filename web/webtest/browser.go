package webtest

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Browser is one person's browser, without JavaScript.
type Browser struct {
	URL    string      // of the console
	Header http.Header // sent along with every request, over what a browser sends by itself
	t      testing.TB
	client *http.Client
}

// Page is what the console answered.
type Page struct {
	Status   int
	Header   http.Header // of the answer
	Address  *url.URL    // after all redirects
	Body     string
	browser  *Browser
	document *goquery.Document // nil until somebody looks at it
}

// Find gives the elements of the page that a selector finds.
func (p *Page) Find(selector string) *goquery.Selection {
	p.browser.t.Helper()
	if p.document == nil {
		var err error
		p.document, err = goquery.NewDocumentFromReader(strings.NewReader(p.Body))
		must(p.browser.t, err)
	}
	return p.document.Find(selector)
}

// redirects is how many a browser follows before it gives up.
const redirects = 10

// Get opens a path and follows redirects.
func (b *Browser) Get(path string) *Page {
	b.t.Helper()
	return b.follow(b.Request(http.MethodGet, path, nil))
}

// Post sends a form as a page of the console does, and follows redirects.
func (b *Browser) Post(path string, form url.Values) *Page {
	b.t.Helper()
	return b.follow(b.Request(http.MethodPost, path, form))
}

func (b *Browser) follow(page *Page) *Page {
	b.t.Helper()
	for range redirects {
		if page.Status != http.StatusSeeOther {
			return page
		}
		to, err := page.Address.Parse(page.Header.Get("Location"))
		must(b.t, err)
		page = b.Request(http.MethodGet, to.RequestURI(), nil)
	}
	b.t.Fatalf("more than %d redirects, the last to %s", redirects, page.Address)
	return nil
}

// Request sends one request and follows nothing. A form goes into the body.
func (b *Browser) Request(method, path string, form url.Values) *Page {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.URL+path, body)
	must(b.t, err)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for name, values := range b.Header {
		r.Header[name] = values
	}
	return b.Do(r)
}

// Do sends a request as it is, with the cookies.
func (b *Browser) Do(r *http.Request) *Page {
	b.t.Helper()
	answer, err := b.client.Do(r)
	must(b.t, err)
	defer func() { _ = answer.Body.Close() }() // read to its end, or the test has failed
	body, err := io.ReadAll(answer.Body)
	must(b.t, err)
	page := &Page{Status: answer.StatusCode, Header: answer.Header, Address: r.URL, Body: string(body), browser: b}
	page.tellsEachErrorOnce()
	return page
}

// Cookie is the value that the browser would send, "" for none.
func (b *Browser) Cookie(name string) string {
	b.t.Helper()
	u, err := url.Parse(b.URL)
	must(b.t, err)
	for _, c := range b.client.Jar.Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// SetCookie plants a cookie.
func (b *Browser) SetCookie(name, value string) {
	b.t.Helper()
	u, err := url.Parse(b.URL)
	must(b.t, err)
	b.client.Jar.SetCookies(u, []*http.Cookie{{Name: name, Value: value, Path: "/", Secure: true}})
}

// ForgetCookies does what a person does who deletes all cookies.
func (b *Browser) ForgetCookies() {
	b.t.Helper()
	jar, err := cookiejar.New(nil)
	must(b.t, err)
	b.client.Jar = jar
}

// SignIn signs in by the form and follows to where it leads.
func (b *Browser) SignIn(email, password string) *Page {
	b.t.Helper()
	return b.Get("/sign-in").Submit("Sign in", url.Values{"email": {email}, "password": {password}})
}
