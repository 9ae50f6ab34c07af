package services

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"bailiwick/looks"
	"bailiwick/models"
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
