package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// What pages ask about a group before something is done. Each refuses what the change itself would refuse.

// GroupCreation refuses who may not add groups.
func (c *Console) GroupCreation(by Caller) error {
	return by.must(CreateGroup)
}

// GroupActions is a group with what keeps the caller from duplicating it (R9).
type GroupActions struct {
	GroupDetail
	Refusal access.Refusal
}

// GroupActions finds what the caller may do with the group that a list has selected. No key is models.ErrNotFound, like one
// that is not there (any more).
func (c *Console) GroupActions(ctx context.Context, by Caller, key string) (GroupActions, error) {
	v := c.view(by)
	if key == "" && by.Rights.May(ViewGroups, 0) {
		return GroupActions{}, models.ErrNotFound
	}
	g, err := v.groupDetail(ctx, key)
	if err != nil {
		return GroupActions{}, err
	}
	refusal, err := c.duplicable(ctx, v, g.Group)
	return GroupActions{g, refusal}, err
}
