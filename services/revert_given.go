package services

import (
	"context"
	"fmt"
	"strings"

	"bailiwick/access"
	"bailiwick/models"
)

// ofGiven tells whether an activity gave one group Edit or View on a resource: what is done to many resources.
func ofGiven(a models.Activity) bool {
	if a.Operation.Now() != models.OpResourceAccessChanged {
		return false
	}
	_, _, one := readReverting(a).given()
	return one
}

// given is the one group whose access an activity changed, by its reference, as it was and is.
func (a reverting) given() (ref string, was givenState, one bool) {
	refs := union(a.was.Access, a.is.Access)
	if len(refs) != 1 || !strings.HasPrefix(refs[0], access.Grantee{Kind: access.Group}.Ref()) {
		return "", givenState{}, false
	}
	return refs[0], a.was.Access[refs[0]], true
}

// revertGiven lets groups edit resources again, or no longer, as giving a group access to many is judged: together for each group,
// domain and level.
func (c *Console) revertGiven(ctx context.Context, v *view, all []reverting) (jointPlan, error) {
	plan := jointPlan{outcomes: make([]Outcome[RevertLine], len(all))}
	var writes []func(context.Context, *Tx) error
	for _, places := range togetherBy(all, func(a reverting) string {
		ref, was, _ := a.given()
		return fmt.Sprint(a.Domain, " ", ref, " ", was.edits())
	}) {
		some := make([]reverting, len(places))
		for n, i := range places {
			some[n] = all[i]
		}
		one, err := c.revertGivenTo(ctx, v, some)
		if err != nil {
			return jointPlan{}, err
		}
		for n, i := range places {
			plan.outcomes[i] = one.outcomes[n]
		}
		plan.until, writes = sooner(plan.until, one.until), append(writes, one.write)
	}
	plan.write = func(ctx context.Context, tx *Tx) error {
		for _, write := range writes {
			if err := write(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	}
	return plan, nil
}

// revertGivenTo is the same for one group and one level on resources of one domain.
func (c *Console) revertGivenTo(ctx context.Context, v *view, all []reverting) (jointPlan, error) {
	domain := c.PageDomain(all[0].Domain)
	if domain == nil || !domain.Granular() {
		return staying(all, ErrNothingReverts)
	}
	if err := v.must(ctx, ViewIn(domain.Key), 0); err != nil {
		return staying(all, err)
	}
	ref, was, _ := all[0].given()
	id := access.ResourceID(all[0].is.Access[ref].ID)
	names, err := v.NamesOf(ctx, []access.ResourceID{id})
	if err != nil {
		return jointPlan{}, err
	}
	if named := names[id]; named.Ended || named.Key == "" {
		return staying(all, Gone{was.Name})
	}
	r := ResourcesReview{Domain: domain, Change: ResourcesChange{Group: names[id].Key, Edit: was.edits()}}
	if r.Many, err = v.givenReverted(ctx, domain.Key, all); err != nil {
		return staying(all, err)
	}
	if err := v.weighGroup(ctx, &r, r.Change); err != nil {
		return staying(all, err)
	}
	return givenPlan(all, r, was), nil
}

// givenReverted are the resources with why they stay, in the order of their names: they are gone, or were changed again by now.
func (v *view) givenReverted(ctx context.Context, domain access.DomainKey, all []reverting) (Many[ChosenResource], error) {
	later, err := v.sinceAmong(ctx, all, granteesChanged, models.OpResourceAccessChanged)
	if err != nil {
		return Many[ChosenResource]{}, err
	}
	found, err := v.ResourcesByIDs(ctx, resourcesOf(all))
	if err != nil {
		return Many[ChosenResource]{}, err
	}
	many, err := v.judgeEdit(ctx, domain, found)
	if err != nil {
		return Many[ChosenResource]{}, err
	}
	by := map[access.ResourceID]reverting{}
	for _, a := range all {
		by[a.ResourceID] = a
	}
	for i, o := range many.Outcomes {
		a := by[o.Row.ID]
		ref, was, _ := a.given()
		since := later[a.thing(fmt.Sprint(ref, a.is.Access[ref].ID))]
		switch {
		case o.Why != nil:
		case since != nil:
			many.Outcomes[i].Why = ChangedSince{since}
		case was.edits() && was.Until != nil:
			many.Outcomes[i].Why = invalid("Group", hadEditUntil)
		}
	}
	return many, nil
}

// granteesChanged are those whose access an activity changed, each with the resource.
func granteesChanged(a reverting) []string {
	var all []string
	for ref, given := range a.is.Access {
		all = append(all, a.thing(fmt.Sprint(ref, given.ID)))
	}
	return all
}

// givenPlan is the review of such a change by its activities.
func givenPlan(all []reverting, r ResourcesReview, was givenState) jointPlan {
	plan := jointPlan{}
	judged := map[access.ResourceID]Outcome[ChosenResource]{}
	for _, o := range r.Outcomes {
		judged[o.Row.ID] = o
	}
	activities := map[access.ResourceID]int64{}
	for _, a := range all {
		o, there := judged[a.ResourceID]
		line := RevertLine{Change: Change{Of: OfAccess, Name: was.Name, Before: editOrView(!was.edits()).String(), After: was.Level}}
		switch {
		case !there:
			o.Why = Gone{a.ResourceName}
		case o.Why == nil && o.Row.EndsAt != nil:
			line.ends = o.Row.EndsAt
			plan.until = sooner(plan.until, line.ends)
		}
		activities[a.ResourceID] = a.ID
		plan.outcomes = append(plan.outcomes, Outcome[RevertLine]{line, o.Why})
	}
	plan.write = func(ctx context.Context, tx *Tx) error {
		if len(r.Can()) == 0 {
			return nil
		}
		from := len(tx.notes)
		if err := tx.giveGroup(ctx, r); err != nil {
			return err
		}
		ids := []int64{0} // the group's own
		for _, row := range r.Can() {
			ids = append(ids, activities[row.ID])
		}
		tx.notesReverts(from, ids)
		return nil
	}
	return plan
}
