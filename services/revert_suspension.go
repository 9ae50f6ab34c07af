package services

import (
	"context"
	"errors"

	"bailiwick/models"
)

// revertSuspension reactivates a member who was suspended, or suspends one who was reactivated. Who has left and come back is another
// member.
func (c *Console) revertSuspension(ctx context.Context, v *view, a reverting) (reversalPlan, error) {
	if err := v.mustSuspend(ctx); err != nil {
		return reversalPlan{}, err
	}
	member, err := v.memberOf(ctx, a, a.ResourceName, a.ResourceKey)
	if err == nil && member.Since.After(a.At) {
		err = HasLeft{Signature(a.ResourceName, a.ResourceKey)}
	}
	if err != nil {
		return reversalPlan{}, err
	}
	judge := func(wanted map[string]string) (func(context.Context, *Tx) error, error) {
		if wanted["status"] == statusOf(member) {
			return nil, nil // nothing is reverted
		}
		do, refused := (*Tx).suspend, v.whyNotSuspend
		if member.Suspended() {
			do, refused = (*Tx).reactivate, v.whyNotReactivate
		}
		why, err := refused(ctx, []models.Member{member})
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, tx *Tx) error { return do(tx, ctx, []models.Member{member}) }, whyStatusStays(why[member.ID])
	}
	plan, err := v.revertFields(ctx, a, fieldsOf(statusState{statusOf(member)}), judge, models.OpMemberSuspended, models.OpMemberReactivated)
	if err != nil || member.Suspended() || plan.write == nil {
		return plan, err
	}
	last, err := v.isLastAdministrator(ctx, member.PersonID)
	return plan, errors.Join(err, lastWhere(last))
}

// whyStatusStays is a refusal as the one line of such a reversal tells it.
func whyStatusStays(why error) error {
	var high TooHigh
	switch {
	case errors.Is(why, ErrOneself):
		return invalid("Status", "You can’t suspend yourself.")
	case errors.As(why, &high):
		return AtField{Field: "Status", Cause: why}
	}
	return why
}

// statusOf is what files and activities say of a member.
func statusOf(m models.Member) string {
	if m.Suspended() {
		return memberSuspended
	}
	return memberActive
}
