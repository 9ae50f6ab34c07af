package services

import (
	"net/netip"
	"slices"

	"bailiwick/services/files"
)

// Lists of addresses are compared as the sets of addresses that they stand for, not as texts: 10.0.0.0/8 is in no way less
// than 10.0.0.0/9 and 10.128.0.0/9.

// admitsMore tells whether a list of allowed networks lets in an address that the one before did not. An empty list lets in
// everybody (R11).
func admitsMore(before, after []string) bool {
	if len(before) == 0 {
		return false
	}
	return len(after) == 0 || !covers(before, after)
}

// covers tells whether every address of the networks in part is in one of those in whole. What can't be read as a network
// covers nothing, and is covered only by itself.
func covers(whole, part []string) bool {
	networks := parsedNetworks(whole)
	for _, text := range part {
		network, ok := files.ParseNetwork(text)
		if !ok && slices.Contains(whole, text) {
			continue
		}
		if !ok || !coversOne(networks, network) {
			return false
		}
	}
	return true
}

func parsedNetworks(all []string) []netip.Prefix {
	var networks []netip.Prefix
	for _, text := range all {
		if network, ok := files.ParseNetwork(text); ok {
			networks = append(networks, network)
		}
	}
	return networks
}

// coversOne tells whether every address of one network is in one of the others: the network as a whole, or both its halves.
// It goes down only where one of the others lies inside, so no deeper than those are long.
func coversOne(networks []netip.Prefix, one netip.Prefix) bool {
	inside := false
	for _, n := range networks {
		if !n.Overlaps(one) {
			continue
		}
		if n.Bits() <= one.Bits() {
			return true
		}
		inside = true
	}
	if !inside {
		return false
	}
	lower, upper := halves(one)
	return coversOne(networks, lower) && coversOne(networks, upper)
}

// halves are the two networks that a network of more than one address consists of.
func halves(n netip.Prefix) (lower, upper netip.Prefix) {
	bits := n.Bits()
	address := n.Addr().AsSlice()
	address[bits/8] |= 1 << (7 - bits%8)
	other, _ := netip.AddrFromSlice(address) // as long as it was
	return netip.PrefixFrom(n.Addr(), bits+1), netip.PrefixFrom(other, bits+1)
}
