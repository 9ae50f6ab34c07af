package fault

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // database/sql's "pgx"
	_ "modernc.org/sqlite"             // database/sql's "sqlite"
)

// postgresVariable names a PostgreSQL server, as a URL, whose user may create databases.
const postgresVariable = "TEST_POSTGRES_URL"

// database is one that the program runs on and that the test looks into by itself.
type database struct {
	url string // what --db takes
	*sql.DB
	postgres  bool
	temporary string // where the program may keep temporary files, "" for the usual place
}

// onEach runs the body on a fresh database of each kind, on both at once. PostgreSQL is a must in CI only.
func onEach(t *testing.T, body func(t *testing.T, db database)) {
	onEachInTurn(t, func(t *testing.T, fresh func() database) {
		t.Parallel()
		body(t, fresh())
	})
}

// onEachInTurn runs the body for each kind of database, on one after the other: where the body measures, what is done to one
// must not be in the figures of the other. Fresh makes the database.
func onEachInTurn(t *testing.T, body func(t *testing.T, fresh func() database)) {
	t.Run("SQLite", func(t *testing.T) {
		body(t, func() database { return newSQLite(t, t.TempDir()) })
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		server := os.Getenv(postgresVariable)
		if server == "" {
			leaveOut(t, postgresVariable+" is not set")
		}
		body(t, func() database { return newPostgres(t, server) })
	})
}

// newSQLite is a database in the directory; the program makes its file.
func newSQLite(t *testing.T, dir string) database {
	t.Helper()
	path := filepath.Join(dir, "console.db")
	return open(t, database{url: "sqlite:" + path}, "sqlite", "file:"+path+"?_pragma=busy_timeout(10000)")
}

// newPostgres is a database on the server, dropped when the test ends.
func newPostgres(t *testing.T, server string) database {
	t.Helper()
	name := "fault_" + strings.ToLower(rand.Text())
	execute := func(statement string) {
		db, err := sql.Open("pgx", server)
		must(t, err)
		defer db.Close()
		_, err = db.Exec(statement)
		must(t, err)
	}
	execute("CREATE DATABASE " + name)
	t.Cleanup(func() { execute("DROP DATABASE " + name + " WITH (FORCE)") })
	address, err := url.Parse(server)
	must(t, err)
	address.Path = "/" + name
	return open(t, database{url: address.String(), postgres: true}, "pgx", address.String())
}

func open(t *testing.T, d database, driver, name string) database {
	t.Helper()
	db, err := sql.Open(driver, name)
	must(t, err)
	db.SetMaxIdleConns(0) // nothing of ours stays open while the program is started and ended
	t.Cleanup(func() { must(t, db.Close()) })
	d.DB = db
	return d
}

// number is the one number that a query gives.
func (d database) number(t *testing.T, query string) int {
	t.Helper()
	var n int
	must(t, d.QueryRow(query).Scan(&n))
	return n
}

// texts is the first column of all rows that a query gives.
func (d database) texts(t *testing.T, query string) []string {
	t.Helper()
	rows, err := d.Query(query)
	must(t, err)
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text string
		must(t, rows.Scan(&text))
		all = append(all, text)
	}
	must(t, rows.Err())
	return all
}

// execute runs a statement of the test's own.
func (d database) execute(t *testing.T, statement string) {
	t.Helper()
	_, err := d.Exec(statement)
	must(t, err)
}

// hold keeps every other process from changing the organization until the returned function is called: on SQLite the
// whole database, on PostgreSQL the organization's row, which each change locks first.
func (d database) hold(t *testing.T) (release func()) {
	t.Helper()
	ctx := context.Background()
	connection, err := d.Conn(ctx)
	must(t, err)
	statements := []string{"BEGIN IMMEDIATE"}
	if d.postgres {
		statements = []string{"BEGIN", "SELECT id FROM organizations FOR UPDATE"}
	}
	for _, statement := range statements {
		_, err := connection.ExecContext(ctx, statement)
		must(t, err)
	}
	return func() {
		_, err := connection.ExecContext(ctx, "ROLLBACK")
		must(t, err)
		must(t, connection.Close())
	}
}
