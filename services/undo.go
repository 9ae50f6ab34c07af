package services

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bailiwick/models"
)

// UndoLife is how long after a change whoever made it may undo it, without having to view Activities. From then on it is reverted there.
const UndoLife = 15 * time.Minute

// undoneAtOnce is how many activities of one change are undone: of a kind that is judged together as many as can be changed at once, of
// others what can be judged one by one.
func (c *Console) undoneAtOnce(all []models.Activity) int {
	if _, joint := c.jointKind(all); joint {
		return MaxMany * maxManyGroups
	}
	return revertedOneByOne
}

// ErrUndoesPartly says that not all of a change can be undone any more: that it would leave some of it is shown before.
var ErrUndoesPartly = fmt.Errorf("only a part of the change can be undone: %w", ErrNothingReverts)

// Undo takes back all that a change of the caller's own did a short while ago, or nothing of it. ID is the first of its activities, as
// Undoable gives it. What is not theirs, or too old, is ErrNotFound: whoever undoes sees no activity. It is judged like reverting
// each of them. What the change was about first is returned.
func (c *Console) Undo(ctx context.Context, by Caller, id int64) (Event, error) {
	first, err := c.ownChange(ctx, by, id)
	if err != nil {
		return Event{}, err
	}
	err = c.change(ctx, by, first.Operation.Now(), subjectOf(first), func(tx *Tx) error {
		all, err := tx.ActivitiesOfChange(ctx, first, MaxMany*maxManyGroups+1)
		if err != nil {
			return err
		}
		all = undoneOf(all)
		if len(all) > c.undoneAtOnce(all) {
			return ErrTooLongAgo
		}
		if len(all) > 0 {
			first = all[0]
		}
		undone := 0
		if err := c.keepingOwn(ctx, tx, all, func() error {
			var err error
			undone, err = c.undoAll(ctx, tx, all)
			return err
		}); err != nil {
			return err
		}
		if undone == 0 {
			return ErrNothingReverts
		}
		return nil
	})
	return c.event(first), err
}

// undoAll takes back the activities of a change, together where they are of one kind that can be, and tells how much that was.
func (c *Console) undoAll(ctx context.Context, tx *Tx, all []models.Activity) (int, error) {
	if kind, joint := c.jointKind(all); joint && len(all) > 1 {
		return undoJointly(ctx, tx, kind, all)
	}
	undone := 0
	for _, a := range slices.Backward(all) { // the last first, so that each finds what it left
		n, err := c.undoOne(ctx, tx, a.ID)
		if err != nil {
			return 0, err
		}
		undone += n
	}
	return undone, nil
}

// undoJointly takes all of them back, or nothing: what nobody is shown is not cut to what the caller can give either.
func undoJointly(ctx context.Context, tx *Tx, kind jointly, all []models.Activity) (int, error) {
	states := make([]reverting, len(all))
	for i, a := range all {
		states[i] = readReverting(a)
	}
	plan, err := kind.plan(ctx, tx.view, states)
	if err != nil {
		return 0, err
	}
	undone := 0
	for _, o := range plan.outcomes {
		switch {
		case o.Why == nil:
			undone++
		case errors.Is(o.Why, ErrNothingToDo):
		case lacksPrivilege(o.Why), errors.As(o.Why, &NeedsConfirmation{}), errors.Is(o.Why, ErrLastAdministrator):
			return 0, o.Why
		default:
			return 0, ErrUndoesPartly
		}
	}
	if plan.until != nil {
		return 0, ErrUndoesPartly
	}
	return undone, plan.write(ctx, tx)
}

// ownChange is an activity of the caller's own, of a short while ago.
func (c *Console) ownChange(ctx context.Context, by Caller, id int64) (models.Activity, error) {
	v := c.view(by)
	a, err := v.Activity(ctx, id)
	if err != nil {
		return models.Activity{}, err
	}
	person := a.ActorKind == actorMember || a.ActorKind == models.ActorSupport
	own := person && by.email() != "" && a.ActorID == int64(by.Person.ID) && a.ActorEmail == by.email()
	if !own || a.Outcome != models.OutcomeDone || a.At.Before(v.At.Add(-UndoLife)) {
		return models.Activity{}, fmt.Errorf("no change of the caller’s to undo: %w", models.ErrNotFound)
	}
	return a, nil
}

// undoneOf are the activities of a change that have to be reverted for all of it: what an Access tab did to groups goes with what it
// did to the resource.
func undoneOf(all []models.Activity) []models.Activity {
	goes := goesAlong(operationsOf(all))
	return slices.DeleteFunc(slices.Clone(all), func(a models.Activity) bool { return a.ActorKind == actorClock || goes(a.Operation) })
}

// goesAlong tells of which operations of a change nothing is reverted, since it is with the others.
func goesAlong(all []models.Operation) func(models.Operation) bool {
	access := slices.ContainsFunc(all, func(o models.Operation) bool { return o.Now() == models.OpResourceAccessChanged })
	return func(o models.Operation) bool {
		return access && (o.Now() == models.OpGroupPrivilegesChanged || o.Now() == models.OpAPIKeyPrivilegesChanged)
	}
}

func operationsOf(all []models.Activity) []models.Operation {
	operations := make([]models.Operation, len(all))
	for i, a := range all {
		operations[i] = a.Operation
	}
	return operations
}

// undoOne reverts one activity of a change, wholly or not at all, and tells how much that was.
func (c *Console) undoOne(ctx context.Context, tx *Tx, id int64) (int, error) {
	r, plan, err := c.reversal(ctx, tx.view, id)
	switch {
	case errors.Is(err, models.ErrNotFound):
		return 0, ErrUndoesPartly
	case err != nil:
		return 0, err
	case r.Refused != nil:
		return 0, r.Refused
	}
	for _, line := range r.Lines {
		switch line.Stays {
		case Reverts, StaysAlready:
		case StaysBeyond, StaysNeed:
			return 0, r.lacks()
		default:
			return 0, ErrUndoesPartly
		}
	}
	switch {
	case r.Until != nil: // less than was taken: that is shown before
		return 0, ErrUndoesPartly
	case r.Reverted() == 0:
		return 0, nil
	}
	defer tx.reverting(id)()
	return r.Reverted(), plan.write(ctx, tx)
}

// undoable is the first activity of a change that can be undone as a whole; 0 where something of it can't be, or there is
// too much of it.
func (c *Console) undoable(tx *Tx) int64 {
	first := int64(0)
	for _, a := range tx.written {
		switch {
		case a.ActorKind == actorClock:
		case a.ActorKind != actorMember && a.ActorKind != models.ActorSupport, !c.Revertible(a):
			return 0
		case first == 0:
			first = a.ID
		}
	}
	if undone := undoneOf(tx.written); len(undone) > c.undoneAtOnce(undone) {
		return 0
	}
	return first
}
