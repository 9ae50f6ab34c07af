package services

import (
	"context"

	"bailiwick/models"
)

// setting is what an organization turns on and off.
type setting struct {
	field    string // as the record names it
	on, off  string // its two values there
	turnsOn  models.Operation
	turnsOff models.Operation
	of       func(models.Organization) bool
	set      func(tx *Tx, ctx context.Context, on bool) error
}

var (
	secondFactorSetting = setting{
		"second_factor", "required", "optional",
		models.OpOrganizationSecondFactorRequired, models.OpOrganizationSecondFactorMadeOptional,
		func(o models.Organization) bool { return o.RequireSecondFactor },
		func(tx *Tx, ctx context.Context, on bool) error { return tx.SetRequireSecondFactor(ctx, on) },
	}
	supportSetting = setting{
		"support_access", "enabled", "disabled",
		models.OpOrganizationSupportAccessTurnedOn, models.OpOrganizationSupportAccessTurnedOff,
		func(o models.Organization) bool { return o.SupportAccess },
		(*Tx).setSupportAccess,
	}
)

// turned is what turning the setting is recorded as.
func (s setting) turned(on bool) models.Operation {
	if on {
		return s.turnsOn
	}
	return s.turnsOff
}

// state is what the record keeps of the setting.
func (s setting) state(on bool) map[string]string { return map[string]string{s.field: s.value(on)} }

func (s setting) value(on bool) string {
	if on {
		return s.on
	}
	return s.off
}

// turn turns a setting on or off, where may has nothing against it. What stands already is left as it is.
func (tx *Tx) turn(ctx context.Context, s setting, on bool, may func() error) error {
	if err := tx.must(ctx, EditOrganization, 0); err != nil {
		return err
	}
	now, err := tx.Organization(ctx)
	if err != nil || s.of(now) == on {
		return err
	}
	if err := may(); err != nil {
		return err
	}
	tx.record(s.turned(on), aboutOrganization(now), s.state(!on), s.state(on))
	return s.set(tx, ctx, on)
}
