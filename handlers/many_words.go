package handlers

import (
	"bailiwick/access"
	"bailiwick/words"
)

// shortChanges is how many domains a line about gains or losses names; the others are counted.
const shortChanges = 3

// inShort is what differences give, or take, on one line: "Edit on 12 sources, View on Organization / Groups and 3 more". Of lists it
// counts those of domains that the reader may view. "" where there is nothing.
func inShort(catalog *access.Catalog, differences []access.Difference, gains bool, sees func(access.DomainKey) bool) string {
	listed := map[access.DomainKey]int{}
	for _, diff := range differences {
		if diff.Gains == gains && diff.Resource != 0 && !diff.Lasting {
			listed[diff.Domain]++
		}
	}
	var lines []string
	said := map[access.DomainKey]bool{}
	for _, diff := range differences {
		d := catalog.Domain(diff.Domain)
		if d == nil || diff.Gains != gains || diff.Lasting || said[diff.Domain] {
			continue
		}
		said[diff.Domain] = true
		lines = append(lines, shortLine(d, diff, listed[diff.Domain], sees(diff.Domain)))
	}
	return words.List(lines, shortChanges)
}

// shortLine is one domain of it.
func shortLine(d *access.Domain, diff access.Difference, listed int, sees bool) string {
	level := diff.After
	if !diff.Gains {
		level = diff.Before
	}
	switch {
	case listed > 0 && sees:
		return "Edit on " + words.Things(d).Count(listed)
	case listed > 0:
		return "Edit on some of " + words.Domain(d)
	case diff.Create:
		return "Can create on " + words.Domain(d)
	}
	return d.Label(level) + " on " + words.Domain(d)
}

// holdsInShort is what a group holds, on one line.
func holdsInShort(catalog *access.Catalog, set access.PrivilegeSet, sees func(access.DomainKey) bool) string {
	if held := inShort(catalog, access.Compare(catalog, nil, set), true, sees); held != "" {
		return held + "."
	}
	return "No privileges."
}
