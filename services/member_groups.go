package services

import (
	"context"
	"fmt"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// MemberGroupsDraft is a member's Groups tab as somebody wants it. Groups that it does not name stay as they are.
type MemberGroupsDraft struct {
	Revision  int64              // of the member as the form was made
	Choices   []MembershipChoice // on all its pages
	Confirmed Confirmed
	Page      models.Page // the rows to show
	Joined    bool        // only groups that the member is in
}

// MemberGroupsTab is a page of a member's Groups tab with a draft applied: the organization's groups as the member stands to them,
// and what saving would change.
type MemberGroupsTab struct {
	Member models.Member
	models.Listing[models.MemberGroup]
	At     time.Time                                // the moment that it shows
	Sets   map[access.GranteeID]access.PrivilegeSet // levels held, without editor lists
	Locks  map[access.GranteeID]MembershipLock
	Joined int  // groups that the member is in
	Total  int  // groups of the organization
	Edits  bool // the caller may edit at least one group
	MemberGroupsPreview
	Saved MemberGroupsSaved
}

// MembershipLock is what the caller may not do about somebody's membership in a group. The zero value locks nothing.
type MembershipLock struct {
	Uneditable bool            // the caller may not edit the group
	Beyond     []access.Excess // joining, or staying for longer, would give more than the caller holds (R7)
	Until      *time.Time      // of all that the group holds the caller has something until then only; nil: for good
	Lent       bool            // the caller may edit the group through temporary access alone, and brings nobody in (R20)
	Last       bool            // the member is the last administrator for good, or the last who could sign in (R8)
}

// Locked tells whether nothing can be chosen about the group for a member who is in it, or is not. Who is in it can be let go
// whatever it holds.
func (l MembershipLock) Locked(in bool) bool {
	return l.Uneditable || l.Last || !in && (l.Lent || len(l.Beyond) > 0)
}

// MemberGroupsTab opens a member's Groups tab and applies a draft to it, without changing anything: eleven statements at most without
// choices, however many groups there are; for a caller who may edit something until some moment, one more for each domain with editor
// lists. Choices about groups that are gone, or that the caller may not edit, change nothing.
func (c *Console) MemberGroupsTab(ctx context.Context, by Caller, id models.MemberID, draft MemberGroupsDraft) (MemberGroupsTab, error) {
	return c.memberGroupsTab(ctx, c.view(by), id, draft)
}

// memberGroupsTab is what MemberGroupsTab answers, and what SaveMemberGroups refuses a draft with.
func (c *Console) memberGroupsTab(ctx context.Context, v *view, id models.MemberID, draft MemberGroupsDraft) (MemberGroupsTab, error) {
	tab := MemberGroupsTab{At: v.At}
	actions, err := v.openMember(ctx, id)
	if err != nil {
		return tab, err
	}
	tab.Edits = actions.EditsGroups
	if tab.Member, err = marked(ctx, v.Scope, actions.Member); err != nil {
		return tab, err
	}
	tab.Listing, err = v.GroupsOfMember(ctx, tab.Member.PersonID, models.MemberGroupFilter{Page: draft.Page, Joined: draft.Joined})
	if err != nil {
		return tab, err
	}
	if tab.Joined, err = v.CountMemberships(ctx, tab.Member.PersonID, tab.At); err != nil {
		return tab, err
	}
	if tab.Total, err = total(ctx, v.Scope, access.GroupsDomain); err != nil {
		return tab, err
	}
	if tab.Sets, tab.Locks, err = c.membershipLocks(ctx, v, tab.Member.PersonID, tab.Rows); err != nil {
		return tab, err
	}
	tab.MemberGroupsPreview, err = c.previewMemberships(ctx, v, tab.Member, draft.Choices)
	return tab, err
}

// openMember is a member for who may view groups; the others may not see which groups somebody is in (R6).
func (v *view) openMember(ctx context.Context, id models.MemberID) (MemberActions, error) {
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return MemberActions{}, err
	}
	return v.memberActions(ctx, id)
}

// membershipLocks finds out for some groups what the caller may not do, and the levels that they hold.
func (c *Console) membershipLocks(ctx context.Context, v *view, person models.PersonID, groups []models.MemberGroup) (map[access.GranteeID]access.PrivilegeSet, map[access.GranteeID]MembershipLock, error) {
	all := make([]models.Group, len(groups))
	for i, g := range groups {
		all[i] = g.Group
	}
	held, err := c.groupsBeyond(ctx, v, all)
	if err != nil {
		return nil, nil, err
	}
	locks := map[access.GranteeID]MembershipLock{}
	for _, g := range groups {
		id := g.Grantee().ID
		lock := MembershipLock{Uneditable: !v.By.Rights.May(EditGroup, g.ID), Lent: !v.By.Rights.MayBringInto(g.ID),
			Beyond: held.beyond[id], Until: held.until[id]}
		if g.Administrators && g.Joined && g.ExpiresAt == nil {
			if lock.Last, err = v.isLastAdministrator(ctx, person); err != nil {
				return nil, nil, err
			}
		}
		locks[id] = lock
	}
	return held.sets, locks, nil
}

// groupsHeld are for some groups the levels that they hold, what of it the caller may not give, and until when they may give the
// rest (R7; nil: for good).
type groupsHeld struct {
	sets   map[access.GranteeID]access.PrivilegeSet
	beyond map[access.GranteeID][]access.Excess
	until  map[access.GranteeID]*time.Time
}

// groupsBeyond finds out what some groups hold and what of it the caller may give; the caller's rights know the editor lists about these groups then. The groups' own
// editor lists are looked through for a resource that the caller may not edit; they are read only for a caller who may edit
// something until some moment.
func (c *Console) groupsBeyond(ctx context.Context, v *view, groups []models.Group) (groupsHeld, error) {
	h := groupsHeld{until: map[access.GranteeID]*time.Time{}}
	ids, resources := numbers(groups)
	var err error
	if h.sets, err = v.LevelsOf(ctx, ids); err != nil {
		return groupsHeld{}, err
	}
	if err := v.learn(ctx, access.GroupsDomain, resources...); err != nil {
		return groupsHeld{}, err
	}
	if h.beyond, err = c.listsBeyond(ctx, v, ids); err != nil {
		return groupsHeld{}, err
	}
	lists, err := c.listsInTime(ctx, v, h.sets, h.beyond)
	if err != nil {
		return groupsHeld{}, err
	}
	for _, g := range groups {
		id := g.Grantee().ID
		if g.Administrators {
			h.sets[id] = c.catalog.Max()
		}
		set, read := lists[id]
		if !read {
			set = h.sets[id]
		}
		missing, end := access.Lacking(v.By.Rights.Beyond(c.catalog, set, nil))
		h.beyond[id], h.until[id] = append(missing, h.beyond[id]...), endOrNil(end)
	}
	return h, nil
}

// listsBeyond are the groups' editor lists that hold something which the caller may not edit. Who may edit all of every
// domain is not asked.
func (c *Console) listsBeyond(ctx context.Context, v *view, ids []access.GranteeID) (map[access.GranteeID][]access.Excess, error) {
	beyond := map[access.GranteeID][]access.Excess{}
	mine, all := v.By.Rights.Granting(), true
	for _, d := range c.catalog.Domains() {
		all = all && (!d.Granular() || mine.May(EditIn(d.Key), 0))
	}
	if all {
		return beyond, nil
	}
	lists, err := v.ListsBeyond(ctx, ids, v.By.Grantees())
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
