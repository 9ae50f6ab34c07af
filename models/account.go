package models

import (
	"context"
	"strings"
	"time"
)

// AccountID is the number of an account; 0 is none.
type AccountID int64

// Account is what one who set it up opens an address with. A person has at most one that is proven: its holder has read
// mail to the address, or was given the password by somebody who runs the installation. The others were made by a link that was
// not mailed, and open the organizations alone that let them in. People are read with theirs as Person.
type Account struct {
	ID            AccountID
	PersonID      PersonID
	Proven        bool
	Name          string // of one that proves nothing, as typed; "" = the person's
	PasswordHash  string
	ShortPassword bool
	TOTPSecret    string
	TOTPStep      int64
	CreatedAt     time.Time
	Revision      int64
}

// PersonByAccount is the person as the account with the number shows them.
func (s *Store) PersonByAccount(ctx context.Context, id AccountID) (Person, error) {
	p, err := row[Person](ctx, s, personSelect+"WHERE a.id = ?", id)
	return p, wrap("read account", err)
}

// LockAccount is PersonByAccount, and keeps others from changing how the person signs in until the transaction ends.
// ErrNotFound when the account has ended.
func (s *Store) LockAccount(ctx context.Context, id AccountID) (Person, error) {
	p, err := s.PersonByAccount(ctx, id)
	if err == nil {
		_, err = s.LockPerson(ctx, p.ID)
	}
	if err != nil {
		return Person{}, wrap("lock account", err)
	}
	p, err = s.PersonByAccount(ctx, id)
	return p, wrap("lock account", err)
}

// AccountsByEmail are all accounts of the canonical e-mail, the proven one first; none where nobody has set up any.
func (s *Store) AccountsByEmail(ctx context.Context, email string) ([]Person, error) {
	if !storable(email) {
		return nil, nil
	}
	all, err := rows[Person](ctx, s, personSelect+"WHERE p.email = ? AND a.id IS NOT NULL ORDER BY a.proven DESC, a.id", email)
	return all, wrap("read accounts", err)
}

// UnprovenEmails are the canonical e-mails, out of those given, that have accounts but no proven one, ascending.
func (s *Store) UnprovenEmails(ctx context.Context, emails []string) ([]string, error) {
	all, err := rows[string](ctx, s, `
		SELECT p.email FROM people p WHERE `+s.dialect.texts("p.email")+`
		AND EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = p.id)
		AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = p.id AND a.proven)
		ORDER BY p.email`, list(emails))
	return all, wrap("read unproven accounts", err)
}

// CreateAccount adds one and sets its ID. ErrDuplicate when it is a second one that is proven; ErrConflict when the hash of
// its password has another salt than the person's other accounts: they are all checked by one computation.
func (s *Store) CreateAccount(ctx context.Context, a *Account) error {
	a.CreatedAt = moment(a.CreatedAt)
	err := s.whole(ctx, func(tx *Store) error {
		if err := tx.sameSalt(ctx, a.PersonID, 0, a.PasswordHash); err != nil {
			return err
		}
		return tx.insert(ctx, a)
	})
	return wrap("create account", err)
}

// sameSalt is ErrConflict when the person's other accounts have passwords with another salt. It holds the person.
func (s *Store) sameSalt(ctx context.Context, person PersonID, except AccountID, hash string) error {
	if err := s.holdPerson(ctx, person); err != nil || hash == "" {
		return err
	}
	others, err := rows[string](ctx, s,
		"SELECT password_hash FROM accounts WHERE person_id = ? AND id <> ? AND password_hash <> ''", person, except)
	if err != nil {
		return err
	}
	for _, other := range others {
		if saltOf(other) != saltOf(hash) {
			return ErrConflict
		}
	}
	return nil
}

// saltOf is the part of an encoded hash before the sum: parameters and salt.
func saltOf(hash string) string { return hash[:strings.LastIndexByte(hash, '$')+1] }

// SetPassword changes the password's hash of an account and ends all of its sessions; with a proven one, the links that
// were mailed to the person as well. Short says that the password is long enough beside a second factor only; ErrConflict
// when there is none, or as CreateAccount says.
func (s *Store) SetPassword(ctx context.Context, id AccountID, hash string, short bool) error {
	err := s.whole(ctx, func(tx *Store) error {
		p, err := tx.PersonByAccount(ctx, id)
		if err != nil {
			return err
		}
		if err := tx.sameSalt(ctx, p.ID, id, hash); err != nil {
			return err
		}
		changed, err := tx.exec(ctx, `
			UPDATE accounts SET password_hash = ?, short_password = ?, revision = revision + 1
			WHERE id = ? AND (NOT CAST(? AS boolean) OR totp_secret <> '')`, hash, short, id, short)
		if err == nil && changed == 0 {
			err = ErrConflict
		}
		if err != nil {
			return err
		}
		if !p.Unproven { // or anyone who made an account in somebody's name could void what was mailed to them
			if err := tx.endLinksOf(ctx, p.ID); err != nil {
				return err
			}
		}
		return tx.DeleteSessionsOfAccount(ctx, id)
	})
	return wrap("set password", err)
}

// SetShortcuts turns bare keys on or off for whoever uses the account.
func (s *Store) SetShortcuts(ctx context.Context, id AccountID, on bool) error {
	_, err := s.exec(ctx, "UPDATE accounts SET shortcuts = ? WHERE id = ?", on, id)
	return wrap("set shortcuts", err)
}

// RenameAccount changes the name of an account that proves nothing, in the organizations that it opens alone.
func (s *Store) RenameAccount(ctx context.Context, id AccountID, name string) error {
	err := s.whole(ctx, func(tx *Store) error {
		p, err := tx.PersonByAccount(ctx, id)
		if err != nil {
			return err
		}
		if _, err := tx.exec(ctx, "UPDATE accounts SET name = ?, revision = revision + 1 WHERE id = ?", name, id); err != nil {
			return err
		}
		opened, err := rows[OrganizationID](ctx, tx, "SELECT organization_id FROM account_organizations WHERE account_id = ? ORDER BY 1", id)
		if err != nil {
			return err
		}
		for _, o := range opened {
			open, err := tx.In(o).AccountsOf(ctx, p.ID)
			if err != nil {
				return err
			}
			for _, a := range open {
				if a.AccountID == id {
					err = tx.In(o).NameMember(ctx, p, name)
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return wrap("rename account", err)
}
