package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// ErrNotEmpty says that there is something already where a backup is to be restored.
var ErrNotEmpty = errors.New("there is a database already")

// BackUp writes the whole database, as it is at one moment, into a file that is there and empty. Everything else goes on
// meanwhile. On SQLite the copy is a database like this one; on PostgreSQL it is text that Restore reads.
func (s *Store) BackUp(ctx context.Context, path string) error {
	if s.dialect == postgresDialect {
		return wrap("back up", s.dumpPostgres(ctx, path))
	}
	path, err := filepath.Abs(path)
	if err == nil {
		_, err = s.pools[0].ExecContext(ctx, "VACUUM INTO ?", path)
	}
	return wrap("back up", err)
}

// sqliteBegins is how every SQLite database begins.
const sqliteBegins = "SQLite format 3\x00"

// Restore makes the database that a URL names from a backup. It has to be empty: ErrNotEmpty. The schema is that of the
// backup; Migrate brings it up to date. A failure leaves nothing behind.
func Restore(ctx context.Context, config Config, backup string) error {
	begins := make([]byte, len(sqliteBegins))
	file, err := os.Open(backup)
	if err != nil {
		return wrap("restore", err)
	}
	n, _ := file.Read(begins)
	if err := file.Close(); err != nil {
		return wrap("restore", err)
	}
	ofSQLite := string(begins[:n]) == sqliteBegins
	path, toSQLite := strings.CutPrefix(config.URL, "sqlite:")
	switch {
	case ofSQLite && !toSQLite:
		return errors.New("this is the backup of an SQLite database: restore it with --db sqlite:PATH")
	case !ofSQLite && toSQLite:
		return errors.New("this is no backup of an SQLite database; restore one of PostgreSQL with --db postgres://…")
	case toSQLite:
		return wrap("restore", restoreSQLite(ctx, backup, path))
	}
	store, err := Open(ctx, config)
	if err != nil {
		return err
	}
	return errors.Join(wrap("restore", store.loadPostgres(ctx, backup)), store.Close())
}

// restoreSQLite copies the backup beside the database's place, looks it through, and puts it there in one step.
func restoreSQLite(ctx context.Context, backup, path string) error {
	for _, there := range []string{path, path + "-wal", path + "-shm", path + "-journal"} {
		if _, err := os.Lstat(there); err == nil {
			return fmt.Errorf("%w: move %s away first", ErrNotEmpty, there)
		}
	}
	return NewFile(path, func(copied string) error {
		data, err := os.Open(backup)
		if err != nil {
			return err
		}
		defer func() { _ = data.Close() }() // only read
		into, err := os.OpenFile(copied, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = into.ReadFrom(data)
		if err := errors.Join(err, into.Close()); err != nil {
			return err
		}
		return checkSQLite(ctx, copied)
	})
}

// checkSQLite looks through a whole database file.
func checkSQLite(ctx context.Context, path string) error {
	pool, err := sql.Open("sqlite", "file:"+path+"?mode=ro&immutable=1")
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }() // only read
	var found string
	if err := pool.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("the file is damaged: %s", found)
	}
	return nil
}

// onPostgres runs fn on one connection of a pool, in one transaction of the kind that begin says.
func onPostgres(ctx context.Context, pool *sql.DB, begin string, fn func(conn *pgx.Conn) error) error {
	reserved, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = reserved.Close() }() // back to the pool
	return reserved.Raw(func(driver any) error {
		conn := driver.(*stdlib.Conn).Conn()
		if _, err := conn.Exec(ctx, begin); err != nil {
			return err
		}
		if err := fn(conn); err != nil {
			_, _ = conn.Exec(context.WithoutCancel(ctx), "ROLLBACK") // the first error tells more
			return err
		}
		_, err := conn.Exec(ctx, "COMMIT")
		return err
	})
}
