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
	Groups    []string   // keys; to set an end, none: all that each of them is in
	Until     *time.Time // when the memberships end; nil: never
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
	everyone  bool // the groups are those that the members are in: none is chosen
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

// wantsToEnd is the end for every membership that has another one.
func wantsToEnd(wanted ManyMemberships, _ []models.Group, mine []models.MemberGroup) []MembershipChange {
	var changes []MembershipChange
	for _, m := range mine {
		if !sameEnd(m.ExpiresAt, wanted.Until) {
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

// ReviewMembershipEnds says what an end for all memberships of a selection of members would change. Field of errors: Until.
func (c *Console) ReviewMembershipEnds(ctx context.Context, by Caller, chosen MembersChosen, wanted ManyMemberships) (MembershipsReview, error) {
	return c.reviewMemberships(ctx, by, ending, chosen, wanted)
}

// ManyMembershipsQuestion refuses who may change the groups of nobody.
func (c *Console) ManyMembershipsQuestion(ctx context.Context, by Caller) error {
	return c.mustEditGroups(ctx, c.view(by))
}

func (c *Console) reviewMemberships(ctx context.Context, by Caller, act membershipsAct, chosen MembersChosen, wanted ManyMemberships) (MembershipsReview, error) {
	v := c.view(by)
	if err := c.mustEditGroups(ctx, v); err != nil {
		return MembershipsReview{}, err
	}
	groups, err := c.groupsForMany(ctx, v, act, wanted)
	if err != nil {
		return MembershipsReview{}, err
	}
	members, gone, err := v.chosenMembers(ctx, chosen)
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

// groupsForMany are the groups of a command, all of which the caller may edit and, to add to them, give (R7).
func (c *Console) groupsForMany(ctx context.Context, v *view, act membershipsAct, wanted ManyMemberships) ([]InvitableGroup, error) {
	if wanted.Until != nil && !wanted.Until.After(v.At) {
		return nil, invalid("Until", endPassed)
	}
	if act.everyone {
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
		switch {
		case g.Lent:
			return nil, AtField{"Groups", g.Key, g.Name, BringsNobodyIn{}}
		case len(g.Beyond) > 0:
			return nil, AtField{"Groups", g.Key, g.Name, TooHigh{g.Beyond}}
		case wanted.Until != nil && outlasts(wanted.Until, g.Until):
			return nil, invalid("Until", endsSooner(*g.Until))
		}
	}
	return groups, nil
}

// maxManyGroups is how many groups one action on many members is about.
const maxManyGroups = 20

// judgeMemberships tells whose memberships can be changed. The caller's rights know the editor lists about all groups of the members then.
func (c *Console) judgeMemberships(
	ctx context.Context, v *view, act membershipsAct, members []models.Member, chosen []InvitableGroup, wanted ManyMemberships,
) (MembershipsReview, error) {
	stands, err := v.membershipsToday(ctx, members)
	if err != nil {
		return MembershipsReview{}, err
	}
	judge, err := c.newMembershipsJudge(ctx, v, members, chosen, stands)
	if err != nil {
		return MembershipsReview{}, err
	}
	groups := make([]models.Group, len(chosen))
	for i, g := range chosen {
		groups[i] = g.Group
	}
	review := MembershipsReview{}
	for _, m := range members {
		mine := stands[m.PersonID]
		row := MemberChange{Member: m, Changes: act.wants(wanted, groups, mine)}
		row.Leaves = act.operation == models.OpGroupMemberRemoved && len(row.Changes) == len(mine)
		why := judge.judge(ctx, &row)
		if why != nil && !leavesOut(why) {
			return MembershipsReview{}, why
		}
		review.Outcomes = append(review.Outcomes, Outcome[MemberChange]{row, why})
	}
	review.Confirm = toConfirm(review.Can(), v.At)
	return review, nil
}

// toConfirm is what has to be confirmed before all of it is done.
func toConfirm(rows []MemberChange, at time.Time) []Confirmation {
	var confirm []Confirmation
	add := func(c Confirmation) {
		if !slices.Contains(confirm, c) {
			confirm = append(confirm, c)
		}
	}
	for _, row := range rows {
		if row.Unproven && anyGives(row.Changes, at) {
			add(ConfirmUnproven)
		}
		for _, change := range row.Changes {
			if change.MakesAdministrator(at) {
				add(ConfirmAdministrators)
			}
		}
	}
	return confirm
}

// membershipsToday are the groups that several people are in, in the order of their names.
func (v *view) membershipsToday(ctx context.Context, members []models.Member) (map[models.PersonID][]models.MemberGroup, error) {
	found, err := v.MembershipsOfPeople(ctx, people(members), v.At)
	if err != nil {
		return nil, err
	}
	var ids []access.GranteeID
	for _, m := range found {
		ids = append(ids, m.GroupID)
	}
	slices.Sort(ids)
	groups, err := v.GroupsByIDs(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	place := map[access.GranteeID]int{}
	for i, g := range groups {
		place[g.Grantee().ID] = i
	}
	slices.SortStableFunc(found, func(a, b models.Membership) int { return place[a.GroupID] - place[b.GroupID] })
	stands := map[models.PersonID][]models.MemberGroup{}
	for _, m := range found {
		if i, there := place[m.GroupID]; there {
			stands[m.PersonID] = append(stands[m.PersonID], models.MemberGroup{Group: groups[i], Joined: true, ExpiresAt: m.ExpiresAt})
		}
	}
	return stands, nil
}

// membershipsJudge tells of one member after the other whether their memberships can be changed.
type membershipsJudge struct {
	console        *Console
	v              *view
	given          map[access.GranteeID]error      // whether somebody can be put into a group, or kept in it for longer, by group
	ends           map[access.GranteeID]*time.Time // until when the caller can give all that a group holds
	before, left   models.Administration
	administrators map[models.PersonID]models.Administrator
}

func (c *Console) newMembershipsJudge(
	ctx context.Context, v *view, members []models.Member, chosen []InvitableGroup, stands map[models.PersonID][]models.MemberGroup,
) (*membershipsJudge, error) {
	j := &membershipsJudge{console: c, v: v, given: map[access.GranteeID]error{}, ends: map[access.GranteeID]*time.Time{}, administrators: map[models.PersonID]models.Administrator{}}
	for _, g := range chosen {
		j.ends[g.Grantee().ID] = g.Until
	}
	var ids []access.ResourceID
	for _, mine := range stands {
		for _, g := range mine {
			ids = append(ids, g.ID)
		}
	}
	if err := v.learn(ctx, access.GroupsDomain, distinct(ids)...); err != nil {
		return nil, err
	}
	var err error
	if j.before, err = v.Administered(ctx, v.At, c.Mails(), 0); err != nil {
		return nil, err
	}
	found, err := v.AdministratorsAmong(ctx, people(members), v.At, c.Mails())
	if err != nil {
		return nil, err
	}
	for _, a := range found {
		j.administrators[a.PersonID] = a
	}
	j.left = j.before
	return j, nil
}

// leavesOut tells whether an error is why a member is left out; any other is trouble.
func leavesOut(why error) bool {
	known := []error{ErrNothingToDo, ErrReactivateFirst, ErrOneself, ErrLastAdministrator}
	return lacksPrivilege(why) || slices.ContainsFunc(known, func(k error) bool { return errors.Is(why, k) })
}

// judge is why nothing can be changed for a member, nil where all of it can. Memberships that begin get the caller's own ends (R7).
func (j *membershipsJudge) judge(ctx context.Context, row *MemberChange) error {
	takes := slices.ContainsFunc(row.Changes, func(m MembershipChange) bool { return !m.Gives(j.v.At) })
	switch {
	case len(row.Changes) == 0:
		return ErrNothingToDo
	case row.Suspended() && anyGives(row.Changes, j.v.At):
		return ErrReactivateFirst
	case takes && row.PersonID == j.v.By.Person.ID:
		return ErrOneself
	}
	for i := range row.Changes {
		if err := j.ofGroup(ctx, &row.Changes[i]); err != nil {
			return err
		}
	}
	return j.administers(*row)
}

// ofGroup judges one membership.
func (j *membershipsJudge) ofGroup(ctx context.Context, change *MembershipChange) error {
	id := change.Group.Grantee().ID
	if !j.v.By.Rights.May(EditGroup, change.Group.ID) {
		return Forbidden{EditGroup}
	}
	switch {
	case !change.Gives(j.v.At):
		return nil
	case !change.Group.In(j.v.At):
		change.bound(j.ends[id])
		return nil
	}
	refusal, known := j.given[id]
	if !known {
		_, refusal = j.console.mayProlong(ctx, j.v, change.Group.Group, change.Until)
		j.given[id] = refusal
	}
	return refusal
}

// administers holds R8 over the whole selection: administrators are counted down in its order.
func (j *membershipsJudge) administers(row MemberChange) error {
	a, is := j.administrators[row.PersonID]
	i := slices.IndexFunc(row.Changes, func(m MembershipChange) bool { return m.Group.Administrators })
	if !is || i < 0 || row.Changes[i].Gives(j.v.At) {
		return nil
	}
	left := j.left.Without(a)
	if row.Changes[i].In { // it only has an end now
		left.Now, left.EnterNow = j.left.Now, j.left.EnterNow
	}
	if !keeps(j.before, left) {
		return ErrLastAdministrator
	}
	j.left = left
	return nil
}

// compareMany finds out what each of those who can be changed gains and loses, and what leavers own.
func (c *Console) compareMany(ctx context.Context, v *view, review *MembershipsReview) error {
	can := review.Can()
	members := make([]models.Member, len(can))
	for i, row := range can {
		members[i] = row.Member
	}
	stands, err := v.membershipsToday(ctx, members)
	if err != nil {
		return err
	}
	var ids []access.GranteeID
	for _, mine := range stands {
		for _, g := range mine {
			ids = append(ids, g.Grantee().ID)
		}
	}
	for _, g := range review.Groups {
		ids = append(ids, g.Grantee().ID)
	}
	if review.Sets, err = v.SetsOf(ctx, distinct(ids)); err != nil {
		return err
	}
	if err := c.administratorsSet(ctx, v, review.Sets); err != nil {
		return err
	}
	owned, err := v.CountOwned(ctx, people(members), c.viewed(v.By))
	if err != nil {
		return err
	}
	for i := range review.Outcomes {
		row := &review.Outcomes[i].Row
		row.Differences = c.differences(review.Sets, stands[row.PersonID], row.Changes)
		if row.Leaves {
			row.Owned = owned[row.PersonID]
		}
	}
	return nil
}

// differences are what the changes of somebody's memberships give and take.
func (c *Console) differences(sets map[access.GranteeID]access.PrivilegeSet, mine []models.MemberGroup, changes []MembershipChange) []access.Difference {
	after := map[access.GranteeID]bool{}
	var before, then []access.PrivilegeSet
	for _, g := range mine {
		after[g.Grantee().ID], before = true, append(before, sets[g.Grantee().ID])
	}
	for _, change := range changes {
		after[change.Group.Grantee().ID] = change.In
	}
	for id, in := range after {
		if in {
			then = append(then, sets[id])
		}
	}
	return access.Compare(c.catalog, access.Unite(c.catalog, before...), access.Unite(c.catalog, then...))
}

// AddToGroups puts members into groups, all of them or nobody: each into those that they are not in yet. It counts as granting all that
// the groups hold (R7). Overtaken where that can't be done to all any more, NeedsConfirmation, and errors as ReviewAddToGroups has them.
func (c *Console) AddToGroups(ctx context.Context, by Caller, ids []models.MemberID, wanted ManyMemberships) error {
	return c.changeManyMemberships(ctx, by, adding, ids, wanted)
}

// RemoveFromGroups takes members out of groups, all of them or nobody. Who loses the last group leaves the organization (R16).
func (c *Console) RemoveFromGroups(ctx context.Context, by Caller, ids []models.MemberID, wanted ManyMemberships) error {
	return c.changeManyMemberships(ctx, by, leaving, ids, wanted)
}

// SetMembershipEnds makes all memberships of members end at one moment, or never. Where that is later than before, it counts as giving
// what the groups hold (R7).
func (c *Console) SetMembershipEnds(ctx context.Context, by Caller, ids []models.MemberID, wanted ManyMemberships) error {
	return c.changeManyMemberships(ctx, by, ending, ids, wanted)
}

func (c *Console) changeManyMemberships(ctx context.Context, by Caller, act membershipsAct, ids []models.MemberID, wanted ManyMemberships) error {
	ids = distinct(ids)
	what := subject{Name: words.Members.Count(len(ids))}
	return c.change(ctx, by, models.OpMemberGroupsChanged, what, func(tx *Tx) error {
		if err := c.mustEditGroups(ctx, tx.view); err != nil {
			return err
		}
		if err := fewEnough("Members", len(ids), words.Members); err != nil {
			return err
		}
		groups, err := c.groupsForMany(ctx, tx.view, act, wanted)
		if err != nil {
			return err
		}
		members, gone, err := tx.chosenMembers(ctx, MembersChosen{IDs: ids})
		if err != nil {
			return err
		}
		review, err := c.judgeMemberships(ctx, tx.view, act, members, groups, wanted)
		if err != nil {
			return err
		}
		review.Gone = gone
		if err := review.confirmed(); err != nil {
			return err
		}
		if err := confirmedAll(review.Confirm, wanted.Confirmed); err != nil {
			return err
		}
		return tx.changeMany(ctx, review.Can())
	})
}

// confirmedAll asks for what nobody has confirmed yet.
func confirmedAll(asked []Confirmation, confirmed Confirmed) error {
	for _, c := range asked {
		if c == ConfirmAdministrators && !confirmed.Administrators || c == ConfirmUnproven && !confirmed.Unproven {
			return NeedsConfirmation{c}
		}
	}
	return nil
}

// sameMembershipChange is what several people have in common whose memberships change in one statement.
type sameMembershipChange struct {
	group access.GranteeID
	in    bool
	joins bool
	until int64 // 0: never
}

// changeMany does it, each membership noted by itself, in as many statements as there are different changes.
func (tx *Tx) changeMany(ctx context.Context, rows []MemberChange) error {
	var leavers []models.Member
	var order []sameMembershipChange
	together := map[sameMembershipChange][]MembershipChange{}
	who := map[sameMembershipChange][]models.PersonID{}
	for _, row := range rows {
		if row.Leaves {
			leavers = append(leavers, row.Member)
		}
		for _, change := range row.Changes {
			tx.recordMembershipChange(row.Member, change)
			same := sameMembershipChange{group: change.Group.Grantee().ID, in: change.In, joins: !change.Group.In(tx.At)}
			if change.Until != nil {
				same.until = change.Until.UnixNano()
			}
			if who[same] == nil {
				order = append(order, same)
			}
			together[same], who[same] = append(together[same], change), append(who[same], row.PersonID)
		}
	}
	if len(leavers) > 0 {
		if err := tx.leaveOrganization(ctx, leavers); err != nil {
			return err
		}
	}
	for _, same := range order {
		if err := tx.changeTogether(ctx, same, together[same][0].Until, who[same]); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) changeTogether(ctx context.Context, same sameMembershipChange, until *time.Time, who []models.PersonID) error {
	if err := tx.must(ctx, EditGroup, access.ResourceID(same.group)); err != nil { // once more: it knows in whose name it is recorded
		return err
	}
	switch {
	case !same.in:
		return tx.EndMemberships(ctx, same.group, who, tx.At)
	case same.joins:
		return tx.AddMembershipsUntil(ctx, same.group, who, until, tx.At)
	}
	return tx.Scope.SetMembershipEnds(ctx, same.group, who, until, tx.At)
}

// recordMembershipChange notes a change of one membership.
func (tx *Tx) recordMembershipChange(member models.Member, change MembershipChange) {
	group := about(change.Group.Resource)
	before, after := membershipState(member.Email, member.Name, change.Group.ExpiresAt), membershipState(member.Email, member.Name, change.Until)
	switch {
	case !change.In:
		tx.record(models.OpGroupMemberRemoved, group, before, nil)
	case change.Group.In(tx.At):
		tx.record(models.OpGroupMemberEndChanged, group, before, after)
	default:
		tx.record(models.OpGroupMemberAdded, group, nil, after)
	}
}

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
	members, _, err := v.chosenMembers(ctx, chosen)
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
