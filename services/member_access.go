package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// MemberAccess is a member's effective access: what all of their groups come to (R2), and every grant behind it.
type MemberAccess struct {
	Member  models.Member
	Groups  []access.Grantee                              // in force, by name; of somebody suspended too, although they count for nothing
	Rights  access.Rights                                 // without rows of editor lists
	Lengths map[access.GranteeID]map[access.DomainKey]int // of their editor lists
	Listed  map[access.DomainKey]int                      // resources in at least one of the lists (R3)
	Self    bool                                          // it is the caller
	Change  *models.AddressChange                         // of their address, proposed here and under way (R26); nil: none, or not for the caller to see
}

// MemberAccess opens a member's effective access: for others with view on Groups, for oneself always. Six statements,
// however many groups and resources there are.
func (c *Console) MemberAccess(ctx context.Context, by Caller, id models.MemberID) (MemberAccess, error) {
	v := c.view(by)
	member, err := v.seenMember(ctx, id)
	if err != nil {
		return MemberAccess{}, err
	}
	if by.Rights.May(ViewGroups, 0) { // to the others the marks say too much
		if member, err = marked(ctx, v.Scope, member); err != nil {
			return MemberAccess{}, err
		}
	}
	a, err := c.accessOf(ctx, v, member)
	if err != nil || !by.Rights.May(ViewGroups, 0) || !by.Rights.May(EditGroup, 0) { // what mustSuspend asks, which may see it
		return a, err
	}
	a.Change, err = v.proposedAddress(ctx, member.PersonID)
	return a, err
}

// OwnAccess is the caller's. Of somebody who is here through temporary access alone the grantees are those accesses.
func (c *Console) OwnAccess(ctx context.Context, by Caller) (MemberAccess, error) {
	if by.Supports() {
		return MemberAccess{Member: models.Member{Name: by.Person.Name, Email: by.Person.Email}, Groups: by.Accesses, Rights: by.Rights, Self: true}, nil
	}
	v := c.view(by)
	self, err := v.MemberOf(ctx, by.Person.ID)
	if err != nil {
		return MemberAccess{}, err
	}
	return c.accessOf(ctx, v, self)
}

func (c *Console) accessOf(ctx context.Context, v *view, member models.Member) (MemberAccess, error) {
	a := MemberAccess{Member: member, Self: member.PersonID == v.By.Person.ID, Lengths: map[access.GranteeID]map[access.DomainKey]int{}}
	grants, err := v.GrantsOf(ctx, member.PersonID, v.At)
	if err != nil {
		return a, err
	}
	a.Rights = access.Resolve(c.catalog, grants, nil, v.At)
	a.Groups = groupsOf(grants, v.At)
	if member.Suspended() {
		a.Groups, _, err = v.heldThrough(ctx, member.PersonID)
		return a, err
	}
	ids := Caller{Groups: a.Groups}.Grantees()
	lengths, err := v.ListLengthsOf(ctx, ids)
	if err != nil {
		return a, err
	}
	for _, l := range lengths {
		if a.Lengths[l.GranteeID] == nil {
			a.Lengths[l.GranteeID] = map[access.DomainKey]int{}
		}
		a.Lengths[l.GranteeID][l.Domain] = l.Length
	}
	a.Listed, err = v.CountListedByDomain(ctx, ids)
	return a, err
}
