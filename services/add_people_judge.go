package services

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bailiwick/looks"
	"bailiwick/models"
	"bailiwick/words"
)

// intoGroup is a group that people come into, and until when the caller can give all that it holds (R7); nil: for good.
type intoGroup struct {
	models.Group
	ends *time.Time
}

// bringing are people on their way into groups, with all that judging them needs.
type bringing struct {
	*inviting
	wanted NewPeople
	into   []intoGroup
	PeopleOutcome
}

// errNobodyComes gives a change up in which everybody is in already: it would raise the organization's revision for nothing.
var errNobodyComes = errors.New("nobody is to be added or invited")

// groupsInto are the chosen groups, all of which the caller may edit and give (R7).
func (c *Console) groupsInto(ctx context.Context, v *view, n NewPeople) ([]intoGroup, error) {
	if err := v.mayInvite(ctx, n.Groups); err != nil {
		return nil, err
	}
	var into []intoGroup
	seen := map[string]bool{}
	for _, key := range n.Groups {
		if seen[key] {
			continue
		}
		seen[key] = true
		group, ends, err := c.invitableGroup(ctx, v, key, n.Confirmed.Administrators)
		if err != nil {
			return nil, AtField{Field: "Groups", Key: key, Cause: err}
		}
		into = append(into, intoGroup{group, ends})
	}
	return into, nil
}

// judgePeople reads what there is about the addresses, and judges each.
func (c *Console) judgePeople(ctx context.Context, v *view, n NewPeople, into []intoGroup) (*bringing, error) {
	addresses := n.invitations().addresses()
	if len(addresses) > peopleAtOnce {
		return nil, invalid("Emails", words.TooMany(words.People, peopleAtOnce, len(addresses)))
	}
	groups := make([]models.Group, len(into))
	var ends *time.Time
	for i, g := range into {
		groups[i], ends = g.Group, sooner(ends, g.ends)
	}
	i, err := c.newInviting(ctx, v, n.invitations(), groups, addresses)
	if err != nil {
		return nil, err
	}
	i.ends = ends
	members, err := v.MembersByEmails(ctx, emailsOf(addresses))
	if err != nil {
		return nil, err
	}
	found, err := v.MarksOf(ctx, people(members))
	if err != nil {
		return nil, err
	}
	for i := range members {
		members[i].Marks = found[members[i].PersonID]
	}
	b := &bringing{inviting: i, wanted: n, into: into}
	b.judge(addresses, members)
	return b, nil
}

func (b *bringing) judge(addresses []InviteResult, members []models.Member) {
	known := map[string]*models.Member{}
	for i := range members {
		known[members[i].Email] = &members[i]
	}
	mails := b.mails
	b.Seats = b.before // and those whom this adds, which Free leaves out
	for _, a := range addresses {
		person := PersonToAdd{InviteResult: a, Of: known[a.Email]}
		person.Outcome = b.outcome(&person, mails)
		switch {
		case person.Outcome == PersonInvited && b.notifies():
			mails--
			fallthrough
		case person.Outcome == PersonInvited:
			if !b.seated[a.Email].Taken {
				b.Seats.Taken++
			}
		case person.Outcome == PersonAdded:
			b.Unproven = b.Unproven || person.Of.Unproven
		}
		b.People = append(b.People, person)
	}
}

// outcome is what would become of one, with so many mails that may still go out.
func (b *bringing) outcome(person *PersonToAdd, mails int) PersonOutcome {
	if person.InviteResult.Outcome == NoAddress {
		return PersonNobody
	}
	groups, invited := b.missing(person.InviteResult)
	if person.Of != nil {
		if groups = b.notIn(person.Email); len(groups) == 0 && len(b.into) > 0 {
			return PersonIn
		}
		if person.Of.Suspended() {
			return PersonInactive
		}
		person.Groups = groups
		return PersonAdded
	}
	doubted := false
	person.Doubt, doubted = looks.DoubtAbout(person.Email)
	switch {
	case len(b.into) == 0 && b.seated[person.Email].Taken: // an invitation is open, and no group is chosen yet that needs another
		return PersonOpen
	case invited == OpenAlready:
		person.Invitation = b.openFor(person.Email)
		return PersonOpen
	case doubted && !slices.Contains(b.wanted.Sure, person.Email):
		return PersonDoubtful
	case b.notifies() && (mails <= 0 || b.mailed[person.Email] >= mailsToOneInADay):
		return PersonMailed
	}
	person.Groups = groups
	return PersonInvited
}

// notIn are the groups that the member is not in.
func (b *bringing) notIn(email string) []models.Group {
	var groups []models.Group
	for _, g := range b.into {
		if !b.members[models.MemberOf{Email: email, GroupID: g.Grantee().ID}] {
			groups = append(groups, g.Group)
		}
	}
	return groups
}

// openFor is when the first open invitation of an address runs out.
func (b *bringing) openFor(email string) models.Invitation {
	open := b.open[email][0]
	return models.Invitation{ID: open.ID, Email: open.Email, ExpiresAt: open.ExpiresAt}
}

// refusal is why nobody is added nor invited.
func (b *bringing) refusal(at time.Time) error {
	added, invited := b.Count(PersonAdded), b.Count(PersonInvited)
	switch {
	case added+invited == 0 && b.Count(PersonDoubtful) > 0:
		return UnsureAddresses{b.Doubtful()}
	case added+invited+b.Count(PersonIn, PersonOpen, PersonInactive) == 0:
		return invalid("Emails", "Enter at least one address, such as name@example.com.")
	case invited > invitedAtOnce:
		return invalid("Emails", words.TooMany(words.Invitations, invitedAtOnce, invited))
	case b.Seats.TooFew() > 0:
		return invalid("Emails", b.Seats.tooFew(added+invited))
	case b.Unproven && !b.wanted.Confirmed.Unproven:
		return NeedsConfirmation{ConfirmUnproven}
	}
	if invited > 0 {
		if problem := b.console.providerProblem(b.wanted.Provider); problem != "" {
			return invalid("Provider", problem)
		}
	}
	if problem := endProblem(b.wanted.Until, b.ends, at); problem != "" {
		return invalid("Until", problem)
	}
	return nil
}

// tooFew says how many seats are missing for so many people.
func (s Seats) tooFew(people int) string {
	return fmt.Sprintf("%s too few: %s, %s free. Revoke an invitation or remove a member first, or ask your operator for more seats.",
		words.Seats.Count(s.TooFew()), words.People.Count(people), words.Number(s.Free))
}
