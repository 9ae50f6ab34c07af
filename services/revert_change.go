package services

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// ErrOneByOne is why an activity stays when all of a change is reverted: there are too many like it to be judged one after the other.
var ErrOneByOne = errors.New("it is reverted by itself alone")

// ChangedSince says that something was changed again since a change. It is ErrNothingReverts.
type ChangedSince struct{ By *models.Activity } // nil: nobody knows by what

func (c ChangedSince) Error() string { return "it was changed again since" }

// Is makes it ErrNothingReverts.
func (ChangedSince) Is(target error) bool { return target == ErrNothingReverts }

// RevertedActivity is one activity of a change, and what reverting it does to what stands today.
type RevertedActivity struct {
	Event
	Line RevertLine // of several, the first that is reverted
	More int        // so many others are reverted with it
	Stay int        // so many others stay as they are

	shown string // what its own Reversal shows
}

// ChangeReversal is what reverting all of a change does.
type ChangeReversal struct {
	Many[RevertedActivity]
	Shown string                             // stands for all of it, as that of a Reversal does
	Names map[access.ResourceID]models.Named // of what the lines name
	Until *time.Time                         // what the caller gives ends then (R7); nil: for good
}

// jointPlan is what reverting activities of one kind together does: in their order, what becomes of each or why it stays; write does it to
// those that don't stay.
type jointPlan struct {
	outcomes []Outcome[RevertLine]
	until    *time.Time // what the caller gives ends then
	write    func(ctx context.Context, tx *Tx) error
}

// jointly is how activities of one kind are reverted together. Whatever none of them is for is reverted one by one.
type jointly struct {
	of   func(a models.Activity) bool
	plan func(context.Context, *view, []reverting) (jointPlan, error)
}

func (c *Console) jointReverters() []jointly {
	return []jointly{
		{ofMembership, c.revertMemberships},
		{ofOperations(models.OpInvitationExtended), c.revertExtensions},
		{ofOperations(models.OpMemberSuspended, models.OpMemberReactivated), c.revertSuspensions},
		{ofKeys, c.revertAPIKeys},
		{ofOwners, c.revertOwners},
		{ofGiven, c.revertGiven},
	}
}

// jointKind is the kind that all of the activities are of, if they are of one that is reverted together.
func (c *Console) jointKind(all []models.Activity) (jointly, bool) {
	for _, kind := range c.jointReverters() {
		if !slices.ContainsFunc(all, func(a models.Activity) bool { return !kind.of(a) }) {
			return kind, true
		}
	}
	return jointly{}, false
}

// ofOperations tells whether an activity is one of them.
func ofOperations(some ...models.Operation) func(models.Activity) bool {
	return func(a models.Activity) bool { return slices.Contains(some, a.Operation.Now()) }
}

// ofMembership tells whether an activity is about who is in which group.
var ofMembership = ofOperations(models.OpGroupMemberAdded, models.OpGroupMemberRemoved, models.OpGroupMemberEndChanged)

// revertedOneByOne is how many activities of a change are reverted that have to be judged one after the other, in ten statements or
// more each, while the organization's other changes wait.
const revertedOneByOne = 100

// notedTogether is how many activities of a change are read to revert it: as many again as are reverted may go with others.
const notedTogether = 2 * MaxMany

// revertedTogether counts the activities that reverting all of a change is about: up to MaxMany, and one more where there are too many.
func (v *view) revertedTogether(ctx context.Context, of models.Activity) (int, error) {
	noted, err := v.OperationsOfChange(ctx, of, notedTogether+1)
	if err != nil || len(noted) > notedTogether {
		return MaxMany + 1, err
	}
	return min(len(slices.DeleteFunc(slices.Clone(noted), goesAlong(noted))), MaxMany+1), nil
}

// ReviewRevertOfChange says what reverting all would do that the change did which noted an activity. It is as Reversal is, and ErrTooLongAgo
// where that is about more than MaxMany activities.
func (c *Console) ReviewRevertOfChange(ctx context.Context, by Caller, id int64) (ChangeReversal, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewActivities, 0); err != nil {
		return ChangeReversal{}, err
	}
	p, err := c.changeReversal(ctx, v, id)
	return p.ChangeReversal, err
}

// RevertChange takes back what of a change can be taken back, in one change: each activity is judged as Revert judges it, and memberships
// as changing those of many is (R6). Shown is that of the ChangeReversal that somebody saw: where reverting would do something else by
// now it is ErrShownOtherwise, and nothing is done.
func (c *Console) RevertChange(ctx context.Context, by Caller, id int64, shown string) (ChangeReversal, error) {
	about, err := c.view(by).Activity(ctx, id)
	if refused := by.must(ViewActivities); err != nil && refused != nil {
		return ChangeReversal{}, refused // R15: whether there is such an activity or not
	}
	if err != nil {
		return ChangeReversal{}, err
	}
	var p changePlan
	err = c.change(ctx, by, about.Operation.Now(), subjectOf(about), func(tx *Tx) error {
		if err := tx.must(ctx, ViewActivities, 0); err != nil {
			return err
		}
		var err error
		if p, err = c.changeReversal(ctx, tx.view, id); err != nil {
			return err
		}
		switch {
		case p.Shown != shown:
			return ErrShownOtherwise
		case len(p.Can()) == 0:
			return p.lacks()
		}
		return c.keepingOwn(ctx, tx, p.all, func() error { return p.write(ctx, tx) })
	})
	return p.ChangeReversal, err
}

// lacks is why nothing is reverted: a refusal for lack of privilege where that is why some of it stays (R14).
func (r ChangeReversal) lacks() error {
	for _, o := range r.LeftOut() {
		if lacksPrivilege(o.Why) {
			return o.Why
		}
	}
	return ErrNothingReverts
}

// changeReversal judges reverting all of a change against what stands.
func (c *Console) changeReversal(ctx context.Context, v *view, id int64) (changePlan, error) {
	of, err := v.Activity(ctx, id)
	if err != nil {
		return changePlan{}, err
	}
	all, err := v.ActivitiesOfChange(ctx, of, notedTogether+1)
	if err != nil {
		return changePlan{}, err
	}
	p := changePlan{all: undoneOf(all)}
	switch {
	case of.Outcome != models.OutcomeDone:
		return changePlan{}, ErrNotRevertible
	case len(all) > notedTogether, len(p.all) > MaxMany:
		return changePlan{}, ErrTooLongAgo
	}
	if err := c.judgeChange(ctx, v, &p); err != nil {
		return changePlan{}, err
	}
	p.Shown = p.digest()
	p.Names, err = v.NamesOf(ctx, p.things())
	return p, err
}

// changePlan is what reverting the activities of a change does.
type changePlan struct {
	ChangeReversal
	all    []models.Activity
	writes []func(ctx context.Context, tx *Tx) error // in the order of what was done first
}

// judgeChange judges the activities in their order: those of a kind together where they can be, the others one by one.
func (c *Console) judgeChange(ctx context.Context, v *view, p *changePlan) error {
	p.Outcomes = make([]Outcome[RevertedActivity], len(p.all))
	kinds := c.jointReverters()
	places := make([][]int, len(kinds))
	var single []int
	for i, a := range p.all {
		p.Outcomes[i].Row.Event = c.event(a)
		kind := slices.IndexFunc(kinds, func(k jointly) bool { return k.of(a) })
		switch {
		case kind < 0:
			single = append(single, i)
		case len(p.all) > 1 && readReverting(a).takesFrom(v.By.email(), v.At):
			p.Outcomes[i].Why = ErrOneself
		default:
			places[kind] = append(places[kind], i)
		}
	}
	for n, kind := range kinds {
		if err := p.judgeJointly(ctx, v, kind, places[n]); err != nil {
			return err
		}
	}
	return c.judgeOneByOne(ctx, v, p, single)
}

// judgeJointly judges those activities of a kind that stand at these places.
func (p *changePlan) judgeJointly(ctx context.Context, v *view, kind jointly, places []int) error {
	if len(places) == 0 {
		return nil
	}
	all := make([]reverting, len(places))
	for n, i := range places {
		all[n] = readReverting(p.all[i])
	}
	plan, err := kind.plan(ctx, v, all)
	if err != nil {
		return err
	}
	for n, i := range places {
		p.Outcomes[i].Row.Line, p.Outcomes[i].Why = plan.outcomes[n].Row, plan.outcomes[n].Why
	}
	p.Until, p.writes = sooner(p.Until, plan.until), append(p.writes, plan.write)
	return nil
}

// judgeOneByOne judges each as Revert does, with what those before it take from the caller.
func (c *Console) judgeOneByOne(ctx context.Context, v *view, p *changePlan, places []int) error {
	judged, taken := 0, takenTogether{}
	for _, i := range places {
		o := &p.Outcomes[i]
		switch {
		case !c.Revertible(p.all[i]):
			o.Why = ErrNotRevertible
			continue
		case judged == revertedOneByOne:
			o.Why = ErrOneByOne
			continue
		}
		judged++
		r, plan, err := c.reversal(ctx, v, p.all[i].ID)
		if err != nil {
			return err
		}
		if o.Why = o.Row.fill(r); o.Why == nil && taken.locksOut(v, plan) {
			o.Why = NeedsConfirmation{ConfirmLockOut}
		}
		if o.Why == nil {
			p.Until = sooner(p.Until, r.Until)
			p.writes = append(p.writes, func(ctx context.Context, tx *Tx) error { return c.revertShown(ctx, tx, r) })
		}
	}
	return nil
}

// fill says what reverting it by itself would do; why nothing of it can be.
func (a *RevertedActivity) fill(r Reversal) error {
	a.shown, a.Stay = r.Shown, len(r.Lines)-r.Reverted()
	if r.Refused != nil {
		return r.Refused
	}
	if first := slices.IndexFunc(r.Lines, func(l RevertLine) bool { return l.Stays == Reverts }); first >= 0 {
		a.Line, a.More = r.Lines[first], r.Reverted()-1
		return nil
	}
	if len(r.Lines) > 0 {
		return r.Lines[0].why()
	}
	return ErrNothingReverts
}

// why is a reason to stay as an error.
func (l RevertLine) why() error {
	switch l.Stays {
	case StaysAlready:
		return ErrNothingToDo
	case StaysGone:
		return Gone{l.Name}
	case StaysBeyond:
		return TooHigh{l.Excess}
	case StaysNeed:
		return Forbidden{l.Need}
	case StaysRefused:
		return invalid("", l.Text)
	}
	if l.Since == nil {
		return ChangedSince{}
	}
	return ChangedSince{&l.Since.Activity}
}

// write does it, the last first, so that each finds what it left.
func (p changePlan) write(ctx context.Context, tx *Tx) error {
	for _, write := range slices.Backward(p.writes) {
		if err := write(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// revertShown reverts one activity as it was shown, judged once more: what was reverted before it may be in its way.
func (c *Console) revertShown(ctx context.Context, tx *Tx, shown Reversal) error {
	r, plan, err := c.reversal(ctx, tx.view, shown.Event.ID)
	switch {
	case err != nil:
		return err
	case r.Refused != nil, r.Shown != shown.Shown:
		return ErrShownOtherwise
	}
	defer tx.reverting(shown.Event.ID)()
	return plan.write(ctx, tx)
}

// things are the numbers of what the lines are about.
func (p changePlan) things() []access.ResourceID {
	var ids []access.ResourceID
	for _, o := range p.Outcomes {
		ids = append(ids, o.Row.things()...)
		if o.Row.Line.Resource != 0 {
			ids = append(ids, o.Row.Line.Resource)
		}
	}
	return distinct(ids)
}

// takesFrom tells whether reverting it takes a membership, or time in it, from whoever has the address. Nobody takes anything from
// themselves among others (R6).
func (a reverting) takesFrom(email string, at time.Time) bool {
	was, is := a.was.wroteMembership(at), a.is.wroteMembership(at)
	return ofMembership(a.Activity) && email != "" && a.email() == email && is.in && (!was.in || outlasts(is.until, was.until))
}

// readReverting is an activity with its states read back.
func readReverting(a models.Activity) reverting {
	a.Operation = a.Operation.Now()
	return reverting{a, readState(a.Before), readState(a.After)}
}

// digest stands for what reverting does and leaves.
func (r ChangeReversal) digest() string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n", lasting(r.Until))
	for _, o := range r.Outcomes {
		line := o.Row.Line
		fmt.Fprintf(sum, "%d %q %q %q %s %q %q\n", o.Row.ID, line.Name, line.Before, line.After, lasting(line.ends), o.Row.shown, fmt.Sprint(o.Why))
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}
