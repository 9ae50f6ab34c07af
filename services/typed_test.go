package services_test

import (
	"net/netip"
	"strings"
	"time"
)

// onDay is the beginning of a day, written as 2027-04-01.
func onDay(text string) *time.Time {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return &day
}

// networks are the addresses and networks of a text, one a line.
func networks(text string) []netip.Prefix {
	var all []netip.Prefix
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if addr, err := netip.ParseAddr(line); err == nil {
			all = append(all, netip.PrefixFrom(addr, addr.BitLen()))
			continue
		}
		all = append(all, netip.MustParsePrefix(line))
	}
	return all
}
