package words

import "bailiwick/access"

// TooMany refuses more of something than there may be: "Use at most 100 characters; this has 120."
func TooMany(of Noun, most, has int) string {
	return "Use at most " + of.Count(most) + "; this has " + Number(has) + "."
}

// TooFew refuses less of something than there has to be: "Use 20 characters or more; this has 7."
func TooFew(of Noun, least, has int) string {
	return "Use " + of.Count(least) + " or more; this has " + Number(has) + "."
}

// YouNeed says what somebody lacks for an act, on something: "To rename this group, you need Edit on it."
func YouNeed(act string, a access.Ability, on string) string {
	return "To " + act + ", you need " + Ability(a) + " on " + on + "."
}

// YouNeedOn is the same for a need, with its domain: "To revoke it, you need Edit on Organization / Temporary access."
func YouNeedOn(c *access.Catalog, act string, need access.Need) string {
	return YouNeed(act, need.Ability, DomainOf(c, need.Domain))
}

// Beyond says what goes further than its reader's own rights, or lasts longer (R7), as a part of a sentence: "it goes beyond
// your own privileges on Content / Sources", "your own privileges on Content / Sources end on 2 Jan 2027, 15:04 UTC". Time is
// spoken of only where nothing else is in the way.
func Beyond(c *access.Catalog, excess []access.Excess) string {
	missing, until := access.Lacking(excess)
	if len(missing) == 0 && !until.IsZero() {
		return "your own privileges on " + excessOn(c, excess) + " end on " + Minute(until)
	}
	return "it goes beyond your own privileges on " + excessOn(c, missing)
}

// excessOn lists the domains, each once.
func excessOn(c *access.Catalog, excess []access.Excess) string {
	var names []string
	seen := map[access.DomainKey]bool{}
	for _, x := range excess {
		if !seen[x.Domain] {
			seen[x.Domain] = true
			names = append(names, DomainOf(c, x.Domain))
		}
	}
	return List(names, 3)
}
