package services

import (
	"context"

	"bailiwick/models"
)

// revertSuspensions reactivates members who were suspended together, or suspends those who were reactivated, as doing so to many is judged.
func (c *Console) revertSuspensions(ctx context.Context, v *view, all []reverting) (jointPlan, error) {
	if err := v.mustSuspend(ctx); err != nil {
		return staying(all, err)
	}
	later, err := v.sinceAmong(ctx, all, fieldsChanged, models.OpMemberSuspended, models.OpMemberReactivated)
	if err != nil {
		return staying(all, err)
	}
	var emails []string
	for _, a := range all {
		emails = append(emails, a.ResourceKey)
	}
	m := membershipsReverted{}
	if err := v.membersReverted(ctx, distinct(emails), all[0].Activity, &m); err != nil {
		return jointPlan{}, err
	}
	plan := jointPlan{outcomes: make([]Outcome[RevertLine], len(all))}
	members := map[bool][]models.Member{} // by whether they are to be suspended
	places := map[bool][]int{}
	for i, a := range all {
		o := &plan.outcomes[i]
		member, known := m.members[a.ResourceKey]
		o.Row = RevertLine{Change: Change{Of: OfField, Field: recordedStatus, Before: statusOf(member), After: a.was.fields[recordedStatus]}}
		switch name := Signature(a.ResourceName, a.ResourceKey); {
		case m.moved[a.ResourceKey]:
			o.Why = HasMoved{name}
		case !known || member.Since.After(a.At):
			o.Why = HasLeft{name}
		default:
			o.Why = whyStays(o.Row, a.is.fields[recordedStatus], later[a.thing(recordedStatus)])
		}
		if suspends := o.Row.After == memberSuspended; o.Why == nil {
			members[suspends], places[suspends] = append(members[suspends], member), append(places[suspends], i)
		}
	}
	var done []func(context.Context, *Tx) error
	for _, suspends := range []bool{false, true} {
		if len(members[suspends]) == 0 {
			continue
		}
		write, err := v.judgeStatuses(ctx, &plan, all, suspends, members[suspends], places[suspends])
		if err != nil {
			return jointPlan{}, err
		}
		done = append(done, write)
	}
	plan.write = func(ctx context.Context, tx *Tx) error {
		for _, write := range done {
			if err := write(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	}
	return plan, nil
}

// judgeStatuses judges suspending or reactivating those members, whose activities stand at these places, and gives what does it.
func (v *view) judgeStatuses(ctx context.Context, plan *jointPlan, all []reverting, suspends bool, members []models.Member, places []int) (func(context.Context, *Tx) error, error) {
	judge, do := v.judgeReactivation, (*Tx).reactivate
	if suspends {
		judge, do = v.judgeSuspension, (*Tx).suspend
	}
	judged, err := judge(ctx, members)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for n, o := range judged.Outcomes {
		if plan.outcomes[places[n]].Why = o.Why; o.Why == nil {
			ids = append(ids, all[places[n]].ID)
		}
	}
	return func(ctx context.Context, tx *Tx) error {
		from := len(tx.notes)
		if err := do(tx, ctx, judged.Can()); err != nil {
			return err
		}
		tx.notesReverts(from, ids)
		return nil
	}, nil
}
