package models

import (
	"context"
	"errors"
	"time"

	"bailiwick/names"
)

// PersonID is the number of a person; 0 is none.
type PersonID int64

// Person belongs to the installation and may be a member of several organizations. What opens it is in accounts: a Person
// is a view of one of them, the proven one where nothing else is said.
type Person struct {
	ID       PersonID
	Email    string // canonical
	Name     string // of an account that proves nothing: the one that was typed when it was made
	SortKey  string // what lists sort by: the name of the person, or the e-mail without one; written by this package
	Words    string // what lists find them by; written by this package
	Skeleton string // what the name looks like; written by this package

	CreatedAt time.Time
	Revision  int64 // of the account, or of the person where there is none

	AccountID    AccountID `gorm:"->"` // 0: nobody has set up anything that opens it
	PasswordHash string    `gorm:"->"` // with its parameters; "" = can't sign in with a password
	// Unproven says that this account shows nothing of whose the e-mail is. It is so without an account as well.
	Unproven bool `gorm:"->"`
	// ShortPassword says that the password is long enough beside a second factor only.
	ShortPassword bool   `gorm:"->"`
	TOTPSecret    string `gorm:"->"` // what the codes of the second factor are computed from; "" = there is none
	TOTPStep      int64  `gorm:"->"` // the step of time of the last code that was accepted
	Shortcuts     bool   `gorm:"->"` // bare keys do something
}

// personSelect is people with their accounts, one row an account; it ends inside the condition of the join.
const personSelect = `
	SELECT p.id, p.email, p.sort_key, p.skeleton, p.created_at, CASE WHEN coalesce(a.name, '') = '' THEN p.name ELSE a.name END AS name,
		coalesce(a.revision, p.revision) AS revision, coalesce(a.id, 0) AS account_id, NOT coalesce(a.proven, false) AS unproven,
		coalesce(a.password_hash, '') AS password_hash, coalesce(a.short_password, false) AS short_password,
		coalesce(a.totp_secret, '') AS totp_secret, coalesce(a.totp_step, 0) AS totp_step, coalesce(a.shortcuts, false) AS shortcuts
	FROM people p LEFT JOIN accounts a ON a.person_id = p.id `

// provenSelect is people with what is proven of them alone; it ends before its conditions.
const provenSelect = personSelect + "AND a.proven "

// PersonByEmail is the person with the canonical e-mail.
func (s *Store) PersonByEmail(ctx context.Context, email string) (Person, error) {
	if !storable(email) {
		return Person{}, wrap("read person", ErrNotFound)
	}
	p, err := row[Person](ctx, s, provenSelect+"WHERE p.email = ?", email)
	return p, wrap("read person", err)
}

// PersonByID is the person with the number.
func (s *Store) PersonByID(ctx context.Context, id PersonID) (Person, error) {
	p, err := row[Person](ctx, s, provenSelect+"WHERE p.id = ?", id)
	return p, wrap("read person", err)
}

// LockPerson is the person with the number, and keeps others from changing how they sign in until the transaction ends:
// what follows from the answer is not overtaken.
func (s *Store) LockPerson(ctx context.Context, id PersonID) (Person, error) {
	if !s.inside {
		return Person{}, errors.New("lock person: no transaction is open")
	}
	if err := s.holdPerson(ctx, id); err != nil {
		return Person{}, wrap("lock person", err)
	}
	p, err := s.PersonByID(ctx, id)
	return p, wrap("lock person", err)
}

// LockPeople locks people until the transaction ends against whatever would name them anew: becoming a member somewhere, standing in
// the operator's file, another address. What is read of them afterwards stays so.
func (s *Store) LockPeople(ctx context.Context, people []PersonID) error {
	if !s.inside {
		return errors.New("lock people: no transaction is open")
	}
	_, err := rows[PersonID](ctx, s, "SELECT p.id FROM people p WHERE "+s.dialect.ids("p.id")+" ORDER BY p.id"+s.dialect.locked(), list(people))
	return wrap("lock people", err)
}

// holdPerson makes changes of what opens the person queue until the transaction ends.
func (s *Store) holdPerson(ctx context.Context, id PersonID) error {
	_, err := s.exec(ctx, "UPDATE people SET revision = revision WHERE id = ?", id)
	return err
}

// PeopleByEmails are those of the canonical e-mails that are known, by e-mail.
func (s *Store) PeopleByEmails(ctx context.Context, emails []string) ([]Person, error) {
	all, err := rows[Person](ctx, s,
		provenSelect+"WHERE "+s.dialect.texts("p.email")+" ORDER BY p.email", list(emails))
	return all, wrap("read people", err)
}

// PeopleToName are PeopleByEmails for a transaction that makes them members, or puts them into the operator's file: nobody gets another
// address until it ends, and who just got one is not found by the one before.
func (s *Store) PeopleToName(ctx context.Context, emails []string) ([]Person, error) {
	_, err := rows[PersonID](ctx, s, "SELECT p.id FROM people p WHERE "+s.dialect.texts("p.email")+" ORDER BY p.id"+s.dialect.named(), list(emails))
	if err != nil {
		return nil, wrap("lock the addresses of people", err)
	}
	return s.PeopleByEmails(ctx, emails)
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
	p.SortKey, p.Words = sortKeyOf(p.Name, p.Email), names.Text(p.Name, p.Email)
	p.Skeleton = skeletonOf(p.Name, p.Email)
}

// SetPersonName renames the person, wherever the person is a member.
func (s *Store) SetPersonName(ctx context.Context, id PersonID, name string) error {
	err := s.whole(ctx, func(tx *Store) error {
		p, err := tx.PersonByID(ctx, id)
		if err != nil {
			return err
		}
		key, words, skeleton := sortKeyOf(name, p.Email), names.Text(name, p.Email), skeletonOf(name, p.Email)
		for _, st := range []statement{
			do("UPDATE people SET name = ?, sort_key = ?, words = ?, skeleton = ?, revision = revision + 1 WHERE id = ?", name, key, words, skeleton, id),
			do("UPDATE memberships SET sort_key = ? WHERE person_id = ? AND ended_at IS NULL", key, id),
		} {
			if _, err := tx.exec(ctx, st.sql, st.args...); err != nil {
				return err
			}
		}
		return tx.renameMembers(ctx, id, name, p.Email)
	})
	return wrap("rename person", err)
}

// renameMembers renames the person as a member, in each organization.
func (s *Store) renameMembers(ctx context.Context, id PersonID, name, email string) error {
	organizations, err := rows[OrganizationID](ctx, s, "SELECT organization_id FROM members WHERE person_id = ? AND ended_at IS NULL", id)
	if err != nil {
		return err
	}
	for _, o := range organizations {
		if err := s.In(o).renameMember(ctx, id, name, email); err != nil {
			return err
		}
	}
	return nil
}

func (s *Scope) renameMember(ctx context.Context, id PersonID, name, email string) error {
	_, err := s.exec(ctx, `
		UPDATE members SET name = ?, sort_key = ?, words = ?, skeleton = ?
		WHERE organization_id = ? AND person_id = ? AND ended_at IS NULL`,
		name, sortKeyOf(name, email), wordsOfMembers.text(s.id, "", name, email), skeletonOf(name, email), s.id, id)
	return err
}
