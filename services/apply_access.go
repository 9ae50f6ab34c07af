package services

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/files"
)

// putPrivileges gives groups and API keys what the file says, editor lists included.
func (a *applier) putPrivileges(ctx context.Context) error {
	for _, d := range a.changes.groups {
		if d.is == nil {
			continue
		}
		group := a.inventory.groups[d.is.Key].Resource
		if err := a.replace(ctx, group, models.OpGroupPrivilegesChanged, orEmpty(d.was).Privileges, d.is.Privileges); err != nil {
			return err
		}
	}
	for _, d := range a.changes.apiKeys {
		if d.is == nil {
			continue
		}
		key := a.inventory.apiKeys[d.is.Key].Resource
		if err := a.replace(ctx, key, models.OpAPIKeyPrivilegesChanged, orEmpty(d.was).Privileges, d.is.Privileges); err != nil {
			return err
		}
	}
	return nil
}

// orEmpty is the thing, or an empty one in place of none.
func orEmpty[T any](thing *T) T {
	if thing == nil {
		return *new(T)
	}
	return *thing
}

func (a *applier) replace(ctx context.Context, grantee models.Resource, operation models.Operation, was, is []files.Privilege) error {
	if len(privilegeDetails(a.console.catalog, was, is)) == 0 {
		return nil
	}
	id := access.GranteeID(grantee.ID)
	before, after := a.inventory.sets[id], a.set(is)
	if err := a.ReplacePrivileges(ctx, id, before, after, a.At); err != nil {
		return fmt.Errorf("privileges of %s: %w", grantee.Key, err)
	}
	a.record(operation, about(grantee), state{Privileges: a.console.heldStates(before)}, state{Privileges: a.console.heldStates(after)})
	return nil
}

// set is what a file says about privileges, with numbers instead of keys.
func (a *applier) set(all []files.Privilege) access.PrivilegeSet {
	set := access.PrivilegeSet{}
	for _, p := range all {
		set[p.Domain] = fromFile(p, func(r files.Ref) access.ResourceID { return a.inventory.resources[p.Domain][r.Key].ID })
	}
	return set.Clean(a.console.catalog)
}

// putMembers puts people into groups, a group at a time, then takes them out.
func (a *applier) putMembers(ctx context.Context) error {
	joining := map[string][]models.Person{}
	for _, d := range a.changes.members {
		if d.is == nil {
			continue
		}
		for _, key := range without(d.is.Groups, orEmpty(d.was).Groups) {
			joining[key] = append(joining[key], a.people[d.is.Email])
		}
	}
	joined := 0
	for _, key := range slices.Sorted(maps.Keys(joining)) {
		if err := a.analyzeOnce(ctx, joined, len(joining[key])); err != nil {
			return err
		}
		joined += len(joining[key])
		group := a.inventory.groups[key]
		if err := a.AddMemberships(ctx, access.GranteeID(group.ID), joining[key], a.At); err != nil {
			return fmt.Errorf("add members to group %s: %w", key, err)
		}
		for _, person := range joining[key] {
			is := membershipState(person.Email, person.Name, nil)
			if end, ends := a.inventory.lifted(person.Email, key, a.At); ends {
				a.record(models.OpGroupMemberEndChanged, about(group.Resource), membershipState(person.Email, person.Name, &end), is)
				continue
			}
			a.record(models.OpGroupMemberAdded, about(group.Resource), nil, is)
		}
	}
	for _, d := range a.changes.members {
		if d.was != nil {
			if err := a.removeFromGroup(ctx, d); err != nil {
				return fmt.Errorf("take %s out of groups: %w", d.was.Email, err)
			}
		}
	}
	return nil
}

// removeFromGroup ends the memberships that a member no longer has. Who loses the last one leaves the organization (R16).
func (a *applier) removeFromGroup(ctx context.Context, d difference[files.Member]) error {
	member := a.inventory.members[d.was.Email]
	for _, key := range without(d.was.Groups, orEmpty(d.is).Groups) {
		if err := a.Tx.removeFromGroup(ctx, models.OpGroupMemberRemoved, about(a.inventory.groups[key].Resource), member, a.At); err != nil {
			return err
		}
	}
	return nil
}

// removeAll ends resources, API keys and groups, in this order.
func (a *applier) removeAll(ctx context.Context) error {
	for _, d := range a.changes.resources {
		if d.is == nil {
			if err := a.endResource(ctx, a.inventory.resources[d.was.domain][d.was.Key]); err != nil {
				return fmt.Errorf("remove %s %s: %w", d.was.domain, d.was.Key, err)
			}
		}
	}
	for _, d := range a.changes.apiKeys {
		if d.is == nil {
			if err := a.console.endAPIKey(ctx, a.Tx, a.inventory.apiKeys[d.was.Key]); err != nil {
				return fmt.Errorf("remove API key %s: %w", d.was.Key, err)
			}
		}
	}
	for _, d := range a.changes.groups {
		if d.is == nil {
			if err := a.console.endGroup(ctx, a.Tx, a.inventory.groups[d.was.Key]); err != nil {
				return fmt.Errorf("remove group %s: %w", d.was.Key, err)
			}
		}
	}
	return nil
}
