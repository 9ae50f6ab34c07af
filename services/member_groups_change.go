package services

import (
	"context"
	"errors"
	"slices"
	"time"

	"bailiwick/models"
	"bailiwick/words"
)

// endPassed is what is wrong with an end that would be over before it begins. Who is in another zone than UTC sees from the time why.
func endPassed(now time.Time) string {
	return "Choose a time in the future. It is " + words.Moment(now) + " now."
}

// lastYear is the last whose moments both databases keep in their order: SQLite compares them as texts.
const lastYear = 9999

// untimely is what is wrong with an end whoever gives it: it would be over before it begins, or lies beyond lastYear; "" where nothing is.
func untimely(end, at time.Time) string {
	switch {
	case !end.After(at):
		return endPassed(at)
	case end.UTC().Year() > lastYear:
		return "Choose a time before the end of the year 9999."
	}
	return ""
}

// Confirmed is what somebody confirmed.
type Confirmed struct {
	Administrators bool // somebody becomes an administrator
	Unproven       bool // somebody is given more whom an account lets in that proves nothing (R19)
	Leave          bool // somebody is no longer a member
}

// MembershipChange is one group that a form would change.
type MembershipChange struct {
	Group models.MemberGroup // as it stands
	MembershipChoice
	Bounded bool // Until is not what was chosen, but when the caller's own access ends (R7)
}

// MakesAdministrator tells whether somebody becomes an administrator, or one for good: it has to be confirmed.
func (m MembershipChange) MakesAdministrator(at time.Time) bool {
	return m.Group.Administrators && m.Gives(at) && (!m.Group.In(at) || m.Until == nil)
}

// endProblem is what is wrong with the chosen end, no matter who gives it; "" where nothing is.
func (m MembershipChange) endProblem(at time.Time) string {
	if !m.In || m.Until == nil {
		return ""
	}
	return untimely(*m.Until, at)
}

// Gives tells whether the member is in the group for longer than before, which counts as giving all that it holds (R7).
func (m MembershipChange) Gives(at time.Time) bool {
	switch {
	case !m.In:
		return false
	case !m.Group.In(at):
		return true
	case m.Group.ExpiresAt == nil:
		return false
	}
	return m.Until == nil || m.Until.After(*m.Group.ExpiresAt)
}

// MemberGroupsSaved is what saving a member's Groups tab has done.
type MemberGroupsSaved struct {
	Changed int        // groups
	Left    bool       // it was the last group: they are no longer a member
	Bounded *time.Time // when the first membership ends that was cut to the caller's own access; nil: none was
}

// SaveMemberGroups makes what stands what the draft says: what was chosen and differs is changed, each group recorded as a
// change of its own. Putting somebody into a group, or keeping them for longer, counts as granting all that it holds (R7). A draft of
// an older revision, or a group that is gone, is ErrConflict. Field of errors: Until, with the group's key. A
// refusal that is about one group is AtField of In, with its key. With all of these, NeedsConfirmation and ErrLastAdministrator the
// answer is the tab with the draft applied, as MemberGroupsTab has it: read in the same transaction, before anything is changed.
func (c *Console) SaveMemberGroups(ctx context.Context, by Caller, id models.MemberID, draft MemberGroupsDraft) (MemberGroupsTab, error) {
	var tab MemberGroupsTab
	var saved MemberGroupsSaved
	err := c.change(ctx, by, models.OpMemberGroupsChanged, c.aboutMember(ctx, by, id), func(tx *Tx) error {
		err := c.mustEditGroups(ctx, tx.view)
		if err != nil {
			return err
		}
		if tab, err = c.memberGroupsTab(ctx, tx.view, id, draft); err != nil {
			return err
		}
		saved, err = c.saveMemberGroups(ctx, tx, tab.Member, draft)
		return err
	})
	switch {
	case err == nil:
		return MemberGroupsTab{Saved: saved}, nil
	case asksAboutGroups(err):
		return tab, err
	}
	return MemberGroupsTab{}, err
}

// asksAboutGroups tells whether anyone who saved the tab can do something about the refusal there.
func asksAboutGroups(err error) bool {
	var wrong Invalid
	var high TooHigh
	var confirm NeedsConfirmation
	return errors.Is(err, models.ErrConflict) || errors.Is(err, ErrLastAdministrator) || errors.As(err, &wrong) || errors.As(err, &confirm) ||
		errors.As(err, &AtField{}) && (errors.As(err, &high) || errors.As(err, &BringsNobodyIn{}))
}

func (c *Console) saveMemberGroups(ctx context.Context, tx *Tx, member models.Member, draft MemberGroupsDraft) (MemberGroupsSaved, error) {
	if member.Revision != draft.Revision {
		return MemberGroupsSaved{}, models.ErrConflict
	}
	choices := chosenMemberships(draft.Choices)
	keys := groupKeys(choices)
	groups, err := tx.GroupsOfMemberByKeys(ctx, member.PersonID, keys)
	if err != nil {
		return MemberGroupsSaved{}, err
	}
	if len(groups) < len(keys) {
		return MemberGroupsSaved{}, models.ErrConflict // one is gone since the form was made
	}
	changes := membershipChanges(groups, choices, tx.At)
	if err := c.mayChangeMemberships(ctx, tx.view, changes, draft.Confirmed); err != nil {
		return MemberGroupsSaved{}, err
	}
	if err := tx.confirmsUnproven(ctx, member, changes, draft.Confirmed); err != nil {
		return MemberGroupsSaved{}, err
	}
	saved := MemberGroupsSaved{Changed: len(changes)}
	for _, change := range changes {
		if change.Bounded {
			saved.Bounded = sooner(saved.Bounded, change.Until)
		}
	}
	if saved.Left, err = tx.changeMemberships(ctx, member, changes, draft.Confirmed); err != nil {
		return MemberGroupsSaved{}, err
	}
	return saved, nil
}

// confirmsUnproven asks before somebody is given more, by a group or by more time in one, whom an account lets in that proves
// nothing (R19).
func (v *view) confirmsUnproven(ctx context.Context, member models.Member, changes []MembershipChange, confirmed Confirmed) error {
	if confirmed.Unproven || !anyGives(changes, v.At) {
		return nil
	}
	member, err := marked(ctx, v.Scope, member)
	if err != nil {
		return err
	}
	if member.Unproven {
		return NeedsConfirmation{ConfirmUnproven}
	}
	return nil
}

func anyGives(changes []MembershipChange, at time.Time) bool {
	return slices.ContainsFunc(changes, func(m MembershipChange) bool { return m.Gives(at) })
}

// mustEditGroups refuses who may edit no group at all, whatever they ask for.
func (c *Console) mustEditGroups(ctx context.Context, v *view) error {
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return err
	}
	edits, err := v.editsGroups(ctx)
	if err != nil {
		return err
	}
	if !edits {
		return Forbidden{EditGroup}
	}
	return nil
}

// aboutMember names a member in the record, as far as the caller may know the name.
func (c *Console) aboutMember(ctx context.Context, by Caller, id models.MemberID) subject {
	what := subject{}
	if member, err := c.Member(ctx, by, id); err == nil {
		what.Name = member.Name
	}
	return what
}

// mayChangeMemberships is who may and what is valid, group by group.
func (c *Console) mayChangeMemberships(ctx context.Context, v *view, changes []MembershipChange, confirmed Confirmed) error {
	var invalid Invalid
	for i := range changes {
		change := &changes[i]
		if err := v.must(ctx, EditGroup, change.Group.ID); err != nil {
			return AtField{"In", change.Key, change.Group.Name, err}
		}
		if text := change.endProblem(v.At); text != "" {
			invalid.Fields = append(invalid.Fields, FieldError{Field: "Until", Key: change.Key, Text: text})
		}
		if !change.Gives(v.At) {
			continue
		}
		makes := change.MakesAdministrator(v.At)
		problem, err := c.boundMembership(ctx, v, change)
		if err != nil {
			return AtField{"In", change.Key, change.Group.Name, err}
		}
		if problem != "" {
			invalid.Fields = append(invalid.Fields, FieldError{Field: "Until", Key: change.Key, Text: problem})
		}
		if makes && !confirmed.Administrators {
			return NeedsConfirmation{ConfirmAdministrators}
		}
	}
	if len(invalid.Fields) > 0 {
		return invalid
	}
	return nil
}

// boundMembership holds a membership to what the caller can give (R7): who joins without an end stays for as long as the
// caller holds all of it, an end that is later is a problem of its field, which it returns, and nobody is kept in a group for longer than that.
func (c *Console) boundMembership(ctx context.Context, v *view, change *MembershipChange) (string, error) {
	if change.Group.In(v.At) {
		_, err := c.mayProlong(ctx, v, change.Group.Group, change.Until)
		return "", err
	}
	ends, err := c.givesAll(ctx, v, change.Group.Group)
	if err != nil {
		return "", err
	}
	if change.Until != nil && outlasts(change.Until, ends) {
		return endsSooner(*ends), nil
	}
	change.bound(ends)
	return "", nil
}

// bound lets a membership without an end have the caller's.
func (m *MembershipChange) bound(ends *time.Time) {
	if m.Until == nil && ends != nil {
		m.Until, m.Bounded = ends, true
	}
}

// changeMemberships does it: first what adds, so that who changes from one group to another never leaves in between. It returns
// whether the member left the organization.
func (tx *Tx) changeMemberships(ctx context.Context, member models.Member, changes []MembershipChange, confirmed Confirmed) (bool, error) {
	slices.SortStableFunc(changes, func(a, b MembershipChange) int { return order(a) - order(b) })
	for _, change := range changes {
		if err := tx.changeMembership(ctx, member, change); err != nil {
			return false, AtField{"In", change.Key, change.Group.Name, err}
		}
	}
	groups, err := tx.CountMemberships(ctx, member.PersonID, tx.At)
	if err != nil || groups > 0 {
		return false, err
	}
	if !confirmed.Leave {
		return false, NeedsConfirmation{ConfirmLeave}
	}
	return true, nil
}

func order(m MembershipChange) int {
	if m.In {
		return 0
	}
	return 1
}

func (tx *Tx) changeMembership(ctx context.Context, member models.Member, change MembershipChange) error {
	group, was := change.Group, change.Group.In(tx.At)
	before, after := membershipState(member.Email, member.Name, group.ExpiresAt), membershipState(member.Email, member.Name, change.Until)
	switch {
	case !change.In:
		return tx.removeFromGroup(ctx, models.OpGroupMemberRemoved, about(group.Resource), member, tx.At)
	case was:
		tx.record(models.OpGroupMemberEndChanged, about(group.Resource), before, after)
		return tx.SetMembershipEnd(ctx, group.Grantee().ID, member.PersonID, change.Until, tx.At)
	}
	tx.record(models.OpGroupMemberAdded, about(group.Resource), nil, after)
	person := models.Person{ID: member.PersonID, Name: member.Name, Email: member.Email}
	return tx.AddMembership(ctx, group.Grantee().ID, person, change.Until, tx.At)
}
