package services

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/files"
)

// withdraw ends the accesses that the file no longer allows: of people and categories that it omits, to organizations that
// a person no longer supports, and of more than their categories may ask for. It takes each organization's lock by itself,
// after what the file says is stored: a request under way was stored before, and is found. Where one organization fails, the
// others are gone through nevertheless. A dry run only tells.
func (c *Console) withdraw(ctx context.Context, file *files.Operator, dry bool) ([]Step, error) {
	organizations, err := c.store.OrganizationsWithOpenAccesses(ctx)
	if err != nil {
		return nil, err
	}
	var steps []Step
	var failed []error
	for _, o := range organizations {
		ended, err := c.withdrawIn(ctx, o, file, dry)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		steps = append(steps, ended...)
	}
	if err := errors.Join(failed...); err != nil {
		return nil, err
	}
	return steps, nil
}

func (c *Console) withdrawIn(ctx context.Context, o models.Organization, file *files.Operator, dry bool) ([]Step, error) {
	var steps []Step
	err := c.change(ctx, c.Operator(o), models.OpTemporaryAccessRevoked, subject{}, func(tx *Tx) error {
		open, err := tx.OpenAccesses(ctx)
		if err != nil {
			return err
		}
		for _, a := range open {
			set, err := tx.AccessPrivileges(ctx, a.Grantee().ID)
			if err != nil {
				return err
			}
			if c.stillAllowed(o, a, set, file) {
				continue
			}
			steps = append(steps, Step{"end", fmt.Sprintf("temporary access of %s to %s", a.Email, o.Key), nil})
			if err := tx.endAccess(ctx, a, models.AccessEnding{Outcome: models.AccessRevoked, By: tx.By.Signature(), Reason: ReasonWithdrawn, At: tx.At}); err != nil {
				return err
			}
		}
		if dry || len(steps) == 0 {
			return errNotKept
		}
		return nil
	})
	if err != nil && !errors.Is(err, errNotKept) {
		return nil, err
	}
	return steps, nil
}

// stillAllowed tells whether the person could still ask for what the access holds.
func (c *Console) stillAllowed(o models.Organization, a models.TemporaryAccess, set access.PrivilegeSet, file *files.Operator) bool {
	at := slices.IndexFunc(file.Personnel, func(p files.Personnel) bool { return p.Email == a.Email })
	if at < 0 {
		return false
	}
	s := Supporter{Personnel: models.Personnel{Organizations: keysOf(file.Personnel[at].Organizations)}}
	own := keysOf(file.Personnel[at].Categories)
	for _, category := range file.Categories {
		if slices.Contains(own, category.Key) {
			s.Categories = append(s.Categories, storedCategory(category))
		}
	}
	may, known := allowanceOf(s.Categories, a.Categories)
	wanted := map[access.DomainKey]access.Level{}
	for d, p := range set {
		wanted[d] = p.Level
	}
	return known && s.Supports(o.Key) && len(may.beyond(c.catalog, wanted)) == 0
}
