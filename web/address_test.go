package web

import (
	"crypto/tls"
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

func mustProxies(t *testing.T, text string) []netip.Prefix {
	t.Helper()
	proxies, err := ParseProxies(text)
	if err != nil {
		t.Fatal(err)
	}
	return proxies
}

func TestTheVisitorIsTheLastHopThatIsNoTrustedProxy(t *testing.T) {
	const proxies = "10.0.0.7, 172.16.0.0/12, 2001:db8:a::/48, ::ffff:192.168.0.0/112"
	cases := []struct {
		name, peer string
		forwarded  []string
		want       string
	}{
		{"one hop", "10.0.0.7:4711", []string{"192.0.2.1"}, "192.0.2.1"},
		{"several hops", "10.0.0.7:4711", []string{"192.0.2.1, 172.16.0.9, 2001:db8:a::1"}, "192.0.2.1"},
		{"several lines", "10.0.0.7:4711", []string{"192.0.2.1", "172.16.0.9"}, "192.0.2.1"},
		{"a visitor who claims to be another", "10.0.0.7:4711", []string{"198.51.100.1, 192.0.2.1"}, "192.0.2.1"},
		{"a visitor who claims so in a line of its own", "10.0.0.7:4711", []string{"198.51.100.1", "192.0.2.1, 172.16.0.9"}, "192.0.2.1"},
		{"a visitor who claims to be a proxy", "10.0.0.7:4711", []string{"198.51.100.1, 10.0.0.7, 192.0.2.1"}, "192.0.2.1"},
		{"a visitor who sends garbage", "10.0.0.7:4711", []string{`"><script>, 192.0.2.1`}, "192.0.2.1"},
		{"a visitor inside", "10.0.0.7:4711", []string{"172.16.0.10, 172.16.0.9"}, "172.16.0.10"},
		{"IPv6", "[2001:db8:a::1]:4711", []string{"2001:db8:0::1"}, "2001:db8::1"},
		{"IPv6 in brackets", "10.0.0.7:4711", []string{"[2001:db8::1]"}, "2001:db8::1"},
		{"a zone", "10.0.0.7:4711", []string{"fe80::1%eth0"}, "fe80::1"},
		{"a port", "10.0.0.7:4711", []string{"192.0.2.1:50000, 172.16.0.9:80"}, "192.0.2.1"},
		{"IPv6 with a port", "10.0.0.7:4711", []string{"[2001:db8::1]:50000"}, "2001:db8::1"},
		{"IPv4 in IPv6 clothes", "[::ffff:10.0.0.7]:4711", []string{"::ffff:192.0.2.1"}, "192.0.2.1"},
		{"a range in IPv6 clothes", "192.168.0.3:4711", []string{"192.0.2.1"}, "192.0.2.1"},
		{"blanks and empty words", "10.0.0.7:4711", []string{" , 192.0.2.1 ,, "}, "192.0.2.1"},
		{"a proxy that hides whom it speaks for", "10.0.0.7:4711", []string{"192.0.2.1, unknown"}, ""},
		{"a proxy that speaks nonsense", "10.0.0.7:4711", []string{"192.0.2.1, 999.0.0.1, 172.16.0.9"}, ""},
		{"a proxy that says nothing", "10.0.0.7:4711", nil, ""},
		{"a proxy that says an empty word", "10.0.0.7:4711", []string{""}, ""},
		{"a stranger", "192.0.2.66:4711", []string{"198.51.100.1"}, "192.0.2.66"},
		{"a stranger over IPv6", "[2001:db8::66]:4711", []string{"198.51.100.1"}, "2001:db8::66"},
		{"no peer", "@", []string{"198.51.100.1"}, ""},
	}
	n := network{mustProxies(t, proxies), true}
	for _, c := range cases {
		r := &http.Request{RemoteAddr: c.peer, Header: http.Header{forwardedFor: c.forwarded}}
		if got := n.address(r); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Where no proxy is trusted, what comes plainly to a console with TLS has come through one all the same.
func TestAPeerIsTheVisitorUnlessTLSEndedBeforeIt(t *testing.T) {
	cases := map[string]struct {
		network network
		tls     *tls.ConnectionState
		want    string
	}{
		"TLS that ended before":   {network{nil, true}, nil, ""},
		"TLS up to us":            {network{nil, true}, &tls.ConnectionState{}, "192.0.2.1"},
		"no TLS":                  {network{nil, false}, nil, "192.0.2.1"},
		"beside a trusted proxy":  {network{mustProxies(t, "10.0.0.7"), true}, nil, "192.0.2.1"},
		"without TLS beside such": {network{mustProxies(t, "10.0.0.7"), false}, nil, "192.0.2.1"},
	}
	for name, c := range cases {
		r := &http.Request{RemoteAddr: "192.0.2.1:4711", TLS: c.tls, Header: http.Header{forwardedFor: {"198.51.100.1"}}}
		if got := c.network.address(r); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTheAdviceAtStartNamesTheFlag(t *testing.T) {
	for _, c := range []struct {
		base, proxies string
		advised       bool
	}{
		{"https://console.example.com", "", true}, {"HTTPS://console.example.com/", "", true}, {"https://console.example.com", "10.0.0.7", false},
		{"http://127.0.0.1:8080", "", false}, {"no base", "", false},
	} {
		advice := ProxyAdvice(c.base, mustProxies(t, c.proxies))
		if strings.Contains(advice, "--trusted-proxies 127.0.0.1") != c.advised || (advice != "") != c.advised {
			t.Errorf("%s, %q: %q", c.base, c.proxies, advice)
		}
	}
}
