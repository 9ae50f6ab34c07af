package services

import (
	"context"

	"bailiwick/models"
	"bailiwick/words"
)

// keeps is R8, whatever the way: an organization that had an administrator keeps one, and one that had one for good keeps
// one for good. The same holds among those who could sign in: a row alone opens nothing. A membership with an end is not
// enough, for it would end with nobody doing anything.
func keeps(before, after models.Administration) bool {
	return keepsRows(before, after) && keepsEntering(before, after)
}

// keepsRows is the part of R8 that says who is an administrator.
func keepsRows(before, after models.Administration) bool {
	return stays(before.Now, after.Now) && stays(before.ForGood, after.ForGood)
}

// keepsEntering is the part of R8 that is about those who could sign in.
func keepsEntering(before, after models.Administration) bool {
	return stays(before.EnterNow, after.EnterNow) && stays(before.EnterForGood, after.EnterForGood)
}

func stays(before, after int) bool { return before == 0 || after > 0 }

// isLastAdministrator tells whether the organization would not be left as R8 demands if the person were gone.
func (v *view) isLastAdministrator(ctx context.Context, person models.PersonID) (bool, error) {
	mails := v.console.Mails()
	before, err := v.Administered(ctx, v.At, mails, 0)
	if err != nil {
		return false, err
	}
	after, err := v.Administered(ctx, v.At, mails, person)
	if err != nil {
		return false, err
	}
	return !keeps(before, after), nil
}

// IsLastOf tells whether the group could not spare the person: it is Administrators, and without them the organization would
// not be left as R8 demands.
func (c *Console) IsLastOf(ctx context.Context, by Caller, group models.Group, person models.PersonID) (bool, error) {
	return c.view(by).isLastOf(ctx, group, person)
}

func (v *view) isLastOf(ctx context.Context, group models.Group, person models.PersonID) (bool, error) {
	if !group.Administrators {
		return false, nil
	}
	return v.isLastAdministrator(ctx, person)
}

// AdministratorsEntering tells how many administrators the caller's organization has and who of them could sign in, so that
// somebody sees to it in time; false for who may not edit all groups, and learns nothing (R15).
func (c *Console) AdministratorsEntering(ctx context.Context, by Caller) (models.Administration, bool, error) {
	if !by.Rights.Granting().May(EditGroup, 0) { // who only holds it lent brings nobody in
		return models.Administration{}, false, nil
	}
	v := c.view(by)
	a, err := v.Administered(ctx, v.At, c.Mails(), 0)
	if err != nil {
		return models.Administration{}, false, err
	}
	return a, true, nil
}

// Unentered are the organizations that no administrator could enter now, at most limit of them.
func (c *Console) Unentered(ctx context.Context, limit int) ([]models.Unentered, error) {
	return c.store.Unentered(ctx, c.now(), c.Mails(), limit)
}

// LastWayIn says that an act would end the last way of an administrator into these organizations, and has to be confirmed.
type LastWayIn struct {
	Email         string
	Organizations []string // keys
}

func (e LastWayIn) Error() string {
	return "after this no administrator could sign in to " + words.And(e.Organizations)
}

// endsLastWayIn does what may end a person's ways in, and names the organizations that nobody could enter any more because
// of it: all of the person's, since a password belongs to the installation.
func (tx *Tx) endsLastWayIn(ctx context.Context, person models.PersonID, work func() error) ([]string, error) {
	mails := tx.console.Mails()
	before, err := tx.Store().AdministeredAround(ctx, person, tx.At, mails)
	if err != nil {
		return nil, err
	}
	if err := work(); err != nil {
		return nil, err
	}
	now, err := tx.Store().AdministeredAround(ctx, person, tx.At, mails)
	if err != nil {
		return nil, err
	}
	after := map[models.OrganizationID]models.Administration{}
	for _, o := range now {
		after[o.OrganizationID] = o.Administration
	}
	var lost []string
	for _, o := range before {
		if !keepsEntering(o.Administration, after[o.OrganizationID]) {
			lost = append(lost, o.Key)
		}
	}
	return lost, nil
}
