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

// SignIn begins a session by e-mail and password, and returns the secret that stands for it. The attempt is counted before
// the hash is computed, so that many at once can't slip through, and an account that does not exist is answered as slowly
// as one that does. It fails with ErrWrongCredentials or Throttled, and with OwesSecondFactor where the person has one.
func (c *Console) SignIn(ctx context.Context, with Credentials) (token string, person models.Person, err error) {
	email, known := accountEmail(with.Email)
	if known {
		person, err = c.store.PersonByEmail(ctx, email)
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return "", person, err
		}
	}
	if err := c.provePassword(ctx, person, email, with.Password, with.Address); err != nil {
		return "", models.Person{}, err
	}
	b, err := c.beginWithPassword(ctx, person, beginning{Provider: ProviderPassword, Address: with.Address, Device: with.Device})
	if err == nil {
		token, err = b.session()
	}
	return token, person, err
}

// beginWithPassword begins what the person's password opens, if it still is theirs: the hash takes a while, longer where
// others wait for theirs, and meanwhile its owner may have replaced it, or turned the second factor on.
func (c *Console) beginWithPassword(ctx context.Context, person models.Person, b beginning) (begun begun, err error) {
	err = c.store.Tx(ctx, func(tx *models.Store) error {
		now, err := tx.LockPerson(ctx, person.ID)
		if err != nil {
			return err
		}
		if now.PasswordHash != person.PasswordHash {
			return ErrWrongCredentials
		}
		begun, err = c.begin(ctx, tx, now, b)
		return err
	})
	return begun, err
}

// accountEmail is the canonical form of what somebody typed. What is no address is nobody's, but counted as well.
func accountEmail(typed string) (email string, valid bool) {
	email, err := files.CanonicalEmail(strings.TrimSpace(typed))
	if err != nil {
		return strings.ToLower(strings.TrimSpace(typed)), false
	}
	return email, true
}

// provePassword counts the attempt and checks the person's password; of nobody it is never right. ErrWrongCredentials or
// Throttled.
func (c *Console) provePassword(ctx context.Context, person models.Person, email, password, address string) error {
	attempt, err := c.countAttempt(ctx, attemptToProve(email, address))
	if err != nil {
		return err
	}
	right, err := c.hasher.verify(ctx, person.PasswordHash, password)
	if err != nil {
		return fmt.Errorf("check the password of person %d: %w", person.ID, err)
	}
	if !right {
		return ErrWrongCredentials
	}
	return c.store.SucceedAttempt(ctx, attempt)
}

// accountOf is what attempts are counted by: they outlive accounts, and must not keep addresses that somebody mistyped.
func accountOf(email string) string { return measure("account", email) }

// measure keeps what is counted for one purpose apart from all others, whatever somebody types.
func measure(of, email string) string { return digest(of + " " + email) }

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
		if err := tx.Store().SetPassword(ctx, member.PersonID, hash, false); err != nil {
			return err
		}
		what.Name = member.Name
		tx.record("member.set-password", what, nil, nil)
		return nil
	})
}
