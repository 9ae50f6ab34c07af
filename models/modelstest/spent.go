package modelstest

import (
	"context"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Spending tells how much processor time has been spent on a database: by this process, which on SQLite is everything, and on PostgreSQL
// by the server's processes for its connections too. Only what is spent between two looks is meant. Statements are kept in one process
// each. On PostgreSQL it takes a server on this machine, and Linux: without them, the second result of Spending says what is missing.
func Spending(t testing.TB, url string) (spent func() time.Duration, missing string) {
	t.Helper()
	if strings.HasPrefix(url, "sqlite:") {
		return func() time.Duration { return ownTime(t) }, ""
	}
	conn, err := pgx.Connect(context.Background(), url)
	must(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	if _, err := os.Stat(schedule(conn.PgConn().PID())); err != nil {
		return func() time.Duration { return ownTime(t) }, "what PostgreSQL itself spends: its processes can't be seen from here"
	}
	last := map[int]time.Duration{} // also of those that have ended
	return func() time.Duration {
		rows, err := conn.Query(context.Background(), "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
		must(t, err)
		pids, err := pgx.CollectRows(rows, pgx.RowTo[int])
		must(t, err)
		all := ownTime(t)
		for _, pid := range pids {
			if on, err := timeOf(uint32(pid)); err == nil {
				last[pid] = on
			}
		}
		for _, on := range last {
			all += on
		}
		return all
	}, ""
}

// InOneProcess keeps PostgreSQL from sharing a statement out among processes that end with it, for who connects from now on: nobody could
// tell what those have spent. SQLite never does so.
func InOneProcess(t testing.TB, url string) {
	t.Helper()
	if strings.HasPrefix(url, "sqlite:") {
		return
	}
	config, err := pgx.ParseConfig(url)
	must(t, err)
	must(t, execute(url, fmt.Sprintf("ALTER DATABASE %s SET max_parallel_workers_per_gather = 0", pgx.Identifier{config.Database}.Sanitize())))
}

// ownTime is what this process has spent so far.
func ownTime(t testing.TB) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	must(t, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// timeOf is what a process of the machine has spent.
func timeOf(pid uint32) (time.Duration, error) {
	text, err := os.ReadFile(schedule(pid))
	if err != nil {
		return 0, err
	}
	var on int64
	_, err = fmt.Sscan(string(text), &on)
	return time.Duration(on), err
}

func schedule(pid uint32) string { return fmt.Sprintf("/proc/%d/schedstat", pid) }
