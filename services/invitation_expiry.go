package services

import (
	"context"
	"fmt"

	"bailiwick/models"
)

// endExpiredInvitations gives invitations that have run out their outcome, as of their end. Nothing waits for it (R12).
func (tx *Tx) endExpiredInvitations(ctx context.Context) error {
	for {
		expired, err := tx.ExpiredInvitations(ctx, tx.At, expiredAtOnce)
		if err != nil || len(expired) == 0 {
			return err
		}
		ids := make([]models.InvitationID, len(expired))
		for n, i := range expired {
			ids[n] = i.ID
		}
		groups, err := tx.InvitedGroupsOf(ctx, ids)
		if err != nil {
			return err
		}
		for _, i := range expired {
			if err := tx.endExpiredInvitation(ctx, i, groups[i.ID]); err != nil {
				return fmt.Errorf("end invitation %d: %w", i.ID, err)
			}
		}
	}
}

func (tx *Tx) endExpiredInvitation(ctx context.Context, i models.Invitation, groups []models.InvitedGroup) error {
	return tx.byTheClock(func() error {
		if err := tx.EndInvitation(ctx, i.ID, models.InvitationExpired, "", 0, i.ExpiresAt); err != nil {
			return err
		}
		tx.recordInvitation(models.OpInvitationExpired, groups, invitationState(i), nil)
		return nil
	})
}

// endInvitationsInto notes the invitations that a group about to end takes along: those that lead nowhere else are void
// with it.
func (tx *Tx) endInvitationsInto(ctx context.Context, group models.Group) error {
	var after models.InvitationID
	for {
		found, err := tx.InvitationsInto(ctx, group.Grantee().ID, after, expiredAtOnce)
		if err != nil || len(found) == 0 {
			return err
		}
		for _, i := range found {
			tx.record(models.OpInvitationVoided, about(group.Resource), invitationState(i), nil)
			after = i.ID
		}
	}
}
