package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// Deletion says what goes with a group: shown before, and the answer to "what will happen".
type Deletion struct {
	Group    GroupDetail
	Leaving  []models.Member // for whom it is the last group: they leave the organization (R16)
	Leavers  int             // how many there are; Leaving names the first of them
	Orphaned []models.Resource
	Orphans  int // resources that the caller may view and that lose their owner; Orphaned names the first of them
}

// GroupDeletion previews deleting a group.
func (c *Console) GroupDeletion(ctx context.Context, by Caller, key string) (Deletion, error) {
	v := c.view(by)
	group, err := v.editableGroup(ctx, key)
	if err != nil {
		return Deletion{}, err
	}
	if group.Administrators {
		return Deletion{}, ErrAdministrators
	}
	d := Deletion{Group: group}
	if d.Leaving, d.Leavers, err = v.Leavers(ctx, access.GranteeID(group.ID), v.At, 10); err != nil {
		return Deletion{}, err
	}
	if d.Orphaned, d.Orphans, err = v.OwnedByLeavers(ctx, access.GranteeID(group.ID), v.At, c.viewed(by), 10); err != nil {
		return Deletion{}, err
	}
	return d, nil
}

// DeleteGroup ends a group, its privileges and memberships. Who loses their last group leaves the organization (R16). The group's
// name is returned.
func (c *Console) DeleteGroup(ctx context.Context, by Caller, key string) (string, error) {
	var name string
	err := c.change(ctx, by, models.OpGroupDeleted, subject{Key: key}, func(tx *Tx) error {
		group, err := tx.openGroup(ctx, key)
		if err != nil {
			return err
		}
		if group.Administrators {
			return ErrAdministrators
		}
		name = group.Name
		return c.endGroup(ctx, tx, group)
	})
	if err != nil {
		return "", err
	}
	return name, nil
}

// endGroup ends a group with all that belongs to it, which its activity keeps.
func (c *Console) endGroup(ctx context.Context, tx *Tx, group models.Group) error {
	id := access.GranteeID(group.ID)
	set, err := tx.PrivilegesOf(ctx, id)
	if err != nil {
		return err
	}
	before := state{Name: group.Name, Privileges: c.heldStates(set)}
	if before.Members, err = tx.memberStates(ctx, id); err != nil {
		return err
	}
	if before.Access, err = tx.listedState(ctx, group.Resource); err != nil {
		return err
	}
	tx.record(models.OpGroupDeleted, about(group.Resource), before, nil)
	if err := tx.endInvitationsInto(ctx, group); err != nil {
		return err
	}
	if err := tx.removeLeavers(ctx, group); err != nil {
		return err
	}
	return tx.EndResource(ctx, access.GroupsDomain, group.ID, tx.At)
}
