package services

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"bailiwick/models"
)

// putSuspensions suspends and reactivates the members whose status the file says and whose is another. New members are there by
// now.
func (a *applier) putSuspensions(ctx context.Context) error {
	wanted := map[string]string{} // by e-mail
	for _, d := range a.changes.members {
		if d.is != nil && d.is.Status != orEmpty(d.was).Status {
			wanted[d.is.Email] = d.is.Status
		}
	}
	members, err := a.MembersByEmails(ctx, slices.Sorted(maps.Keys(wanted)))
	if err != nil {
		return fmt.Errorf("read members to suspend or reactivate: %w", err)
	}
	var suspended, reactivated []models.Member
	for _, m := range members {
		switch status := wanted[m.Email]; {
		case status == memberSuspended && !m.Suspended():
			suspended = append(suspended, m)
		case status == memberActive && m.Suspended():
			reactivated = append(reactivated, m)
		}
	}
	if err := a.suspend(ctx, suspended); err != nil {
		return err
	}
	return a.reactivate(ctx, reactivated)
}
