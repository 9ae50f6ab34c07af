package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// DuplicateGroup copies a group's privileges and editor lists under a new name, without members (R9), and returns the
// copy. NotDuplicable where it holds as much as the caller, LockOut where they could not edit the copy and did not confirm that.
func (c *Console) DuplicateGroup(ctx context.Context, by Caller, key string, as Copy) (models.Group, error) {
	var copied models.Group
	err := c.change(ctx, by, models.OpGroupDuplicated, subject{Key: key}, func(tx *Tx) error {
		original, set, err := c.groupToCopy(ctx, tx.view, key)
		if err != nil {
			return err
		}
		copied, err = c.duplicate(ctx, tx, original, set, as)
		return err
	})
	if err != nil {
		return models.Group{}, err
	}
	return copied, nil
}

// duplicate makes the copy of a group that holds the set.
func (c *Console) duplicate(ctx context.Context, tx *Tx, original models.Group, set access.PrivilegeSet, as Copy) (models.Group, error) {
	domain := c.catalog.Domain(access.GroupsDomain)
	name, err := tx.nameOfCopy(ctx, domain, original.Name, as.Name)
	if err != nil {
		return models.Group{}, err
	}
	group, err := c.createGroup(ctx, tx, name, original.Description)
	if err != nil {
		return models.Group{}, err
	}
	set = tx.By.Rights.Bounded(c.catalog, set, nil)
	if err := tx.ReplacePrivileges(ctx, access.GranteeID(group.ID), nil, set, tx.At); err != nil {
		return models.Group{}, err
	}
	given, err := c.giveAccessToNew(ctx, tx, domain, group.Resource, NewAccess{Confirmed: as.Confirmed})
	if err != nil {
		return models.Group{}, err
	}
	tx.record(models.OpGroupDuplicated, about(group.Resource), state{Name: original.Name}, state{Name: name, Description: group.Description, Privileges: c.heldStates(set), Access: given})
	return group, nil
}

// setOf is all that a group holds, with editor lists, and makes the caller's rights know the same resources: what is
// compared with them next. Administrators holds today's maxima (R8).
func (c *Console) setOf(ctx context.Context, v *view, group models.Group) (access.PrivilegeSet, error) {
	if group.Administrators {
		return c.catalog.Max(), nil
	}
	set, err := v.PrivilegesOf(ctx, access.GranteeID(group.ID))
	if err != nil {
		return nil, err
	}
	if err := v.learnLists(ctx, set); err != nil {
		return nil, err
	}
	return set, nil
}

func (v *view) learnLists(ctx context.Context, set access.PrivilegeSet) error {
	for d, p := range set {
		if err := v.learn(ctx, d, p.Editors...); err != nil {
			return err
		}
	}
	return nil
}

// duplicable says whether the caller may duplicate a group, and if not why (R9). The zero Refusal allows it; creating
// groups at all is a need of its own.
func (c *Console) duplicable(ctx context.Context, v *view, group models.Group) (access.Refusal, error) {
	if !v.By.Rights.May(CreateGroup, 0) {
		return access.Refusal{}, nil
	}
	set, err := c.setOf(ctx, v, group)
	if err != nil {
		return access.Refusal{}, err
	}
	return v.By.Rights.Duplicating(c.catalog, set), nil
}
