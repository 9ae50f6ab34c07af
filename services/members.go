package services

import (
	"context"
	"errors"

	"bailiwick/access"
	"bailiwick/models"
)

// MemberQuery asks for one page of the members.
type MemberQuery struct {
	models.Page
	Group  string              // key: only who is in this group
	Status models.MemberStatus // "" = any
	Unused UnusedFor
	Ends   int               // days: only who has a membership that ends within so many; 0 = all
	Only   []models.MemberID // these alone, in one page, whatever else is asked; nil: all
}

// MemberList is a page of members with all that its rows need. Who may not view groups gets names and addresses alone
// (R6): the rest is zero, except for their own row's number.
type MemberList struct {
	models.Listing[models.Member]
	Detailed bool                                  // the viewer may view groups
	First    map[models.PersonID]models.FirstGroup // of those in force
	Choices  []models.Group                        // groups to filter by: some, where there are more than ChoicesShown
	Group    *models.Group                         // the one that the list is filtered by; nil: none
	Total    int                                   // members of the organization
}

// Members lists members: six statements at most, however many there are. A group that does not exist has no members.
func (c *Console) Members(ctx context.Context, by Caller, query MemberQuery) (MemberList, error) {
	v := c.view(by)
	if err := by.mustEnter(); err != nil {
		return MemberList{}, err
	}
	if !by.Rights.May(ViewGroups, 0) {
		return v.listNames(ctx, query)
	}
	list := MemberList{Detailed: true}
	filter := v.memberFilter(query)
	if err := findChoices(ctx, v.Scope, query.Group, &list, &filter); err != nil {
		return MemberList{}, err
	}
	var err error
	if list.Total, err = v.MemberCount(ctx); err != nil {
		return MemberList{}, err
	}
	if query.Group != "" && filter.Group == 0 {
		return list, nil
	}
	if query.Only != nil {
		list.Listing, err = v.chosenMembers().alone(ctx, query.Only)
	} else {
		list.Listing, err = v.Members(ctx, filter, v.At)
	}
	if err != nil {
		return MemberList{}, err
	}
	if list.First, err = v.FirstGroupsOf(ctx, people(list.Rows), v.At); err != nil {
		return MemberList{}, err
	}
	return list, nil
}

// memberFilter is what the store is asked, other than for the group.
func (v *view) memberFilter(query MemberQuery) models.MemberFilter {
	return models.MemberFilter{Page: query.Page, Status: query.Status, Unused: query.Unused.By(v.At), Ends: endsWithin(query.Ends, v.At)}
}

// listNames is the list for who may not view groups. Neither filter nor order may tell them more (R15).
func (v *view) listNames(ctx context.Context, query MemberQuery) (MemberList, error) {
	if query.Group != "" || query.Status != "" || query.Unused != (UnusedFor{}) || query.Ends != 0 || query.Only != nil {
		return MemberList{}, Forbidden{ViewGroups}
	}
	if query.Sort != "-name" {
		query.Sort = ""
	}
	found, err := v.Members(ctx, models.MemberFilter{Page: query.Page}, v.At)
	if err != nil {
		return MemberList{}, err
	}
	for i, m := range found.Rows {
		found.Rows[i] = bareMember(m)
	}
	total, err := v.MemberCount(ctx)
	if err != nil {
		return MemberList{}, err
	}
	return MemberList{Listing: found, Total: total}, nil
}

// bareMember is what of a member everybody in the console sees.
func bareMember(m models.Member) models.Member {
	return models.Member{ID: m.ID, PersonID: m.PersonID, Name: m.Name, Email: m.Email, Marks: models.Marks{Namesakes: m.Namesakes}}
}

// findChoices reads groups to filter by, one more than are shown at once where there are more, and the number of the chosen one.
func findChoices(ctx context.Context, scope *models.Scope, key string, list *MemberList, filter *models.MemberFilter) error {
	groups, err := scope.Groups(ctx, models.GroupFilter{Page: models.Page{Limit: ChoicesShown + 1}})
	if err != nil {
		return err
	}
	list.Choices = groups.Rows
	if key == "" {
		return nil
	}
	chosen, err := scope.Group(ctx, key)
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	filter.Group, list.Group = access.GranteeID(chosen.ID), &chosen
	return nil
}

func people(members []models.Member) []models.PersonID {
	ids := make([]models.PersonID, len(members))
	for i, m := range members {
		ids[i] = m.PersonID
	}
	return ids
}

// Member opens one member. Without view on Groups only oneself: every other number is refused, whether it exists or not
// (R15).
func (c *Console) Member(ctx context.Context, by Caller, id models.MemberID) (models.Member, error) {
	return c.view(by).seenMember(ctx, id)
}

func (v *view) seenMember(ctx context.Context, id models.MemberID) (models.Member, error) {
	refused := v.must(ctx, ViewGroups, 0)
	if refused == nil {
		return v.MemberByID(ctx, id)
	}
	if v.By.Supports() { // is no member
		return models.Member{}, refused
	}
	self, err := v.MemberOf(ctx, v.By.Person.ID)
	if err != nil {
		return models.Member{}, err
	}
	if self.ID != id {
		return models.Member{}, refused
	}
	return self, nil
}

// Self is the member that the caller is.
func (c *Console) Self(ctx context.Context, by Caller) (models.Member, error) {
	return c.view(by).MemberOf(ctx, by.Person.ID)
}

// MemberActions is what the caller may do with a member, and what stands in the way.
type MemberActions struct {
	models.Member
	EditsGroups       bool // the caller may edit at least one group
	Removes           bool // the caller may remove members from the organization
	Suspends          bool // the caller may suspend this one (R23)
	Reactivates       bool // the caller may reactivate this one, who is suspended
	LastAdministrator bool // nobody may remove this one (R8)
}

// MemberActions finds what the caller may do with a member.
func (c *Console) MemberActions(ctx context.Context, by Caller, id models.MemberID) (MemberActions, error) {
	return c.view(by).memberActions(ctx, id)
}

func (v *view) memberActions(ctx context.Context, id models.MemberID) (MemberActions, error) {
	member, err := v.seenMember(ctx, id)
	if err != nil {
		return MemberActions{}, err
	}
	if !v.By.Rights.May(ViewGroups, 0) {
		return MemberActions{Member: member}, nil
	}
	actions := MemberActions{Member: member, Removes: v.By.Rights.May(EditGroup, 0)}
	if actions.EditsGroups, err = v.editsGroups(ctx); err != nil {
		return MemberActions{}, err
	}
	if !actions.Removes {
		return actions, nil
	}
	if actions.LastAdministrator, err = v.isLastAdministrator(ctx, member.PersonID); err != nil {
		return MemberActions{}, err
	}
	if !member.Suspended() {
		actions.Suspends = !actions.LastAdministrator && member.PersonID != v.By.Person.ID
		return actions, nil
	}
	refused, err := v.whyNotReactivate(ctx, []models.Member{member})
	if err != nil {
		return MemberActions{}, err
	}
	actions.Reactivates = len(refused) == 0
	return actions, nil
}

// marked is the member with their marks: for what is asked before something is done to them.
func marked(ctx context.Context, scope *models.Scope, m models.Member) (models.Member, error) {
	found, err := scope.MarksOf(ctx, []models.PersonID{m.PersonID})
	if err != nil {
		return models.Member{}, err
	}
	m.Marks = found[m.PersonID]
	return m, nil
}

// editsGroups tells whether the caller may edit at least one group.
func (v *view) editsGroups(ctx context.Context) (bool, error) {
	edited, err := v.editable(ctx, access.GroupsDomain, customGrantees(v.By.Rights, access.GroupsDomain), 1)
	if err != nil {
		return false, err
	}
	return edited > 0, nil
}
