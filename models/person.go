package models

import (
	"context"
	"errors"
	"time"
)

// PersonID is the number of a person; 0 is none.
type PersonID int64

// Person belongs to the installation and may be a member of several organizations.
type Person struct {
	ID           PersonID
	Email        string // canonical
	Name         string
	Folded       string // what lists sort by: the name, or the e-mail without one; written by this package
	PasswordHash string // with its parameters; "" = can't sign in with a password
	Unproven     bool   // nobody has shown yet that the e-mail is theirs
	// ShortPassword says that the password is long enough beside a second factor only.
	ShortPassword bool
	TOTPSecret    string // what the codes of the second factor are computed from; "" = there is none
	TOTPStep      int64  // the step of time of the last code that was accepted
	CreatedAt     time.Time
	Revision      int64
}

// PersonByEmail is the person with the canonical e-mail.
func (s *Store) PersonByEmail(ctx context.Context, email string) (Person, error) {
	if !storable(email) {
		return Person{}, wrap("read person", ErrNotFound)
	}
	p, err := row[Person](ctx, s, "SELECT * FROM people WHERE email = ?", email)
	return p, wrap("read person", err)
}

// PersonByID is the person with the number.
func (s *Store) PersonByID(ctx context.Context, id PersonID) (Person, error) {
	p, err := row[Person](ctx, s, "SELECT * FROM people WHERE id = ?", id)
	return p, wrap("read person", err)
}

// LockPerson is the person with the number, and keeps others from changing how they sign in until the transaction ends:
// what follows from the answer is not overtaken.
func (s *Store) LockPerson(ctx context.Context, id PersonID) (Person, error) {
	if !s.inside {
		return Person{}, errors.New("lock person: no transaction is open")
	}
	p, err := row[Person](ctx, s, "SELECT * FROM people WHERE id = ?"+s.dialect.locked(), id)
	return p, wrap("lock person", err)
}

// PeopleByEmails are those of the canonical e-mails that are known, by e-mail.
func (s *Store) PeopleByEmails(ctx context.Context, emails []string) ([]Person, error) {
	all, err := rows[Person](ctx, s,
		"SELECT * FROM people WHERE "+s.dialect.texts("email")+" ORDER BY email", list(emails))
	return all, wrap("read people", err)
}

// CreatePerson adds one and sets its ID. ErrDuplicate when the e-mail is taken.
func (s *Store) CreatePerson(ctx context.Context, p *Person) error {
	p.prepare()
	return wrap("create person", s.insert(ctx, p))
}

// batch is the rows of one INSERT. A row has fewer than 20 columns, and SQLite takes 32,766 parameters.
const batch = 1000

// CreatePeople adds all of them and sets their IDs, or none: ErrDuplicate when one of the e-mails is taken.
func (s *Store) CreatePeople(ctx context.Context, people []Person) error {
	if len(people) == 0 {
		return nil
	}
	for i := range people {
		people[i].prepare()
	}
	err := s.whole(ctx, func(tx *Store) error { return tx.write.WithContext(ctx).CreateInBatches(people, batch).Error })
	return wrap("create people", err)
}

func (p *Person) prepare() {
	p.CreatedAt = moment(p.CreatedAt)
	p.Folded = foldedPerson(p.Name, p.Email)
}

func foldedPerson(name, email string) string {
	if folded := fold(name); folded != "" {
		return folded
	}
	return fold(email)
}

// SetPassword changes the password's hash and ends all sessions of the person and the links that were mailed to them.
// Short says that the password is long enough beside a second factor only; ErrConflict when there is none.
func (s *Store) SetPassword(ctx context.Context, id PersonID, hash string, short bool) error {
	err := s.whole(ctx, func(tx *Store) error {
		p, err := tx.PersonByID(ctx, id)
		if err != nil {
			return err
		}
		changed, err := tx.exec(ctx, `
			UPDATE people SET password_hash = ?, short_password = ?, revision = revision + 1
			WHERE id = ? AND (NOT CAST(? AS boolean) OR totp_secret <> '')`, hash, short, p.ID, short)
		if err == nil && changed == 0 {
			err = ErrConflict
		}
		if err != nil {
			return err
		}
		if err := tx.endLinksOf(ctx, id); err != nil {
			return err
		}
		return tx.DeleteSessionsOf(ctx, id)
	})
	return wrap("set password", err)
}

// ProveEmail says that the person has shown that the e-mail is theirs. If nobody had before, whoever made the account may
// be somebody else: its password, its second factor with the recovery codes, and its sessions end.
func (s *Store) ProveEmail(ctx context.Context, id PersonID) error {
	err := s.whole(ctx, func(tx *Store) error {
		if _, err := tx.endUnproven(ctx, id); err != nil {
			return err
		}
		_, err := tx.exec(ctx, "UPDATE people SET unproven = ? WHERE id = ? AND unproven", false, id)
		return err
	})
	return wrap("prove an e-mail", err)
}

// EndUnproven ends what opens an account of which nobody has shown that its e-mail is theirs: password, second factor with
// the recovery codes, and sessions. It tells whether this is such an account.
func (s *Store) EndUnproven(ctx context.Context, id PersonID) (ended bool, err error) {
	err = s.whole(ctx, func(tx *Store) error {
		ended, err = tx.endUnproven(ctx, id)
		return err
	})
	return ended, wrap("end an unproven account", err)
}

func (s *Store) endUnproven(ctx context.Context, id PersonID) (ended bool, err error) {
	changed, err := s.exec(ctx, `
		UPDATE people SET password_hash = '', short_password = ?, totp_secret = '', totp_step = 0, revision = revision + 1
		WHERE id = ? AND unproven`, false, id)
	if err != nil || changed == 0 {
		return false, err
	}
	if err := s.deleteRecoveryCodes(ctx, id); err != nil {
		return false, err
	}
	return true, s.DeleteSessionsOf(ctx, id)
}

// SetPersonName renames the person, wherever the person is a member.
func (s *Store) SetPersonName(ctx context.Context, id PersonID, name string) error {
	err := s.whole(ctx, func(tx *Store) error {
		p, err := tx.PersonByID(ctx, id)
		if err != nil {
			return err
		}
		folded := foldedPerson(name, p.Email)
		for _, st := range []statement{
			do("UPDATE people SET name = ?, folded = ?, revision = revision + 1 WHERE id = ?", name, folded, id),
			do("UPDATE members SET name = ?, folded = ? WHERE person_id = ? AND ended_at IS NULL", name, folded, id),
			do("UPDATE memberships SET folded = ? WHERE person_id = ? AND ended_at IS NULL", folded, id),
		} {
			if _, err := tx.exec(ctx, st.sql, st.args...); err != nil {
				return err
			}
		}
		return nil
	})
	return wrap("rename person", err)
}
