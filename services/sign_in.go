package services

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"bailiwick/models"
	"bailiwick/services/credential"
	"bailiwick/services/files"
)

// ErrWrongCredentials is the one answer to every sign-in that fails, whether or not there is such an account.
var ErrWrongCredentials = errors.New("wrong email or password")

// Credentials are what somebody signs in with, and from where.
type Credentials struct {
	Email, Password string
	Address         string // of the visitor; "" where it is not known, and then only the account counts
	Device          string // as the browser calls itself; shown, never trusted
}

// SignIn begins a session by e-mail and password, and returns the secret that stands for it. The attempt is counted before
// the hash is computed, so that many at once can't slip through, and an account that does not exist is answered as slowly
// as one that does. It fails with ErrWrongCredentials or Throttled, and with OwesSecondFactor where the person has one.
func (c *Console) SignIn(ctx context.Context, with Credentials) (string, models.Person, error) {
	email, known := accountEmail(with.Email)
	if len(readEntries(browserFrom(ctx))) == 0 { // nobody is known here: while there is no room, that costs no query
		if err := c.hasher.refusal(attemptToProve(email, with.Address, "", 0).turn); err != nil {
			return "", models.Person{}, err
		}
	}
	var accounts []models.Person
	if known {
		var err error
		if accounts, err = c.store.AccountsByEmail(ctx, email); err != nil {
			return "", models.Person{}, err
		}
	}
	person, err := c.provePassed(ctx, accounts, email, with)
	if err != nil {
		return "", models.Person{}, err
	}
	b, err := c.beginWithPassword(ctx, person, beginning{Provider: ProviderPassword, Address: with.Address, Device: with.Device})
	if err != nil {
		return "", models.Person{}, err
	}
	token, err := b.session()
	if err != nil {
		return "", models.Person{}, err
	}
	return token, person, nil
}

// beginWithPassword begins what the person's password opens, if it still is theirs: the hash takes a while, longer where
// others wait for theirs, and meanwhile its owner may have replaced it, or turned the second factor on.
func (c *Console) beginWithPassword(ctx context.Context, person models.Person, b beginning) (begun, error) {
	var opened begun
	err := c.store.Tx(ctx, func(tx *models.Store) error {
		now, err := tx.LockAccount(ctx, person.AccountID)
		if errors.Is(err, models.ErrNotFound) {
			return ErrWrongCredentials // its address was proven, by somebody else
		}
		if err != nil {
			return err
		}
		if now.PasswordHash != person.PasswordHash {
			return ErrWrongCredentials
		}
		opened, err = c.begin(ctx, tx, now, b)
		return err
	})
	if err != nil {
		return begun{}, err
	}
	return opened, nil
}

// accountEmail is the canonical form of what somebody typed; false for what is no address, which is nobody's, but counted as
// well.
func accountEmail(typed string) (string, bool) {
	email, err := files.CanonicalEmail(strings.TrimSpace(typed))
	if err != nil {
		return strings.ToLower(strings.TrimSpace(typed)), false
	}
	return email, true
}

// provePassed finds the account that what was passed opens. A browser that knows some of the accounts has counters of its own
// for these; the others are looked at as from an unknown browser, or an account that somebody else made for the address
// would lend its holder more guesses at them. Anyone who is known with such an account alone is answered as if there were others:
// it must not tell them whether there are.
func (c *Console) provePassed(
	ctx context.Context, accounts []models.Person, email string, with Credentials,
) (models.Person, error) {
	p, err := c.knownAccounts(ctx, accounts)
	if err != nil {
		return models.Person{}, err
	}
	if p.browser != "" {
		attempt := attemptToProve(email, with.Address, p.browser, p.known[0].AccountID)
		person, err := c.provePassword(ctx, p.known, with.Password, attempt)
		if !errors.Is(err, ErrWrongCredentials) || len(p.others) == 0 && !p.known[0].Unproven {
			return person, err
		}
	}
	return c.provePassword(ctx, p.others, with.Password, attemptToProve(email, with.Address, "", 0))
}

// provePassword counts the attempt and finds the account that the password opens, the proven one first; of nobody it is
// never right. ErrWrongCredentials or Throttled. Nothing is written before the turn has come, so that a flood keeps neither
// the database nor the hashes busy.
func (c *Console) provePassword(
	ctx context.Context, accounts []models.Person, password string, a attempt,
) (models.Person, error) {
	if err := c.hasher.refusal(a.turn); err != nil {
		return models.Person{}, err
	}
	if err := c.admitAttempt(ctx, a); err != nil {
		return models.Person{}, err
	}
	var person models.Person
	err := c.hasher.inTurn(ctx, a.turn, func() error {
		rows, err := c.record(ctx, a)
		if err != nil {
			return err
		}
		found, right, err := c.hasher.match(accounts, password)
		if err != nil {
			return fmt.Errorf("check the password of an account: %w", err)
		}
		if !right {
			c.hasher.failed(a.turn)
			return ErrWrongCredentials
		}
		person = found
		return c.succeed(ctx, rows)
	})
	if err != nil {
		return models.Person{}, err
	}
	return person, nil
}

// accountOf is what attempts are counted by: they outlive accounts, and must not keep addresses that somebody mistyped.
func accountOf(email string) string { return measure("account", email) }

// measure keeps what is counted for one purpose apart from all others, whatever somebody types.
func measure(of, email string) string { return credential.Digest(of + " " + email) }

// SetPassword gives a member of an organization a new password and ends all of that person's sessions. It is for the
// command line: anyone who may run it owns the database and knows the member, so the address is proven by it (R19). A person who is not a member is ErrNotFound.
func (c *Console) SetPassword(ctx context.Context, organization, email, password string) error {
	o, err := c.namedOrganization(ctx, organization)
	if err != nil {
		return err
	}
	if email, err = namedEmail(email); err != nil {
		return err
	}
	if problem := credential.PasswordProblem(credential.PasswordMinimum, password, email); problem != "" {
		return invalid("Password", problem)
	}
	hash, err := c.hasher.hash(ctx, credential.Turn{Rank: credential.Known, Of: email}, password)
	if err != nil {
		return err
	}
	what := subject{Key: email, Name: email}
	return c.change(ctx, c.Operator(o), models.OpMemberPasswordSet, what, func(tx *Tx) error {
		member, err := namedMember(ctx, tx.view, o, email)
		if err != nil {
			return err
		}
		person, err := tx.Store().ProveEmail(ctx, member.PersonID)
		if err != nil {
			return err
		}
		if err := tx.Store().SetPassword(ctx, person.AccountID, hash, false); err != nil {
			return err
		}
		what.Name = member.Name
		tx.record(models.OpMemberPasswordSet, what, nil, nil)
		return nil
	})
}
