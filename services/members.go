package services

import (
	"context"
	"errors"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
)

// MemberQuery asks for one page of the members.
type MemberQuery struct {
	models.Page
	Group string // key: only who is in this group
}

// MemberList is a page of members with all that its rows need. Who may not view groups gets names and addresses alone
// (R6): the rest is zero, except for their own row's number.
type MemberList struct {
	models.Listing[models.Member]
	Detailed bool                                  // the viewer may view groups
	First    map[models.PersonID]models.FirstGroup // of those in force
	Choices  []models.Group                        // some groups to filter by, the chosen one among them
	Total    int                                   // members of the organization
}

// Members lists members: six statements at most, however many there are. A group that does not exist has no members.
func (c *Console) Members(ctx context.Context, by Caller, query MemberQuery) (MemberList, error) {
	if !by.Enters() {
		return MemberList{}, Forbidden{ViewOrganization}
	}
	if !by.Rights.May(ViewGroups, 0) {
		return c.listNames(ctx, by, query)
	}
	list := MemberList{Detailed: true}
	scope, filter := c.scope(by), models.MemberFilter{Page: query.Page}
	if err := c.findChoices(ctx, scope, query.Group, &list, &filter); err != nil {
		return MemberList{}, err
	}
	var err error
	if list.Total, err = scope.MemberCount(ctx); err != nil {
		return MemberList{}, err
	}
	if query.Group != "" && filter.Group == 0 {
		return list, nil
	}
	if list.Listing, err = scope.Members(ctx, filter, c.now()); err != nil {
		return MemberList{}, err
	}
	if list.First, err = scope.FirstGroupsOf(ctx, people(list.Rows), c.now()); err != nil {
		return MemberList{}, err
	}
	return list, nil
}

// listNames is the list for who may not view groups. Neither filter nor order may tell them more (R15).
func (c *Console) listNames(ctx context.Context, by Caller, query MemberQuery) (MemberList, error) {
	if query.Group != "" {
		return MemberList{}, Forbidden{ViewGroups}
	}
	if query.Sort != "-name" {
		query.Sort = ""
	}
	scope := c.scope(by)
	found, err := scope.Members(ctx, models.MemberFilter{Page: query.Page}, c.now())
	if err != nil {
		return MemberList{}, err
	}
	for i, m := range found.Rows {
		found.Rows[i] = models.Member{ID: m.ID, PersonID: m.PersonID, Name: m.Name, Email: m.Email, Marks: models.Marks{Namesakes: m.Namesakes}}
	}
	total, err := scope.MemberCount(ctx)
	if err != nil {
		return MemberList{}, err
	}
	return MemberList{Listing: found, Total: total}, nil
}

// findChoices reads the groups to filter by, and the number of the chosen one.
func (c *Console) findChoices(ctx context.Context, scope *models.Scope, key string, list *MemberList, filter *models.MemberFilter) error {
	groups, err := scope.Groups(ctx, models.GroupFilter{})
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
	filter.Group = access.GranteeID(chosen.ID)
	if !slices.ContainsFunc(list.Choices, func(g models.Group) bool { return g.ID == chosen.ID }) {
		list.Choices = append(list.Choices, chosen)
	}
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
	if by.Rights.May(ViewGroups, 0) {
		return c.scope(by).MemberByID(ctx, id)
	}
	if by.Supports() { // is no member
		return models.Member{}, Forbidden{ViewGroups}
	}
	self, err := c.Self(ctx, by)
	if err != nil {
		return models.Member{}, err
	}
	if self.ID != id {
		return models.Member{}, Forbidden{ViewGroups}
	}
	return self, nil
}

// Self is the member that the caller is.
func (c *Console) Self(ctx context.Context, by Caller) (models.Member, error) {
	return c.scope(by).MemberOf(ctx, by.Person.ID)
}

// MemberActions is what the caller may do with a member, and what stands in the way.
type MemberActions struct {
	models.Member
	EditsGroups       bool // the caller may edit at least one group
	Removes           bool // the caller may remove members from the organization
	LastAdministrator bool // nobody may remove this one (R8)
}

// MemberActions finds what the caller may do with a member.
func (c *Console) MemberActions(ctx context.Context, by Caller, id models.MemberID) (MemberActions, error) {
	member, err := c.Member(ctx, by, id)
	if err != nil {
		return MemberActions{}, err
	}
	if !by.Rights.May(ViewGroups, 0) {
		return MemberActions{Member: member}, nil
	}
	scope, actions := c.scope(by), MemberActions{Member: member, Removes: by.Rights.May(EditGroup, 0)}
	if actions.EditsGroups, err = editsGroups(ctx, scope, by); err != nil {
		return MemberActions{}, err
	}
	if !actions.Removes {
		return actions, nil
	}
	if actions.LastAdministrator, err = c.isLastAdministrator(ctx, scope, member.PersonID); err != nil {
		return MemberActions{}, err
	}
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

// editsGroups tells whether somebody may edit at least one group.
func editsGroups(ctx context.Context, scope *models.Scope, by Caller) (bool, error) {
	edited, err := editable(ctx, scope, by, access.GroupsDomain, customGrantees(by.Rights, access.GroupsDomain), 1)
	if err != nil {
		return false, err
	}
	return edited > 0, nil
}
