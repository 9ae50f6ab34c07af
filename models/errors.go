package models

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"
)

// The errors that callers decide by. Everything else comes as the database gave it, wrapped.
var (
	ErrNotFound  = errors.New("not found")
	ErrConflict  = errors.New("changed by somebody else in the meantime")
	ErrDuplicate = errors.New("exists already")
	ErrBusy      = errors.New("the database is busy")
	ErrFull      = errors.New("no space left for the database")
	ErrDown      = errors.New("the database does not answer")
	// ErrInDoubt says that nobody knows whether a transaction was kept: the connection broke between its commit and
	// the answer. Who is told so has to look.
	ErrInDoubt = errors.New("not known whether the change was kept")
)

// SQLite's primary result codes, and two extended ones.
const (
	sqliteBusy       = 5
	sqliteLocked     = 6
	sqliteFull       = 13
	sqlitePrimaryKey = 1555
	sqliteUnique     = 2067
	sqliteForeignKey = 787
	sqliteCheck      = 275
)

// postgresErrors are the SQLSTATE codes that mean the same as one of ours.
var postgresErrors = map[string]error{
	"23505": ErrDuplicate, // unique_violation
	"40001": ErrBusy,      // serialization_failure
	"40P01": ErrBusy,      // deadlock_detected
	"53300": ErrBusy,      // too_many_connections
	"57P01": ErrDown,      // admin_shutdown
	"57P02": ErrDown,      // crash_shutdown
	"57P03": ErrDown,      // cannot_connect_now
	"55P03": ErrBusy,      // lock_not_available, after lock_timeout
	"53100": ErrFull,      // disk_full
}

// wrap says what was being done, and makes the driver's error one of ours where it means one. Nobody else looks at a
// driver's errors.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	if meaning := meaningOf(err); meaning != nil {
		return fmt.Errorf("%s: %w: %w", doing, meaning, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func meaningOf(err error) error {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case sqliteBusy, sqliteLocked:
			return ErrBusy
		case sqliteFull:
			return ErrFull
		}
		return nil
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return postgresErrors[pg.Code]
	}
	if disconnected(err) {
		return ErrDown
	}
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return ErrDuplicate
	}
	return nil
}

// disconnected tells whether an error means that PostgreSQL can't be reached or that its connection broke. An error that
// PostgreSQL sent is none.
func disconnected(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) && !network.Timeout() || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, pgconn.ErrConnClosed)
}

// unanswered tells of a commit whether it failed without an answer, so that it may have been kept all the same. What
// pgconn.SafeToRetry says does not count: it calls a connection that broke while the answer was awaited safe.
func unanswered(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return postgresErrors[pg.Code] == ErrDown
	}
	return !errors.Is(err, pgx.ErrTxCommitRollback) && !errors.Is(err, sql.ErrTxDone)
}
