package services

import (
	"context"
	"time"

	"bailiwick/models"
	"bailiwick/words"
)

// MembersAction is what can be done to many members at once without changing their groups (R23).
type MembersAction string

// The actions.
const (
	SuspendMany     MembersAction = "suspend"
	ReactivateMany  MembersAction = "reactivate"
	EndSessionsMany MembersAction = "sessions"
)

// membersActions are who of the members each can be done to, how it is done and what it is recorded as where it is refused.
var membersActions = map[MembersAction]struct {
	operation models.Operation
	judge     func(*view, context.Context, []models.Member) (Many[models.Member], error)
	do        func(*Tx, context.Context, []models.Member) error
}{
	SuspendMany:     {models.OpMemberSuspended, (*view).judgeSuspension, (*Tx).suspend},
	ReactivateMany:  {models.OpMemberReactivated, (*view).judgeReactivation, (*Tx).reactivate},
	EndSessionsMany: {models.OpMemberSessionsEnded, (*view).judgeSessions, (*Tx).endSessionsOf},
}

// ChosenMember is a member with what a review says of them.
type ChosenMember struct {
	models.Member
	First    models.FirstGroup // of the groups in force
	Sessions int               // that used the organization lately
}

// ReviewMembers says to whom of a selection an action can be done. It takes what removing them takes: Edit on all groups (R6).
func (c *Console) ReviewMembers(ctx context.Context, by Caller, action MembersAction, chosen MembersChosen) (Many[ChosenMember], error) {
	v := c.view(by)
	if err := v.mustSuspend(ctx); err != nil {
		return Many[ChosenMember]{}, err
	}
	members, gone, err := v.chosenMembers(ctx, chosen)
	if err != nil {
		return Many[ChosenMember]{}, err
	}
	judged, err := membersActions[action].judge(v, ctx, members)
	if err != nil {
		return Many[ChosenMember]{}, err
	}
	groups, err := v.FirstGroupsOf(ctx, people(members), v.At)
	if err != nil {
		return Many[ChosenMember]{}, err
	}
	sessions, err := v.countSessions(ctx, members)
	if err != nil {
		return Many[ChosenMember]{}, err
	}
	review := Many[ChosenMember]{Gone: gone}
	for _, o := range judged.Outcomes {
		row := ChosenMember{o.Row, groups[o.Row.PersonID], sessions[o.Row.PersonID]}
		review.Outcomes = append(review.Outcomes, Outcome[ChosenMember]{row, o.Why})
	}
	return review, nil
}

// DoWithMembers does it to all of the members in one change, or to nobody. Overtaken where it can't be done to all any more. Field of
// errors: Members.
func (c *Console) DoWithMembers(ctx context.Context, by Caller, action MembersAction, ids []models.MemberID) error {
	a := membersActions[action]
	ids = distinct(ids)
	return c.change(ctx, by, a.operation, subject{Name: words.Members.Count(len(ids))}, func(tx *Tx) error {
		if err := tx.mustSuspend(ctx); err != nil {
			return err
		}
		if err := fewEnough("Members", len(ids), words.Members); err != nil {
			return err
		}
		members, gone, err := tx.chosenMembers(ctx, MembersChosen{IDs: ids})
		if err != nil {
			return err
		}
		judged, err := a.judge(tx.view, ctx, members)
		if err != nil {
			return err
		}
		judged.Gone = gone
		if err := judged.confirmed(); err != nil {
			return err
		}
		return a.do(tx, ctx, members)
	})
}

// judgeSuspension tells who of the members can be suspended together: those who could be removed and are not suspended already.
func (v *view) judgeSuspension(ctx context.Context, members []models.Member) (Many[models.Member], error) {
	judged, err := v.judgeRemoval(ctx, members) // who is suspended is not among the administrators that it counts
	if err != nil {
		return Many[models.Member]{}, err
	}
	refused, err := v.whyNotSuspend(ctx, members)
	if err != nil {
		return Many[models.Member]{}, err
	}
	for i, o := range judged.Outcomes {
		if why := refused[o.Row.ID]; why != nil {
			judged.Outcomes[i].Why = why
		}
	}
	return judged, nil
}

// judgeReactivation tells who of the members the caller can reactivate.
func (v *view) judgeReactivation(ctx context.Context, members []models.Member) (Many[models.Member], error) {
	refused, err := v.whyNotReactivate(ctx, members)
	if err != nil {
		return Many[models.Member]{}, err
	}
	var many Many[models.Member]
	for _, m := range members {
		many.Outcomes = append(many.Outcomes, Outcome[models.Member]{m, refused[m.ID]})
	}
	return many, nil
}

// judgeSessions tells whose sessions can be ended with those of others: everybody's but one's own.
func (v *view) judgeSessions(_ context.Context, members []models.Member) (Many[models.Member], error) {
	var many Many[models.Member]
	for _, m := range members {
		outcome := Outcome[models.Member]{Row: m}
		if m.PersonID == v.By.Person.ID {
			outcome.Why = ErrOneself
		}
		many.Outcomes = append(many.Outcomes, outcome)
	}
	return many, nil
}

// countSessions is how many sessions of each of the members used the organization lately.
func (v *view) countSessions(ctx context.Context, members []models.Member) (map[models.PersonID]int, error) {
	return v.CountSessionsOfMembers(ctx, people(members), v.At.Add(-SessionIdle-time.Minute), v.At)
}

// endSessionsOf ends all sessions of the members here.
func (tx *Tx) endSessionsOf(ctx context.Context, members []models.Member) error {
	sessions, err := tx.countSessions(ctx, members)
	if err != nil {
		return err
	}
	for _, m := range members {
		tx.record(models.OpMemberSessionsEnded, subject{Key: m.Email, Name: m.Name}, endedState{sessions[m.PersonID]}, endedState{})
	}
	return tx.EndSessionsHere(ctx, people(members), tx.At)
}
