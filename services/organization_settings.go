package services

import (
	"context"
	"fmt"

	"bailiwick/models"
)

// withoutShown is how many members without a second factor are counted at most.
const withoutShown = 1001

// OrganizationSettings is what an organization's own page shows.
type OrganizationSettings struct {
	models.Organization
	Without  int  // members without a second factor, at most 1,001
	Editable bool // by the caller
}

// OrganizationSettings opens the page of the organization: anyone who enters the console may.
func (c *Console) OrganizationSettings(ctx context.Context, by Caller) (OrganizationSettings, error) {
	v := c.view(by)
	if err := by.mustEnter(); err != nil {
		return OrganizationSettings{}, err
	}
	s := OrganizationSettings{Organization: by.Organization, Editable: by.Rights.May(EditOrganization, 0)}
	if !s.Editable {
		return s, nil
	}
	var err error
	s.Without, err = v.WithoutSecondFactor(ctx, withoutShown)
	return s, err
}

// RequireSecondFactor closes the organization to sessions without a second factor, that of the caller among them, or opens
// it again. Closing is more than it looks, so it has to be confirmed: NeedsConfirmation. ErrNoSecretKey where nobody could set
// one up, and so nobody get in.
func (c *Console) RequireSecondFactor(ctx context.Context, by Caller, require, confirmed bool) error {
	o := by.Organization
	operation := models.OpOrganizationSecondFactorMadeOptional
	if require {
		operation = models.OpOrganizationSecondFactorRequired
	}
	var keyless error
	if require && by.Rights.May(EditOrganization, 0) {
		keyless = c.CanKeepSecrets(ctx) // before the change: the key is the installation's
	}
	what := aboutOrganization(o)
	return c.change(ctx, by, operation, what, func(tx *Tx) error {
		if err := tx.must(ctx, EditOrganization, 0); err != nil {
			return err
		}
		now, err := tx.Organization(ctx)
		if err != nil || now.RequireSecondFactor == require {
			return err
		}
		if keyless != nil {
			return keyless
		}
		if require && !confirmed {
			return NeedsConfirmation{ConfirmSecondFactor}
		}
		if err := tx.SetRequireSecondFactor(ctx, require); err != nil {
			return err
		}
		tx.record(operation, what, nil, nil)
		return nil
	})
}

// ResetSecondFactor takes the second factor away from a member who has lost it, and ends the member's sessions. A password
// that is long enough beside a second factor only ends as well: it returns whether one did. Where no administrator could sign in
// afterwards it has to be confirmed: LastWayIn. It is for the command line: anyone who may run it owns the database. A person
// who is not a member is ErrNotFound, one without a second factor ErrConflict.
func (c *Console) ResetSecondFactor(ctx context.Context, organization, typed string, confirmed bool) (bool, error) {
	o, err := c.namedOrganization(ctx, organization)
	if err != nil {
		return false, err
	}
	email, err := namedEmail(typed)
	if err != nil {
		return false, err
	}
	what := subject{Key: email, Name: email}
	passwordEnded := false
	err = c.change(ctx, c.Operator(o), models.OpMemberSecondFactorReset, what, func(tx *Tx) error {
		member, err := namedMember(ctx, tx.view, o, email)
		if err != nil {
			return err
		}
		lost, err := tx.endsLastWayIn(ctx, member.PersonID, func() error {
			var err error
			passwordEnded, err = tx.takeSecondFactor(ctx, member.PersonID)
			return err
		})
		if err != nil {
			return err
		}
		if len(lost) > 0 && !confirmed {
			return LastWayIn{email, lost}
		}
		tx.endsWayIn = confirmed
		if err := tx.Store().DeleteSessionsOf(ctx, member.PersonID); err != nil {
			return err
		}
		what.Name = member.Name
		tx.record(models.OpMemberSecondFactorReset, what, nil, nil)
		return nil
	})
	if err != nil {
		return false, err
	}
	return passwordEnded, nil
}

// takeSecondFactor takes it from the accounts with which the person enters the organization, and returns whether a password
// ended with it. ErrConflict when none has one.
func (tx *Tx) takeSecondFactor(ctx context.Context, person models.PersonID) (bool, error) {
	accounts, err := tx.AccountsOf(ctx, person)
	if err != nil {
		return false, err
	}
	taken, passwordEnded := 0, false
	for _, a := range accounts {
		if a.TOTPSecret == "" {
			continue
		}
		taken++
		if a.ShortPassword {
			passwordEnded = true
			if err := tx.Store().SetPassword(ctx, a.AccountID, "", false); err != nil {
				return false, err
			}
		}
		if err := tx.Store().TurnOffTOTP(ctx, a.AccountID); err != nil {
			return false, err
		}
	}
	if taken == 0 {
		return false, fmt.Errorf("person %d has no second factor: %w", person, models.ErrConflict)
	}
	return passwordEnded, nil
}
