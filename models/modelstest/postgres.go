package modelstest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// postgresTemplate is the migrated database that those of this process's tests are copied from.
var postgresTemplate struct {
	sync.Mutex
	name string
}

// postgresURL makes a database for one test and drops it afterwards.
func postgresURL(t testing.TB, empty bool) string {
	t.Helper()
	source := "template1"
	if !empty {
		source = migratedTemplate(t)
	}
	name := newName("test")
	copyDatabase(t, source, name)
	t.Cleanup(func() { admin(t, fmt.Sprintf("DROP DATABASE %s WITH (FORCE)", name)) })
	return withDatabase(name)
}

// copyDatabase copies the files of a database as they are, which takes a fifth of the time of reading and logging each page.
// Servers before version 15 copy in no other way, and don't know the word for it.
func copyDatabase(t testing.TB, source, name string) {
	t.Helper()
	sql := fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, source)
	connected(t, os.Getenv("TEST_POSTGRES_URL"), func(ctx context.Context, conn *pgx.Conn) error {
		version := conn.PgConn().ParameterStatus("server_version")
		major, _, _ := strings.Cut(version, ".")
		if n, err := strconv.Atoi(major); err == nil && n >= 15 {
			sql += " STRATEGY file_copy"
		}
		_, err := conn.Exec(ctx, sql)
		return err
	})
}

func migratedTemplate(t testing.TB) string {
	t.Helper()
	postgresTemplate.Lock()
	defer postgresTemplate.Unlock()
	if postgresTemplate.name == "" {
		name := newName("template")
		admin(t, "CREATE DATABASE "+name)
		migrate(t, withDatabase(name))
		postgresTemplate.name = name
	}
	return postgresTemplate.name
}

// newName is one that no other process on the same server uses.
func newName(kind string) string { return "bailiwick_" + kind + "_" + strings.ToLower(rand.Text()) }

// Settle does for a database that has just been filled what the server does by itself in time: it counts the rows, and
// marks what everybody may see, without which an index alone can't answer. SQLite needs none.
func Settle(t testing.TB, url string) {
	t.Helper()
	if !strings.HasPrefix(url, "sqlite:") {
		execute(t, url, "VACUUM ANALYZE")
	}
}

// admin runs one statement on the server that TEST_POSTGRES_URL names.
func admin(t testing.TB, sql string) {
	t.Helper()
	execute(t, os.Getenv("TEST_POSTGRES_URL"), sql)
}

func execute(t testing.TB, url, sql string) {
	t.Helper()
	connected(t, url, func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, sql)
		return err
	})
}

// connected does something over a connection of its own, and fails the test if that fails.
func connected(t testing.TB, url string, do func(context.Context, *pgx.Conn) error) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }() // nothing is lost with it
	if err := do(ctx, conn); err != nil {
		t.Fatal(err)
	}
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
