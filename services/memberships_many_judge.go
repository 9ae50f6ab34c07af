package services

import (
	"context"
	"errors"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

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
	rows := make([]MemberChange, len(members))
	for i, m := range members {
		mine := stands[m.PersonID]
		rows[i] = MemberChange{Member: m, Changes: act.wants(wanted, groups, mine)}
		rows[i].Leaves = act.operation == models.OpGroupMemberRemoved && len(rows[i].Changes) == len(mine)
	}
	var review MembershipsReview
	review.Many, err = tryEach(rows, func(row *MemberChange) judgement {
		why := judge.judge(ctx, row)
		if why != nil && !leavesOut(why) {
			return judgement{err: why}
		}
		return judgement{why: why}
	})
	if err != nil {
		return MembershipsReview{}, err
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
	asked          map[access.GranteeID]givenGroup // what the caller can give of a group, as far as it was asked
	ends           map[access.GranteeID]*time.Time // until when the caller can give all that a group holds
	before, left   models.Administration
	administrators map[models.PersonID]models.Administrator
}

func (c *Console) newMembershipsJudge(
	ctx context.Context, v *view, members []models.Member, chosen []InvitableGroup, stands map[models.PersonID][]models.MemberGroup,
) (*membershipsJudge, error) {
	j := &membershipsJudge{console: c, v: v, asked: map[access.GranteeID]givenGroup{}, ends: map[access.GranteeID]*time.Time{}, administrators: map[models.PersonID]models.Administrator{}}
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
	return j.gives(ctx, *change)
}

// gives refuses a membership with an end that the caller can't give all that the group holds until (R7, R20).
func (j *membershipsJudge) gives(ctx context.Context, change MembershipChange) error {
	id := change.Group.Grantee().ID
	known, asked := j.asked[id]
	if !asked {
		known.over, known.refused = j.console.beyondBringing(ctx, j.v, change.Group.Group)
		j.asked[id] = known
	}
	if known.refused != nil {
		return known.refused
	}
	return givable(known.over, change.Until)
}

// givenGroup is what the caller can't give of a group, or not for good. It is the same for all its members, whom it lets in or not
// by the end of each.
type givenGroup struct {
	over    []access.Excess
	refused error // whatever the end is
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
