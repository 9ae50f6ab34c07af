package services

import (
	"cmp"
	"math/bits"
	"slices"

	"bailiwick/access"
	"bailiwick/words"
)

// changesAtMost is how many changes are told; a person may be in hundreds of groups.
const changesAtMost = 5

// changes tells what would turn the answer around: for a no the least that each grantee lacks, for a yes what it hangs on.
func (e Explanation) changes() []string {
	if e.Allowed {
		return e.dependsOn()
	}
	if e.Subject.Suspended && e.Fault == "" {
		return []string{e.reactivating()}
	}
	var would []access.Considered
	lent := e.Subject.Kind == SubjectPersonnel
	for _, c := range e.Considered {
		switch {
		case c.Grant.Via.Kind == access.TemporaryAccess:
			lent = true // what it holds never changes
		case c.Least.Level != access.LevelNone:
			would = append(would, c)
		}
	}
	slices.SortStableFunc(would, func(a, b access.Considered) int { return cmp.Compare(e.adds(a), e.adds(b)) })
	var all []string
	for _, c := range would[:min(len(would), changesAtMost)] {
		all = append(all, e.wouldDo(c))
	}
	switch more, groups := len(would)-changesAtMost, words.Groups.With("more"); {
	case more == 1:
		all = append(all, "The same for "+groups.Count(more)+".")
	case more > 1:
		all = append(all, "The same for one of "+groups.Count(more)+".")
	}
	switch {
	case lent && e.Fault == "":
		all = append(all, "Another request for temporary access that includes it, if a category allows that.")
	case len(would) == 0 && e.Subject.Kind == SubjectMember && e.Fault == "":
		all = append(all, "Joining a group with "+e.wanted(e.Least)+".")
	}
	return all
}

// reactivating is what would do for somebody suspended, with what they lack besides.
func (e Explanation) reactivating() string {
	if slices.ContainsFunc(e.Considered, func(c access.Considered) bool { return c.Least.Level != access.LevelNone }) {
		return "Reactivating " + e.Subject.Name + "."
	}
	return "Reactivating " + e.Subject.Name + ", and a group with " + e.wanted(e.Least) + "."
}

// adds is how much a change gives beyond what is held: the least comes first, and what only has to count again before it.
func (e Explanation) adds(c access.Considered) int {
	more := e.Domain.Abilities(c.Least.Level, c.Least.CanCreate) &^ e.Domain.Abilities(c.Grant.Level, c.Grant.CanCreate)
	return bits.OnesCount8(uint8(more))*2 + len(c.Least.Editors)
}

// wouldDo is the least change of one grantee that would do.
func (e Explanation) wouldDo(c access.Considered) string {
	name := c.Grant.Via.Name
	switch c.Why {
	case access.Disabled:
		return "Activating the key."
	case access.NotBegun:
		return "Waiting until " + words.Moment(c.Grant.Since) + "."
	case access.Ended:
		if e.Subject.Kind == SubjectAPIKey {
			return "Letting the key expire later."
		}
		return "Renewing the membership of " + name + "."
	case access.NotListed:
		return "Adding " + e.Resource.Name + " to the editor list of " + name + "."
	case access.NoBox:
		return "Giving " + name + " Can create on " + words.Domain(e.Domain) + "."
	}
	before := access.LevelNone
	if e.Domain.Offers(c.Grant.Level) {
		before = c.Grant.Level
	}
	return "Giving " + name + " " + e.wanted(c.Least) + ", in place of " + e.Domain.Label(before) + "."
}

// wanted is a privilege that would do, with the resource that its editor list needs.
func (e Explanation) wanted(p access.Privilege) string {
	text := words.PrivilegeOn(e.Domain, p)
	if len(p.Editors) > 0 {
		text += ", with " + e.Resource.Name + " in its editor list"
	}
	return text
}

// dependsOn tells what a yes hangs on.
func (e Explanation) dependsOn() []string {
	var all []string
	if len(e.Via) > 1 {
		return append(all, "Each of these "+words.Groups.Count(len(e.Via))+" gives it by itself. It is lost only when all of them change.")
	}
	reason := e.Via[0]
	if e.Subject.Kind == SubjectMember {
		all = append(all, "Without "+reason.Grant.Via.Name+", "+e.remains()+" would remain.")
	}
	if reason.Listed {
		all = append(all, "Taking "+e.Resource.Name+" out of the editor list of "+reason.Grant.Via.Name+" ends it"+e.forMembers()+".")
	}
	if end := reason.Grant.Until; !end.IsZero() {
		all = append(all, "It ends by itself "+words.OnEnd(end)+".")
	}
	return all
}

func (e Explanation) forMembers() string {
	if e.Subject.Kind == SubjectAPIKey {
		return ""
	}
	return " for all of its members"
}

func (e Explanation) remains() string {
	return words.PrivilegeOn(e.Domain, access.Privilege{Level: e.Remains})
}
