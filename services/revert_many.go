package services

import (
	"context"
	"errors"
	"fmt"

	"bailiwick/access"
	"bailiwick/models"
)

// staying is a plan in which all stays as it is for one reason; another error is none.
func staying(all []reverting, why error) (jointPlan, error) {
	if !KeepsFromReverting(why) && !leavesOut(why) && !errors.As(why, &Invalid{}) {
		return jointPlan{}, why
	}
	plan := jointPlan{outcomes: make([]Outcome[RevertLine], len(all)), write: func(context.Context, *Tx) error { return nil }}
	for i := range plan.outcomes {
		plan.outcomes[i].Why = why
	}
	return plan, nil
}

// sinceAmong are the last later changes of what one change was about, by what each of them changed, as changed names it.
func (v *view) sinceAmong(ctx context.Context, all []reverting, changed func(reverting) []string, operations ...models.Operation) (map[string]*models.Activity, error) {
	activities := make([]models.Activity, len(all))
	for i, a := range all {
		activities[i] = a.Activity
	}
	found, err := v.ActivitiesSinceAmong(ctx, activities, revertedAtOnce+1, operations...)
	if err != nil {
		return nil, err
	}
	if len(found) > revertedAtOnce {
		return nil, ErrTooLongAgo
	}
	last := map[string]*models.Activity{}
	for _, a := range found {
		for _, what := range changed(readReverting(a)) {
			last[what] = &a
		}
	}
	return last, nil
}

// whyStays compares a field with what it was: why it stays as it is, nil where it does not.
func whyStays(line RevertLine, changed string, later *models.Activity) error {
	switch {
	case line.Before == line.After:
		return ErrNothingToDo
	case later != nil:
		return ChangedSince{later}
	case line.Before != changed:
		return ChangedSince{}
	}
	return nil
}

// Fields of states that many things are given back, as the record has them.
const (
	recordedEnd    = "expires" // of an API key
	recordedOwner  = "owner"   // of a resource
	recordedStatus = "status"  // of an API key, or of a member
)

// changedOnly tells whether an activity changed this part of a state and nothing else.
func changedOnly(a models.Activity, recorded string) bool {
	changes := fieldChanges(readState(a.Before).fields, readState(a.After).fields)
	return len(changes) == 1 && changes[0].Field == recorded
}

// fieldsChanged are the fields that an activity changed, each with what it is about.
func fieldsChanged(a reverting) []string {
	var all []string
	for _, change := range fieldChanges(a.was.fields, a.is.fields) {
		all = append(all, a.thing(change.Field))
	}
	return all
}

// thing is a part of what an activity is about, by number or key.
func (a reverting) thing(part string) string {
	return fmt.Sprint(a.ResourceID, " ", a.ResourceKey, " ", part)
}

// notesReverts says of what was noted from a place on which activities it takes back, one for each in this order.
func (tx *Tx) notesReverts(from int, activities []int64) {
	for i, id := range activities {
		tx.notes[from+i].reverts = id
	}
}

// resourcesOf are the numbers of what activities are about, each once.
func resourcesOf(all []reverting) []access.ResourceID {
	ids := make([]access.ResourceID, len(all))
	for i, a := range all {
		ids[i] = a.ResourceID
	}
	return distinct(ids)
}

// togetherBy are activities of one kind by what is the same for those that are judged together, in their order.
func togetherBy(all []reverting, same func(reverting) string) [][]int {
	var groups [][]int
	place := map[string]int{}
	for i, a := range all {
		key := same(a)
		at, known := place[key]
		if !known {
			at = len(groups)
			place[key], groups = at, append(groups, nil)
		}
		groups[at] = append(groups[at], i)
	}
	return groups
}
