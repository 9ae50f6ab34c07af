package services

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// revertedAtOnce is how many things a change may have changed, and how often the same thing may have been changed since, to be
// reverted.
const revertedAtOnce = 1000

// The reasons for which nothing is reverted.
var (
	ErrNotRevertible  = fmt.Errorf("a change of this kind can’t be reverted: %w", models.ErrNotFound)
	ErrNothingReverts = errors.New("nothing of the change can be reverted")
	ErrShownOtherwise = errors.New("reverting would do something else than what was shown")
	ErrTooLongAgo     = errors.New("too much was changed to revert it")
)

// Gone says that what was changed is no longer there. It is ErrNothingReverts.
type Gone struct{ Name string }

func (g Gone) Error() string { return g.Name + " is no longer there" }

// Is makes it ErrNothingReverts.
func (Gone) Is(target error) bool { return target == ErrNothingReverts }

// Stays is why something that a change changed stays as it is when the change is reverted.
type Stays int

// Why something stays. Reverts says that it does not.
const (
	Reverts      Stays = iota
	StaysAlready       // it is as it was before the change already
	StaysChanged       // it was changed again: Since says by whom, where that is known
	StaysGone          // the resource is no longer there
	StaysBeyond        // the caller can't give it (R7): Excess
	StaysNeed          // the caller lacks a privilege: Need
	StaysRefused       // Text says why nobody could do it
)

// RevertLine is one thing that a change changed: Before is what it is today, After what it is once the change is reverted.
type RevertLine struct {
	Change
	Stays  Stays
	Since  *LaterChange
	Excess []access.Excess
	Need   access.Need
	Text   string

	ends *time.Time // what is given ends then, where After doesn't say it
}

// LaterChange is a change that came after another, of the same thing.
type LaterChange struct {
	models.Activity
}

// Reversal is what reverting a change does to what stands today.
type Reversal struct {
	Event   Event
	Lines   []RevertLine
	Refused error                              // why the caller reverts nothing of it; nil where they may
	Shown   string                             // stands for all of it: the command carries back what somebody was shown
	Names   map[access.ResourceID]models.Named // of what the lines name
	Members int                                // of the group whose privileges they are
	Until   *time.Time                         // what the caller gives ends then, since they hold it no longer (R7); nil: for good
}

// Reverted counts the lines that are reverted.
func (r Reversal) Reverted() int {
	n := 0
	for _, line := range r.Lines {
		if line.Stays == Reverts {
			n++
		}
	}
	return n
}

// reverting is an activity that is to be reverted, with its states read back.
type reverting struct {
	models.Activity
	was, is recorded
}

// reversalPlan is what reverting one activity does: write does it, in the change that judged it.
type reversalPlan struct {
	lines   []RevertLine
	members int
	until   *time.Time
	write   func(ctx context.Context, tx *Tx) error

	group access.GranteeID // whose privileges are changed; 0 where it is something else
	after access.PrivilegeSet
}

// reverters are the kinds of changes that can be reverted, each by the judgement and the writing of the command that made it.
func (c *Console) reverters() map[models.Operation]func(context.Context, *view, reverting) (reversalPlan, error) {
	return map[models.Operation]func(context.Context, *view, reverting) (reversalPlan, error){
		models.OpGroupPrivilegesChanged:  c.revertPrivileges,
		models.OpAPIKeyPrivilegesChanged: c.revertPrivileges,

		models.OpGroupMemberAdded:      c.revertMembership,
		models.OpGroupMemberRemoved:    c.revertMembership,
		models.OpGroupMemberEndChanged: c.revertMembership,

		models.OpInvitationExtended: c.revertExtension,

		models.OpResourceAccessChanged: c.revertAccess,

		models.OpGroupRenamed:      c.revertGroup,
		models.OpGroupDescribed:    c.revertGroup,
		models.OpResourceUpdated:   c.revertResource,
		models.OpAPIKeyUpdated:     c.revertAPIKey,
		models.OpAPIKeyActivated:   c.revertAPIKey,
		models.OpAPIKeyDeactivated: c.revertAPIKey,

		models.OpMemberSuspended:   c.revertSuspension,
		models.OpMemberReactivated: c.revertSuspension,

		models.OpOrganizationUpdated:                  c.revertOrganization,
		models.OpOrganizationSecondFactorRequired:     c.revertSecondFactor,
		models.OpOrganizationSecondFactorMadeOptional: c.revertSecondFactor,
		models.OpOrganizationSupportAccessTurnedOn:    c.revertSupportAccess,
		models.OpOrganizationSupportAccessTurnedOff:   c.revertSupportAccess,
	}
}

// Reversal says what reverting an activity would do, without changing anything. One that is not there, or that belongs to another
// organization, is ErrNotFound; one of a kind that can't be reverted ErrNotRevertible.
func (c *Console) Reversal(ctx context.Context, by Caller, id int64) (Reversal, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewActivities, 0); err != nil {
		return Reversal{}, err
	}
	r, _, err := c.reversal(ctx, v, id)
	return r, err
}

// Revert takes back what of an activity can be taken back, in one change that is judged as any other of its kind. Shown is
// that of the Reversal that somebody saw: where reverting would do something else by now it is ErrShownOtherwise, and nothing is done.
// Besides it is refused as the command is that it amounts to, and with ErrNothingReverts.
func (c *Console) Revert(ctx context.Context, by Caller, id int64, shown string) (Reversal, error) {
	about, err := c.toRevert(ctx, c.view(by), id)
	if refused := by.must(ViewActivities); err != nil && refused != nil {
		return Reversal{}, refused // R15: whether there is such an activity or not
	}
	if err != nil {
		return Reversal{}, err
	}
	var r Reversal
	err = c.change(ctx, by, about.Operation, subjectOf(about.Activity), func(tx *Tx) error {
		if err := tx.must(ctx, ViewActivities, 0); err != nil {
			return err
		}
		var plan reversalPlan
		var err error
		if r, plan, err = c.reversal(ctx, tx.view, id); err != nil {
			return err
		}
		switch {
		case r.Refused != nil:
			return r.Refused
		case r.Shown != shown:
			return ErrShownOtherwise
		case r.Reverted() == 0:
			return r.lacks()
		}
		defer tx.reverting(id)()
		return plan.write(ctx, tx)
	})
	return r, err
}

// lacks is why nothing is reverted: a refusal for lack of privilege where that is why some of it stays (R14).
func (r Reversal) lacks() error {
	high := TooHigh{}
	for _, line := range r.Lines {
		if line.Stays == StaysNeed {
			return Forbidden{line.Need}
		}
		high.Excess = append(high.Excess, line.Excess...)
	}
	if len(high.Excess) > 0 {
		return high
	}
	return ErrNothingReverts
}

// subjectOf is what an activity was about.
func subjectOf(a models.Activity) subject {
	return subject{Domain: a.Domain, ID: a.ResourceID, Key: a.ResourceKey, Name: a.ResourceName}
}

// toRevert reads an activity that can be reverted, as far as its kind goes.
func (c *Console) toRevert(ctx context.Context, v *view, id int64) (reverting, error) {
	a, err := v.Activity(ctx, id)
	if err != nil {
		return reverting{}, err
	}
	a.Operation = a.Operation.Now()
	if !c.Revertible(a) {
		return reverting{}, ErrNotRevertible
	}
	return reverting{a, readState(a.Before), readState(a.After)}, nil
}

// Revertible tells whether an activity is of a kind that can be reverted.
func (c *Console) Revertible(a models.Activity) bool {
	return a.Outcome == models.OutcomeDone && c.reverters()[a.Operation.Now()] != nil
}

// revertNeed is what it takes to revert an activity, if it is of a kind that can be.
func revertNeed(a models.Activity) (access.Need, bool) {
	switch a.Subject() {
	case models.SubjectGroup, models.SubjectMember, models.SubjectInvitation:
		return EditGroup, true
	case models.SubjectAPIKey:
		return EditAPIKey, true
	case models.SubjectOrganization, models.SubjectSetting:
		return EditOrganization, true
	case models.SubjectResource:
		return EditIn(a.Domain), true
	}
	return access.Need{}, false
}

// reversal judges reverting an activity against what stands. What the caller may not do at all is in Refused.
func (c *Console) reversal(ctx context.Context, v *view, id int64) (Reversal, reversalPlan, error) {
	a, err := c.toRevert(ctx, v, id)
	if err != nil {
		return Reversal{}, reversalPlan{}, err
	}
	plan, refused := c.reverters()[a.Operation](ctx, v, a)
	if refused != nil && !KeepsFromReverting(refused) {
		return Reversal{}, reversalPlan{}, refused
	}
	r := Reversal{Event: c.event(a.Activity), Lines: plan.lines, Members: plan.members, Until: plan.until, Refused: refused}
	r.Shown = r.digest()
	r.Names, err = v.NamesOf(ctx, r.things())
	return r, plan, err
}

// KeepsFromReverting tells whether an error says why nothing is reverted, rather than that something failed.
func KeepsFromReverting(err error) bool {
	var forbidden Forbidden
	var confirm NeedsConfirmation
	var high TooHigh
	return errors.As(err, &high) || errors.As(err, &forbidden) || errors.As(err, &confirm) || errors.As(err, &LockOut{}) || errors.As(err, &BringsNobodyIn{}) ||
		errors.Is(err, ErrNothingReverts) || errors.Is(err, ErrInvitationEnded) || errors.Is(err, ErrAdministrators) || errors.Is(err, ErrTemplate) ||
		errors.Is(err, ErrTooLongAgo) || errors.Is(err, ErrLastAdministrator)
}

// things are the numbers of what the lines are about.
func (r Reversal) things() []access.ResourceID {
	var ids []access.ResourceID
	for _, line := range r.Lines {
		if line.Resource != 0 {
			ids = append(ids, line.Resource)
		}
		for _, x := range line.Excess {
			if x.Resource != 0 {
				ids = append(ids, x.Resource)
			}
		}
	}
	return append(ids, r.Event.things()...)
}

// digest stands for what reverting does and leaves.
func (r Reversal) digest() string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n", lasting(r.Until))
	for _, line := range r.Lines {
		fmt.Fprintf(sum, "%d %q %q %q %d %q %q %d\n", line.Of, line.Field, line.Name, line.Domain, line.Resource, line.Before, line.After, line.Stays)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// since are the later changes of the same thing by these operations, oldest first, with their states read back.
func (v *view) since(ctx context.Context, a reverting, operations ...models.Operation) ([]reverting, error) {
	found, err := v.ActivitiesSince(ctx, a.Activity, revertedAtOnce+1, operations...)
	if err != nil {
		return nil, err
	}
	if len(found) > revertedAtOnce {
		return nil, ErrTooLongAgo
	}
	later := make([]reverting, len(found))
	for i, f := range found {
		later[i] = reverting{f, readState(f.Before), readState(f.After)}
	}
	return later, nil
}

// standing is the resource that an activity is about, as it is today. Gone where it has ended.
func (v *view) standing(ctx context.Context, a reverting) (models.Named, error) {
	names, err := v.NamesOf(ctx, []access.ResourceID{a.ResourceID})
	if err != nil {
		return models.Named{}, err
	}
	named, known := names[a.ResourceID]
	if !known || named.Ended {
		return models.Named{}, Gone{a.ResourceName}
	}
	return named, nil
}
