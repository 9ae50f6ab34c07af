package web

import (
	"net/http"
	"net/netip"
	"strings"
)

// forwardedFor is the one header that a trusted proxy tells the visitor's address in.
const forwardedFor = "X-Forwarded-For"

// network is what stands between the visitors and us.
type network struct {
	proxies []netip.Prefix // those that are trusted to name the visitor
	tls     bool           // whether people reach the console over TLS
}

// origin is where a request comes from.
type origin struct {
	peer    netip.Addr // who has sent it to us; not valid where the connection has no address
	visitor netip.Addr // who is behind it; not valid if no trusted proxy says it
	trusted bool       // whether the peer is a proxy that may say it
}

// origin tells where a request comes from. It is the peer's own address, but for two cases: a trusted proxy speaks for
// others, and what comes plainly while people use TLS comes from a proxy too, whose address is everybody's. Where some
// proxies are trusted, every other peer speaks for itself, or who reaches our port would not be counted by address.
func (n network) origin(r *http.Request) origin {
	o := origin{peer: peerOf(r)}
	switch {
	case n.trusts(o.peer):
		o.trusted, o.visitor = true, n.visitor(r.Header.Values(forwardedFor))
	case n.hidden() && r.TLS == nil:
	default:
		o.visitor = o.peer
	}
	return o
}

// address is the visitor's, "" where it is not known.
func (n network) address(r *http.Request) string {
	o := n.origin(r)
	if !o.visitor.IsValid() {
		return ""
	}
	return o.visitor.String()
}

// hidden tells whether a peer that comes plainly hides the visitors: people use TLS, and nobody is trusted to tell.
func (n network) hidden() bool { return n.tls && len(n.proxies) == 0 }

func (n network) trusts(ip netip.Addr) bool {
	for _, p := range n.proxies {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// visitor reads what proxies have appended, the last of them at the right. Each is believed as long as it is trusted: the
// first who is not is the visitor, and what stands before is the visitor's own word. Where all are trusted it is the
// furthest. What can't be read hides anyone who stands there.
func (n network) visitor(lines []string) (furthest netip.Addr) {
	hops := strings.Split(strings.Join(lines, ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop := strings.TrimSpace(hops[i])
		if hop == "" {
			continue
		}
		ip, ok := parseHop(hop)
		if !ok {
			return netip.Addr{}
		}
		if !n.trusts(ip) {
			return ip
		}
		furthest = ip
	}
	return furthest
}

// parseHop reads an address. Some proxies add the port, and brackets around IPv6.
func parseHop(text string) (netip.Addr, bool) {
	ip, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	if err == nil {
		return plainAddress(ip), true
	}
	both, err := netip.ParseAddrPort(text)
	return plainAddress(both.Addr()), err == nil
}

// peerOf is the other end of the connection.
func peerOf(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return plainAddress(peer.Addr())
}

// plainAddress is the address in the form that ranges have: an IPv4 address that came as IPv6 (::ffff:192.0.2.1) is IPv4
// again, and a zone is left out.
func plainAddress(ip netip.Addr) netip.Addr { return ip.Unmap().WithZone("") }
