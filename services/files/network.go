package files

import "net/netip"

// CanonicalNetwork is an address or a network in its one shortest form, as NetworkText has it, so that pages and files write
// the same list in the same way; false where the text is neither.
func CanonicalNetwork(text string) (string, bool) {
	network, ok := ParseNetwork(text)
	if !ok {
		return "", false
	}
	return NetworkText(network), true
}

// ParseNetwork reads an address or a network. An address is the network of that address alone.
func ParseNetwork(text string) (netip.Prefix, bool) {
	if prefix, err := netip.ParsePrefix(text); err == nil {
		return MaskedNetwork(prefix), true
	}
	addr, err := netip.ParseAddr(text)
	if err != nil || addr.Zone() != "" {
		return netip.Prefix{}, false
	}
	return MaskedNetwork(netip.PrefixFrom(addr, addr.BitLen())), true
}

// MaskedNetwork is a network by its first address. An IPv4 address that is written as an IPv6 address is the IPv4 address,
// so that no list can be passed by writing an address the other way.
func MaskedNetwork(n netip.Prefix) netip.Prefix {
	if addr := n.Addr(); addr.Is4In6() && n.Bits() >= 96 {
		n = netip.PrefixFrom(addr.Unmap(), n.Bits()-96)
	}
	return n.Masked()
}

// NetworkText is a network as it is written where it stands in a list: a single address without its length.
func NetworkText(n netip.Prefix) string {
	if n = MaskedNetwork(n); n.IsSingleIP() {
		return n.Addr().String()
	}
	return n.String()
}
