package services

import (
	"context"
	"errors"

	"bailiwick/access"
	"bailiwick/models"
)

// Joining is an invitation as the invited person sees it.
type Joining struct {
	models.Invitation
	Organization models.Organization
	Groups       []models.InvitedGroup // that are still there, by name
	State        string                // models.InvitationAccepted and so on, by the clock; "" = pending
	Standing     Standing              // why it can't be accepted although it is pending
	Wanted       Provider              // with which to sign in: a member's own, or else the one of the invitation
	Mailed       bool                  // the link went to the invited address only
	Account      AccountState          // of the invited address
	Gives        access.Rights         // what its groups hold together, without rows of editor lists; of a pending one
}

// AccountState is what there is of the account of an invited address.
type AccountState string

// Who has an account signs in. Who has none makes one, by the link.
const (
	AccountNone   AccountState = "none"   // is made by accepting
	AccountReady  AccountState = "ready"  // has a password, or is signed in by a link
	AccountClosed AccountState = "closed" // has no password, and this link must not set one
)

// Joining is the invitation behind the secret of a link, whatever became of it. ErrNotFound when the link is unknown. It
// changes nothing, however often it is asked.
func (c *Console) Joining(ctx context.Context, token string) (Joining, error) {
	linked, err := c.store.InvitationByToken(ctx, digest(token))
	if err != nil {
		return Joining{}, err
	}
	joining, err := c.describe(ctx, linked.Invitation)
	if err != nil {
		return Joining{}, err
	}
	joining.Mailed = linked.Mailed
	if joining.State != "" || joining.Standing != (Standing{}) {
		return joining, nil
	}
	if joining.Gives, err = c.given(ctx, joining); err != nil {
		return Joining{}, err
	}
	if joining.Account, err = c.accountState(ctx, c.store, joining); err != nil {
		return Joining{}, err
	}
	member, err := c.store.In(joining.OrganizationID).MemberByEmail(ctx, joining.Email)
	if err == nil {
		joining.Wanted = Provider(member.Provider)
	}
	if errors.Is(err, models.ErrNotFound) {
		err = nil
	}
	return joining, err
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
	for _, g := range groups[i.ID] {
		if !g.Gone {
			j.Groups = append(j.Groups, g)
		}
	}
	if j.State == "" {
		j.Standing, err = c.standing(ctx, scope, i, groups[i.ID], at)
	}
	return j, err
}

// accountState finds out what the link may do for the account of the invited address. A first password is set by a link
// that went to the address and nowhere else, or for an address that nothing is known of: whoever may invite must not be
// able to get into accounts by inviting them. Where there is a second factor it sets none, however it travelled.
func (c *Console) accountState(ctx context.Context, store *models.Store, j Joining) (AccountState, error) {
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
	case j.Mailed:
		return AccountNone, nil
	case c.Mails():
		return AccountClosed, nil
	}
	belongs, err := store.Belongs(ctx, person.ID)
	if belongs {
		return AccountClosed, err
	}
	return AccountNone, err
}
