package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// ownedRecorded is how many resources that lose their owner an activity names. An owner grants nothing (R16), so that more than
// these can't change what anybody may do.
const ownedRecorded = 1000

// removeFromGroup ends somebody's membership of a group at a moment, and notes it under the operation. Who loses their last
// group leaves the organization: their resources lose their owner, and sessions end that open nothing else (R13, R16, R19).
func (tx *Tx) removeFromGroup(ctx context.Context, operation models.Operation, group subject, m models.Member, at time.Time) error {
	memberships, err := tx.MembershipsOf(ctx, m.PersonID)
	if err != nil {
		return err
	}
	id := access.GranteeID(group.ID)
	for _, was := range memberships {
		if was.GroupID == id {
			tx.record(operation, group, membershipState(m.Email, m.Name, was.ExpiresAt), nil)
		}
	}
	if len(memberships) == 1 {
		if err := tx.leaveOrganization(ctx, []models.Member{m}); err != nil {
			return err
		}
	}
	return tx.EndMembership(ctx, id, m.PersonID, at)
}

// leaveOrganization ends the sessions of people who are about to lose the last group, as far as they open nothing else, and notes
// what will have no owner.
func (tx *Tx) leaveOrganization(ctx context.Context, leaving []models.Member) error {
	ids := people(leaving)
	owned, err := tx.OwnedByAll(ctx, ids, ownedRecorded)
	if err != nil {
		return err
	}
	if err := tx.DeleteSessionsOfLeavers(ctx, ids, tx.At); err != nil {
		return err
	}
	by := map[models.PersonID][]models.Resource{}
	for _, r := range owned {
		by[*r.OwnerID] = append(by[*r.OwnerID], r)
	}
	for _, m := range leaving {
		before := membershipState(m.Email, m.Name, nil)
		before.Owned = ownedStates(by[m.PersonID])
		tx.record(models.OpMemberLeft, subject{Key: m.Email, Name: m.Name}, before, nil)
	}
	return nil
}

// removeLeavers takes everybody out of a group about to end for whom it is the last.
func (tx *Tx) removeLeavers(ctx context.Context, group models.Group) error {
	for {
		leaving, n, err := tx.Leavers(ctx, access.GranteeID(group.ID), tx.At, 1000)
		if err != nil || n == 0 {
			return err
		}
		for _, m := range leaving {
			if err := tx.removeFromGroup(ctx, models.OpGroupMemberRemoved, about(group.Resource), m, tx.At); err != nil {
				return err
			}
		}
	}
}

// memberStates are all memberships of a group, those that have expired and that nobody has ended among them.
func (v *view) memberStates(ctx context.Context, group access.GranteeID) ([]memberState, error) {
	var all []memberState
	page := models.Page{Limit: 1000}
	for {
		found, err := v.GroupMembers(ctx, group, page)
		if err != nil {
			return nil, err
		}
		for _, m := range found.Rows {
			all = append(all, memberState{m.Email, m.Name, m.ExpiresAt})
		}
		if page.After = found.Next; page.After == "" {
			return all, nil
		}
	}
}

// listedState is in whose editor lists a thing stands.
func (v *view) listedState(ctx context.Context, r models.Resource) (map[string]givenState, error) {
	grantees, err := v.ListedBy(ctx, r.Domain, r.ID)
	return listedStates(grantees), err
}

// listedStates are the grantees that have something in their editor list; nil where none has.
func listedStates(grantees []access.Grantee) map[string]givenState {
	if len(grantees) == 0 {
		return nil
	}
	listed := map[string]givenState{}
	for _, g := range grantees {
		listed[g.Ref()] = accessState(g, access.LevelEdit)
	}
	return listed
}
