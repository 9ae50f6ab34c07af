package services

import (
	"context"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// InvitationTerm is how long an invitation made now can be accepted.
func (c *Console) InvitationTerm() time.Duration { return c.invitationLife }

// CountPendingInvitations is how many are pending; those beyond 1,001 are not counted.
func (c *Console) CountPendingInvitations(ctx context.Context, by Caller) (int, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return 0, err
	}
	return v.CountPending(ctx, v.At)
}

// Invites tells whether the caller may edit at least one group otherwise than through temporary access, and so invite into
// it, unless it holds too much.
func (c *Console) Invites(ctx context.Context, by Caller) (bool, error) {
	if !by.Rights.May(ViewGroups, 0) {
		return false, nil
	}
	v := c.view(by)
	v.By.Rights = v.By.Rights.Granting()
	return v.editsGroups(ctx)
}

// InvitableGroup is a group that the caller may edit, seen as one to invite into.
type InvitableGroup struct {
	models.Group
	Set    access.PrivilegeSet // the levels that it holds, without editor lists
	Held   int                 // domains on which it holds a level
	Beyond []access.Excess     // what it holds and the caller can't give: into this one they invite nobody (R7)
	Until  *time.Time          // until when the caller can give all that it holds; nil: for good
	Lent   bool                // the caller may edit it through temporary access alone, and brings nobody in (R20)
}

// admits is why the caller can't put somebody into the group (R20), or not until such an end (R7): without one, they stay for as long as
// the caller can give it. Field of errors: Until.
func (g InvitableGroup) admits(until *time.Time) error {
	switch {
	case g.Lent:
		return BringsNobodyIn{}
	case len(g.Beyond) > 0:
		return TooHigh{g.Beyond}
	case until != nil && outlasts(until, g.Until):
		return invalid("Until", endsSooner(*g.Until))
	}
	return nil
}

// InvitableGroups are the groups to choose from for an invitation.
type InvitableGroups struct {
	Chosen []InvitableGroup // by name
	Rows   []InvitableGroup // further ones whose names match, those ahead that fit best
	More   bool             // there are still others that match
}

// invitableAtOnce is how many groups a choice shows besides the chosen ones.
const invitableAtOnce = 20

// InvitableGroups are groups that the caller may edit: those that were chosen, by their keys, and some of those whose
// names contain the query. Seven statements at most; for a caller who may edit something until some moment, one more for each
// domain with editor lists.
func (c *Console) InvitableGroups(ctx context.Context, by Caller, query string, chosen []string) (InvitableGroups, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return InvitableGroups{}, err
	}
	kept, err := v.ResourcesByKeys(ctx, access.GroupsDomain, chosen)
	if err != nil {
		return InvitableGroups{}, err
	}
	matching, err := v.editableGroups(ctx, query, len(kept))
	if err != nil {
		return InvitableGroups{}, err
	}
	found, err := c.invitable(ctx, v, append(resourceIDs(kept), resourceIDs(matching.Rows)...))
	if err != nil {
		return InvitableGroups{}, err
	}
	order := resourceIDs(matching.Rows)
	slices.SortStableFunc(found, func(a, b InvitableGroup) int { return slices.Index(order, a.ID) - slices.Index(order, b.ID) })
	choice := InvitableGroups{More: matching.Next != ""}
	for _, g := range found {
		switch {
		case slices.Contains(chosen, g.Key):
			choice.Chosen = append(choice.Chosen, g)
		case len(choice.Rows) < invitableAtOnce:
			choice.Rows = append(choice.Rows, g)
		default:
			choice.More = true
		}
	}
	return choice, nil
}

// editableGroups are groups that the caller may edit and whose names contain the query, by name.
func (v *view) editableGroups(ctx context.Context, query string, besides int) (models.Listing[models.Resource], error) {
	asked := ResourceQuery{Page: models.Page{Query: query, Limit: invitableAtOnce + besides, Fitting: true}, Access: "edit"}
	filter, any := accessFilter(asked, v.By, access.GroupsDomain, customGrantees(v.By.Rights, access.GroupsDomain))
	if !any {
		return models.Listing[models.Resource]{}, nil
	}
	return v.Resources(ctx, access.GroupsDomain, filter)
}

// invitable judges groups; those that the caller may not edit are left out.
func (c *Console) invitable(ctx context.Context, v *view, ids []access.ResourceID) ([]InvitableGroup, error) {
	grantees := make([]access.GranteeID, len(ids))
	for i, id := range ids {
		grantees[i] = access.GranteeID(id)
	}
	groups, err := v.GroupsByIDs(ctx, grantees)
	if err != nil {
		return nil, err
	}
	held, err := c.groupsBeyond(ctx, v, groups)
	if err != nil {
		return nil, err
	}
	var all []InvitableGroup
	for _, g := range groups {
		if id := g.Grantee().ID; v.By.Rights.May(EditGroup, g.ID) {
			all = append(all, InvitableGroup{Group: g, Set: held.sets[id], Held: held.sets[id].Held(c.catalog), Beyond: held.beyond[id], Until: held.until[id],
				Lent: !v.By.Rights.MayBringInto(g.ID)})
		}
	}
	return all, nil
}

// InvitationActions is an invitation with what keeps the caller from giving what it gives.
type InvitationActions struct {
	InvitationDetail
	Beyond []access.Excess // what its groups hold and the caller can't give: revoking one that is pending is left to them (R7)
	Lent   bool            // the caller brings nobody into one of its groups: revoking is left to them as well (R20)
}

// InvitationActions finds what the caller may do with the invitation that a list has selected. Without a number it is
// models.ErrNotFound, like one that is not there.
func (c *Console) InvitationActions(ctx context.Context, by Caller, id models.InvitationID) (InvitationActions, error) {
	if id == 0 && by.Rights.May(ViewGroups, 0) {
		return InvitationActions{}, models.ErrNotFound
	}
	v := c.view(by)
	detail, err := c.invitationDetail(ctx, v, id)
	if err != nil {
		return InvitationActions{}, err
	}
	actions := InvitationActions{InvitationDetail: detail}
	if !detail.Editable || detail.State != "" && detail.State != models.InvitationExpired {
		return actions, nil
	}
	groups, err := c.invitable(ctx, v, invitedResources(detail.Groups))
	if err != nil {
		return InvitationActions{}, err
	}
	for _, g := range groups {
		actions.Beyond, actions.Lent = append(actions.Beyond, g.Beyond...), actions.Lent || g.Lent
	}
	return actions, nil
}

// InvitableGroup is one group as one to invite into. Who may not edit it is refused.
func (c *Console) InvitableGroup(ctx context.Context, by Caller, key string) (InvitableGroup, error) {
	v := c.view(by)
	group, err := v.editableGroup(ctx, key)
	if err != nil {
		return InvitableGroup{}, err
	}
	found, err := c.invitable(ctx, v, []access.ResourceID{group.ID})
	if err != nil {
		return InvitableGroup{}, err
	}
	if len(found) == 0 {
		return InvitableGroup{}, models.ErrNotFound // since a moment ago
	}
	return found[0], nil
}
