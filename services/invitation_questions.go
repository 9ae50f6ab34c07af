package services

import (
	"context"

	"bailiwick/models"
)

// What pages ask before somebody is invited or an invitation is revoked. Each refuses what the change itself would refuse.

// InvitationChoice opens the groups to choose from, as InvitableGroups has them, for who is about to invite somebody. Who may
// edit no group is refused, and so is who may do so through temporary access alone: BringsNobodyIn (R20).
func (c *Console) InvitationChoice(ctx context.Context, by Caller, query string, chosen []string) (InvitableGroups, error) {
	choice, err := c.InvitableGroups(ctx, by, query, chosen)
	if err != nil {
		return choice, err
	}
	if len(choice.Rows)+len(choice.Chosen) == 0 && query == "" {
		return choice, Forbidden{EditGroup}
	}
	invites, err := c.Invites(ctx, by)
	if err == nil && !invites {
		err = BringsNobodyIn{}
	}
	return choice, err
}

// InvitationInto opens a group that somebody is about to be invited into, for who may edit it and give all that it holds (R7).
func (c *Console) InvitationInto(ctx context.Context, by Caller, key string) (InvitableGroup, error) {
	group, err := c.InvitableGroup(ctx, by, key)
	switch {
	case err != nil:
		return group, err
	case group.Lent:
		return group, BringsNobodyIn{}
	case len(group.Beyond) > 0:
		return group, TooHigh{group.Beyond}
	}
	return group, nil
}

// InvitationRevocation opens a pending invitation that is about to be revoked, for who may edit every group that it leads into.
// An invitation that has ended is ErrInvitationEnded.
func (c *Console) InvitationRevocation(ctx context.Context, by Caller, id models.InvitationID) (InvitationDetail, error) {
	i, err := c.Invitation(ctx, by, id)
	switch {
	case err != nil:
		return i, err
	case !i.Editable:
		return i, Forbidden{EditGroup}
	case i.State != "":
		return i, ErrInvitationEnded
	}
	return i, nil
}
