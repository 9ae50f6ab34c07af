package words

import "bailiwick/access"

// What the rules refuse anyone who asks, as parts of sentences.
const (
	// LastAdministrator: nobody could look after the organization any more (R8).
	LastAdministrator = "an organization keeps at least one administrator who can sign in and whose membership has no end date: add another one first"
	// AdministratorsStay: the group of R8 is what it is.
	AdministratorsStay = "the Administrators group can’t be deleted, renamed or given other privileges"
	// BringsNobodyIn is said to somebody who may edit a group, but through temporary access alone (R20).
	BringsNobodyIn = "you can edit this group only through temporary access, so you can’t add or invite people"
)

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
		return "your own privileges on " + excessOn(c, excess) + " end on " + Moment(until)
	}
	return "it goes beyond your own privileges on " + excessOn(c, missing)
}

// NoMoreThan says why nothing above the reader's own level can be given on a domain (R7): "You hold View all here, so you
// cannot give more."
func NoMoreThan(d *access.Domain, own access.Level) string {
	if own == access.LevelNone {
		return "You hold nothing here, so you can’t give it."
	}
	return "You hold " + d.Label(own) + " here, so you can’t give more."
}

// NotYourself says why an ability on something can't be given: "You cannot edit Jira yourself, so you cannot give that."
func NotYourself(a access.Ability, what string) string {
	return "You can’t " + a.String() + " " + what + " yourself, so you can’t give that."
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
