package services

import (
	"context"
	"errors"

	"bailiwick/models"
)

// ErrNotRunOut says that an invitation can't be renewed, since it is pending or ended in another way than by running out.
var ErrNotRunOut = errors.New("the invitation has not expired")

// RenewInvitation invites whom an invitation asked that has run out once more: into those of its groups that are there, with its
// provider and its end. What comes of it is an invitation of the caller's own, judged as inviting today (R7); links to the earlier one
// stay closed (R18). NeedsConfirmation of ConfirmAdministrators; VoidInvitation where no group is left; ErrNotRunOut.
func (c *Console) RenewInvitation(ctx context.Context, by Caller, id models.InvitationID, confirmed bool) (InviteResult, error) {
	var result InviteResult
	err := c.change(ctx, by, models.OpInvitationRenewed, c.aboutInvitation(ctx, by, id), func(tx *Tx) error {
		detail, err := c.invitationDetail(ctx, tx.view, id)
		if err != nil {
			return err
		}
		again := detail.again(confirmed)
		if len(again.Groups) == 0 && detail.Editable {
			return VoidInvitation{detail.Invitation, Standing{Reason: models.ReasonGroupDeleted}}
		}
		groups, ends, err := c.invitableGroups(ctx, tx.view, again)
		if err != nil {
			return err
		}
		if detail.State != models.InvitationExpired {
			return ErrNotRunOut
		}
		results, err := tx.invite(ctx, models.OpInvitationRenewed, again, groups, ends)
		if err != nil {
			return err
		}
		result = results[0]
		return nil
	})
	if err != nil {
		return InviteResult{}, err
	}
	return result, nil
}

// again is what would make the invitation once more. Somebody has confirmed its address already, where it looks like another.
func (d InvitationDetail) again(confirmed bool) NewInvitations {
	n := NewInvitations{Provider: Provider(d.Provider), Emails: []string{d.Email}, Sure: []string{d.Email},
		Notify: d.Notify, Until: d.MembershipUntil, Confirmed: confirmed}
	for _, g := range d.Groups {
		if !g.Gone {
			n.Groups = append(n.Groups, g.Key)
		}
	}
	return n
}
