package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"bailiwick/views/parts"
)

// forwardersNoted is how many peers are remembered at most: anybody can send the headers.
const forwardersNoted = 20

// forwardedHeaders are those in which proxies name the visitor.
var forwardedHeaders = []string{forwardedFor, "Forwarded", "X-Real-IP"}

// forwarder is a peer that names a visitor without being trusted, and the header in which it does.
type forwarder struct {
	peer   netip.Addr
	header string
}

// forwarders remembers such peers, each once and in this process only, for operators: one of them may be their proxy.
type forwarders struct {
	network
	log  *slog.Logger
	mu   sync.Mutex
	seen []forwarder
}

// watch notes such peers as their requests pass.
func (f *forwarders) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, name := range forwardedHeaders {
			if peer := peerOf(r); r.Header.Get(name) != "" && peer.IsValid() && !f.trusts(peer) {
				f.note(forwarder{peer, name})
				break
			}
		}
		next.ServeHTTP(w, r)
	})
}

func (f *forwarders) note(who forwarder) {
	f.mu.Lock()
	defer f.mu.Unlock()
	known := func(s forwarder) bool { return s.peer == who.peer }
	if len(f.seen) == forwardersNoted || slices.ContainsFunc(f.seen, known) {
		return
	}
	f.seen = append(f.seen, who)
	f.log.Warn("forwarded header does not count: the peer is not trusted; if it is your proxy, start with the flag",
		"peer", who.peer.String(), "header", who.header, "flag", f.flagFor(who.peer))
	if len(f.seen) == forwardersNoted {
		f.log.Warn("further peers that send forwarded headers are not noted", "noted", forwardersNoted)
	}
}

func (f *forwarders) all() []forwarder {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.seen)
}

// flagFor is the flag that trusts a peer beside those that are trusted already.
func (n network) flagFor(peer netip.Addr) string {
	var ranges []string
	for _, p := range n.proxies {
		if p.IsSingleIP() {
			ranges = append(ranges, p.Addr().String())
		} else {
			ranges = append(ranges, p.String())
		}
	}
	return "--trusted-proxies " + strings.Join(append(ranges, peer.String()), ",")
}

// hiddenMeans is what follows while visitors' addresses are not known.
const hiddenMeans = "sign-ins are counted by account only, and activities show no address"

// ProxyAdvice is what operators read at start where visitors can only come through a proxy and none is trusted; "" where
// there is nothing to say. The console is meant to listen plainly.
func ProxyAdvice(baseURL string, proxies []netip.Prefix) string {
	base, err := ParseBase(baseURL)
	if err != nil || !(network{proxies, base.TLS()}).hidden() {
		return ""
	}
	return "People reach " + base.String() + " through a proxy with TLS, and no proxy is trusted to tell their addresses. Until you change this, " +
		hiddenMeans + ". For a proxy on this machine add the flag\n  --trusted-proxies 127.0.0.1"
}

// warnings are what the operator's page says about the proxies: about the one that the operator came through, and about
// those that would be trusted if operators said so.
func (f *forwarders) warnings(c echo.Context) (all []parts.Flash) {
	own := f.origin(c.Request())
	hidden := own.peer.IsValid() && !own.visitor.IsValid()
	if hidden {
		all = append(all, f.hiddenWarning(own))
	}
	for _, who := range f.all() {
		if hidden && who.peer == own.peer {
			continue
		}
		text := fmt.Sprintf("%s sends %s and is not a trusted proxy, so what it says is not used. If it is a proxy of yours, and only then, start Bailiwick with %s.",
			who.peer, who.header, f.flagFor(who.peer))
		if who.header != forwardedFor {
			text += " Have it set " + forwardedFor + " as well: no other header is read."
		}
		all = append(all, parts.Flash{Tone: "warning", Title: "A header is not used.", Text: text})
	}
	return all
}

func (f *forwarders) hiddenWarning(own origin) parts.Flash {
	text := fmt.Sprintf("You came through a proxy at %s that is not trusted to tell the visitors’ addresses. Until you change this, %s. Start Bailiwick with %s, and have the proxy set %s.",
		own.peer, hiddenMeans, f.flagFor(own.peer), forwardedFor)
	if own.trusted {
		text = fmt.Sprintf("You came through the proxy at %s, which is trusted but does not tell the visitors’ addresses. Until it does, %s. Have the proxy set %s to the visitor’s address.",
			own.peer, hiddenMeans, forwardedFor)
	}
	return parts.Flash{Tone: "warning", Title: "The addresses of visitors are not known.", Text: text}
}
