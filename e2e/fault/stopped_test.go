package fault

import (
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const postgresScript = "../../scripts/postgres.sh"

// ownPostgres is a PostgreSQL server that the test may stop, and no other test uses. Commits wait until they are written.
func ownPostgres(t *testing.T) (server, dir string) {
	t.Helper()
	out, err := exec.Command(postgresScript, "start").Output()
	if err != nil {
		leaveOut(t, "no PostgreSQL server of the test’s own")
	}
	server = strings.TrimSpace(string(out))
	_, dir, _ = strings.Cut(server, "host=")
	t.Cleanup(func() { must(t, postgres("stop", dir)) })
	return server + "&options=-csynchronous_commit%3Don", dir
}

func postgres(args ...string) error {
	if out, err := exec.Command(postgresScript, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("postgres.sh %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return nil
}

// The database server is stopped while sixteen clients save, both gently and as by a crash, and started again. Meanwhile
// pages say so; who was saving is told what became of it; afterwards everything goes on by itself.
func TestStoppedPostgresIsSaidAndRecoveredFrom(t *testing.T) {
	server, dir := ownPostgres(t)
	db := newPostgres(t, server)
	db.apply(t, writersFile())
	s := db.serve(t)
	all := newWriters(t, db, s)
	base := db.revision(t)
	for round := range rounds(2, 20) {
		saveUntilDown(t, s, all, func() error { return postgres("halt", dir, []string{"immediate", "fast"}[round%2]) })
		for _, path := range readable {
			if page, err := all[0].visitor.get(path); err != nil || page.status != http.StatusServiceUnavailable {
				t.Errorf("%s without a database: %v, %v", path, page, err)
			}
		}
		if status := s.status("/healthz"); status != http.StatusOK {
			t.Errorf("/healthz answers %d while only the database is gone", status)
		}
		must(t, postgres("resume", dir))
		s.awaitReady(t)
		settleAll(t, db, all)
		for _, w := range all {
			w.mustSave(t, s)
		}
		settleAll(t, db, all)
		db.wantSound(t, base, applied(all))
		if t.Failed() {
			return
		}
	}
}

// saveUntilDown lets the writers save, takes the database away after a moment, and holds what each of them is told then.
func saveUntilDown(t *testing.T, s *server, all []*writer, halt func() error) {
	var failed atomic.Bool
	jobs := []func(){func() {
		time.Sleep(300 * time.Millisecond)
		if err := halt(); err != nil {
			failed.Store(true)
			t.Error(err)
		}
	}}
	for _, w := range all {
		jobs = append(jobs, func() {
			answer, err := w.save(s)
			for err == nil && answer.saved() && !failed.Load() {
				answer, err = w.save(s)
			}
			w.unwelcome = err
			wantWords(t, answer, http.StatusServiceUnavailable, "database")
		})
	}
	atOnce(jobs...)
}
