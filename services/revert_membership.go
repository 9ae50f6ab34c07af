package services

import (
	"context"
	"errors"
	"time"

	"bailiwick/models"
)

// HasLeft says that somebody is no longer a member of the organization. It is ErrNothingReverts.
type HasLeft struct{ Name string }

func (h HasLeft) Error() string { return h.Name + " is no longer a member" }

// Is makes it ErrNothingReverts.
func (HasLeft) Is(target error) bool { return target == ErrNothingReverts }

// HasMoved says that somebody has another mail address since, and the former one may be somebody else's (R26). It is ErrNothingReverts.
type HasMoved struct{ Name string }

func (h HasMoved) Error() string { return h.Name + " has another address now" }

// Is lets errors.Is find it as ErrNothingReverts.
func (HasMoved) Is(target error) bool { return target == ErrNothingReverts }

// membershipAs is a membership as a state, or what stands, has it.
type membershipAs struct {
	in    bool
	until *time.Time
}

func (m membershipAs) text() string {
	if !m.in {
		return ""
	}
	return lasting(m.until)
}

// wroteMembership is the membership of a state, without one that has run out by now.
func (r recorded) wroteMembership(at time.Time) membershipAs {
	m := membershipAs{in: r.fields["member"] != ""}
	if until, err := time.Parse(time.RFC3339, r.fields["until"]); err == nil {
		m.in, m.until = m.in && until.After(at), &until
	}
	return m
}

// revertMembership puts somebody into a group again, takes them out of it, or gives their membership the end that it had: as
// a change of their groups, which is judged and written as any other. The page that shows it is what confirms that somebody becomes an
// administrator; what else has to be confirmed is left to the pages that ask it.
func (c *Console) revertMembership(ctx context.Context, v *view, a reverting) (reversalPlan, error) {
	named, err := v.standing(ctx, a)
	if err != nil {
		return reversalPlan{}, err
	}
	group, err := v.openGroup(ctx, named.Key)
	if err != nil {
		return reversalPlan{}, err
	}
	member, names, err := v.memberThen(ctx, a, a.email())
	if err != nil {
		return reversalPlan{}, err
	}
	groups, err := v.GroupsOfMemberByKeys(ctx, member.PersonID, []string{group.Key})
	if err != nil || len(groups) != 1 {
		return reversalPlan{}, err
	}
	line, err := v.membershipLine(ctx, a, groups[0], member, names)
	if err != nil {
		return reversalPlan{}, err
	}
	change := MembershipChange{Group: groups[0], MembershipChoice: membershipChoice(group.Key, a.was.wroteMembership(v.At))}
	if line.Stays == Reverts {
		if err := c.mayRevertMembership(ctx, v, &change, member); err != nil && !membershipRefused(&line, err) {
			return reversalPlan{lines: []RevertLine{line}}, err
		}
	}
	if line.Stays == Reverts {
		line.After = membershipAs{change.In, change.Until}.text()
	}
	plan := reversalPlan{lines: []RevertLine{line}, write: func(ctx context.Context, tx *Tx) error {
		_, err := tx.changeMemberships(ctx, member, []MembershipChange{change}, Confirmed{})
		return err
	}}
	if line.Stays == Reverts && change.Bounded {
		plan.until = change.Until
	}
	return plan, nil
}

// addressesOf are the addresses of a member since a moment: those that they left, in order, and the one of today.
type addressesOf struct {
	left  []models.LeftAddress
	today string
}

// at is the address of a moment.
func (n addressesOf) at(at time.Time) string {
	for _, l := range n.left {
		if l.EndedAt.After(at) {
			return l.EmailBefore
		}
	}
	return n.today
}

// memberThen is the member who had an address when an activity was noted, whatever address they have today (R26).
func (v *view) memberThen(ctx context.Context, a reverting, email string) (models.Member, addressesOf, error) {
	left, err := v.Store().LeftAddresses(ctx, email, a.At)
	if err != nil {
		return models.Member{}, addressesOf{}, err
	}
	var member models.Member
	if len(left) > 0 {
		member, err = v.MemberOf(ctx, left[0].PersonID)
	} else {
		member, err = v.MemberByEmail(ctx, email)
	}
	if errors.Is(err, models.ErrNotFound) {
		err = HasLeft{Signature(a.gistOfMember(), email)}
	}
	return member, addressesOf{left, member.Email}, err
}

// memberOf is the member whom an activity calls by name and address. Who left the address since is not whom it leads to today.
func (v *view) memberOf(ctx context.Context, a reverting, name, email string) (models.Member, error) {
	left, err := v.Store().AddressLeftSince(ctx, email, a.At)
	if err != nil {
		return models.Member{}, err
	}
	if left {
		return models.Member{}, HasMoved{Signature(name, email)}
	}
	member, err := v.MemberByEmail(ctx, email)
	if errors.Is(err, models.ErrNotFound) {
		return models.Member{}, HasLeft{Signature(name, email)}
	}
	return member, err
}

func membershipChoice(key string, m membershipAs) MembershipChoice {
	if !m.in {
		return MembershipChoice{Key: key}
	}
	return MembershipChoice{Key: key, In: true, Until: m.until}
}

// gistOfMember is what the person was called.
func (a reverting) gistOfMember() string {
	if name := a.is.fields["person"]; name != "" {
		return name
	}
	return a.was.fields["person"]
}

// membershipLine compares the membership of a change with what stands, and with what was changed since.
func (v *view) membershipLine(ctx context.Context, a reverting, group models.MemberGroup, member models.Member, names addressesOf) (RevertLine, error) {
	later, err := v.since(ctx, a, models.OpGroupMemberAdded, models.OpGroupMemberRemoved, models.OpGroupMemberEndChanged, models.OpGroupMemberKept)
	if err != nil {
		return RevertLine{}, err
	}
	today := membershipAs{in: group.In(v.At)}
	if today.in {
		today.until = group.ExpiresAt
	}
	line := RevertLine{Change: Change{Of: OfMember, Name: Signature(member.Name, member.Email), Before: today.text(), After: a.was.wroteMembership(v.At).text()}}
	if line.Before != a.is.wroteMembership(v.At).text() {
		line.Stays = StaysChanged
	}
	for _, l := range later {
		if name := names.at(l.At); l.was.fields["member"] == name || l.is.fields["member"] == name {
			line.Stays, line.Since = StaysChanged, &LaterChange{l.Activity}
		}
	}
	if line.Before == line.After {
		line.Stays, line.Since = StaysAlready, nil
	}
	return line, nil
}

// mayRevertMembership judges a change of one membership, and holds it to what the caller can give (R7).
func (c *Console) mayRevertMembership(ctx context.Context, v *view, change *MembershipChange, member models.Member) error {
	one := []MembershipChange{*change}
	if err := c.mayChangeMemberships(ctx, v, one, Confirmed{Administrators: true}); err != nil {
		return err
	}
	*change = one[0]
	if err := v.confirmsUnproven(ctx, member, one, Confirmed{}); err != nil {
		return err
	}
	if change.In {
		return nil
	}
	if last, err := v.isLastOf(ctx, change.Group.Group, member.PersonID); err != nil || last {
		return errors.Join(err, lastWhere(last))
	}
	groups, err := v.CountMemberships(ctx, member.PersonID, v.At)
	if err != nil {
		return err
	}
	if groups == 1 {
		return NeedsConfirmation{ConfirmLeave}
	}
	return nil
}

func lastWhere(last bool) error {
	if last {
		return ErrLastAdministrator
	}
	return nil
}

// membershipRefused notes why the membership stays, where a refusal says that.
func membershipRefused(line *RevertLine, cause error) bool {
	var high TooHigh
	var wrong Invalid
	switch {
	case errors.As(cause, &high):
		line.Stays, line.Excess = StaysBeyond, high.Excess
	case errors.As(cause, &wrong):
		line.Stays, line.Text = StaysRefused, wrong.Fields[0].Text
	default:
		return false
	}
	return true
}
