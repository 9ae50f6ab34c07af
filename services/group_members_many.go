package services

import (
	"context"

	"bailiwick/models"
)

// ManyOfGroup is a selection of a group's members, and what the caller may do with them there.
type ManyOfGroup struct {
	Members  []models.Member // by name
	Matching int             // members that the list's filter finds; above MaxMany nobody counts further
	Leaving  Many[MemberChange]
}

// ManyOfGroup tells what the caller may do with a selection of a group's members. Who may not edit the group may do nothing: Leaving is
// empty then.
func (c *Console) ManyOfGroup(ctx context.Context, by Caller, key string, chosen MembersChosen) (ManyOfGroup, error) {
	v := c.view(by)
	group, err := v.groupDetail(ctx, key)
	if err != nil {
		return ManyOfGroup{}, err
	}
	chosen.Filter.Group = key
	members, matching, err := v.chosenWithoutMarks().counted(ctx, chosen)
	if err != nil {
		return ManyOfGroup{}, err
	}
	many := ManyOfGroup{Members: members, Matching: matching}
	if !group.Editable() || len(many.Members) == 0 {
		return many, nil
	}
	groups := []InvitableGroup{{Group: group.Group}}
	review, err := c.judgeMemberships(ctx, v, leaving, many.Members, groups, ManyMemberships{Groups: []string{key}})
	if err != nil {
		return ManyOfGroup{}, err
	}
	many.Leaving = review.Many
	return many, nil
}
