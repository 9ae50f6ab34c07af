package services

import (
	"slices"
	"time"

	"bailiwick/models"
)

// MembershipChoice is one group of a member's Groups tab as it was submitted.
type MembershipChoice struct {
	Key   string
	In    bool
	Until *time.Time       // nil: for good; meant with In only
	Was   *MembershipShown // what the form was made with; nil where it does not say: then all that it sends was chosen
}

// MembershipShown is what a form said of a membership before anybody chose.
type MembershipShown struct {
	In    bool
	Until *time.Time
}

// Chosen tells whether somebody chose it, rather than the form sending what it was made with: then what stands now is meant.
func (m MembershipChoice) Chosen() bool {
	return m.Was == nil || m.Was.In != m.In || m.In && !sameEnd(m.Was.Until, m.Until)
}

// Overtaken tells whether somebody changed the membership since the form was made, which says so. One that ran out was changed by
// nobody.
func (m MembershipChoice) Overtaken(stands models.MemberGroup, at time.Time) bool {
	if m.Was == nil {
		return false
	}
	in := stands.In(at)
	if in != m.Was.In {
		return in || m.Was.Until == nil || m.Was.Until.After(at)
	}
	return in && !sameEnd(m.Was.Until, stands.ExpiresAt)
}

// chosenMemberships are the choices that somebody made.
func chosenMemberships(choices []MembershipChoice) []MembershipChoice {
	var chosen []MembershipChoice
	for _, choice := range choices {
		if choice.Chosen() {
			chosen = append(chosen, choice)
		}
	}
	return chosen
}

// membershipChanges are the choices about these groups that somebody made and that differ from what stands at the moment, in the
// order of the groups.
func membershipChanges(groups []models.MemberGroup, choices []MembershipChoice, at time.Time) []MembershipChange {
	wanted := choicesByGroup(chosenMemberships(choices))
	var changes []MembershipChange
	for _, g := range groups {
		choice, chosen := wanted[g.Key]
		change := MembershipChange{Group: g, MembershipChoice: choice}
		if was := g.In(at); chosen && (was != change.In || was && !sameEnd(g.ExpiresAt, change.Until)) {
			changes = append(changes, change)
		}
	}
	return changes
}

// overtakenMemberships are those of the groups that somebody else changed since the form was made, and that nobody chose there.
func overtakenMemberships(groups []models.MemberGroup, choices []MembershipChoice, at time.Time) []models.MemberGroup {
	sent := choicesByGroup(choices)
	var overtaken []models.MemberGroup
	for _, g := range groups {
		if choice := sent[g.Key]; !choice.Chosen() && choice.Overtaken(g, at) {
			overtaken = append(overtaken, g)
		}
	}
	return overtaken
}

func choicesByGroup(choices []MembershipChoice) map[string]MembershipChoice {
	byGroup := map[string]MembershipChoice{}
	for _, choice := range choices {
		byGroup[choice.Key] = choice
	}
	return byGroup
}

// groupKeys are the keys of the groups that the choices are about, each once.
func groupKeys(choices []MembershipChoice) []string {
	var keys []string
	for _, choice := range choices {
		keys = append(keys, choice.Key)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// sameEnd compares to the minute, which is what forms can say.
func sameEnd(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Truncate(time.Minute).Equal(b.Truncate(time.Minute))
}
