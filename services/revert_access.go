package services

import (
	"context"
	"slices"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// accessRevert is one grantee of an Access tab as a change found and left it.
type accessRevert struct {
	was, is givenState
	choice  AccessChoice
	line    RevertLine
}

// hadEditUntil is why a group does not get Edit back on an Access tab, which gives none with an end.
const hadEditUntil = "It had Edit only until a certain time. The Privileges tab of the group can give that back."

// revertAccess lets groups and API keys edit something again, or no longer: as a draft of its Access tab, which is judged and
// written as any other.
func (c *Console) revertAccess(ctx context.Context, v *view, a reverting) (reversalPlan, error) {
	named, err := v.standing(ctx, a)
	if err != nil {
		return reversalPlan{}, err
	}
	which := ResourceRef{named.Domain, named.Key}
	tab, err := c.openAccess(ctx, v, which)
	switch {
	case err != nil:
		return reversalPlan{}, err
	case !tab.Decides: // here, so that who may only look learns nothing of today's rows
		return reversalPlan{}, Forbidden{tab.need()}
	}
	changed, err := v.accessToRevert(ctx, a)
	if err != nil {
		return reversalPlan{}, err
	}
	draft := AccessDraft{Revision: tab.Resource.Revision}
	if err := v.decideAccess(ctx, &tab, changed, &draft); err != nil {
		return reversalPlan{}, err
	}
	judged, err := c.judgedAccess(ctx, v, which, draft)
	if err != nil {
		return reversalPlan{}, err
	}
	plan := reversalPlan{write: func(ctx context.Context, tx *Tx) error { return c.saveAccess(ctx, tx, &judged) }}
	for _, one := range changed {
		plan.lines = append(plan.lines, one.line)
	}
	for _, change := range judged.gives {
		if change.Bounded {
			plan.until = sooner(plan.until, change.EndsAt)
		}
	}
	return plan, judged.Refused
}

// accessToRevert are the grantees that a change gave or took Edit, by name, with whether it was changed again.
func (v *view) accessToRevert(ctx context.Context, a reverting) ([]*accessRevert, error) {
	later, err := v.since(ctx, a, models.OpResourceAccessChanged)
	if err != nil {
		return nil, err
	}
	var changed []*accessRevert
	var ids []access.ResourceID
	for _, ref := range union(a.was.Access, a.is.Access) {
		one := &accessRevert{was: a.was.Access[ref].at(v.At), is: a.is.Access[ref].at(v.At)}
		one.line.Change = Change{Of: OfAccess, Name: one.is.Name, After: one.was.Level}
		one.choice = AccessChoice{Kind: access.Group, Edit: one.was.edits()}
		if strings.HasPrefix(ref, access.Grantee{Kind: access.APIKey}.Ref()) {
			one.choice.Kind = access.APIKey
		}
		for _, l := range later {
			if again, named := l.is.Access[ref]; named && again.ID == one.is.ID {
				one.line.Since = &LaterChange{l.Activity}
			}
		}
		changed = append(changed, one)
		ids = append(ids, access.ResourceID(one.is.ID))
	}
	names, err := v.NamesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, one := range changed {
		if named := names[access.ResourceID(one.is.ID)]; named.Ended || named.Key == "" {
			one.line.Stays = StaysGone
		} else {
			one.choice.Key = named.Key
		}
	}
	slices.SortStableFunc(changed, func(a, b *accessRevert) int { return strings.Compare(a.is.Name, b.is.Name) })
	return changed, nil
}

// at is the state as it counts at a moment: Edit that has run out is View.
func (s givenState) at(at time.Time) givenState {
	if s.Until != nil && !s.Until.After(at) {
		s.Level, s.Until = access.LevelView.String(), nil
	}
	return s
}

// decideAccess compares with what stands, and adds what is reverted to the draft.
func (v *view) decideAccess(ctx context.Context, tab *AccessTab, changed []*accessRevert, draft *AccessDraft) error {
	var choices []AccessChoice
	for _, one := range changed {
		if one.line.Stays == Reverts {
			choices = append(choices, one.choice)
		}
	}
	stored, err := accessRows(ctx, v, tab, choices)
	if err != nil {
		return err
	}
	for _, one := range changed {
		if one.line.Stays != Reverts {
			continue
		}
		found, there := stored[one.choice.Ref()]
		row := tab.row(v, found)
		one.line.Before = row.Stands.Level.String()
		switch edits := there && row.Edit; {
		case !there:
			one.line.Stays = StaysGone
		case edits == one.was.edits():
			one.line.Stays, one.line.Since = StaysAlready, nil
		case one.line.Since != nil || edits != one.is.edits():
			one.line.Stays = StaysChanged
		case row.Stands.Fixed:
			one.line.Stays, one.line.Text = StaysRefused, "Its privileges already decide this."
		case one.was.edits() && one.was.Until != nil:
			one.line.Stays, one.line.Text = StaysRefused, hadEditUntil
		default:
			one.choice.Revision = found.Revision
			draft.Choices = append(draft.Choices, one.choice)
		}
	}
	return nil
}
