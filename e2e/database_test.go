package e2e

import (
	"context"
	"crypto/rand"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// postgresVariable names a PostgreSQL server, as a URL, whose user may create databases.
const postgresVariable = "TEST_POSTGRES_URL"

// A database makes an empty one for the test and answers with what --db takes.
type database func(t *testing.T) string

// databases are those there are to test on, by name: SQLite always, PostgreSQL where a server is named.
func databases() map[string]database {
	all := map[string]database{"SQLite": sqliteDatabase}
	if os.Getenv(postgresVariable) != "" {
		all["PostgreSQL"] = postgresDatabase
	}
	return all
}

func sqliteDatabase(t *testing.T) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "console.db")
}

func postgresDatabase(t *testing.T) string {
	t.Helper()
	address, err := url.Parse(os.Getenv(postgresVariable))
	must(t, err)
	ctx := context.Background()
	server, err := pgx.Connect(ctx, address.String())
	must(t, err)
	name := pgx.Identifier{"e2e_" + strings.ToLower(rand.Text())}
	_, err = server.Exec(ctx, "create database "+name.Sanitize())
	must(t, err)
	t.Cleanup(func() {
		_, err := server.Exec(ctx, "drop database "+name.Sanitize()+" with (force)")
		must(t, err)
		must(t, server.Close(ctx))
	})
	address.Path = "/" + name[0]
	return address.String()
}

// must ends the test on an error of the harness or the browser.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
