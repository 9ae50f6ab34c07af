package services

import (
	"context"
	"errors"
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
	judged, err := judgeSelection(ctx, v.chosenMembers(), chosen, func(ctx context.Context, members []models.Member) (Many[models.Member], error) {
		return membersActions[action].judge(v, ctx, members)
	})
	if err != nil {
		return Many[ChosenMember]{}, err
	}
	members := judged.rows()
	groups, err := v.FirstGroupsOf(ctx, people(members), v.At)
	if err != nil {
		return Many[ChosenMember]{}, err
	}
	sessions, err := v.countSessions(ctx, members)
	if err != nil {
		return Many[ChosenMember]{}, err
	}
	return described(judged, func(m models.Member) ChosenMember {
		return ChosenMember{m, groups[m.PersonID], sessions[m.PersonID]}
	}), nil
}

// DoWithMembers does it to all of the members in one change, or to nobody. Overtaken where it can't be done to all any more. Field of
// errors: Members.
func (c *Console) DoWithMembers(ctx context.Context, by Caller, action MembersAction, ids []models.MemberID) error {
	a := membersActions[action]
	return changeMany(ctx, c, by, ids, changeOfMany[models.MemberID, models.Member]{
		operation: a.operation, field: "Members", of: words.Members, most: MaxMany,
		may: func(tx *Tx) error { return tx.mustSuspend(ctx) },
		judge: func(tx *Tx, ids []models.MemberID) (Many[models.Member], error) {
			return judgeSelection(ctx, tx.chosenMembers(), MembersChosen{Keys: ids}, func(ctx context.Context, members []models.Member) (Many[models.Member], error) {
				return a.judge(tx.view, ctx, members)
			})
		},
		do: func(tx *Tx, members []models.Member) error { return a.do(tx, ctx, members) },
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
	return judgeEach(members, func(m *models.Member) error { return refused[m.ID] }), nil
}

// ErrNotSignedIn says that a member has no session here that could end.
var ErrNotSignedIn = errors.New("the member is not signed in")

// judgeSessions tells whose sessions can be ended with those of others: everybody's who has one, but not one's own.
func (v *view) judgeSessions(ctx context.Context, members []models.Member) (Many[models.Member], error) {
	sessions, err := v.countSessions(ctx, members)
	if err != nil {
		return Many[models.Member]{}, err
	}
	return judgeEach(members, func(m *models.Member) error {
		switch {
		case m.PersonID == v.By.Person.ID:
			return ErrOneself
		case sessions[m.PersonID] == 0:
			return ErrNotSignedIn
		}
		return nil
	}), nil
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
