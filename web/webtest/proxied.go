package webtest

import (
	"net/http"
	"net/http/httputil"
	"net/url"
)

// Proxied makes a proxy with TLS in front of a console that listens plainly. It changes the requests on their way.
type Proxied func(*httputil.ProxyRequest)

// Silent is a proxy that says nothing of its visitors.
func Silent(*httputil.ProxyRequest) {}

// Appending is a proxy that appends the address of its visitor to X-Forwarded-For.
func Appending(r *httputil.ProxyRequest) {
	r.Out.Header["X-Forwarded-For"] = r.In.Header["X-Forwarded-For"]
	r.SetXForwarded()
}

// Passing is a proxy that passes on what its visitors say.
func Passing(r *httputil.ProxyRequest) {
	for _, name := range []string{"X-Forwarded-For", "Forwarded", "X-Real-Ip"} {
		r.Out.Header[name] = r.In.Header[name]
	}
}

func (p Proxied) before(address string) http.Handler {
	target := &url.URL{Scheme: "http", Host: address}
	return &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		p(r)
	}}
}
