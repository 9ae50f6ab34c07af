package services

import (
	"context"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// DeclineByLink declines the invitation behind the secret of a link; the link suffices. It says what became of the
// invitation, perhaps before.
func (c *Console) DeclineByLink(ctx context.Context, token, address string) (Joined, error) {
	linked, err := c.store.InvitationByToken(ctx, credential.Digest(token))
	if err != nil {
		return Joined{}, err
	}
	return c.decline(ctx, linked.Invitation, address)
}

// DeclineOwn declines an invitation of the signed-in person's address. One of somebody else is ErrNotFound.
func (c *Console) DeclineOwn(ctx context.Context, who Session, id models.InvitationID, address string) (Joined, error) {
	invitation, err := c.ownInvitation(ctx, who, id)
	if err != nil {
		return Joined{}, err
	}
	if who.Person.Unproven {
		return Joined{}, ErrUnproven
	}
	return c.decline(ctx, invitation, address)
}

func (c *Console) decline(ctx context.Context, i models.Invitation, address string) (Joined, error) {
	by := Caller{Person: models.Person{Email: i.Email}, Address: address} // the address declines, no matter who reads its mail
	var joined Joined
	err := c.join(ctx, i, by, func(tx *Tx) error {
		i, err := tx.Invitation(ctx, i.ID)
		if err != nil {
			return err
		}
		joined = Joined{Organization: tx.By.Organization, State: stateOf(i, tx.At)}
		if joined.State != "" {
			return nil
		}
		groups, err := tx.InvitedGroupsOf(ctx, []models.InvitationID{i.ID})
		if err != nil {
			return err
		}
		joined.State = models.InvitationDeclined
		if err := tx.EndInvitation(ctx, i.ID, models.InvitationDeclined, "", 0, tx.At); err != nil {
			return err
		}
		tx.recordInvitation(models.OpInvitationDeclined, groups[i.ID], invitationState(i), nil)
		return nil
	})
	if err != nil {
		return Joined{}, err
	}
	return joined, nil
}
