package services

import (
	"context"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// InvitationLife is how long an invitation can be accepted, unless Config says otherwise (seed 002).
const InvitationLife = 31 * 24 * time.Hour

// InvitationQuery asks for one page of invitations.
type InvitationQuery struct {
	models.Page
	Outcome string                // models.InvitationAccepted and so on; "" = pending
	Ends    int                   // days: of pending ones, those that run out within so many; 0 = all
	Only    []models.InvitationID // these alone, in one page, whatever else is asked; nil: all
}

// InvitationList is a page of invitations with all that its rows and their actions need.
type InvitationList struct {
	models.Listing[models.Invitation]
	Groups map[models.InvitationID][]models.InvitedGroup // by name, those that are gone among them
	Failed map[models.InvitationID]bool                  // of which a mail could not be sent
	At     time.Time                                     // of the answer: days left are counted from here (R12)

	rights access.Rights // knows the editor lists about these groups
}

// Editable tells whether the caller may edit every group that the invitation leads into, and with them the invitation
// (R6).
func (l InvitationList) Editable(id models.InvitationID) bool {
	return editsAll(l.rights, l.Groups[id])
}

func editsAll(rights access.Rights, groups []models.InvitedGroup) bool {
	return !slices.ContainsFunc(groups, func(g models.InvitedGroup) bool {
		return !g.Gone && !rights.May(EditGroup, access.ResourceID(g.GroupID))
	})
}

// Invitations lists those of the organization. It takes view on groups: they say who will be in which.
func (c *Console) Invitations(ctx context.Context, by Caller, query InvitationQuery) (InvitationList, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return InvitationList{}, err
	}
	list := InvitationList{At: v.At}
	var err error
	if query.Only != nil {
		list.Listing, err = v.chosenInvitations().alone(ctx, query.Only)
	} else {
		list.Listing, err = v.Invitations(ctx, models.InvitationFilter{Page: query.Page, Outcome: query.Outcome, Ends: endsWithin(query.Ends, v.At)}, list.At)
	}
	if err != nil {
		return InvitationList{}, err
	}
	if err := c.fillInvitations(ctx, v, &list); err != nil {
		return InvitationList{}, err
	}
	return list, nil
}

// GroupInvitations lists those into a group that are pending. A group that does not exist is ErrNotFound.
func (c *Console) GroupInvitations(ctx context.Context, by Caller, group string, page models.Page) (InvitationList, error) {
	v := c.view(by)
	opened, err := v.groupDetail(ctx, group)
	if err != nil {
		return InvitationList{}, err
	}
	list := InvitationList{At: v.At}
	if list.Listing, err = v.GroupInvitations(ctx, opened.Grantee().ID, page, list.At); err != nil {
		return InvitationList{}, err
	}
	if err := c.fillInvitations(ctx, v, &list); err != nil {
		return InvitationList{}, err
	}
	return list, nil
}

// GroupInvitationsOf are those of these invitations that are pending and lead into a group, in one page: MaxMany at most.
func (c *Console) GroupInvitationsOf(ctx context.Context, by Caller, group string, of []models.InvitationID) (InvitationList, error) {
	v := c.view(by)
	opened, err := v.groupDetail(ctx, group)
	if err != nil {
		return InvitationList{}, err
	}
	list := InvitationList{At: v.At}
	if list.Listing, err = v.chosenInvitations().alone(ctx, of); err != nil {
		return InvitationList{}, err
	}
	if err := c.fillInvitations(ctx, v, &list); err != nil {
		return InvitationList{}, err
	}
	list.Rows = slices.DeleteFunc(list.Rows, func(i models.Invitation) bool {
		into := func(g models.InvitedGroup) bool { return !g.Gone && g.GroupID == opened.Grantee().ID }
		return !i.Pending(list.At) || !slices.ContainsFunc(list.Groups[i.ID], into)
	})
	return list, nil
}

// fillInvitations reads the groups of the rows and what the caller may do with them: three statements for all.
func (c *Console) fillInvitations(ctx context.Context, v *view, list *InvitationList) error {
	ids := make([]models.InvitationID, len(list.Rows))
	for i, row := range list.Rows {
		ids[i] = row.ID
	}
	var err error
	if list.Groups, err = v.InvitedGroupsOf(ctx, ids); err != nil {
		return err
	}
	if list.Failed, err = v.MailFailedOf(ctx, MailInvitation, ids); err != nil {
		return err
	}
	var groups []access.ResourceID
	for _, of := range list.Groups {
		groups = append(groups, invitedResources(of)...)
	}
	if err := v.learn(ctx, access.GroupsDomain, groups...); err != nil {
		return err
	}
	list.rights = v.By.Rights
	return nil
}

// invitedResources are those of the groups that are still there.
func invitedResources(groups []models.InvitedGroup) []access.ResourceID {
	var ids []access.ResourceID
	for _, g := range groups {
		if !g.Gone {
			ids = append(ids, access.ResourceID(g.GroupID))
		}
	}
	return ids
}

// InvitationDetail is one invitation as its actions need it.
type InvitationDetail struct {
	models.Invitation
	Groups   []models.InvitedGroup // by name, those that are gone among them
	Editable bool                  // the caller may edit every group that it leads into
	State    string                // models.InvitationAccepted and so on, by the clock; "" = pending
	Doubt    Standing              // why it could not be accepted now although it is pending
}

// Invitation opens one invitation, whatever became of it. Without view on Groups the number is not even looked up (R15).
func (c *Console) Invitation(ctx context.Context, by Caller, id models.InvitationID) (InvitationDetail, error) {
	return c.invitationDetail(ctx, c.view(by), id)
}

func (c *Console) invitationDetail(ctx context.Context, v *view, id models.InvitationID) (InvitationDetail, error) {
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return InvitationDetail{}, err
	}
	invitation, err := v.Invitation(ctx, id)
	if err != nil {
		return InvitationDetail{}, err
	}
	groups, err := v.InvitedGroupsOf(ctx, []models.InvitationID{id})
	if err != nil {
		return InvitationDetail{}, err
	}
	d := InvitationDetail{Invitation: invitation, Groups: groups[id], State: stateOf(invitation, v.At)}
	if err := v.learn(ctx, access.GroupsDomain, invitedResources(d.Groups)...); err != nil {
		return InvitationDetail{}, err
	}
	d.Editable = editsAll(v.By.Rights, d.Groups)
	if d.State != "" {
		return d, nil
	}
	if d.Doubt, d.Groups, err = c.standing(ctx, v.Scope, invitation, d.Groups, v.At); err != nil {
		return InvitationDetail{}, err
	}
	return d, nil
}

// stateOf is what became of an invitation by a moment: what nobody has ended has run out when its time is over (R12).
func stateOf(i models.Invitation, at time.Time) string {
	if i.Outcome == "" && !i.Pending(at) {
		return models.InvitationExpired
	}
	return i.Outcome
}
