package services

import (
	"context"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// MemberGroupsPreview is what saving a member's Groups tab would change, and what the member gains and loses by it.
type MemberGroupsPreview struct {
	Changes      []MembershipChange
	Theirs       []models.MemberGroup         // what somebody else changed since the form was made, and nobody chose there
	Wrong        []FieldError                 // ends that can't be saved, as saving says it
	Differences  []access.Difference          // between all that their groups give before and after (R2)
	Names        map[access.ResourceID]string // of those resources in them that the caller may view, the first of each domain
	Enters       bool                         // the member keeps, or never had, the minimum privilege (R5)
	KeepsGroups  bool                         // it is not the caller, or the caller keeps Edit on groups
	AddsUnproven bool                         // it gives more to somebody whose address nobody has proven (R19)
	Leaves       bool                         // it is the last group: they leave the organization (R16)
	Orphaned     []models.Resource            // then these lose their owner: the first of those that the caller may view
	Orphans      int
	Confirm      []Confirmation // what has to be confirmed before it is saved
}

// previewMemberships says what saving these choices would change.
func (c *Console) previewMemberships(ctx context.Context, v *view, member models.Member, choices []MembershipChoice) (MemberGroupsPreview, error) {
	preview := MemberGroupsPreview{Enters: true, KeepsGroups: true}
	if len(choices) == 0 {
		return preview, nil
	}
	groups, err := v.editableAmong(ctx, member.PersonID, choices)
	if err != nil {
		return MemberGroupsPreview{}, err
	}
	preview.Theirs = overtakenMemberships(groups, choices, v.At)
	if preview.Changes = membershipChanges(groups, choices, v.At); len(preview.Changes) == 0 {
		return preview, nil
	}
	before, err := v.MembershipsOf(ctx, member.PersonID)
	if err != nil {
		return MemberGroupsPreview{}, err
	}
	if preview.Wrong, err = c.boundChanges(ctx, v, preview.Changes); err != nil {
		return MemberGroupsPreview{}, err
	}
	was, is := groupsBeforeAndAfter(before, preview.Changes, v)
	if err := c.compareGroups(ctx, v, member, was, is, &preview); err != nil {
		return MemberGroupsPreview{}, err
	}
	if preview.Leaves = len(is) == 0; preview.Leaves {
		if preview.Orphaned, preview.Orphans, err = v.OwnedResources(ctx, member.PersonID, c.viewed(v.By), 10); err != nil {
			return MemberGroupsPreview{}, err
		}
	}
	preview.ask(member, v.At)
	return preview, nil
}

// ask finds out what has to be known or confirmed before it is saved.
func (p *MemberGroupsPreview) ask(member models.Member, at time.Time) {
	if p.Leaves {
		p.Confirm = append(p.Confirm, ConfirmLeave)
	}
	if p.AddsUnproven = member.Unproven && anyGives(p.Changes, at); p.AddsUnproven {
		p.Confirm = append(p.Confirm, ConfirmUnproven)
	}
	for _, change := range p.Changes {
		if change.MakesAdministrator(at) {
			p.Confirm = append(p.Confirm, ConfirmAdministrators)
		}
	}
}

// boundChanges gives the memberships that would begin the ends that saving would give them. It returns the ends that can't be saved.
func (c *Console) boundChanges(ctx context.Context, v *view, changes []MembershipChange) ([]FieldError, error) {
	var groups []models.Group
	for _, change := range changes {
		if change.In && !change.Group.In(v.At) {
			groups = append(groups, change.Group.Group)
		}
	}
	held, err := c.groupsBeyond(ctx, v, groups)
	if err != nil {
		return nil, err
	}
	var wrong []FieldError
	for i := range changes {
		change := &changes[i]
		problem, end := change.endProblem(v.At), held.until[change.Group.Grantee().ID]
		if change.In && !change.Group.In(v.At) {
			if change.Until != nil && outlasts(change.Until, end) {
				problem = endsSooner(*end)
			}
			change.bound(end)
		}
		if problem != "" {
			wrong = append(wrong, FieldError{Field: "Until", Key: change.Key, Text: problem})
		}
	}
	return wrong, nil
}

// editableAmong are the groups of the choices that there are and that the caller may edit.
func (v *view) editableAmong(ctx context.Context, person models.PersonID, choices []MembershipChoice) ([]models.MemberGroup, error) {
	groups, err := v.GroupsOfMemberByKeys(ctx, person, groupKeys(choices))
	if err != nil {
		return nil, err
	}
	var ids []access.ResourceID
	for _, g := range groups {
		ids = append(ids, g.ID)
	}
	if err := v.learn(ctx, access.GroupsDomain, ids...); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(groups, func(g models.MemberGroup) bool { return !v.By.Rights.May(EditGroup, g.ID) }), nil
}

// groupsBeforeAndAfter are the groups that the member is in now, and would be in.
func groupsBeforeAndAfter(memberships []models.Membership, changes []MembershipChange, v *view) (was, is []access.GranteeID) {
	changed := map[access.GranteeID]bool{}
	for _, change := range changes {
		id := change.Group.Grantee().ID
		changed[id] = true
		if change.In {
			is = append(is, id)
		}
	}
	for _, m := range memberships {
		if !m.InForce(v.At) {
			continue
		}
		was = append(was, m.GroupID)
		if !changed[m.GroupID] {
			is = append(is, m.GroupID)
		}
	}
	return was, is
}

func (c *Console) compareGroups(ctx context.Context, v *view, member models.Member, was, is []access.GranteeID, preview *MemberGroupsPreview) error {
	sets, err := v.SetsOf(ctx, append(append([]access.GranteeID{}, was...), is...))
	if err != nil {
		return err
	}
	if err := c.administratorsSet(ctx, v, sets); err != nil {
		return err
	}
	together := func(ids []access.GranteeID) access.PrivilegeSet {
		var all []access.PrivilegeSet
		for _, id := range ids {
			all = append(all, sets[id])
		}
		return access.Unite(c.catalog, all...)
	}
	before, after := together(was), together(is)
	preview.Differences = access.Compare(c.catalog, before, after)
	enters := func(set access.PrivilegeSet) bool { return c.gives(set, ViewOrganization) }
	preview.Enters = !enters(before) || enters(after)
	if member.PersonID == v.By.Person.ID {
		preview.KeepsGroups = !c.gives(before, EditGroup) || c.gives(after, EditGroup)
	}
	preview.Names, err = c.namesOfChanged(ctx, v, preview.Differences)
	return err
}

// administratorsSet puts what Administrators stands for into the sets: it has no rows of its own (R8).
func (c *Console) administratorsSet(ctx context.Context, v *view, sets map[access.GranteeID]access.PrivilegeSet) error {
	var ids []access.GranteeID
	for id := range sets {
		ids = append(ids, id)
	}
	groups, err := v.GroupsByIDs(ctx, ids)
	if err != nil {
		return err
	}
	for _, g := range groups {
		if g.Administrators {
			sets[g.Grantee().ID] = c.catalog.Max()
		}
	}
	return nil
}

// gives tells whether a set alone meets a need of a whole domain.
func (c *Console) gives(set access.PrivilegeSet, need access.Need) bool {
	p := set[need.Domain]
	return c.catalog.Domain(need.Domain).Abilities(p.Level, p.CanCreate)&need.Ability != 0
}

// NamedResources is how many resources of a domain a preview names; the others are counted.
const NamedResources = 3

// namesOfChanged are the names of the first resources that differences are about. Those of domains that the caller may not view
// are left out (R15).
func (c *Console) namesOfChanged(ctx context.Context, v *view, differences []access.Difference) (map[access.ResourceID]string, error) {
	var ids []access.ResourceID
	counts := map[access.Difference]int{}
	for _, diff := range differences {
		if diff.Resource == 0 || !v.By.Rights.May(ViewIn(diff.Domain), 0) {
			continue
		}
		kind := access.Difference{Domain: diff.Domain, Gains: diff.Gains}
		if counts[kind]++; counts[kind] <= NamedResources {
			ids = append(ids, diff.Resource)
		}
	}
	names := map[access.ResourceID]string{}
	if len(ids) == 0 {
		return names, nil
	}
	resources, err := v.ResourcesByIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, r := range resources {
		names[r.ID] = r.Name
	}
	return names, nil
}
