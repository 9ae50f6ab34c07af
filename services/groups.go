package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// GroupList is a page of groups with all that its rows and their actions need.
type GroupList struct {
	models.Listing[models.Group]
	Sets   map[access.GranteeID]access.PrivilegeSet // levels held, without editor lists
	Rights access.Rights                            // knows the editor lists about these rows
	Total  int                                      // groups in the organization
}

// Groups lists groups: six statements, however many there are.
func (c *Console) Groups(ctx context.Context, by Caller, filter models.GroupFilter) (GroupList, error) {
	return c.groupList(ctx, by, func(v *view) (models.Listing[models.Group], error) { return v.Groups(ctx, filter) })
}

// GroupsOf lists the groups with these keys, all on one page.
func (c *Console) GroupsOf(ctx context.Context, by Caller, keys []string) (GroupList, error) {
	return c.groupList(ctx, by, func(v *view) (models.Listing[models.Group], error) { return v.chosenGroups().alone(ctx, keys) })
}

func (c *Console) groupList(ctx context.Context, by Caller, read func(*view) (models.Listing[models.Group], error)) (GroupList, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return GroupList{}, err
	}
	listing, err := read(v)
	if err != nil {
		return GroupList{}, err
	}
	list := GroupList{Listing: listing}
	grantees, resources := numbers(listing.Rows)
	if err := v.learn(ctx, access.GroupsDomain, resources...); err != nil {
		return GroupList{}, err
	}
	list.Rights = v.By.Rights
	if list.Sets, err = v.LevelsOf(ctx, grantees); err != nil {
		return GroupList{}, err
	}
	for _, g := range listing.Rows {
		if g.Administrators {
			list.Sets[access.GranteeID(g.ID)] = c.catalog.Max()
		}
	}
	if list.Total, err = total(ctx, v.Scope, access.GroupsDomain); err != nil {
		return GroupList{}, err
	}
	return list, nil
}

func numbers(groups []models.Group) (grantees []access.GranteeID, resources []access.ResourceID) {
	for _, g := range groups {
		grantees = append(grantees, access.GranteeID(g.ID))
		resources = append(resources, g.ID)
	}
	return grantees, resources
}

// GroupDetail is one group with the caller's rights on it.
type GroupDetail struct {
	models.Group
	Rights access.Rights
}

// Editable tells whether the caller may edit the group.
func (g GroupDetail) Editable() bool { return g.Rights.May(EditGroup, g.ID) }

// Group opens one group. Without view on Groups the key is not even looked up (R15).
func (c *Console) Group(ctx context.Context, by Caller, key string) (GroupDetail, error) {
	return c.view(by).groupDetail(ctx, key)
}

func (v *view) groupDetail(ctx context.Context, key string) (GroupDetail, error) {
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return GroupDetail{}, err
	}
	group, err := v.Group(ctx, key)
	if err != nil {
		return GroupDetail{}, err
	}
	if err := v.learn(ctx, access.GroupsDomain, group.ID); err != nil {
		return GroupDetail{}, err
	}
	return GroupDetail{group, v.By.Rights}, nil
}

// editableGroup opens one that something is about to be done to, for who may edit it.
func (v *view) editableGroup(ctx context.Context, key string) (GroupDetail, error) {
	group, err := v.openGroup(ctx, key)
	if err != nil {
		return GroupDetail{}, err
	}
	return GroupDetail{group, v.By.Rights}, nil
}
