package services

import (
	"context"

	"bailiwick/models"
)

// revertOrganization gives the organization its name back. Its seats are what a file says: no page changes them.
func (c *Console) revertOrganization(ctx context.Context, v *view, a reverting) (reversalPlan, error) {
	now, err := v.editableOrganization(ctx)
	if err != nil {
		return reversalPlan{}, err
	}
	today := organizationState{now.Name, now.Seats}
	seats := fieldChanges(map[string]string{"seats": a.is.fields["seats"]}, map[string]string{"seats": a.was.fields["seats"]})
	delete(a.was.fields, "seats")
	delete(a.is.fields, "seats")
	judge := func(wanted map[string]string) (func(context.Context, *Tx) error, error) {
		name, err := cleanName("Name", wanted["name"])
		return func(ctx context.Context, tx *Tx) error {
			return tx.setOrganization(ctx, now.Key, today, organizationState{name, now.Seats})
		}, err
	}
	plan, err := v.revertFields(ctx, a, fieldsOf(today), judge, models.OpOrganizationUpdated)
	if err != nil {
		return plan, err
	}
	for _, change := range seats {
		plan.lines = append(plan.lines, RevertLine{Change: change, Stays: StaysRefused, Text: "No page changes the seats: apply a file."})
	}
	return plan, nil
}

// editableOrganization is the organization as it stands, for who may edit it.
func (v *view) editableOrganization(ctx context.Context) (models.Organization, error) {
	if err := v.must(ctx, EditOrganization, 0); err != nil {
		return models.Organization{}, err
	}
	return v.Organization(ctx)
}

// revertSecondFactor requires a second factor no longer. That it is required again is left to the page of the organization, which says
// whom that shuts out.
func (c *Console) revertSecondFactor(ctx context.Context, v *view, a reverting) (reversalPlan, error) {
	return v.revertSetting(ctx, a, secondFactorSetting, func(require bool) error {
		if require {
			return NeedsConfirmation{ConfirmSecondFactor}
		}
		return nil
	})
}

// revertSupportAccess switches support access on or off, as it was; not off while something runs that would end.
func (c *Console) revertSupportAccess(ctx context.Context, v *view, a reverting) (reversalPlan, error) {
	return v.revertSetting(ctx, a, supportSetting, func(on bool) error { return v.endsNoAccess(ctx, on) })
}

func (v *view) revertSetting(ctx context.Context, a reverting, s setting, may func(on bool) error) (reversalPlan, error) {
	now, err := v.editableOrganization(ctx)
	if err != nil {
		return reversalPlan{}, err
	}
	turnedOn := a.Operation == s.turnsOn // rows of earlier versions have no states
	a.was.fields, a.is.fields = s.state(!turnedOn), s.state(turnedOn)
	judge := func(wanted map[string]string) (func(context.Context, *Tx) error, error) {
		on := wanted[s.field] == s.on
		if on == s.of(now) {
			return nil, nil // nothing is reverted
		}
		return func(ctx context.Context, tx *Tx) error {
			return tx.turn(ctx, s, on, func() error { return nil })
		}, may(on)
	}
	return v.revertFields(ctx, a, s.state(s.of(now)), judge, s.turnsOn, s.turnsOff)
}
