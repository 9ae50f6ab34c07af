package services

import (
	"context"
	"errors"
	"maps"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
)

// membershipReverted is a membership that a change changed, and what becomes of it.
type membershipReverted struct {
	reverting
	member models.Member
	change MembershipChange
	line   RevertLine
	why    error // it stays as it is
}

// membershipsReverted are all that one change changed, with what it takes to judge them.
type membershipsReverted struct {
	rows    []membershipReverted
	members map[string]models.Member    // by address, those who still have it
	moved   map[string]bool             // whose address may be somebody else's since
	later   map[string]*models.Activity // last changes since, by thing
	names   map[access.ResourceID]models.Named
	tooMany bool // too much was changed since to look through
	may     map[access.ResourceID]bool
	groups  []InvitableGroup
	stands  map[models.PersonID][]models.MemberGroup
}

// revertMemberships puts people into groups again, takes them out, and gives memberships the ends that they had, in as few statements as
// making the change took: judged as doing it anew to many.
func (c *Console) revertMemberships(ctx context.Context, v *view, all []reverting) (jointPlan, error) {
	m, err := c.membershipsOf(ctx, v, all)
	if err != nil {
		return jointPlan{}, err
	}
	for i := range m.rows {
		m.compare(v, &m.rows[i])
	}
	if err := c.judgeReverted(ctx, v, &m); err != nil {
		return jointPlan{}, err
	}
	plan := jointPlan{write: func(ctx context.Context, tx *Tx) error { return tx.revertMemberships(ctx, m.rows) }}
	for i := range m.rows {
		row := &m.rows[i]
		if row.why == nil {
			row.line.After = membershipAs{row.change.In, row.change.Until}.text()
		}
		if row.why == nil && row.change.Bounded {
			plan.until = sooner(plan.until, row.change.Until)
		}
		plan.outcomes = append(plan.outcomes, Outcome[RevertLine]{row.line, row.why})
	}
	return plan, nil
}

// membershipsOf reads the memberships as they stand, and what was changed since.
func (c *Console) membershipsOf(ctx context.Context, v *view, all []reverting) (membershipsReverted, error) {
	m := membershipsReverted{rows: make([]membershipReverted, len(all))}
	var emails []string
	for i, a := range all {
		m.rows[i].reverting = a
		emails = append(emails, a.email())
	}
	if err := c.groupsReverted(ctx, v, resourcesOf(all), &m); err != nil {
		return m, err
	}
	if err := v.membersReverted(ctx, distinct(emails), all[0].Activity, &m); err != nil {
		return m, err
	}
	var err error
	m.later, err = v.sinceAmong(ctx, all, func(a reverting) []string { return []string{a.thing(a.email())} },
		models.OpGroupMemberAdded, models.OpGroupMemberRemoved, models.OpGroupMemberEndChanged, models.OpGroupMemberKept)
	if m.tooMany = errors.Is(err, ErrTooLongAgo); err != nil && !m.tooMany {
		return m, err
	}
	m.stands, err = v.membershipsToday(ctx, slices.Collect(maps.Values(m.members)))
	return m, err
}

// groupsReverted reads the groups of the change, and which of them the caller may edit.
func (c *Console) groupsReverted(ctx context.Context, v *view, ids []access.ResourceID, m *membershipsReverted) error {
	var err error
	if m.names, err = v.NamesOf(ctx, ids); err != nil {
		return err
	}
	if m.may, err = v.mayAmong(ctx, EditGroup, ids); err != nil {
		return err
	}
	m.groups, err = c.invitable(ctx, v, ids)
	return err
}

// membersReverted reads the members, with their marks, and who has left their address since.
func (v *view) membersReverted(ctx context.Context, emails []string, since models.Activity, m *membershipsReverted) error {
	left, err := v.Store().AddressesLeftSince(ctx, emails, since.At)
	if err != nil {
		return err
	}
	found, err := v.MembersByEmails(ctx, emails)
	if err != nil {
		return err
	}
	marks, err := v.MarksOf(ctx, people(found))
	if err != nil {
		return err
	}
	m.moved, m.members = map[string]bool{}, map[string]models.Member{}
	for _, email := range left {
		m.moved[email] = true
	}
	for _, member := range found {
		member.Marks = marks[member.PersonID]
		m.members[member.Email] = member
	}
	return nil
}

// email is the address of the member whose membership it was.
func (a reverting) email() string {
	if email := a.is.fields["member"]; email != "" {
		return email
	}
	return a.was.fields["member"]
}

// compare finds what becomes of a membership, or why it stays. What stands today is told of groups alone that the caller may edit.
func (m *membershipsReverted) compare(v *view, row *membershipReverted) {
	email := row.email()
	name := Signature(row.gistOfMember(), email)
	row.line.Change = Change{Of: OfMember, Name: name}
	i := slices.IndexFunc(m.groups, func(g InvitableGroup) bool { return g.ID == row.ResourceID })
	member, known := m.members[email]
	switch named := m.names[row.ResourceID]; {
	case named.Ended:
		row.why = Gone{named.Name}
	case !m.may[row.ResourceID], i < 0:
		row.why = Forbidden{EditGroup}
	case m.moved[email]:
		row.why = HasMoved{name}
	case !known:
		row.why = HasLeft{name}
	case m.tooMany:
		row.why = ErrTooLongAgo
	}
	if row.why != nil {
		return
	}
	group := models.MemberGroup{Group: m.groups[i].Group}
	for _, mine := range m.stands[member.PersonID] {
		if mine.ID == group.ID {
			group = mine
		}
	}
	today, was := membershipAs{in: group.In(v.At)}, row.was.wroteMembership(v.At)
	if today.in {
		today.until = group.ExpiresAt
	}
	row.member, row.change = member, MembershipChange{Group: group, MembershipChoice: membershipChoice(group.Key, was)}
	row.line.Before, row.line.After = today.text(), was.text()
	later := m.later[row.thing(email)]
	switch {
	case row.line.Before == row.line.After:
		row.why = ErrNothingToDo
	case later != nil:
		row.why = ChangedSince{later}
	case row.line.Before != row.is.wroteMembership(v.At).text():
		row.why = ChangedSince{}
	}
}

// judgeReverted holds what is left to what the caller may do.
func (c *Console) judgeReverted(ctx context.Context, v *view, m *membershipsReverted) error {
	judge, err := c.newMembershipsJudge(ctx, v, slices.Collect(maps.Values(m.members)), m.groups, m.stands)
	if err != nil {
		return err
	}
	var order []models.PersonID
	ofMember := map[models.PersonID][]*membershipReverted{}
	for i := range m.rows {
		row := &m.rows[i]
		if row.why != nil {
			continue
		}
		if row.why = judge.reverts(ctx, row); row.why != nil && !KeepsFromReverting(row.why) && !leavesOut(row.why) {
			return row.why
		}
		if ofMember[row.member.PersonID] == nil {
			order = append(order, row.member.PersonID)
		}
		ofMember[row.member.PersonID] = append(ofMember[row.member.PersonID], row)
	}
	for _, person := range order {
		judge.keepsMember(ofMember[person], len(m.stands[person]))
	}
	return nil
}

// reverts is why a membership can't be put back.
func (j *membershipsJudge) reverts(ctx context.Context, row *membershipReverted) error {
	if err := j.ofGroup(ctx, &row.change); err != nil {
		return err
	}
	if !row.change.Gives(j.v.At) {
		return nil
	}
	switch {
	case row.member.Suspended():
		return ErrReactivateFirst
	case row.member.Unproven:
		return NeedsConfirmation{ConfirmUnproven}
	}
	return j.gives(ctx, row.change)
}

// keepsMember leaves out what would take a member's last group, of so many that they are in, or the last administrator.
func (j *membershipsJudge) keepsMember(rows []*membershipReverted, groups int) {
	for _, row := range rows {
		switch {
		case row.why != nil:
		case !row.change.In:
			groups--
		case !row.change.Group.In(j.v.At):
			groups++
		}
	}
	one := MemberChange{Member: rows[0].member} // what is done of it: administrators who stay count for the next ones
	for _, row := range rows {
		switch {
		case row.why != nil:
		case groups <= 0 && !row.change.In:
			row.why = NeedsConfirmation{ConfirmLeave}
		default:
			one.Changes = append(one.Changes, row.change)
		}
	}
	last := j.administers(one)
	for _, row := range rows {
		if row.why == nil && row.change.Group.Administrators {
			row.why = last
		}
	}
}

// revertMemberships puts back those that do not stay, each noted with the activity that it takes back.
func (tx *Tx) revertMemberships(ctx context.Context, reverted []membershipReverted) error {
	var rows []MemberChange
	place := map[models.PersonID]int{}
	for _, r := range reverted {
		if r.why != nil {
			continue
		}
		i, known := place[r.member.PersonID]
		if !known {
			i = len(rows)
			place[r.member.PersonID] = i
			rows = append(rows, MemberChange{Member: r.member})
		}
		rows[i].Changes = append(rows[i].Changes, r.change)
		noted := tx.reverting(r.ID)
		tx.recordMembershipChange(r.member, r.change)
		noted()
	}
	return tx.writeMemberships(ctx, rows)
}
