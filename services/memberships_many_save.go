package services

import (
	"context"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// AddToGroups puts members into groups, all of them or nobody: each into those that they are not in yet. It counts as granting all that
// the groups hold (R7). Overtaken where that can't be done to all any more, NeedsConfirmation, and errors as ReviewAddToGroups has them.
func (c *Console) AddToGroups(ctx context.Context, by Caller, ids []models.MemberID, wanted ManyMemberships) error {
	return c.changeManyMemberships(ctx, by, adding, ids, wanted)
}

// RemoveFromGroups takes members out of groups, all of them or nobody. Who loses the last group leaves the organization (R16).
func (c *Console) RemoveFromGroups(ctx context.Context, by Caller, ids []models.MemberID, wanted ManyMemberships) error {
	return c.changeManyMemberships(ctx, by, leaving, ids, wanted)
}

// SetMembershipEnds makes all memberships of members, or those in some groups, end at one moment, or never. Where that is later than before, it counts as giving
// what the groups hold (R7).
func (c *Console) SetMembershipEnds(ctx context.Context, by Caller, ids []models.MemberID, wanted ManyMemberships) error {
	return c.changeManyMemberships(ctx, by, ending, ids, wanted)
}

func (c *Console) changeManyMemberships(ctx context.Context, by Caller, act membershipsAct, ids []models.MemberID, wanted ManyMemberships) error {
	var review MembershipsReview
	return changeMany(ctx, c, by, ids, changeOfMany[models.MemberID, MemberChange]{
		operation: models.OpMemberGroupsChanged, field: "Members", of: words.Members, most: MaxMany,
		may: func(tx *Tx) error {
			var err error
			wanted, err = c.mayWant(ctx, tx.view, wanted)
			return err
		},
		judge: func(tx *Tx, ids []models.MemberID) (Many[MemberChange], error) {
			groups, err := c.groupsForMany(ctx, tx.view, act, wanted)
			if err != nil {
				return Many[MemberChange]{}, err
			}
			members, gone, err := tx.chosenMembers().read(ctx, MembersChosen{Keys: ids})
			if err != nil {
				return Many[MemberChange]{}, err
			}
			review, err = c.judgeMemberships(ctx, tx.view, act, members, groups, wanted)
			if err != nil {
				return Many[MemberChange]{}, err
			}
			review.Gone = gone
			return review.Many, nil
		},
		weigh: func(tx *Tx, many Many[MemberChange]) (Many[MemberChange], error) {
			return many, confirmedAll(review.Confirm, wanted.Confirmed)
		},
		do: func(tx *Tx, rows []MemberChange) error { return tx.changeGroupsOfMany(ctx, rows) },
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

// changeGroupsOfMany does it, each membership noted by itself, in as many statements as there are different changes.
func (tx *Tx) changeGroupsOfMany(ctx context.Context, rows []MemberChange) error {
	var leavers []models.Member
	for _, row := range rows {
		if row.Leaves {
			leavers = append(leavers, row.Member)
		}
		for _, change := range row.Changes {
			tx.recordMembershipChange(row.Member, change)
		}
	}
	if len(leavers) > 0 {
		if err := tx.leaveOrganization(ctx, leavers); err != nil {
			return err
		}
	}
	return tx.writeMemberships(ctx, rows)
}

// writeMemberships stores them; what adds goes first, so that who changes from one group to another never leaves in between.
func (tx *Tx) writeMemberships(ctx context.Context, rows []MemberChange) error {
	var order []sameMembershipChange
	together := map[sameMembershipChange][]MembershipChange{}
	who := map[sameMembershipChange][]models.PersonID{}
	for _, row := range rows {
		for _, change := range row.Changes {
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
	slices.SortStableFunc(order, func(a, b sameMembershipChange) int { return boolOrder(a.joins) - boolOrder(b.joins) })
	for _, same := range order {
		if err := tx.changeTogether(ctx, same, together[same][0].Until, who[same]); err != nil {
			return err
		}
	}
	return nil
}

// boolOrder puts what holds ahead.
func boolOrder(holds bool) int {
	if holds {
		return 0
	}
	return 1
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
