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
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return GroupList{}, err
	}
	listing, err := v.Groups(ctx, filter)
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
