package services

import (
	"context"
	"errors"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// Standing is why an invitation can't be accepted although its time is not over. The zero Standing lets it be accepted.
type Standing struct {
	Reason string // ReasonInviterLeft and so on
	Group  string // name of the group that it is about; "" = of all
}

// Why an invitation is void. Models know one more: models.ReasonGroupDeleted.
const (
	ReasonInviterLeft   = "inviter-left"   // is no longer a member, or may no longer enter the console (R5)
	ReasonInviterRights = "inviter-rights" // may no longer edit the group, or give all that it holds (R7)
	ReasonInviterLent   = "inviter-lent"   // may edit the group through temporary access alone, which brings nobody in (R20)
)

// VoidInvitation says that an invitation is void as it stands, so that it can only be revoked.
type VoidInvitation struct {
	Invitation models.Invitation
	Standing   Standing
}

func (e VoidInvitation) Error() string { return "the invitation is void: " + e.Standing.Reason }

// standing judges an invitation by the rights that the inviter has now (R7): somebody who could not invite any more has not
// invited any more. It reads only; what is void gets its outcome when somebody tries to accept it. The groups come
// back with the ends that the memberships would have.
func (c *Console) standing(
	ctx context.Context, scope *models.Scope, i models.Invitation, groups []models.InvitedGroup, at time.Time,
) (Standing, []models.InvitedGroup, error) {
	standing, groups, err := c.standingOf(ctx, scope, i.InviterID, groups, at)
	if err != nil {
		return Standing{}, nil, err
	}
	for n := range groups {
		groups[n].Until = sooner(groups[n].Until, i.MembershipUntil)
	}
	return standing, groups, nil
}

// standingOf is the same of the person who would invite into the groups.
func (c *Console) standingOf(
	ctx context.Context, scope *models.Scope, who models.PersonID, groups []models.InvitedGroup, at time.Time,
) (Standing, []models.InvitedGroup, error) {
	groups = slices.Clone(groups)
	inviter, err := c.viewOf(ctx, scope, who, at)
	if err != nil {
		return Standing{}, nil, err
	}
	if !inviter.By.Enters() {
		return Standing{Reason: ReasonInviterLeft}, groups, nil
	}
	open := 0
	for i := range groups {
		g := &groups[i]
		if g.Gone {
			continue
		}
		open++
		reason, err := c.whyNotInvite(ctx, inviter, g)
		if err != nil {
			return Standing{}, nil, err
		}
		if reason != "" {
			return Standing{reason, g.Name}, groups, nil
		}
	}
	if open == 0 {
		return Standing{Reason: models.ReasonGroupDeleted}, groups, nil
	}
	return Standing{}, groups, nil
}

// viewOf is the organization as somebody sees it with the rights that they have at a moment: for judging what they did before.
func (c *Console) viewOf(ctx context.Context, scope *models.Scope, who models.PersonID, at time.Time) (*view, error) {
	v := c.viewIn(scope, Caller{Person: models.Person{ID: who}}, at)
	return v, c.resolve(ctx, scope, &v.By)
}

// whyNotInvite is the reason for which the inviter could not invite into the group now, "" where they could; it notes until
// when.
func (c *Console) whyNotInvite(ctx context.Context, v *view, invited *models.InvitedGroup) (string, error) {
	group, err := v.GroupByID(ctx, invited.GroupID)
	if err != nil {
		return "", err
	}
	until, err := c.mayInviteInto(ctx, v, group)
	switch {
	case errors.As(err, &BringsNobodyIn{}):
		return ReasonInviterLent, nil
	case lacksPrivilege(err):
		return ReasonInviterRights, nil
	case err != nil:
		return "", err
	}
	invited.Until = until
	return "", nil
}

// mayInviteInto refuses who could not invite into the group, and tells until when they could; nil: for good.
func (c *Console) mayInviteInto(ctx context.Context, v *view, group models.Group) (*time.Time, error) {
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return nil, err
	}
	if err := v.must(ctx, EditGroup, group.ID); err != nil {
		return nil, err
	}
	return c.givesAll(ctx, v, group)
}

// openInvitation finds an invitation that the caller may edit, for an action on it. If it has ended, that is
// ErrInvitationEnded. The order is that of pages (R15).
func (v *view) openInvitation(ctx context.Context, id models.InvitationID) (models.Invitation, []models.InvitedGroup, error) {
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return models.Invitation{}, nil, err
	}
	invitation, err := v.Invitation(ctx, id)
	if err != nil {
		return models.Invitation{}, nil, err
	}
	found, err := v.InvitedGroupsOf(ctx, []models.InvitationID{id})
	if err != nil {
		return models.Invitation{}, nil, err
	}
	groups := found[id]
	for _, g := range groups {
		if g.Gone {
			continue
		}
		if err := v.must(ctx, EditGroup, access.ResourceID(g.GroupID)); err != nil {
			return models.Invitation{}, nil, err
		}
	}
	if !invitation.Pending(v.At) {
		return models.Invitation{}, nil, ErrInvitationEnded
	}
	return invitation, groups, nil
}

// ErrInvitationEnded says that an invitation can't be changed any more: it was accepted, declined or revoked, or it ran
// out.
var ErrInvitationEnded = errors.New("the invitation has ended")
