package services

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/files"
)

// ErrWrongCredentials is the one answer to every sign-in that fails, whether or not there is such an account.
var ErrWrongCredentials = errors.New("wrong email or password")

// Credentials are what somebody signs in with, and from where.
type Credentials struct {
	Email, Password string
	Address         string // of the network peer
	Device          string // as the browser calls itself; shown, never trusted
}

// SignIn begins a session and returns the secret that stands for it. The attempt is counted before the hash is computed,
// so that many at once can't slip through, and an account that does not exist is answered as slowly as one that does.
// It fails with ErrWrongCredentials or Throttled.
func (c *Console) SignIn(ctx context.Context, with Credentials) (token string, person models.Person, err error) {
	email, err := files.CanonicalEmail(strings.TrimSpace(with.Email))
	valid := err == nil
	if !valid {
		email = strings.ToLower(strings.TrimSpace(with.Email)) // nobody's, but counted as well
	}
	attempt, err := c.countAttempt(ctx, accountOf(email), addressBlock(with.Address))
	if err != nil {
		return "", person, err
	}
	if valid {
		person, err = c.store.PersonByEmail(ctx, email)
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return "", person, err
		}
	}
	right, err := c.hasher.verify(ctx, person.PasswordHash, with.Password)
	if err != nil {
		return "", person, fmt.Errorf("check the password of person %d: %w", person.ID, err)
	}
	if !right {
		return "", models.Person{}, ErrWrongCredentials
	}
	if err := c.store.SucceedAttempt(ctx, attempt); err != nil {
		return "", person, err
	}
	token, err = c.startSession(ctx, c.store, person,
		beginning{Provider: ProviderPassword, Address: with.Address, Device: with.Device})
	return token, person, err
}

// accountOf is what attempts are counted by: they outlive accounts, and must not keep addresses that somebody mistyped.
func accountOf(email string) string { return digest(email) }

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// SetPassword gives a member of an organization a new password and ends all of that person's sessions. It is for the
// command line: whoever may run it owns the database. A person who is not a member is ErrNotFound.
func (c *Console) SetPassword(ctx context.Context, organization, email, password string) error {
	o, err := c.store.OrganizationByKey(ctx, organization)
	if err != nil {
		return err
	}
	email, err = files.CanonicalEmail(email)
	if err != nil {
		return invalid("email", err.Error())
	}
	if problem := passwordProblem(password, email); problem != "" {
		return invalid("password", problem)
	}
	hash, err := c.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	what := subject{Domain: access.OrganizationDomain, Key: email, Name: email}
	return c.change(ctx, c.Operator(o), "member.set-password", what, func(tx *Tx) error {
		member, err := tx.MemberByEmail(ctx, email)
		if err != nil {
			return err
		}
		if err := tx.Store().SetPassword(ctx, member.PersonID, hash); err != nil {
			return err
		}
		what.Name = member.Name
		tx.record("member.set-password", what, nil, nil)
		return nil
	})
}
