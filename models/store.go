package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"bailiwick/access"
)

// Store is the whole installation, or one transaction on it: then all its methods work inside that transaction.
type Store struct {
	dialect     dialect
	read, write *gorm.DB
	search      *gorm.DB  // reads what depends on words (searching)
	pools       []*sql.DB // the writer first
	clock       func() time.Time
	inside      bool // of a transaction
	locked      bool // an organization's row is held by Change
	raised      *raised
	keys        *keyState
}

// Now is the moment by the Store's clock, in UTC, as exact as the databases keep it.
func (s *Store) Now() time.Time { return moment(s.clock()) }

// Precision is how exactly both databases keep a moment.
const Precision = time.Microsecond

// moment is a time as both databases keep it. Zone and digits matter: SQLite compares times as text.
func moment(t time.Time) time.Time { return t.UTC().Truncate(Precision) }

func momentOrNil(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	m := moment(*t)
	return &m
}

// Ping tells whether the database answers. It reads: while somebody else keeps the database from being written, reading
// goes on.
func (s *Store) Ping(ctx context.Context) error {
	_, err := rows[int](ctx, s, "SELECT 1")
	return wrap("ping database", err)
}

// In is one organization of the Store. Nothing is read: an organization that does not exist has no rows.
func (s *Store) In(id OrganizationID) *Scope { return &Scope{store: s, id: id} }

// Tx runs fn in one transaction that may write, and commits when fn returns nil. fn uses the Store it is given: the
// outer one would wait for it. A transaction within a transaction is an error.
func (s *Store) Tx(ctx context.Context, fn func(tx *Store) error) error {
	if s.inside {
		return errors.New("begin transaction: one is open already")
	}
	tx := s.write.WithContext(ctx).Begin()
	if tx.Error != nil {
		return wrap("begin transaction", tx.Error)
	}
	done := false
	defer func() {
		if !done { // fn failed or panicked
			tx.Rollback()
		}
	}()
	if err := fn(&Store{dialect: s.dialect, read: tx, write: tx, search: tx, clock: s.clock, raised: s.raised, keys: s.keys, inside: true}); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return wrap("commit", err)
	}
	done = true
	err := tx.Commit().Error
	if err != nil && s.dialect == postgresDialect && unanswered(err) {
		return fmt.Errorf("commit: %w: %w", ErrInDoubt, err)
	}
	return wrap("commit", err)
}

// Change is the transaction for everything that a decision may depend on. It raises the organization's revision first,
// which is the lock that makes such changes queue, on both databases. ErrNotFound when there is no such organization.
func (s *Store) Change(ctx context.Context, id OrganizationID, fn func(tx *Scope) error) error {
	if !s.inside { // else Tx refuses
		if err := s.RaiseClock(ctx, s.Now()); err != nil {
			return err
		}
	}
	return s.Tx(ctx, func(tx *Store) error {
		raised, err := tx.exec(ctx, "UPDATE organizations SET revision = revision + 1 WHERE id = ?", id)
		if err != nil {
			return wrap("raise revision", err)
		}
		if raised == 0 {
			return wrap("raise revision", ErrNotFound)
		}
		tx.locked = true
		return fn(tx.In(id))
	})
}

// whole runs fn in the transaction that is open, or else in one of its own: for writes of several statements.
func (s *Store) whole(ctx context.Context, fn func(tx *Store) error) error {
	if s.inside {
		return fn(s)
	}
	return s.Tx(ctx, fn)
}

// exec runs one statement that writes and gives the number of rows it concerned.
func (s *Store) exec(ctx context.Context, sql string, args ...any) (int, error) {
	result := s.write.WithContext(ctx).Exec(sql, args...)
	return int(result.RowsAffected), result.Error
}

// rows reads all rows of a statement. It goes by Find, since Scan hands gorm's log the statement with the values in it.
func rows[T any](ctx context.Context, s *Store, sql string, args ...any) ([]T, error) {
	var all []T
	err := s.read.WithContext(ctx).Raw(sql, args...).Find(&all).Error
	return all, err
}

// searching is the Store with connections on which PostgreSQL plans each statement for its values. With a plan for any values it would go
// through an index for words that everybody has, and look at a million rows for fifty. Planning takes longer than most statements, so
// that others keep their plans.
func (s *Store) searching() *Store {
	if s.inside {
		return s
	}
	other := *s
	other.read = s.search
	return &other
}

// searching is the Scope with those connections.
func (s *Scope) searching() *Scope { return &Scope{store: s.store.searching(), id: s.id, who: s.who} }

// row reads one row, and ErrNotFound where there is none.
func row[T any](ctx context.Context, s *Store, sql string, args ...any) (T, error) {
	all, err := rows[T](ctx, s, sql, args...)
	if err == nil && len(all) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		var none T
		return none, err
	}
	return all[0], nil
}

// Scope is one organization: each of its statements names it.
type Scope struct {
	store *Store
	id    OrganizationID
	who   func() string // who changes memberships, noted as the last change of the group; nil: nobody is named, and nobody may
}

// ActsFor names who is noted with what the scope changes. The function is asked at each change. Without it nobody comes into a group or
// leaves one.
func (s *Scope) ActsFor(who func() string) { s.who = who }

// ID is the organization's number.
func (s *Scope) ID() OrganizationID { return s.id }

// Store is the installation that the organization belongs to, inside the same transaction.
func (s *Scope) Store() *Store { return s.store }

func (s *Scope) whole(ctx context.Context, fn func(tx *Scope) error) error {
	return s.store.whole(ctx, func(tx *Store) error {
		inside := tx.In(s.id)
		inside.who = s.who
		return fn(inside)
	})
}

func (s *Scope) exec(ctx context.Context, sql string, args ...any) (int, error) {
	return s.store.exec(ctx, sql, args...)
}

// execAll runs statements one after the other, up to the first that fails.
func (s *Scope) execAll(ctx context.Context, statements []statement) error {
	for _, st := range statements {
		if _, err := s.exec(ctx, st.sql, st.args...); err != nil {
			return err
		}
	}
	return nil
}

// statement is one that writes.
type statement struct {
	sql  string
	args []any
}

func do(sql string, args ...any) statement { return statement{sql, args} }

// holdsPrivileges tells whether the things of a domain are grantees.
func holdsPrivileges(domain access.DomainKey) bool {
	return domain == access.GroupsDomain || domain == access.APIKeysDomain || domain == access.TemporaryAccessDomain
}
