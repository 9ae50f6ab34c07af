package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// Departure says what removing somebody from the organization ends, before it is done (R16).
type Departure struct {
	Member   models.Member
	Groups   []access.Grantee  // those in force, by name
	Held     int               // domains on which they have a level
	Orphaned []models.Resource // that lose their owner: the first of those that the caller may view
	Orphans  int
	Last     bool // the last administrator, or the last who could sign in: nobody may remove them (R8)
}

// MemberDeparture previews removing a member from the organization. It takes Edit on all groups (R6).
func (c *Console) MemberDeparture(ctx context.Context, by Caller, id models.MemberID) (Departure, error) {
	v := c.view(by)
	if err := v.must(ctx, EditGroup, 0); err != nil {
		return Departure{}, err
	}
	actions, err := v.openMember(ctx, id)
	if err != nil {
		return Departure{}, err
	}
	d := Departure{Last: actions.LastAdministrator}
	if d.Member, err = marked(ctx, v.Scope, actions.Member); err != nil {
		return Departure{}, err
	}
	if d.Groups, d.Held, err = v.heldThrough(ctx, d.Member.PersonID); err != nil {
		return Departure{}, err
	}
	if d.Orphaned, d.Orphans, err = v.OwnedResources(ctx, d.Member.PersonID, c.viewed(by), 10); err != nil {
		return Departure{}, err
	}
	return d, nil
}

// RemoveFromOrganization takes somebody out of all groups: they are no longer a member, their resources lose their owner
// and their sessions end (R13, R16).
func (c *Console) RemoveFromOrganization(ctx context.Context, by Caller, id models.MemberID) (models.Member, error) {
	var removed models.Member
	err := c.change(ctx, by, models.OpMemberRemoved, c.aboutMember(ctx, by, id), func(tx *Tx) error {
		if err := tx.must(ctx, ViewGroups, 0); err != nil {
			return err
		}
		if err := tx.must(ctx, EditGroup, 0); err != nil {
			return err
		}
		var err error
		if removed, err = tx.MemberByID(ctx, id); err != nil {
			return err
		}
		return tx.removeMembers(ctx, []models.Member{removed})
	})
	if err != nil {
		return models.Member{}, err
	}
	return removed, nil
}

// removeMembers takes people out of all groups, each membership noted by itself: as many statements for all as for one.
func (tx *Tx) removeMembers(ctx context.Context, leaving []models.Member) error {
	ids := people(leaving)
	memberships, err := tx.MembershipsOfAll(ctx, ids)
	if err != nil {
		return err
	}
	for _, m := range memberships {
		what := subject{ID: access.ResourceID(m.GroupID), Key: m.GroupKey, Name: m.GroupName}
		tx.record(models.OpGroupMemberRemoved, what, membershipState(m.Email, m.Name, m.ExpiresAt), nil)
	}
	if err := tx.leaveOrganization(ctx, leaving); err != nil {
		return err
	}
	return tx.EndMembers(ctx, ids, tx.At)
}
