package services

import (
	"context"
	"maps"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
)

// ofMemberships tells whether all that a change did is about who is in which groups.
func ofMemberships(all []models.Activity) bool {
	return !slices.ContainsFunc(all, func(a models.Activity) bool {
		o := a.Operation.Now()
		return o != models.OpGroupMemberAdded && o != models.OpGroupMemberRemoved && o != models.OpGroupMemberEndChanged
	})
}

// undoneMembership is one membership that is put back.
type undoneMembership struct {
	activity int64
	member   models.Member
	change   MembershipChange
}

// undoMemberships takes back all memberships that one change changed, in as few statements as making it took: judged as doing
// it anew for many, and wholly or not at all.
func (c *Console) undoMemberships(ctx context.Context, tx *Tx, all []models.Activity) (int, error) {
	undone, chosen, stands, err := c.membershipsToUndo(ctx, tx.view, all)
	if err != nil || len(undone) == 0 {
		return 0, err
	}
	rows := rowsToUndo(undone)
	members := make([]models.Member, len(rows))
	for i, row := range rows {
		members[i] = row.Member
	}
	judge, err := c.newMembershipsJudge(ctx, tx.view, members, chosen, stands)
	if err != nil {
		return 0, err
	}
	for i := range rows {
		if err := judge.undoes(ctx, &rows[i], len(stands[rows[i].PersonID])); err != nil {
			return 0, err
		}
	}
	if slices.Contains(toConfirm(rows, tx.At), ConfirmUnproven) {
		return 0, NeedsConfirmation{ConfirmUnproven}
	}
	for _, u := range undone {
		tx.reverts = u.activity
		tx.recordMembershipChange(u.member, u.change)
	}
	return len(undone), tx.writeMemberships(ctx, rows)
}

// membershipsToUndo are those that do not stand as they were before, with their groups, and all that the people are in.
func (c *Console) membershipsToUndo(ctx context.Context, v *view, all []models.Activity) ([]undoneMembership, []InvitableGroup, map[models.PersonID][]models.MemberGroup, error) {
	changed := make([]reverting, len(all))
	var emails []string
	firsts := map[access.ResourceID]reverting{}
	for i, a := range all {
		changed[i] = reverting{a, readState(a.Before), readState(a.After)}
		emails = append(emails, changed[i].email())
		if _, known := firsts[a.ResourceID]; !known {
			firsts[a.ResourceID] = changed[i]
		}
	}
	members, err := v.membersStillAt(ctx, emails, all[0])
	if err != nil {
		return nil, nil, nil, err
	}
	later, err := v.membersSince(ctx, firsts)
	if err != nil {
		return nil, nil, nil, err
	}
	chosen, err := c.groupsToUndo(ctx, v, slices.Sorted(maps.Keys(firsts)))
	if err != nil {
		return nil, nil, nil, err
	}
	stands, err := v.membershipsToday(ctx, slices.Collect(maps.Values(members)))
	if err != nil {
		return nil, nil, nil, err
	}
	var undone []undoneMembership
	for _, a := range changed {
		member, known := members[a.email()]
		i := slices.IndexFunc(chosen, func(g InvitableGroup) bool { return g.ID == a.ResourceID })
		group := models.MemberGroup{Group: chosen[i].Group}
		for _, mine := range stands[member.PersonID] {
			if mine.ID == group.ID {
				group = mine
			}
		}
		today, was := membershipAs{in: group.In(v.At)}, a.was.wroteMembership(v.At)
		if today.in {
			today.until = group.ExpiresAt
		}
		switch {
		case known && today.text() == was.text():
		case !known, later[a.ResourceID][member.Email], today.text() != a.is.wroteMembership(v.At).text():
			return nil, nil, nil, ErrUndoesPartly
		default:
			undone = append(undone, undoneMembership{a.ID, member, MembershipChange{Group: group, MembershipChoice: membershipChoice(group.Key, was)}})
		}
	}
	return undone, chosen, stands, nil
}

// email is the address of the member whose membership it was.
func (a reverting) email() string {
	if email := a.is.fields["member"]; email != "" {
		return email
	}
	return a.was.fields["member"]
}

// membersStillAt are the members by their addresses, with their marks, none of whom left or moved since.
func (v *view) membersStillAt(ctx context.Context, emails []string, since models.Activity) (map[string]models.Member, error) {
	emails = distinct(emails)
	left, err := v.Store().AddressesLeftSince(ctx, emails, since.At)
	if err != nil {
		return nil, err
	}
	found, err := v.MembersByEmails(ctx, emails)
	if err != nil {
		return nil, err
	}
	if len(left) > 0 || len(found) < len(emails) {
		return nil, ErrUndoesPartly
	}
	marks, err := v.MarksOf(ctx, people(found))
	if err != nil {
		return nil, err
	}
	members := make(map[string]models.Member, len(found))
	for _, m := range found {
		m.Marks = marks[m.PersonID]
		members[m.Email] = m
	}
	return members, nil
}

// membersSince are the addresses of whose memberships were changed later, by group; firsts are activities of the change by group.
func (v *view) membersSince(ctx context.Context, firsts map[access.ResourceID]reverting) (map[access.ResourceID]map[string]bool, error) {
	all := map[access.ResourceID]map[string]bool{}
	for id, first := range firsts {
		later, err := v.since(ctx, first, models.OpGroupMemberAdded, models.OpGroupMemberRemoved, models.OpGroupMemberEndChanged, models.OpGroupMemberKept)
		if err != nil {
			return nil, err
		}
		all[id] = map[string]bool{}
		for _, l := range later {
			all[id][l.email()] = true
		}
	}
	return all, nil
}

// groupsToUndo are the groups of the change, all of which the caller may edit.
func (c *Console) groupsToUndo(ctx context.Context, v *view, ids []access.ResourceID) ([]InvitableGroup, error) {
	may, err := v.mayAmong(ctx, EditGroup, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if !may[id] {
			return nil, Forbidden{EditGroup}
		}
	}
	groups, err := c.invitable(ctx, v, ids)
	if err != nil {
		return nil, err
	}
	if len(groups) < len(ids) {
		return nil, ErrUndoesPartly
	}
	return groups, nil
}

// rowsToUndo are the changes of each member.
func rowsToUndo(undone []undoneMembership) []MemberChange {
	var rows []MemberChange
	place := map[models.PersonID]int{}
	for _, u := range undone {
		i, known := place[u.member.PersonID]
		if !known {
			i = len(rows)
			place[u.member.PersonID] = i
			rows = append(rows, MemberChange{Member: u.member})
		}
		rows[i].Changes = append(rows[i].Changes, u.change)
	}
	return rows
}

// undoes is why what a change did to a member can't be undone. Groups are how many the member is in.
func (j *membershipsJudge) undoes(ctx context.Context, row *MemberChange, groups int) error {
	for i := range row.Changes {
		change := &row.Changes[i]
		if err := j.ofGroup(ctx, change); err != nil {
			return err
		}
		switch {
		case change.Bounded, row.Suspended() && change.Gives(j.v.At):
			return ErrUndoesPartly
		case !change.In:
			groups--
		case !change.Group.In(j.v.At):
			groups++
			if err := j.gives(ctx, *change); err != nil {
				return err
			}
		}
	}
	if groups == 0 {
		return NeedsConfirmation{ConfirmLeave}
	}
	return j.administers(*row)
}
