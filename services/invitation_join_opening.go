package services

import (
	"context"
	"errors"
	"time"

	"bailiwick/models"
)

// opening is what accepting an invitation does for an account that proves nothing.
type opening struct {
	opens bool // the organization, from then on
	names bool // the member, who is new, goes by the account's name
}

// opening finds it. Of somebody who is no member yet the account opens the organization, since the invitation gives all that
// they will have. Opening what a member has is giving it (R7): there who invited, and anyone who made the link and handed it on,
// must both be able to. Nobody else proves anything by it. The account is held, so that nobody ends it meanwhile.
func (c *Console) opening(ctx context.Context, tx *Tx, link models.LinkedInvitation) (opening, error) {
	if !tx.By.Person.Unproven || tx.By.Person.AccountID == 0 {
		return opening{}, nil
	}
	if err := tx.holdUnproven(ctx); err != nil {
		return opening{}, err
	}
	memberships, err := tx.MembershipsOf(ctx, tx.By.Person.ID)
	if err != nil {
		return opening{}, err
	}
	if len(memberships) == 0 {
		return opening{opens: true, names: true}, nil
	}
	givers := giversOf(link)
	for _, giver := range givers {
		could, err := c.couldGive(ctx, tx.view, giver, memberships)
		if err != nil || !could {
			return opening{}, err
		}
	}
	return opening{opens: len(givers) > 0}, nil
}

// mayAccept refuses an account that proves nothing and that neither opens the organization nor will: it would accept in the name of
// the member, who is somebody else as far as anybody knows (R14).
func (tx *Tx) mayAccept(ctx context.Context, account opening) error {
	if account.opens || !tx.By.Person.Unproven || tx.By.Person.AccountID == 0 {
		return nil
	}
	entry, err := tx.Store().Entry(ctx, tx.By.Organization.Key, tx.By.Person, "")
	if err != nil {
		return err
	}
	if !entry.Open {
		return ErrUnproven
	}
	return nil
}

// notSuspended refuses somebody who is suspended in the organization: they do nothing there, and an invitation stays as it is (R23).
func (tx *Tx) notSuspended(ctx context.Context) error {
	member, err := tx.MemberOf(ctx, tx.By.Person.ID)
	if err == nil && member.Suspended() {
		return Suspended{tx.By.Organization}
	}
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	return err
}

// holdUnproven reads the caller's account anew and holds it. ErrSignedOut where it is no longer one that proves nothing.
func (tx *Tx) holdUnproven(ctx context.Context) error {
	person, err := tx.Store().LockAccount(ctx, tx.By.Person.AccountID)
	if errors.Is(err, models.ErrNotFound) {
		return ErrSignedOut
	}
	if err != nil {
		return err
	}
	if !person.Unproven {
		return ErrSignedOut
	}
	tx.By.Person = person
	return nil
}

// openTo does what accepting does for the caller's account.
func (tx *Tx) openTo(ctx context.Context, account opening) error {
	if account.opens {
		if err := tx.LetIn(ctx, tx.By.Person, tx.At); err != nil {
			return err
		}
	}
	if account.names {
		return tx.NameMember(ctx, tx.By.Person, tx.By.Person.Name)
	}
	return nil
}

// giversOf are who gave the holder of a link what it opens: who invited and, of one that was handed on, who made it. Nobody
// where that is not known, as of links from before makers were kept.
func giversOf(link models.LinkedInvitation) []models.PersonID {
	switch {
	case link.Mailed:
		return []models.PersonID{link.InviterID}
	case link.MakerID != 0:
		return []models.PersonID{link.InviterID, link.MakerID}
	}
	return nil
}

// linkStillGives is ErrNotFound for a link that somebody other than the inviter made to hand it on, and who could not invite into
// the groups any more: their link has gone with what they could give (R7).
func (c *Console) linkStillGives(
	ctx context.Context, scope *models.Scope, link models.LinkedInvitation, groups []models.InvitedGroup, at time.Time,
) error {
	if link.Mailed || link.MakerID == 0 || link.MakerID == link.InviterID {
		return nil
	}
	standing, _, err := c.standingOf(ctx, scope, link.MakerID, groups, at)
	if err != nil {
		return err
	}
	if standing != (Standing{}) {
		return models.ErrNotFound
	}
	return nil
}

// couldGive tells whether somebody could bring another person into the groups of these memberships now, for as long as each
// of them lasts.
func (c *Console) couldGive(ctx context.Context, v *view, giver models.PersonID, memberships []models.Membership) (bool, error) {
	groups := make([]models.InvitedGroup, len(memberships))
	for n, m := range memberships {
		groups[n] = models.InvitedGroup{GroupID: m.GroupID, Key: m.GroupKey, Name: m.GroupName}
	}
	standing, groups, err := c.standingOf(ctx, v.Scope, giver, groups, v.At)
	if err != nil || standing != (Standing{}) {
		return false, err
	}
	for n, m := range memberships {
		if outlasts(m.ExpiresAt, groups[n].Until) {
			return false, nil
		}
	}
	return true, nil
}
