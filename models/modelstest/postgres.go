package modelstest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
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
	admin(t, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, source))
	t.Cleanup(func() { admin(t, fmt.Sprintf("DROP DATABASE %s WITH (FORCE)", name)) })
	return withDatabase(name)
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
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }() // nothing is lost with it
	if _, err := conn.Exec(ctx, sql); err != nil {
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
