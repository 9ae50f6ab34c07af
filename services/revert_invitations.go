package services

import (
	"context"
	"fmt"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// extensionReverted is an invitation whose end a change moved.
type extensionReverted struct {
	ChosenInvitation
	was time.Time
	id  int64 // of the activity
}

// revertExtensions gives invitations the ends back that they had, as extending many judges them. An invitation into several groups was
// noted at each; its end is put back once.
func (c *Console) revertExtensions(ctx context.Context, v *view, all []reverting) (jointPlan, error) {
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return staying(all, err)
	}
	same := func(a reverting) string { return fmt.Sprint(a.ResourceID, " ", a.is.fields["invited"]) }
	later, err := v.sinceAmong(ctx, all, func(a reverting) []string { return []string{same(a)} }, models.OpInvitationExtended)
	if err != nil {
		return staying(all, err)
	}
	open, err := v.invitationsReverted(ctx, all)
	if err != nil {
		return jointPlan{}, err
	}
	plan, givings := jointPlan{outcomes: make([]Outcome[RevertLine], len(all))}, map[string]giving{}
	var reverted []extensionReverted
	known := map[models.InvitationID]bool{}
	for i, a := range all {
		o := &plan.outcomes[i]
		found, there := open[same(a)]
		if o.Row, o.Why = invitationLine(a, found.Invitation), ErrInvitationEnded; !there {
			continue
		}
		if o.Why = whyStays(o.Row, a.is.fields["invited_until"], later[same(a)]); o.Why != nil {
			continue
		}
		judged := v.endsAgain(ctx, givings, a.endBefore(), found)
		if judged.err != nil {
			return jointPlan{}, judged.err
		}
		if o.Why = judged.why; o.Why == nil && !known[found.ID] {
			known[found.ID] = true
			reverted = append(reverted, extensionReverted{found, a.endBefore(), a.ID})
		}
	}
	plan.write = func(ctx context.Context, tx *Tx) error { return tx.endAgain(ctx, reverted) }
	return plan, nil
}

// invitationLine is the end of an invitation as a change and today have it.
func invitationLine(a reverting, today models.Invitation) RevertLine {
	const field = "invited_until"
	return RevertLine{Change: Change{Of: OfField, Field: field, Before: fieldsOf(invitationState(today))[field], After: a.was.fields[field]}}
}

// invitationsReverted are those of the invitations that are pending still, by group and address. Whoever is invited anew has another one.
func (v *view) invitationsReverted(ctx context.Context, all []reverting) (map[string]ChosenInvitation, error) {
	var emails []string
	var groups []access.GranteeID
	for _, a := range all {
		emails, groups = append(emails, a.is.fields["invited"]), append(groups, access.GranteeID(a.ResourceID))
	}
	found, err := v.OpenInvitationsInto(ctx, distinct(groups), distinct(emails))
	if err != nil {
		return nil, err
	}
	rows, err := v.withGroups(ctx, found)
	if err != nil {
		return nil, err
	}
	open := map[string]ChosenInvitation{}
	for _, row := range rows {
		if row.CreatedAt.After(all[0].At) || !row.Pending(v.At) {
			continue
		}
		for _, g := range row.Groups {
			if !g.Gone {
				open[fmt.Sprint(g.GroupID, " ", row.Email)] = row
			}
		}
	}
	return open, nil
}

// endsAgain judges giving an invitation the end back that it had.
func (v *view) endsAgain(ctx context.Context, givings map[string]giving, was time.Time, i ChosenInvitation) judgement {
	switch {
	case !editsAll(v.By.Rights, i.Groups):
		return judgement{why: Forbidden{EditGroup}}
	case was.IsZero():
		return judgement{why: ErrNothingReverts} // what an earlier version wrote
	case !was.After(v.At):
		return judgement{why: invalid("Until", wouldHaveExpired)}
	}
	given, err := v.givingOf(ctx, givings, i)
	switch {
	case err != nil:
		return judgement{err: err}
	case given.why != nil && !lacksPrivilege(given.why):
		return judgement{why: ErrInvitationEnded} // it is void
	case given.why == nil && outlasts(&was, given.ends):
		return judgement{why: invalid("Until", givesNoLonger)}
	}
	return judgement{why: given.why}
}

// endBefore is the end that an invitation had before a change; zero where it can't be read.
func (a reverting) endBefore() time.Time {
	was, err := time.Parse(time.RFC3339, a.was.fields["invited_until"])
	if err != nil {
		return time.Time{}
	}
	return was
}

// endAgain writes the ends, in as many statements as there are different ones.
func (tx *Tx) endAgain(ctx context.Context, reverted []extensionReverted) error {
	var ends []time.Time
	by := map[time.Time][]models.InvitationID{}
	for _, r := range reverted {
		after := r.Invitation
		after.ExpiresAt = r.was
		noted := tx.reverting(r.id)
		tx.recordInvitation(models.OpInvitationExtended, r.Groups, invitationState(r.Invitation), invitationState(after))
		noted()
		if by[r.was] == nil {
			ends = append(ends, r.was)
		}
		by[r.was] = append(by[r.was], r.ID)
	}
	for _, end := range ends {
		if err := tx.SetInvitationEnds(ctx, by[end], end); err != nil {
			return err
		}
	}
	return nil
}
