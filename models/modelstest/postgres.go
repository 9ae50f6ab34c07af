package modelstest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// createPostgres makes a database that is a copy of another, for one test, and drops it afterwards.
func createPostgres(t testing.TB, source string) (url string) {
	t.Helper()
	name := newName("test")
	copyDatabase(t, source, name)
	t.Cleanup(func() { must(t, admin(dropping(name))) })
	return withDatabase(name)
}

// keepPostgres keeps what is in a database that nobody uses, until Run has run the tests.
func keepPostgres(t testing.TB, url string) (copied func(t testing.TB) string) {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	must(t, err)
	name := newName("template")
	copyDatabase(t, config.Database, name)
	removals.Lock()
	defer removals.Unlock()
	removals.all = append(removals.all, func() error { return admin(dropping(name)) })
	return func(t testing.TB) string {
		t.Helper()
		return createPostgres(t, name)
	}
}

func dropping(name string) string { return fmt.Sprintf("DROP DATABASE %s WITH (FORCE)", name) }

// copyDatabase copies the files of a database as they are, which takes a fifth of the time of reading and logging each page.
// Servers before version 15 copy in no other way, and don't know the word for it.
func copyDatabase(t testing.TB, source, name string) {
	t.Helper()
	sql := fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, source)
	must(t, connected(os.Getenv("TEST_POSTGRES_URL"), func(ctx context.Context, conn *pgx.Conn) error {
		version := conn.PgConn().ParameterStatus("server_version")
		major, _, _ := strings.Cut(version, ".")
		if n, err := strconv.Atoi(major); err == nil && n >= 15 {
			sql += " STRATEGY file_copy"
		}
		_, err := conn.Exec(ctx, sql)
		return err
	}))
}

// newName is one that no other process on the same server uses.
func newName(kind string) string { return "bailiwick_" + kind + "_" + strings.ToLower(rand.Text()) }

// Settle does for a database that has just been filled what the server does by itself in time: it counts the rows, and
// marks what everybody may see, without which an index alone can't answer. SQLite needs none.
func Settle(t testing.TB, url string) {
	t.Helper()
	if !strings.HasPrefix(url, "sqlite:") {
		must(t, execute(url, "VACUUM ANALYZE"))
	}
}

// admin runs one statement on the server that TEST_POSTGRES_URL names.
func admin(sql string) error { return execute(os.Getenv("TEST_POSTGRES_URL"), sql) }

func execute(url, sql string) error {
	return connected(url, func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, sql)
		return err
	})
}

// connected does something over a connection of its own.
func connected(url string, do func(context.Context, *pgx.Conn) error) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }() // nothing is lost with it
	return do(ctx, conn)
}

// withDatabase is TEST_POSTGRES_URL with another database: an address, or a keyword string, where the last one counts.
func withDatabase(name string) string {
	server := os.Getenv("TEST_POSTGRES_URL")
	if !strings.Contains(server, "://") {
		return server + " dbname=" + name
	}
	address, err := url.Parse(server)
	if err != nil {
		return server // pgx.Connect has refused it before
	}
	address.Path = "/" + name
	return address.String()
}
