// Package webtest drives the whole console over HTTP as a browser without JavaScript does: it follows redirects, keeps
// cookies, fills forms in and presses their buttons. It is for tests only.
package webtest

import (
	"crypto/tls"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/credential"
	"bailiwick/services/files"
	"bailiwick/services/mail/mailtest"
	"bailiwick/web"
)

// Server is a running console.
type Server struct {
	URL     string
	Store   *models.Store
	Console *services.Console
	Handler *web.Handler // knows the routes

	worker *services.MailWorker
}

// Cheap is a hash that takes no time, for tests that sign in often.
var Cheap = credential.Cost{Memory: 64, Time: 1}

// Options change what a server is made of. The zero value is the console as it is, but with cheap passwords.
type Options struct {
	Log     slog.Handler // nil: nowhere
	BaseURL string       // "": where the server listens
	Proxies string       // trusted proxies, as the command line writes them
	Proxied Proxied      // what stands in front; nil: the console listens over TLS itself

	Keys services.KeySource // nil: a key of its own

	PasswordCost credential.Cost // zero: Cheap

	Mails *mailtest.Server // where SendMails sends to; nil: no mail server is configured
}

// New starts a console over TLS. It stops when the test ends.
func New(t testing.TB, store *models.Store, now func() time.Time, o Options) *Server {
	t.Helper()
	if o.Log == nil {
		o.Log = slog.DiscardHandler
	}
	if o.Keys == nil {
		key := credential.NewSecretKey()
		o.Keys = func() ([]credential.SecretKey, error) { return []credential.SecretKey{key}, nil }
	}
	if o.PasswordCost == (credential.Cost{}) {
		o.PasswordCost = Cheap
	}
	config := services.Config{Store: store, Catalog: files.DefaultCatalog(), Now: now, PasswordCost: o.PasswordCost, SecretKeys: o.Keys}
	if o.Mails != nil {
		config.MailFrom = mailFrom
	}
	console := services.New(config)
	listener := httptest.NewUnstartedServer(nil)
	front := listener
	if o.Proxied != nil {
		front = httptest.NewUnstartedServer(o.Proxied.before(listener.Listener.Addr().String()))
		front.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	}
	if o.BaseURL == "" {
		o.BaseURL = "https://" + front.Listener.Addr().String()
	}
	proxies, err := web.ParseProxies(o.Proxies)
	must(t, err)
	handler, err := web.New(web.Config{Console: console, BaseURL: o.BaseURL, TrustedProxies: proxies, Log: slog.New(o.Log), Now: now})
	must(t, err)
	listener.Config = web.NewServer(handler, slog.New(slog.DiscardHandler)) // strangers' handshakes are no test's business
	front.StartTLS()
	t.Cleanup(listener.Close)
	if front != listener {
		listener.Start()
		t.Cleanup(front.Close)
	}
	return &Server{
		URL: front.URL, Store: store, Console: console, Handler: handler, worker: newWorker(t, console, o.Mails, o.BaseURL),
	}
}

// Browser is somebody new at the console: no cookies yet.
func (s *Server) Browser(t testing.TB) *Browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	transport := &http.Transport{
		TLSClientConfig:    &tls.Config{InsecureSkipVerify: true}, // the certificate of httptest names nobody
		DisableCompression: true,
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &Browser{
		t: t, URL: s.URL, Header: http.Header{},
		client: &http.Client{Jar: jar, Transport: transport, Timeout: time.Minute, CheckRedirect: stay},
	}
}

// stay leaves redirects to Browser, which looks at each answer on the way.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
