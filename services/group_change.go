package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// NewGroup adds a group.
type NewGroup struct {
	Name, Description string
	Privileges        NewPrivileges
	Access            NewAccess
}

// GroupChange is what the configuration of a group becomes.
type GroupChange struct {
	Revision          int64 // of the form; an older one is ErrConflict
	Name, Description string
}

// AddGroup creates a group and returns its key. Creating with privileges is granting them (R7).
func (c *Console) AddGroup(ctx context.Context, by Caller, n NewGroup) (string, error) {
	domain := c.catalog.Domain(access.GroupsDomain)
	var key string
	err := c.change(ctx, by, models.OpGroupCreated, subject{Name: n.Name}, func(tx *Tx) error {
		if err := tx.must(ctx, CreateGroup, 0); err != nil {
			return err
		}
		name, err := tx.freeNameFor(ctx, domain, n.Name, 0)
		if err != nil {
			return err
		}
		if err := tx.freeLook(ctx, name, 0); err != nil {
			return err
		}
		description, err := cleanDescription(n.Description)
		if err != nil {
			return err
		}
		group, err := c.createGroup(ctx, tx, name, description)
		if err != nil {
			return err
		}
		key = group.Key
		tab := privilegesOfGroup(GroupDetail{group, tx.By.Rights})
		if err := c.giveNew(ctx, tx, &tab, n.Privileges); err != nil {
			return err
		}
		given, err := c.giveAccessToNew(ctx, tx, domain, group.Resource, n.Access)
		if err != nil {
			return err
		}
		tx.record(models.OpGroupCreated, about(group.Resource), nil, state{Name: name, Description: description, Privileges: c.heldStates(tab.after), Access: given})
		return nil
	})
	if err != nil {
		return "", err
	}
	return key, nil
}

// createGroup stores a new group under a free key.
func (c *Console) createGroup(ctx context.Context, tx *Tx, name, description string) (models.Group, error) {
	key, err := tx.freeKey(ctx, c.catalog.Domain(access.GroupsDomain), name)
	if err != nil {
		return models.Group{}, err
	}
	group := models.Group{Resource: tx.newResource(access.GroupsDomain, key, name), Description: description}
	if err := tx.CreateGroup(ctx, &group); err != nil {
		return models.Group{}, err
	}
	return group, nil
}

// UpdateGroup changes a group's name and description.
func (c *Console) UpdateGroup(ctx context.Context, by Caller, key string, change GroupChange) error {
	return c.change(ctx, by, models.OpGroupRenamed, subject{Key: key}, func(tx *Tx) error {
		group, err := tx.openGroup(ctx, key)
		if err != nil {
			return err
		}
		if group.Administrators {
			return ErrAdministrators
		}
		wanted, err := tx.cleanGroup(ctx, c.catalog.Domain(access.GroupsDomain), group, change)
		if err != nil || wanted == group {
			return err
		}
		group.Revision = wanted.Revision
		return tx.configureGroup(ctx, &group, wanted.Name, wanted.Description)
	})
}

// cleanGroup is what was typed as it would be stored; all that is wrong is listed at once.
func (v *view) cleanGroup(ctx context.Context, domain *access.Domain, group models.Group, change GroupChange) (models.Group, error) {
	wrong := Invalid{}
	name, err := v.freeNameFor(ctx, domain, change.Name, group.ID)
	if err := wrong.add(err); err != nil {
		return models.Group{}, err
	}
	if name != "" && name != group.Name { // what stands may look like another's, from before that was refused
		if err := wrong.add(v.freeLook(ctx, name, group.ID)); err != nil {
			return models.Group{}, err
		}
	}
	description, err := cleanDescription(change.Description)
	if err := wrong.add(err); err != nil {
		return models.Group{}, err
	}
	if len(wrong.Fields) > 0 {
		return models.Group{}, wrong
	}
	group.Name, group.Description, group.Revision = name, description, change.Revision
	return group, nil
}

// configureGroup gives a group name and description, and records what of it changed: a new name with the description beside it.
func (tx *Tx) configureGroup(ctx context.Context, group *models.Group, name, description string) error {
	before, after := state{Name: group.Name}, state{Name: name}
	operation := models.OpGroupRenamed
	if name == group.Name {
		before, after, operation = state{}, state{}, models.OpGroupDescribed
	}
	if described := description != group.Description; described {
		before.Description, after.Description = group.Description, description
		if err := tx.DescribeGroup(ctx, group.Grantee().ID, description); err != nil {
			return err
		}
	}
	changed := before.Name != after.Name || before.Description != after.Description
	group.Name, group.Description = name, description
	if err := tx.save(ctx, &group.Resource, "name"); err != nil {
		return err
	}
	if changed { // else only its privileges do
		tx.record(operation, about(group.Resource), before, after)
	}
	return nil
}

// save writes the named columns of a resource and who changed it when; a stale revision is ErrConflict.
func (tx *Tx) save(ctx context.Context, r *models.Resource, columns ...string) error {
	r.ModifiedAt, r.ModifiedBy = tx.At, tx.By.Signature()
	return tx.UpdateResource(ctx, r, columns...)
}

// openGroup finds a group that the caller may edit. Inside a change the same order holds as on pages: view on the
// domain first, then existence, then edit (R15).
func (v *view) openGroup(ctx context.Context, key string) (models.Group, error) {
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return models.Group{}, err
	}
	group, err := v.Group(ctx, key)
	if err != nil {
		return models.Group{}, err
	}
	if err := v.must(ctx, EditGroup, group.ID); err != nil {
		return models.Group{}, err
	}
	return group, nil
}
