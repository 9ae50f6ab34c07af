package services

import (
	"context"
	"errors"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/files"
)

// GroupMembers is a page of a group's members.
type GroupMembers struct {
	Group GroupDetail
	models.Listing[models.Membership]
	Providers map[models.PersonID]string // with which those on the page enter the organization
}

// GroupMembers opens a group's Members tab.
func (c *Console) GroupMembers(ctx context.Context, by Caller, key string, page models.Page) (GroupMembers, error) {
	v := c.view(by)
	group, err := v.groupDetail(ctx, key)
	if err != nil {
		return GroupMembers{}, err
	}
	members := GroupMembers{Group: group}
	if members.Listing, err = v.GroupMembers(ctx, access.GranteeID(group.ID), page); err != nil {
		return GroupMembers{}, err
	}
	return v.withProviders(ctx, members)
}

// GroupMembersOf are those of these members who are in a group, in one page: MaxMany at most.
func (c *Console) GroupMembersOf(ctx context.Context, by Caller, key string, of []models.MemberID) (GroupMembers, error) {
	v := c.view(by)
	group, err := v.groupDetail(ctx, key)
	if err != nil {
		return GroupMembers{}, err
	}
	members := GroupMembers{Group: group}
	of = distinct(of)
	if members.Rows, err = v.GroupMembersAmong(ctx, group.Grantee().ID, of[:min(len(of), MaxMany)]); err != nil {
		return GroupMembers{}, err
	}
	return v.withProviders(ctx, members)
}

func (v *view) withProviders(ctx context.Context, members GroupMembers) (GroupMembers, error) {
	var err error
	if members.Providers, err = v.ProvidersOf(ctx, joined(members.Rows)); err != nil {
		return GroupMembers{}, err
	}
	return members, nil
}

func joined(memberships []models.Membership) []models.PersonID {
	ids := make([]models.PersonID, len(memberships))
	for i, m := range memberships {
		ids[i] = m.PersonID
	}
	return ids
}

// NewMembership is what somebody typed to add a member to a group.
type NewMembership struct {
	Email     string
	Until     *time.Time // nil: for good
	Confirmed bool       // they know that the member becomes an administrator
	Unproven  bool       // they know that nobody has proven the member's address
}

// AddedMember is who was put into a group, and until when; nil: for good.
type AddedMember struct {
	models.Member
	Until *time.Time
}

// AddMember puts an existing member of the organization into a group. It counts as granting all that the group holds
// (R7): without an end the membership ends when the caller's own access to that does. Fields of errors: Email and Until.
// NeedsConfirmation of ConfirmAdministrators or ConfirmUnproven.
func (c *Console) AddMember(ctx context.Context, by Caller, key string, n NewMembership) (AddedMember, error) {
	var added AddedMember
	err := c.change(ctx, by, models.OpGroupMemberAdded, subject{Key: key, Member: n.Email}, func(tx *Tx) error {
		group, err := tx.openGroup(ctx, key)
		if err != nil {
			return err
		}
		ends, err := c.givesAll(ctx, tx.view, group)
		if err != nil {
			return err
		}
		member, err := tx.memberTyped(ctx, n.Email)
		if err != nil {
			return err
		}
		if member, err = marked(ctx, tx.Scope, member); err != nil {
			return err
		}
		if problem := endProblem(n.Until, ends, tx.At); problem != "" {
			return invalid("Until", problem)
		}
		n.Until = sooner(n.Until, ends)
		if group.Administrators && !n.Confirmed {
			return NeedsConfirmation{ConfirmAdministrators}
		}
		if member.Unproven && !n.Unproven {
			return NeedsConfirmation{ConfirmUnproven}
		}
		person := models.Person{ID: member.PersonID, Name: member.Name, Email: member.Email}
		err = tx.AddMembership(ctx, access.GranteeID(group.ID), person, n.Until, tx.At)
		if errors.Is(err, models.ErrDuplicate) {
			return invalid("Email", Signature(member.Name, member.Email)+" is already a member of this group.")
		}
		if err != nil {
			return err
		}
		tx.record(models.OpGroupMemberAdded, about(group.Resource), nil, membershipState(member.Email, member.Name, n.Until))
		added = AddedMember{member, n.Until}
		return nil
	})
	if err != nil {
		return AddedMember{}, err
	}
	return added, nil
}

// mayBringInto refuses who may edit the group through temporary access alone. Somebody's own rows of editor lists are read
// here, since what is lent may have answered everything before.
func (v *view) mayBringInto(ctx context.Context, group access.ResourceID) error {
	if err := v.learn(ctx, access.GroupsDomain, group); err != nil {
		return err
	}
	if !v.By.Rights.MayBringInto(group) {
		return BringsNobodyIn{}
	}
	return nil
}

func (v *view) memberTyped(ctx context.Context, typed string) (models.Member, error) {
	email, err := files.CanonicalEmail(typed)
	if err != nil {
		return models.Member{}, invalid("Email", "Enter a complete address, such as name@example.com.")
	}
	member, err := v.MemberByEmail(ctx, email)
	if errors.Is(err, models.ErrNotFound) {
		return models.Member{}, invalid("Email", "Nobody in this organization has this address.")
	}
	return member, err
}

// Removal says what taking somebody out of a group ends, before it is done.
type Removal struct {
	Group    GroupDetail
	Member   models.Member
	Last     bool              // it is the person's last group: they leave the organization (R16)
	Orphaned []models.Resource // then these lose their owner: the first of those that the caller may view
	Orphans  int
}

// MemberRemoval previews removing a member from a group. ErrLastAdministrator where that would be refused.
func (c *Console) MemberRemoval(ctx context.Context, by Caller, key, email string) (Removal, error) {
	v := c.view(by)
	group, err := v.editableGroup(ctx, key)
	if err != nil {
		return Removal{}, err
	}
	r := Removal{Group: group}
	if r.Member, err = v.MemberByEmail(ctx, email); err != nil {
		return Removal{}, err
	}
	if r.Member, err = marked(ctx, v.Scope, r.Member); err != nil {
		return Removal{}, err
	}
	memberships, err := v.MembershipsOf(ctx, r.Member.PersonID)
	if err != nil {
		return Removal{}, err
	}
	if !inGroup(memberships, access.GranteeID(group.ID)) {
		return Removal{}, models.ErrNotFound
	}
	last, err := v.isLastOf(ctx, group.Group, r.Member.PersonID)
	if err != nil {
		return Removal{}, err
	}
	if last {
		return Removal{}, ErrLastAdministrator
	}
	if r.Last = !inOther(memberships, access.GranteeID(group.ID), v.At); !r.Last {
		return r, nil
	}
	if r.Orphaned, r.Orphans, err = v.OwnedResources(ctx, r.Member.PersonID, c.viewed(by), 10); err != nil {
		return Removal{}, err
	}
	return r, nil
}

func inGroup(memberships []models.Membership, id access.GranteeID) bool {
	for _, m := range memberships {
		if m.GroupID == id {
			return true
		}
	}
	return false
}

// inOther tells whether a membership in another group is in force (R12).
func inOther(memberships []models.Membership, id access.GranteeID, at time.Time) bool {
	for _, m := range memberships {
		if m.GroupID != id && m.InForce(at) {
			return true
		}
	}
	return false
}

// RemoveMember takes somebody out of a group. Who loses their last group leaves the organization: their resources lose
// their owner and their sessions end (R13, R16).
func (c *Console) RemoveMember(ctx context.Context, by Caller, key, email string) (models.Member, error) {
	var removed models.Member
	err := c.change(ctx, by, models.OpGroupMemberRemoved, subject{Key: key, Member: email}, func(tx *Tx) error {
		group, err := tx.openGroup(ctx, key)
		if err != nil {
			return err
		}
		if removed, err = tx.MemberByEmail(ctx, email); err != nil {
			return err
		}
		return tx.removeFromGroup(ctx, models.OpGroupMemberRemoved, about(group.Resource), removed, tx.At)
	})
	if err != nil {
		return models.Member{}, err
	}
	return removed, nil
}
