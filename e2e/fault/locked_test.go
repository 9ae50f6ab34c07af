package fault

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// lockedFor is longer than the program waits for its turn to write.
const lockedFor = 12 * time.Second

// Another process keeps the database locked for longer than the program waits, while sixteen clients save and a crowd knocks
// too. Saves that can't wait are refused with a page that says so, and are not stored; reading goes on meanwhile, saving
// afterwards.
func TestLockedDatabaseRefusesSavesAndIsReadable(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, db database) {
		db.apply(t, writersFile())
		s := db.serve(t)
		all := newWriters(t, db, s)
		v := db.idleReader(t, s)
		base := db.revision(t)

		release := db.hold(t)
		knocking, answers := crowd(all, s)
		read := whileReading(t, v, func() {
			jobs := append(knocking, func() {
				time.Sleep(lockedFor)
				release()
			})
			for n, w := range all {
				jobs = append(jobs, func() { answers[n], w.unwelcome = w.save(s) })
			}
			atOnce(jobs...)
		})
		if read < 2*len(readable) {
			t.Errorf("only %d pages could be read while the database was locked", read)
		}
		told := 0
		for _, answer := range answers {
			if answer.status >= http.StatusInternalServerError {
				told++
				wantWords(t, answer, http.StatusServiceUnavailable, "The database is busy", "Nothing was changed. Try again in a moment.")
			}
		}
		t.Logf("%d of %d were refused", told, len(answers))
		if told == 0 {
			t.Error("nobody was told that the database is locked")
		}
		settleAll(t, db, all)
		for _, w := range all {
			w.mustSave(t, s)
		}
		settleAll(t, db, all)
		db.wantSound(t, base, applied(all))
	})
}

// crowd is people who try to add a member who is one already, more of them than there are connections to the database.
// Their answers come after those of the writers.
func crowd(all []*writer, s *server) (jobs []func(), answers []answer) {
	answers = make([]answer, len(all)+40)
	for n := len(all); n < len(answers); n++ {
		v := all[n%len(all)].visitor.at(s)
		jobs = append(jobs, func() {
			answers[n], _ = v.post("/o/acme/groups/staff/members", url.Values{"email": {"member-00@example.com"}})
		})
	}
	return jobs, answers
}

// wantWords holds the status of a refusal and what its page says.
func wantWords(t *testing.T, a answer, status int, words ...string) {
	t.Helper()
	for _, part := range words {
		if a.status != status || !strings.Contains(a.text(), part) {
			t.Errorf("answered %s; want %d and %q", a, status, part)
		}
	}
}

// mustSave holds that the writer's next change is saved.
func (w *writer) mustSave(t *testing.T, s *server) {
	t.Helper()
	if answer, err := w.save(s); err != nil || !answer.saved() {
		t.Errorf("writer %d could not save after the trouble was over: %s %v", w.n, answer, err)
	}
}

// idleReader is somebody who comes back after a while, just after they saved something: for both the program has
// something to note, which must not keep them from reading.
func (d database) idleReader(t *testing.T, s *server) *visitor {
	t.Helper()
	v := d.enter(t, s, reader)
	if saved, err := v.post("/o/acme/groups/staff/members", url.Values{"email": {reader}}); err != nil || !saved.saved() {
		t.Fatalf("add a member: %s %v", saved, err)
	}
	earlier := "strftime('%Y-%m-%d %H:%M:%f+00:00', 'now', '-5 minutes')"
	if d.postgres {
		earlier = "now() - interval '5 minutes'"
	}
	d.execute(t, "UPDATE sessions SET last_seen_at = "+earlier)
	return v
}
