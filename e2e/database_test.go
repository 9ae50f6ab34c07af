package e2e

import (
	"context"
	"crypto/rand"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// postgresVariable names a PostgreSQL server, as a URL, whose user may create databases.
const postgresVariable = "TEST_POSTGRES_URL"

// A database is a kind of them.
type database interface {
	// fresh makes an empty one for the test and answers with what --db takes.
	fresh(t *testing.T) string
	// keep keeps one that nobody uses as it stands, for the tests to come; copied makes a copy of it for a test.
	keep(t *testing.T, url string) (copied func(t *testing.T) string)
}

// The kinds that there are.
var (
	sqliteDatabase   database = sqliteFiles{}
	postgresDatabase database = postgresServer{}
)

// databases are those there are to test on, by name: SQLite always, PostgreSQL where a server is named.
func databases() map[string]database {
	all := map[string]database{"SQLite": sqliteDatabase}
	if os.Getenv(postgresVariable) != "" {
		all["PostgreSQL"] = postgresDatabase
	}
	return all
}

type sqliteFiles struct{}

func (sqliteFiles) fresh(t *testing.T) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "console.db")
}

func (s sqliteFiles) keep(t *testing.T, url string) func(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(strings.TrimPrefix(url, "sqlite:"))
	must(t, err)
	return func(t *testing.T) string {
		t.Helper()
		made := s.fresh(t)
		must(t, os.WriteFile(strings.TrimPrefix(made, "sqlite:"), text, 0o600))
		return made
	}
}

type postgresServer struct{}

func (p postgresServer) fresh(t *testing.T) string {
	t.Helper()
	made, drop := p.create(t, "")
	t.Cleanup(func() { must(t, drop()) })
	return made
}

func (p postgresServer) keep(t *testing.T, from string) func(t *testing.T) string {
	t.Helper()
	kept, drop := p.create(t, from)
	atTheEnd = append(atTheEnd, drop)
	return func(t *testing.T) string {
		t.Helper()
		made, drop := p.create(t, kept)
		t.Cleanup(func() { must(t, drop()) })
		return made
	}
}

// create makes a database, a copy of the one at an address unless that is "".
func (postgresServer) create(t *testing.T, like string) (made string, drop func() error) {
	t.Helper()
	address, err := url.Parse(os.Getenv(postgresVariable))
	must(t, err)
	ctx := context.Background()
	server, err := pgx.Connect(ctx, address.String())
	must(t, err)
	name := pgx.Identifier{"e2e_" + strings.ToLower(rand.Text())}
	statement := "create database " + name.Sanitize()
	if like != "" {
		other, err := url.Parse(like)
		must(t, err)
		statement += " template " + pgx.Identifier{strings.TrimPrefix(other.Path, "/")}.Sanitize()
	}
	_, err = server.Exec(ctx, statement)
	must(t, err)
	address.Path = "/" + name[0]
	return address.String(), func() error {
		_, err := server.Exec(ctx, "drop database "+name.Sanitize()+" with (force)")
		return errors.Join(err, server.Close(ctx))
	}
}

// must ends the test on an error of the harness or the browser.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
