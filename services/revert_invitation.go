package services

import (
	"context"
	"errors"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// Why an invitation does not get its end back.
const (
	wouldHaveExpired = "It would have expired by now. You can revoke it instead."
	givesNoLonger    = "You can’t give its privileges for that long."
)

// revertExtension gives an invitation the end back that it had, or the later one where a revert is reverted. As extending it, that
// takes holding what it gives as long as it lasts (R7). One that would have expired by now stays: reverting ends no invitation.
func (c *Console) revertExtension(ctx context.Context, v *view, a reverting) (reversalPlan, error) {
	invitation, groups, err := v.extended(ctx, a)
	if err != nil {
		return reversalPlan{}, err
	}
	was, err := time.Parse(time.RFC3339, a.was.fields["invited_until"])
	if err != nil {
		return reversalPlan{}, ErrNothingReverts
	}
	line, err := v.extensionLine(ctx, a, invitation)
	if err != nil {
		return reversalPlan{}, err
	}
	if line.Stays == Reverts && !was.After(v.At) {
		line.Stays, line.Text = StaysRefused, wouldHaveExpired
	}
	if line.Stays == Reverts {
		ends, err := v.mayStillGive(ctx, invitation, groups)
		if errors.As(err, &VoidInvitation{}) {
			err = ErrInvitationEnded
		}
		if err != nil {
			return reversalPlan{lines: []RevertLine{line}}, err
		}
		if outlasts(&was, ends) {
			line.Stays, line.Text = StaysRefused, givesNoLonger
		}
	}
	return reversalPlan{lines: []RevertLine{line}, write: func(ctx context.Context, tx *Tx) error {
		after := invitation
		after.ExpiresAt = was
		if err := tx.ExtendInvitation(ctx, invitation.ID, invitation.Revision, was); err != nil {
			return err
		}
		tx.recordInvitation(models.OpInvitationExtended, groups, invitationState(invitation), invitationState(after))
		return nil
	}}, nil
}

// extended is the invitation that an activity is about, if it is still pending. A later one of the same address is another.
func (v *view) extended(ctx context.Context, a reverting) (models.Invitation, []models.InvitedGroup, error) {
	if _, err := v.standing(ctx, a); err != nil {
		return models.Invitation{}, nil, err
	}
	found, err := v.OpenInvitation(ctx, access.GranteeID(a.ResourceID), a.is.fields["invited"])
	if errors.Is(err, models.ErrNotFound) || err == nil && found.CreatedAt.After(a.At) {
		err = ErrInvitationEnded
	}
	if err != nil {
		return models.Invitation{}, nil, err
	}
	return v.openInvitation(ctx, found.ID)
}

// extensionLine compares the end of an invitation with what it was, and with what was changed since.
func (v *view) extensionLine(ctx context.Context, a reverting, i models.Invitation) (RevertLine, error) {
	later, err := v.since(ctx, a, models.OpInvitationExtended)
	if err != nil {
		return RevertLine{}, err
	}
	const field = "invited_until"
	line := RevertLine{Change: Change{Of: OfField, Field: field, Before: fieldsOf(invitationState(i))[field], After: a.was.fields[field]}}
	if line.Before != a.is.fields[field] {
		line.Stays = StaysChanged
	}
	for _, l := range later {
		if l.is.fields["invited"] == i.Email {
			line.Stays, line.Since = StaysChanged, &LaterChange{l.Activity}
		}
	}
	if line.Before == line.After {
		line.Stays, line.Since = StaysAlready, nil
	}
	return line, nil
}
