package services

import (
	"context"
	"errors"
	"fmt"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/credential"
	"bailiwick/words"
)

// Joining is an invitation as the invited person sees it.
type Joining struct {
	models.Invitation
	Organization models.Organization
	Groups       []models.InvitedGroup // that are still there, by name, with the ends of the memberships
	State        string                // models.InvitationAccepted and so on, by the clock; "" = pending
	Standing     Standing              // why it can't be accepted although it is pending
	Wanted       Provider              // with which to sign in: a member's own, or else the one of the invitation
	Mailed       bool                  // the link went to the invited address only
	MakerID      models.PersonID       // who made the link, where that is known and it was not mailed
	Account      AccountState          // of the invited address
	Gives        access.Rights         // what its groups hold together, without rows of editor lists; of a pending one
}

// AccountState is what there is of the account of an invited address.
type AccountState string

// Who has an account signs in. Who has none makes one, by the link.
const (
	AccountNone   AccountState = "none"   // is made by accepting, and proves the address
	AccountReady  AccountState = "ready"  // has a password, or is signed in by a link
	AccountClosed AccountState = "closed" // has no password, and this link must not set one
	// Of a link that was not mailed; both tell nothing of what there is elsewhere.
	AccountBeside AccountState = "beside" // can be made by accepting, whatever there is; it opens this organization alone
	AccountMember AccountState = "member" // is that of a member: this link makes none
)

// Joining is the invitation behind the secret of a link, whatever became of it. ErrNotFound when the link is unknown. It
// changes nothing, however often it is asked.
func (c *Console) Joining(ctx context.Context, token string) (Joining, error) {
	linked, err := c.store.InvitationByToken(ctx, credential.Digest(token))
	if err != nil {
		return Joining{}, err
	}
	joining, err := c.describe(ctx, linked.Invitation)
	if err != nil {
		return Joining{}, err
	}
	joining.Mailed, joining.MakerID = linked.Mailed, linked.MakerID
	if joining.State != "" || joining.Standing != (Standing{}) {
		return joining, nil
	}
	if err := c.linkStillGives(ctx, c.store.In(linked.OrganizationID), linked, joining.Groups, c.now()); err != nil {
		return Joining{}, err
	}
	if joining.Gives, err = c.given(ctx, joining); err != nil {
		return Joining{}, err
	}
	if joining.Account, err = c.accountState(ctx, c.store, joining); err != nil {
		return Joining{}, err
	}
	member, err := c.store.In(joining.OrganizationID).MemberByEmail(ctx, joining.Email)
	switch {
	case err == nil:
		joining.Wanted = Provider(member.Provider)
	case !errors.Is(err, models.ErrNotFound):
		return Joining{}, err
	}
	return joining, nil
}

// given is what the groups of an invitation hold together.
func (c *Console) given(ctx context.Context, j Joining) (access.Rights, error) {
	scope, at := c.store.In(j.OrganizationID), c.now()
	var all []access.Grant
	for _, g := range j.Groups {
		grants, err := scope.GrantsOfGrantee(ctx, g.GroupID, at)
		if err != nil {
			return access.Rights{}, err
		}
		all = append(all, grants...)
	}
	return access.Resolve(c.catalog, all, nil, at), nil
}

// describe reads what there is to say about an invitation.
func (c *Console) describe(ctx context.Context, i models.Invitation) (Joining, error) {
	scope, at := c.store.In(i.OrganizationID), c.now()
	j := Joining{Invitation: i, State: stateOf(i, at), Wanted: Provider(i.Provider)}
	var err error
	if j.Organization, err = scope.Organization(ctx); err != nil {
		return Joining{}, err
	}
	groups, err := scope.InvitedGroupsOf(ctx, []models.InvitationID{i.ID})
	if err != nil {
		return Joining{}, err
	}
	if j.State == "" { // which finds the ends of the memberships
		if j.Standing, groups[i.ID], err = c.standing(ctx, scope, i, groups[i.ID], at); err != nil {
			return Joining{}, err
		}
	}
	for _, g := range groups[i.ID] {
		if !g.Gone {
			j.Groups = append(j.Groups, g)
		}
	}
	return j, nil
}

// Ends says, a sentence for each group, until when the memberships would be: as the inviter chose, and no longer than they have all
// that the group holds (R7). Who stays for good is told nothing.
func (j Joining) Ends() []string {
	var all []string
	for _, g := range j.Groups {
		switch {
		case g.Until == nil:
		case j.MembershipUntil != nil && g.Until.Equal(*j.MembershipUntil):
			all = append(all, fmt.Sprintf("Your membership of %s will end %s.", g.Name, words.OnEnd(*g.Until)))
		default:
			all = append(all, fmt.Sprintf("Your membership of %s will end %s, when the access of %s ends.",
				g.Name, words.OnEnd(*g.Until), j.InviterName))
		}
	}
	return all
}

// accountState finds out what the link may do for the account of the invited address. A link that was copied proves nothing
// (R19): it makes an account that opens this organization alone, and the answer is the same whatever accounts there are. If
// the address is a member's, it makes none, since the inviter may hold less than the member. A link that was mailed sets a
// first password, unless there is a second factor.
func (c *Console) accountState(ctx context.Context, store *models.Store, j Joining) (AccountState, error) {
	if !j.Mailed {
		_, err := store.In(j.OrganizationID).MemberByEmail(ctx, j.Email)
		if errors.Is(err, models.ErrNotFound) {
			return AccountBeside, nil
		}
		if err != nil {
			return "", err
		}
		return AccountMember, nil
	}
	person, err := store.PersonByEmail(ctx, j.Email)
	switch {
	case errors.Is(err, models.ErrNotFound):
		return AccountNone, nil
	case err != nil:
		return "", err
	case person.PasswordHash != "":
		return AccountReady, nil
	case person.TOTPSecret != "":
		return AccountClosed, nil // joining begins a session, and asks for no code
	}
	return AccountNone, nil
}
