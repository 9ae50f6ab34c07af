package main

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"time"

	"github.com/pquerna/otp/totp"
)

// visitor is a browser that is asked for the second factor.
type visitor struct {
	s      *served
	client *http.Client
}

// between signs somebody in as far as the second factor.
func (s *served) between(email string) visitor {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	must(s.t, err)
	client := &http.Client{Jar: localCookies{jar}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	status := s.post(client, "/sign-in", url.Values{"email": {email}, "password": {"a quiet harbour at low tide"}})
	if status != http.StatusSeeOther {
		s.t.Fatalf("the password is answered with %d", status)
	}
	return visitor{s, client}
}

// localCookies are kept as browsers do on their own machine, where cookies for TLS count without it.
type localCookies struct{ http.CookieJar }

func (c localCookies) SetCookies(u *url.URL, cookies []*http.Cookie) {
	c.CookieJar.SetCookies(overTLS(u), cookies)
}
func (c localCookies) Cookies(u *url.URL) []*http.Cookie { return c.CookieJar.Cookies(overTLS(u)) }

func overTLS(u *url.URL) *url.URL {
	secure := *u
	secure.Scheme = "https"
	return &secure
}

// code gives the code of an app off by a number of half minutes, and tells how it is answered.
func (v visitor) code(off int) int {
	v.s.t.Helper()
	code, err := totp.GenerateCode(plainSecret, time.Now().Add(time.Duration(off)*30*time.Second))
	must(v.s.t, err)
	return v.s.post(v.client, "/sign-in/code", url.Values{"code": {code}})
}
