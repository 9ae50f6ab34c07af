package fault

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// lockedFor is longer than the program waits for its turn to write. The lock is held until somebody was told, at least.
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
		var answers []answer
		read := whileReading(t, v, func() { answers = knockWhileHeld(append(crowd(all, s), saves(all, s)...), release) })
		if read < 2*len(readable) {
			t.Errorf("only %d pages could be read while the database was locked", read)
		}
		told := 0
		for _, answer := range answers {
			if answer.failed() {
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

// knockWhileHeld lets all knock at once while the database is held, and gives their answers.
func knockWhileHeld(all []func() answer, release func()) (answers []answer) {
	answers = make([]answer, len(all))
	refused := make(chan struct{}, len(all))
	jobs := []func(){func() {
		time.Sleep(lockedFor)
		select {
		case <-refused:
		case <-time.After(patience): // nobody is told, which the test says
		}
		release()
	}}
	for n, knock := range all {
		jobs = append(jobs, func() {
			if answers[n] = knock(); answers[n].failed() {
				refused <- struct{}{}
			}
		})
	}
	atOnce(jobs...)
	return answers
}

// failed tells whether the program could not do what it was asked for.
func (a answer) failed() bool { return a.status >= http.StatusInternalServerError }

// saves are the next changes of the writers.
func saves(all []*writer, s *server) (knocks []func() answer) {
	for _, w := range all {
		knocks = append(knocks, func() (got answer) {
			got, w.unwelcome = w.save(s)
			return got
		})
	}
	return knocks
}

// crowd is people who try to add a member who is one already, more of them than there are connections to the database.
func crowd(all []*writer, s *server) (knocks []func() answer) {
	for n := range 40 {
		v := all[n%len(all)].visitor.at(s)
		knocks = append(knocks, func() answer {
			got, _ := v.post("/o/acme/groups/staff/members/-/invite", url.Values{"who_typed": {"member-00@example.com"}}) // nobody minds theirs
			return got
		})
	}
	return knocks
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
	if saved, err := v.post("/o/acme/groups/staff/members/-/invite", url.Values{"who_typed": {reader}}); err != nil || !saved.saved() {
		t.Fatalf("add a member: %s %v", saved, err)
	}
	earlier := "strftime('%Y-%m-%d %H:%M:%f+00:00', 'now', '-5 minutes')"
	if d.postgres {
		earlier = "now() - interval '5 minutes'"
	}
	d.execute(t, "UPDATE sessions SET last_seen_at = "+earlier)
	return v
}
