package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// EditOrganization is the need to change the settings of an organization.
var EditOrganization = access.Need{Domain: access.OrganizationDomain, Ability: access.Edit}

// withoutShown is how many members without a second factor are counted at most.
const withoutShown = 1001

// OrganizationSettings is what an organization's own page shows.
type OrganizationSettings struct {
	models.Organization
	Without  int  // members without a second factor, at most 1,001
	Editable bool // by the caller
}

// OrganizationSettings opens the page of the organization: whoever enters the console may.
func (c *Console) OrganizationSettings(ctx context.Context, by Caller) (OrganizationSettings, error) {
	if !by.Enters() {
		return OrganizationSettings{}, Forbidden{ViewOrganization}
	}
	s := OrganizationSettings{Organization: by.Organization, Editable: by.Rights.May(EditOrganization, 0)}
	if !s.Editable {
		return s, nil
	}
	var err error
	s.Without, err = c.scope(by).WithoutSecondFactor(ctx, withoutShown)
	return s, err
}

// ConfirmSecondFactor is the box that must be checked before a second factor is required.
const ConfirmSecondFactor = "confirm_second_factor"

// RequireSecondFactor closes the organization to sessions without a second factor, that of the caller among them, or opens
// it again. Closing is more than it looks, so it has to be confirmed: NeedsConfirmation.
func (c *Console) RequireSecondFactor(ctx context.Context, by Caller, require, confirmed bool) error {
	o := by.Organization
	operation := "organization.second-factor-off"
	if require {
		operation = "organization.second-factor-on"
	}
	what := subject{Domain: access.OrganizationDomain, Key: o.Key, Name: o.Name}
	return c.change(ctx, by, operation, what, func(tx *Tx) error {
		if err := tx.must(ctx, EditOrganization, 0); err != nil {
			return err
		}
		now, err := tx.Organization(ctx)
		if err != nil || now.RequireSecondFactor == require {
			return err
		}
		if require && !confirmed {
			return NeedsConfirmation{ConfirmSecondFactor}
		}
		tx.record(operation, what, nil, nil)
		return tx.SetRequireSecondFactor(ctx, require)
	})
}

// ResetSecondFactor takes the second factor away from a member who has lost it, and ends the member's sessions. A password
// that is long enough beside a second factor only ends as well; passwordEnded says so. It is for the command line: whoever
// may run it owns the database. A person who is not a member is ErrNotFound, one without a second factor ErrConflict.
func (c *Console) ResetSecondFactor(ctx context.Context, organization, typed string) (passwordEnded bool, err error) {
	o, err := c.store.OrganizationByKey(ctx, organization)
	if err != nil {
		return false, err
	}
	email, valid := accountEmail(typed)
	if !valid {
		return false, invalid("email", "Enter an address such as name@example.com.")
	}
	what := subject{Domain: access.OrganizationDomain, Key: email, Name: email}
	err = c.change(ctx, c.Operator(o), "member.reset-second-factor", what, func(tx *Tx) error {
		member, err := tx.MemberByEmail(ctx, email)
		if err != nil {
			return err
		}
		person, err := tx.Store().PersonByID(ctx, member.PersonID)
		if err != nil {
			return err
		}
		if passwordEnded = person.ShortPassword; passwordEnded {
			if err := tx.Store().SetPassword(ctx, person.ID, "", false); err != nil {
				return err
			}
		}
		what.Name = member.Name
		tx.record("member.reset-second-factor", what, nil, nil)
		if err := tx.Store().TurnOffTOTP(ctx, person.ID); err != nil {
			return err
		}
		return tx.Store().DeleteSessionsOf(ctx, person.ID)
	})
	return passwordEnded, err
}
