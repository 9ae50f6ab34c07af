package modelstest

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Kept is the URL of a database of that name which stays when the test has ended: for what takes minutes to fill. fresh tells that it
// was made just now, with the schema alone. SQLite's is a file in the folder, PostgreSQL's stands on the server that TEST_POSTGRES_URL
// names.
func Kept(t testing.TB, database, folder, name string) (url string, fresh bool) {
	t.Helper()
	name = "bailiwick_kept_" + name
	if database == Postgres {
		there := false
		must(t, connected(os.Getenv("TEST_POSTGRES_URL"), func(ctx context.Context, conn *pgx.Conn) error {
			return conn.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).Scan(&there)
		}))
		if !there {
			must(t, admin("CREATE DATABASE "+name))
		}
		return migrated(t, withDatabase(name)), !there
	}
	path := filepath.Join(folder, name+".db")
	_, err := os.Stat(path)
	return migrated(t, "sqlite:"+path), os.IsNotExist(err)
}

// migrated is the URL of a database that has the schema of today.
func migrated(t testing.TB, url string) string {
	t.Helper()
	store := Open(t, url, nil)
	must(t, store.Migrate(context.Background()))
	return url
}
