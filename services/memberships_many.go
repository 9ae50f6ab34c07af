package services

import (
	"context"
	"errors"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// ManyMemberships is what somebody wants of the memberships of several members.
type ManyMemberships struct {
	Groups    []string   // keys; to set an end, none are all that each of them is in
	Within    string     // key of the one group in whose list the members were chosen, in place of Groups; "": the organization's list
	Until     *time.Time // when the memberships end; nil: never
	Ending    bool       // to set an end, only memberships that have one
	EndBy     *time.Time // and of those only such as end by then; nil: all
	Confirmed Confirmed
}

// MemberChange is one of several members, and what becomes of their memberships.
type MemberChange struct {
	models.Member
	Changes     []MembershipChange  // that differ from what stands, in the order of the groups
	Differences []access.Difference // between all that their groups give before and after (R2)
	Leaves      bool                // it takes their last group: they leave the organization (R16)
	Owned       int                 // then so many resources lose their owner, of those that the caller may view
}

// MembershipsReview is a change of the memberships of several members as it would come out.
type MembershipsReview struct {
	Many[MemberChange]
	Groups  []InvitableGroup // that were chosen, by name
	Sets    map[access.GranteeID]access.PrivilegeSet
	Sees    func(access.DomainKey) bool // the caller may view the domain's things
	Confirm []Confirmation              // what has to be confirmed before it is done
}

// membershipsAct is one of the three things that can be done to the memberships of several members.
type membershipsAct struct {
	operation models.Operation
	wants     func(wanted ManyMemberships, groups []models.Group, mine []models.MemberGroup) []MembershipChange
	everyone  bool // where no group is chosen, the groups are those that the members are in
}

var (
	adding  = membershipsAct{operation: models.OpGroupMemberAdded, wants: wantsToAdd}
	leaving = membershipsAct{operation: models.OpGroupMemberRemoved, wants: wantsToLeave}
	ending  = membershipsAct{operation: models.OpGroupMemberEndChanged, wants: wantsToEnd, everyone: true}
)

// wantsToAdd is a membership in each of the groups that the member is not in.
func wantsToAdd(wanted ManyMemberships, groups []models.Group, mine []models.MemberGroup) []MembershipChange {
	var changes []MembershipChange
	for _, g := range groups {
		if !slices.ContainsFunc(mine, func(m models.MemberGroup) bool { return m.ID == g.ID }) {
			changes = append(changes, MembershipChange{Group: models.MemberGroup{Group: g}, MembershipChoice: MembershipChoice{Key: g.Key, In: true, Until: wanted.Until}})
		}
	}
	return changes
}

// wantsToLeave is the end of those memberships that the member has in the groups.
func wantsToLeave(_ ManyMemberships, groups []models.Group, mine []models.MemberGroup) []MembershipChange {
	var changes []MembershipChange
	for _, m := range mine {
		if slices.ContainsFunc(groups, func(g models.Group) bool { return g.ID == m.ID }) {
			changes = append(changes, MembershipChange{Group: m, MembershipChoice: MembershipChoice{Key: m.Key}})
		}
	}
	return changes
}

// wantsToEnd is the end for every membership that is meant, or every one in the groups, that has another one.
func wantsToEnd(wanted ManyMemberships, groups []models.Group, mine []models.MemberGroup) []MembershipChange {
	var changes []MembershipChange
	for _, m := range mine {
		meant := len(groups) == 0 || slices.ContainsFunc(groups, func(g models.Group) bool { return g.ID == m.ID })
		meant = meant && (!wanted.Ending || m.ExpiresAt != nil && (wanted.EndBy == nil || !m.ExpiresAt.After(*wanted.EndBy)))
		if meant && !sameEnd(m.ExpiresAt, wanted.Until) {
			changes = append(changes, MembershipChange{Group: m, MembershipChoice: MembershipChoice{Key: m.Key, In: true, Until: wanted.Until}})
		}
	}
	return changes
}

// ReviewAddToGroups says what putting a selection of members into groups would give them. Fields of errors: Groups (AtField of one of
// them, where the caller may not give it) and Until.
func (c *Console) ReviewAddToGroups(ctx context.Context, by Caller, chosen MembersChosen, wanted ManyMemberships) (MembershipsReview, error) {
	return c.reviewMemberships(ctx, by, adding, chosen, wanted)
}

// ReviewRemoveFromGroups says what taking a selection of members out of groups would take from them. Field of errors: Groups.
func (c *Console) ReviewRemoveFromGroups(ctx context.Context, by Caller, chosen MembersChosen, wanted ManyMemberships) (MembershipsReview, error) {
	return c.reviewMemberships(ctx, by, leaving, chosen, wanted)
}

// ReviewMembershipEnds says what an end for all memberships of a selection of members, or for those in some groups, would change. Fields
// of errors: Until and Groups.
func (c *Console) ReviewMembershipEnds(ctx context.Context, by Caller, chosen MembersChosen, wanted ManyMemberships) (MembershipsReview, error) {
	return c.reviewMemberships(ctx, by, ending, chosen, wanted)
}

// ManyMembershipsQuestion refuses who may change the groups of nobody.
func (c *Console) ManyMembershipsQuestion(ctx context.Context, by Caller) error {
	return c.mustEditGroups(ctx, c.view(by))
}

func (c *Console) reviewMemberships(ctx context.Context, by Caller, act membershipsAct, chosen MembersChosen, wanted ManyMemberships) (MembershipsReview, error) {
	v := c.view(by)
	wanted, err := c.mayWant(ctx, v, wanted)
	if err != nil {
		return MembershipsReview{}, err
	}
	groups, err := c.groupsForMany(ctx, v, act, wanted)
	if err != nil {
		return MembershipsReview{}, err
	}
	members, gone, err := v.chosenMembers().read(ctx, chosen)
	if err != nil {
		return MembershipsReview{}, err
	}
	review, err := c.judgeMemberships(ctx, v, act, members, groups, wanted)
	if err != nil {
		return MembershipsReview{}, err
	}
	review.Gone, review.Groups = gone, groups
	viewed := c.viewed(by)
	review.Sees = func(d access.DomainKey) bool { return slices.Contains(viewed, d) }
	return review, c.compareMany(ctx, v, &review)
}

// mayWant refuses who may edit no group at all. Within one group, it is this one that they have to edit, and it is looked up first: who
// may view groups learns nothing of those of others (R15).
func (c *Console) mayWant(ctx context.Context, v *view, wanted ManyMemberships) (ManyMemberships, error) {
	if wanted.Within == "" {
		return wanted, c.mustEditGroups(ctx, v)
	}
	wanted.Groups = []string{wanted.Within}
	_, err := v.openGroup(ctx, wanted.Within)
	return wanted, err
}

// groupsForMany are the groups of a command, all of which the caller may edit and, to add to them, give (R7).
func (c *Console) groupsForMany(ctx context.Context, v *view, act membershipsAct, wanted ManyMemberships) ([]InvitableGroup, error) {
	if problem := endProblem(wanted.Until, nil, v.At); problem != "" {
		return nil, invalid("Until", problem)
	}
	if act.everyone && len(wanted.Groups) == 0 {
		return nil, nil
	}
	keys := slices.Compact(slices.Sorted(slices.Values(wanted.Groups)))
	if len(keys) == 0 {
		return nil, invalid("Groups", "Choose at least one group.")
	}
	if len(keys) > maxManyGroups {
		return nil, invalid("Groups", words.TooMany(words.Groups, maxManyGroups, len(keys)))
	}
	found, err := v.ResourcesByKeys(ctx, access.GroupsDomain, keys)
	if err != nil {
		return nil, err
	}
	groups, err := c.invitable(ctx, v, resourceIDs(found))
	if err != nil {
		return nil, err
	}
	if len(found) < len(keys) {
		return nil, invalid("Groups", "A group that you chose is gone. Choose again.")
	}
	if len(groups) < len(found) {
		return nil, Forbidden{EditGroup}
	}
	for _, g := range groups {
		if act.operation != models.OpGroupMemberAdded {
			break
		}
		err := g.admits(wanted.Until)
		switch {
		case errors.As(err, &Invalid{}):
			return nil, err
		case err != nil:
			return nil, AtField{"Groups", g.Key, g.Name, err}
		}
	}
	return groups, nil
}

// maxManyGroups is how many groups one action on many members is about.
const maxManyGroups = 20

// ErrReactivateFirst is why somebody is given nothing who is suspended: it would count for nothing.
var ErrReactivateFirst = errors.New("the member is suspended")

// GroupOfMany is a group that some of several members are in.
type GroupOfMany struct {
	models.Group
	Among int // how many of them
}

// GroupsOfMany are the groups that a selection of members is in and that the caller may edit, by name.
func (c *Console) GroupsOfMany(ctx context.Context, by Caller, chosen MembersChosen) ([]GroupOfMany, error) {
	v := c.view(by)
	if err := c.mustEditGroups(ctx, v); err != nil {
		return nil, err
	}
	members, _, err := v.chosenMembers().read(ctx, chosen)
	if err != nil {
		return nil, err
	}
	stands, err := v.membershipsToday(ctx, members)
	if err != nil {
		return nil, err
	}
	among := map[access.GranteeID]int{}
	var ids []access.ResourceID
	for _, mine := range stands {
		for _, g := range mine {
			among[g.Grantee().ID]++
			ids = append(ids, g.ID)
		}
	}
	groups, err := c.invitable(ctx, v, distinct(ids))
	if err != nil {
		return nil, err
	}
	var all []GroupOfMany
	for _, g := range groups {
		all = append(all, GroupOfMany{g.Group, among[g.Grantee().ID]})
	}
	return all, nil
}
