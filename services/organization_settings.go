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
	Taken    Seats
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
	var err error
	if s.Taken, err = v.seats(ctx, by.Organization); err != nil || !s.Editable {
		return s, err
	}
	s.Without, err = v.WithoutSecondFactor(ctx, withoutShown)
	return s, err
}

// OrganizationRename is another name for an organization. Was is the name that its form was made from.
type OrganizationRename struct{ Was, Name string }

// RenameOrganization gives the organization another name; its key stays. What others are called is not asked: a name that is refused
// because another organization has one like it would tell that there is one (R15). ErrConflict where somebody else has renamed it.
func (c *Console) RenameOrganization(ctx context.Context, by Caller, r OrganizationRename) error {
	return c.change(ctx, by, models.OpOrganizationUpdated, aboutOrganization(by.Organization), func(tx *Tx) error {
		if err := tx.must(ctx, EditOrganization, 0); err != nil {
			return err
		}
		now, err := tx.Organization(ctx)
		if err != nil {
			return err
		}
		name, err := cleanName("Name", r.Name)
		if err != nil || name == now.Name {
			return err
		}
		if now.Name != r.Was {
			return fmt.Errorf("the organization was renamed: %w", models.ErrConflict)
		}
		return tx.setOrganization(ctx, now.Key, organizationState{now.Name, now.Seats}, organizationState{name, now.Seats})
	})
}

// setOrganization gives the organization a name and a number of seats.
func (tx *Tx) setOrganization(ctx context.Context, key string, was, is organizationState) error {
	if err := tx.SetOrganization(ctx, is.Name, is.Seats); err != nil {
		return err
	}
	tx.record(models.OpOrganizationUpdated, subject{Key: key, Name: is.Name}, was, is)
	return nil
}

// RequireSecondFactor closes the organization to sessions without a second factor, that of the caller among them, or opens
// it again. Closing is more than it looks, so it has to be confirmed: NeedsConfirmation. ErrNoSecretKey where nobody could set
// one up, and so nobody get in.
func (c *Console) RequireSecondFactor(ctx context.Context, by Caller, require, confirmed bool) error {
	var keyless error
	if require && by.Rights.May(EditOrganization, 0) {
		keyless = c.CanKeepSecrets(ctx) // before the change: the key is the installation's
	}
	return c.change(ctx, by, secondFactorSetting.turned(require), aboutOrganization(by.Organization), func(tx *Tx) error {
		return tx.turn(ctx, secondFactorSetting, require, func() error {
			switch {
			case keyless != nil:
				return keyless
			case require && !confirmed:
				return NeedsConfirmation{ConfirmSecondFactor}
			}
			return nil
		})
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
