package services

import (
	"context"
	"fmt"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// MemberGroupsQuery asks for one page of a member's Groups tab.
type MemberGroupsQuery struct {
	models.Page
	Joined bool // only groups that the member is in
}

// MemberGroups is a page of a member's Groups tab: the organization's groups as the member stands to them.
type MemberGroups struct {
	Member models.Member
	models.Listing[models.MemberGroup]
	At     time.Time                                // the moment that it shows
	Sets   map[access.GranteeID]access.PrivilegeSet // levels held, without editor lists
	Locks  map[access.GranteeID]MembershipLock
	Joined int  // groups that the member is in
	Total  int  // groups of the organization
	Edits  bool // the caller may edit at least one group
}

// MembershipLock is what the caller may not do about somebody's membership in a group. The zero value locks nothing.
type MembershipLock struct {
	Uneditable bool            // the caller may not edit the group
	Beyond     []access.Excess // joining, or staying for longer, would give more than the caller holds (R7)
	Last       bool            // the member is the last administrator for good (R8)
}

// MemberGroups opens a member's Groups tab: ten statements at most, however many there are.
func (c *Console) MemberGroups(ctx context.Context, by Caller, id models.MemberID, query MemberGroupsQuery) (MemberGroups, error) {
	tab := MemberGroups{At: c.now()}
	actions, err := c.openMember(ctx, by, id)
	if err != nil {
		return tab, err
	}
	tab.Member, tab.Edits = actions.Member, actions.EditsGroups
	scope := c.scope(by)
	tab.Listing, err = scope.GroupsOfMember(ctx, tab.Member.PersonID, models.MemberGroupFilter{Page: query.Page, Joined: query.Joined})
	if err != nil {
		return tab, err
	}
	if tab.Joined, err = scope.CountMemberships(ctx, tab.Member.PersonID, tab.At); err != nil {
		return tab, err
	}
	if tab.Total, err = total(ctx, scope, access.GroupsDomain); err != nil {
		return tab, err
	}
	tx := &Tx{Scope: scope, By: by, At: tab.At}
	tab.Sets, tab.Locks, err = c.membershipLocks(ctx, tx, tab.Member.PersonID, tab.Rows)
	return tab, err
}

// openMember is a member for who may view groups; the others may not see which groups somebody is in (R6).
func (c *Console) openMember(ctx context.Context, by Caller, id models.MemberID) (MemberActions, error) {
	if !by.Rights.May(ViewGroups, 0) {
		return MemberActions{}, Forbidden{ViewGroups}
	}
	return c.MemberActions(ctx, by, id)
}

// membershipLocks finds out for some groups what the caller may not do, and the levels that they hold.
func (c *Console) membershipLocks(ctx context.Context, tx *Tx, person models.PersonID, groups []models.MemberGroup) (map[access.GranteeID]access.PrivilegeSet, map[access.GranteeID]MembershipLock, error) {
	all := make([]models.Group, len(groups))
	for i, g := range groups {
		all[i] = g.Group
	}
	sets, beyond, err := c.groupsBeyond(ctx, tx, all)
	if err != nil {
		return nil, nil, err
	}
	locks := map[access.GranteeID]MembershipLock{}
	for _, g := range groups {
		id := g.Grantee().ID
		lock := MembershipLock{Uneditable: !tx.By.Rights.May(EditGroup, g.ID), Beyond: beyond[id]}
		if g.Administrators && g.Joined && g.ExpiresAt == nil {
			if lock.Last, err = tx.IsLastAdministrator(ctx, person); err != nil {
				return nil, nil, err
			}
		}
		locks[id] = lock
	}
	return sets, locks, nil
}

// groupsBeyond finds out for some groups the levels that they hold, and what of it the caller may not give (R7); the
// caller's rights know the editor lists about these groups then. The groups' own editor lists are not read: they are only
// looked through for a resource that the caller may not edit.
func (c *Console) groupsBeyond(ctx context.Context, tx *Tx, groups []models.Group) (
	sets map[access.GranteeID]access.PrivilegeSet, beyond map[access.GranteeID][]access.Excess, err error,
) {
	ids, resources := numbers(groups)
	if sets, err = tx.LevelsOf(ctx, ids); err != nil {
		return nil, nil, err
	}
	if err = tx.learn(ctx, access.GroupsDomain, resources...); err != nil {
		return nil, nil, err
	}
	if beyond, err = c.listsBeyond(ctx, tx, ids); err != nil {
		return nil, nil, err
	}
	for _, g := range groups {
		id := g.Grantee().ID
		if g.Administrators {
			sets[id] = c.catalog.Max()
		}
		beyond[id] = append(tx.By.Rights.Beyond(c.catalog, sets[id], nil), beyond[id]...)
	}
	return sets, beyond, nil
}

// listsBeyond are the groups' editor lists that hold something which the caller may not edit. Who may edit all of every
// domain is not asked.
func (c *Console) listsBeyond(ctx context.Context, tx *Tx, ids []access.GranteeID) (map[access.GranteeID][]access.Excess, error) {
	beyond := map[access.GranteeID][]access.Excess{}
	mine, all := tx.By.Rights.Granting(), true
	for _, d := range c.catalog.Domains() {
		all = all && (!d.Granular() || mine.May(EditIn(d.Key), 0))
	}
	if all {
		return beyond, nil
	}
	lists, err := tx.ListsBeyond(ctx, ids, tx.By.Grantees())
	if err != nil {
		return nil, fmt.Errorf("what groups may edit beyond the caller: %w", err)
	}
	for _, l := range lists {
		if !mine.May(EditIn(l.Domain), 0) {
			beyond[l.GranteeID] = append(beyond[l.GranteeID], access.Excess{Domain: l.Domain, Abilities: access.Edit})
		}
	}
	return beyond, nil
}
