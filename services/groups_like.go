package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// GroupsLike are the groups of a member, to give somebody else what they have.
type GroupsLike struct {
	Member  models.Member
	Given   []InvitableGroup // those that the caller can give, by name
	Refused []RefusedGroup   // the others, by name
}

// RefusedGroup is a group that the caller can't give.
type RefusedGroup struct {
	InvitableGroup
	Uneditable bool // the caller may not even edit it; else what it holds goes beyond them (R7), or they hold it through temporary access alone
}

// GroupsLike opens the groups that a member is in now, for who may view groups: the first of them, as many as can be given at once.
func (c *Console) GroupsLike(ctx context.Context, by Caller, id models.MemberID) (GroupsLike, error) {
	v := c.view(by)
	actions, err := v.openMember(ctx, id)
	if err != nil {
		return GroupsLike{}, err
	}
	like := GroupsLike{Member: actions.Member}
	found, err := v.GroupsOfMember(ctx, like.Member.PersonID, models.MemberGroupFilter{Page: models.Page{Limit: invitedGroups}, Joined: true})
	if err != nil {
		return GroupsLike{}, err
	}
	var ids []access.ResourceID
	for _, g := range found.Rows {
		if g.In(v.At) {
			ids = append(ids, g.ID)
		}
	}
	givable, err := c.invitable(ctx, v, ids)
	if err != nil {
		return GroupsLike{}, err
	}
	editable := map[access.ResourceID]InvitableGroup{}
	for _, g := range givable {
		editable[g.ID] = g
	}
	for _, g := range found.Rows {
		one, edits := editable[g.ID]
		switch {
		case !g.In(v.At):
		case !edits:
			like.Refused = append(like.Refused, RefusedGroup{InvitableGroup{Group: g.Group}, true})
		case one.Lent || len(one.Beyond) > 0:
			like.Refused = append(like.Refused, RefusedGroup{one, false})
		default:
			like.Given = append(like.Given, one)
		}
	}
	return like, nil
}
