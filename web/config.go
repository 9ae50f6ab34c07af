// Package web assembles the console: routes, middleware, sessions, and the one place where an error becomes a status and
// a page. It decides nothing about access beyond who is asking.
package web

import (
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"bailiwick/services"
)

// Config is what the server is made of.
type Config struct {
	Console *services.Console
	// BaseURL is where people reach the console, such as https://console.example.com: scheme and host, no path.
	BaseURL string
	// TrustedProxies may tell the address of the visitor in X-Forwarded-For. Nobody else's word counts.
	TrustedProxies []netip.Prefix
	Log            *slog.Logger
	Now            func() time.Time // the one clock; UTC
}

// Base is a checked base URL.
type Base struct {
	url *url.URL
}

// ParseBase checks a base URL.
func ParseBase(text string) (Base, error) {
	u, err := url.Parse(strings.TrimSuffix(text, "/"))
	if err != nil {
		return Base{}, fmt.Errorf("base URL: %w", err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.User != nil || u.Fragment != "" {
		return Base{}, fmt.Errorf("base URL %q: give scheme and host only, such as https://console.example.com", text)
	}
	return Base{u}, nil
}

// String is the URL without a slash at its end.
func (b Base) String() string { return b.url.String() }

// TLS tells whether people reach the console over TLS.
func (b Base) TLS() bool { return b.url.Scheme == "https" }

// SignsIn tells whether passwords and session cookies are safe on the way: over TLS, or on the machine itself. Browsers
// drop our cookies elsewhere, so nobody could sign in anyway.
func (b Base) SignsIn() bool {
	host := strings.ToLower(b.url.Hostname())
	ip := net.ParseIP(host)
	return b.TLS() || host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}

// PlainHTTP is what operators and visitors read where SignsIn is false.
const PlainHTTP = "Sign-in is closed: the console is reached over plain HTTP, where passwords could be read on the way. " +
	"Put it behind TLS and start it with --base-url https://…"

// ParseProxies reads addresses and ranges, separated by commas: "10.0.0.7, 192.168.0.0/16".
func ParseProxies(text string) ([]netip.Prefix, error) {
	var prefixes []netip.Prefix
	for word := range strings.SplitSeq(text, ",") {
		word = strings.TrimSpace(word)
		if word == "" {
			continue
		}
		prefix, err := parsePrefix(word)
		if err != nil {
			return nil, fmt.Errorf("trusted proxies: %q is no address and no range such as 10.0.0.0/8", word)
		}
		prefixes = append(prefixes, prefix.Masked())
	}
	return prefixes, nil
}

func parsePrefix(word string) (netip.Prefix, error) {
	if strings.Contains(word, "/") {
		prefix, err := netip.ParsePrefix(word)
		if ip := prefix.Addr(); err == nil && ip.Is4In6() && prefix.Bits() >= 96 { // peers are compared as IPv4, too
			prefix = netip.PrefixFrom(ip.Unmap(), prefix.Bits()-96)
		}
		return prefix, err
	}
	ip, err := netip.ParseAddr(word)
	if err != nil {
		return netip.Prefix{}, err
	}
	ip = plainAddress(ip)
	return netip.PrefixFrom(ip, ip.BitLen()), nil
}
