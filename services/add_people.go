package services

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"bailiwick/looks"
	"bailiwick/models"
	"bailiwick/words"
)

// peopleAtOnce is how many people are added or invited in one change.
const peopleAtOnce = 1000

// NewPeople brings people into groups: members of the organization are added at once, everybody else is invited.
type NewPeople struct {
	Emails    []string   // each is judged by itself, and one that comes twice counts once
	Groups    []string   // keys
	Until     *time.Time // end of the memberships, also of those who are invited; nil: none but the caller's own (R7)
	Provider  Provider   // with which those who are invited have to join
	Notify    bool       // the invited by mail
	Sure      []string   // addresses that look like others and that somebody says are right
	Confirmed Confirmed
}

// invitations are the invitations among them, whoever they turn out to be for.
func (n NewPeople) invitations() NewInvitations {
	return NewInvitations{Provider: n.Provider, Emails: n.Emails, Notify: n.Notify, Groups: n.Groups, Until: n.Until, Confirmed: n.Confirmed.Administrators, Sure: n.Sure}
}

// PersonOutcome is what becomes of one of them.
type PersonOutcome string

// Each is judged by themselves.
const (
	PersonAdded    PersonOutcome = "joins"          // a member of the organization: to those of the groups that they are not in
	PersonInvited  PersonOutcome = "invited"        // nobody's address here
	PersonIn       PersonOutcome = "member-already" // is in all of the groups
	PersonOpen     PersonOutcome = "open-already"   // has open invitations into the groups
	PersonDoubtful PersonOutcome = "doubtful"       // the address looks like another, and nobody said yet that it is right
	PersonMailed   PersonOutcome = "mailed"         // no mail may go out any more for now
	PersonInactive PersonOutcome = "suspended"      // a member who is suspended: whoever reactivates them gives all that they hold
	PersonNobody   PersonOutcome = "nobody"         // what was given is no address
)

// PersonToAdd is one of them, as it would come out, or has.
type PersonToAdd struct {
	InviteResult
	Outcome PersonOutcome
	Of      *models.Member // whose address it is; nil where nobody's of the organization
	Doubt   looks.Doubt    // of PersonDoubtful, and of who was confirmed
}

// PeopleOutcome is what becomes of all of them.
type PeopleOutcome struct {
	People   []PersonToAdd // in the order in which they were given
	Seats    Seats
	Unproven bool       // somebody who is added has an address that nobody has proven (R19)
	Bounded  *time.Time // when the first membership ends that was cut to the caller's own access (R7); nil: none was
}

// Count is how many of them have one of these outcomes.
func (p PeopleOutcome) Count(of ...PersonOutcome) int {
	n := 0
	for _, person := range p.People {
		if slices.Contains(of, person.Outcome) {
			n++
		}
	}
	return n
}

// Seats are those of an organization as they would stand.
type Seats struct {
	All   int
	Taken int // with those who are invited
	Free  int // before
}

// TooFew is how many seats are missing; 0 where all have one.
func (s Seats) TooFew() int { return max(0, s.Taken-s.All) }

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

// PeopleToAdd tells what AddPeople would do, and changes nothing: nine statements at most, however many people there are. Groups that
// the caller can't give are left out; they are told of where groups are chosen.
func (c *Console) PeopleToAdd(ctx context.Context, by Caller, n NewPeople) (PeopleOutcome, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return PeopleOutcome{}, err
	}
	chosen, err := c.InvitableGroups(ctx, by, "", n.Groups)
	if err != nil {
		return PeopleOutcome{}, err
	}
	var into []intoGroup
	for _, g := range chosen.Chosen {
		if !g.Lent && len(g.Beyond) == 0 {
			into = append(into, intoGroup{g.Group, g.Until})
		}
	}
	b, err := c.judgePeople(ctx, v, n, into)
	if err != nil {
		return PeopleOutcome{}, err
	}
	return b.PeopleOutcome, nil
}

// AddPeople adds members to groups and invites everybody else into them, all in one change. It counts as granting all that the groups hold
// (R7): what is added without an end ends when the caller's own access does. Who can't be added or invited is told of in the result,
// and the others are. An error means that nothing was changed; one about a group is AtField of Groups. Fields of errors: Emails, Groups,
// Provider and Until. NeedsConfirmation of ConfirmAdministrators or ConfirmUnproven.
func (c *Console) AddPeople(ctx context.Context, by Caller, n NewPeople) (PeopleOutcome, error) {
	what := subject{Member: strings.Join(n.Emails[:min(len(n.Emails), invitedAtOnce)], ", ")}
	if len(n.Groups) > 0 {
		what.Key = n.Groups[0]
	}
	var outcome PeopleOutcome
	err := c.change(ctx, by, models.OpGroupMemberAdded, what, func(tx *Tx) error {
		into, err := c.groupsInto(ctx, tx.view, n)
		if err != nil {
			return err
		}
		b, err := c.judgePeople(ctx, tx.view, n, into)
		if err != nil {
			return err
		}
		if err := b.refusal(tx.At); err != nil {
			return err
		}
		outcome = b.PeopleOutcome
		if outcome.Count(PersonAdded, PersonInvited) == 0 {
			return errNobodyComes
		}
		if err := b.add(ctx, tx); err != nil {
			return err
		}
		if err := b.invite(ctx, tx); err != nil {
			return err
		}
		outcome = b.PeopleOutcome
		return nil
	})
	if err != nil && !errors.Is(err, errNobodyComes) {
		return PeopleOutcome{}, err
	}
	return outcome, nil
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
	b.Seats = Seats{All: b.all, Taken: b.all - b.seats, Free: max(0, b.seats)}
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

// Doubtful are the addresses that look like others and that nobody has confirmed.
func (p PeopleOutcome) Doubtful() []DoubtfulAddress {
	var all []DoubtfulAddress
	for _, p := range p.People {
		if p.Outcome == PersonDoubtful {
			all = append(all, DoubtfulAddress{Email: p.Email, Doubt: p.Doubt})
		}
	}
	return all
}

// tooFew says how many seats are missing for so many people.
func (s Seats) tooFew(people int) string {
	return fmt.Sprintf("%s too few: %s, %s free. Revoke an invitation or remove a member first, or ask whoever runs this console for more seats.",
		words.Seats.Count(s.TooFew()), words.People.Count(people), words.Number(s.Free))
}

// add puts the members into the groups that they are not in, a group at a time.
func (b *bringing) add(ctx context.Context, tx *Tx) error {
	for _, g := range b.into {
		until := sooner(b.wanted.Until, g.ends)
		var people []models.PersonID
		for _, p := range b.People {
			if p.Outcome != PersonAdded || !slices.ContainsFunc(p.Groups, func(in models.Group) bool { return in.ID == g.ID }) {
				continue
			}
			people = append(people, p.Of.PersonID)
			tx.record(models.OpGroupMemberAdded, about(g.Resource), nil, membershipState(p.Of.Email, p.Of.Name, until))
		}
		if len(people) == 0 {
			continue
		}
		if err := tx.JoinGroup(ctx, g.Grantee().ID, people, until, tx.At); err != nil {
			return err
		}
		if b.wanted.Until == nil {
			b.Bounded = sooner(b.Bounded, until)
		}
	}
	return nil
}

// invite makes the invitations.
func (b *bringing) invite(ctx context.Context, tx *Tx) error {
	for i := range b.People {
		if p := &b.People[i]; p.Outcome == PersonInvited {
			if err := b.create(ctx, tx, &p.InviteResult); err != nil {
				return err
			}
		}
	}
	return nil
}
