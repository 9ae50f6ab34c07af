package services

import (
	"context"
	"errors"
	"slices"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// RenameSelf changes a person's own name, in all of the organizations that their account opens.
func (c *Console) RenameSelf(ctx context.Context, who Session, typed, address string) error {
	if IsResuming(ctx) {
		return ErrResumed
	}
	name, err := cleanName("Name", typed)
	if err != nil || name == who.Person.Name {
		return err
	}
	return c.store.Tx(ctx, func(tx *models.Store) error {
		if err := tx.HoldOrganizationsOf(ctx, who.Person.ID, c.now()); err != nil {
			return err
		}
		if err := setOwnName(ctx, tx, who.Person, name); err != nil {
			return err
		}
		renamed := who.Person
		renamed.Name = name
		return c.recordOwn(ctx, tx, renamed, address, models.OpMemberRenamed, state{Name: who.Person.Name}, state{Name: name})
	})
}

// setOwnName names the person, or their account alone where nothing proves that the address is theirs.
func setOwnName(ctx context.Context, tx *models.Store, person models.Person, name string) error {
	if person.Unproven {
		return tx.RenameAccount(ctx, person.AccountID, name)
	}
	return tx.SetPersonName(ctx, person.ID, name)
}

// PasswordChange is what somebody types to change their password.
type PasswordChange struct {
	Present string
	NewPassword
	Address, Device string // where the request comes from
}

// ChangePassword changes a person's own password, with the present one. All other sessions end; the secret of the one that
// takes the place of who is returned. Invalid or Throttled.
func (c *Console) ChangePassword(ctx context.Context, who Session, change PasswordChange) (Renewed, error) {
	if err := change.problem(who.Person); err != nil {
		return Renewed{}, err
	}
	present := attemptOfOwner("own password", who.Person.AccountID)
	if _, err := c.provePassword(ctx, []models.Person{who.Person}, change.Present, present); err != nil {
		return Renewed{}, atField("Present", err)
	}
	hash, err := c.newHashOf(ctx, who.Person, change.Password)
	if err != nil {
		return Renewed{}, err
	}
	b := beginning{SecondFactor: who.SecondFactor, Address: change.Address, Device: change.Device}
	session, err := c.renew(ctx, who, b, models.OpMemberPasswordChanged, func(tx *models.Store) error {
		return tx.SetPassword(ctx, who.Person.AccountID, hash, credential.IsShort(change.Password))
	})
	if err != nil {
		return Renewed{}, err
	}
	return Renewed{Session: session}, nil
}

// newHashOf is the hash of a new password of an account: with the salt of the address's other accounts, and without such with
// one of its own, so that who takes an earlier password again is not known where they were before.
func (c *Console) newHashOf(ctx context.Context, person models.Person, password string) (string, error) {
	accounts, err := c.store.AccountsByEmail(ctx, person.Email)
	if err != nil {
		return "", err
	}
	others := slices.DeleteFunc(accounts, func(a models.Person) bool { return a.AccountID == person.AccountID })
	return c.hasher.hash(ctx, hashingTurn(person.AccountID), password, others...)
}

// SessionsOf are the sessions of an account that are in use, the last used first.
func (c *Console) SessionsOf(ctx context.Context, account models.AccountID) ([]models.Session, error) {
	at := c.now()
	all, err := c.store.SessionsOf(ctx, account, at.Add(-SessionIdle-2*touchEvery), at) // their last use may not be written yet
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].LastSeenAt = c.sessionUses.latest(all[i])
	}
	all = slices.DeleteFunc(all, func(s models.Session) bool { return at.Sub(s.LastSeenAt) >= SessionIdle })
	slices.SortStableFunc(all, func(a, b models.Session) int { return b.LastSeenAt.Compare(a.LastSeenAt) })
	return all, nil
}

// EndOwnSession signs a person out on one device. It is no error if the session has ended already.
func (c *Console) EndOwnSession(ctx context.Context, who Session, id string) error {
	err := c.store.DeleteSessionOf(ctx, who.Person.AccountID, id)
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	return err
}

// EndAllSessions signs a person out everywhere, here too.
func (c *Console) EndAllSessions(ctx context.Context, who Session) error {
	return c.store.DeleteSessionsOfAccount(ctx, who.Person.AccountID)
}

// SetShortcuts turns bare keys on or off for whoever is signed in. It is how somebody likes to work, and no activity.
func (c *Console) SetShortcuts(ctx context.Context, who Session, on bool) error {
	return c.store.SetShortcuts(ctx, who.Person.AccountID, on)
}
