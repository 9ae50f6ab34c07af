package services

import (
	"context"
	"errors"
	"fmt"

	"bailiwick/models"
	"bailiwick/services/files"
	"bailiwick/words"
)

// NotThere says in plain words that something does not exist which a command names. It is models.ErrNotFound.
type NotThere struct {
	Text string
}

func (e NotThere) Error() string { return e.Text }

// Is makes it models.ErrNotFound.
func (e NotThere) Is(target error) bool { return target == models.ErrNotFound }

// namedOrganization is the organization that a command names. Anyone who runs commands owns the database, so that the error
// names those that are there.
func (c *Console) namedOrganization(ctx context.Context, key string) (models.Organization, error) {
	o, err := c.store.OrganizationByKey(ctx, key)
	if !errors.Is(err, models.ErrNotFound) {
		return o, err
	}
	all, err := c.store.Organizations(ctx)
	if err != nil {
		return models.Organization{}, err
	}
	if len(all) == 0 {
		return models.Organization{}, NotThere{fmt.Sprintf("there is no organization %q: this database has none yet", key)}
	}
	var keys []string
	for _, o := range all {
		keys = append(keys, o.Key)
	}
	return models.Organization{}, NotThere{fmt.Sprintf("there is no organization %q: this database has %s", key, words.List(keys, namedAtMost))}
}

// namedMember is the member that a command names.
func namedMember(ctx context.Context, v *view, o models.Organization, email string) (models.Member, error) {
	member, err := v.MemberByEmail(ctx, email)
	if errors.Is(err, models.ErrNotFound) {
		return models.Member{}, NotThere{fmt.Sprintf("no member of %s has the address %s", o.Key, email)}
	}
	return member, err
}

// namedEmail is the canonical form of an address that a command names; Invalid where it is none.
func namedEmail(typed string) (string, error) {
	email, err := files.CanonicalEmail(typed)
	if err != nil {
		return "", invalid("Email", fmt.Sprintf("%q %s", typed, err))
	}
	return email, nil
}
