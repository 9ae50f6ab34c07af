package modelstest

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// AwaitQueue returns when somebody waits for a row of the database that another transaction holds. On SQLite, where a change reads
// nothing before its turn, it returns at once.
func AwaitQueue(t testing.TB, url string) {
	t.Helper()
	if strings.HasPrefix(url, "sqlite:") {
		return
	}
	must(t, connected(url, func(ctx context.Context, conn *pgx.Conn) error {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second) // nobody comes: the test fails
		defer cancel()
		for waits := false; !waits; {
			err := conn.QueryRow(ctx, `SELECT EXISTS (
				SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')`).Scan(&waits)
			if err != nil {
				return err
			}
		}
		return nil
	}))
}
