package fault

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"bailiwick/models/modelstest"
)

// outage cuts some of the commits on a line, half of them before PostgreSQL hears of them.
type outage struct {
	on         atomic.Bool
	unheard    atomic.Int64
	unanswered atomic.Int64
}

// cut breaks the line at every eighth commit or so.
func (o *outage) cut() modelstest.Cut {
	if !o.on.Load() || rand.IntN(8) > 0 {
		return modelstest.CutNever
	}
	if rand.IntN(2) == 0 {
		o.unheard.Add(1)
		return modelstest.CutUnheard
	}
	o.unanswered.Add(1)
	return modelstest.CutUnanswered
}

// The line to PostgreSQL breaks at commits, again and again, so that nobody hears whether they were done. Who was saving
// is told to look; what they find is the whole change, once, or nothing of it.
func TestACommitThatNobodyHearsOfIsNeitherLostNorDoubled(t *testing.T) {
	where := os.Getenv(postgresVariable)
	if where == "" {
		leaveOut(t, postgresVariable+" is not set")
	}
	db := newPostgres(t, where)
	db.apply(t, writersFile())
	var o outage
	line := modelstest.Line{Word: "commit", Cut: o.cut}
	through := database{url: line.Through(t, db.url), DB: db.DB, postgres: true}
	servers := []*server{through.serve(t), through.serve(t)}
	all := newWriters(t, db, servers[0])
	base, doubted, found := db.revision(t), 0, 0
	for round := 0; doubted < rounds(10, 1000) && !t.Failed(); round++ {
		o.on.Store(true)
		saveUntilInDoubt(servers, all)
		o.on.Store(false)
		doubts, before := countUnderWay(all), applied(all)
		db.awaitQuiet(t)
		settleAll(t, db, all)
		doubted, found = doubted+doubts, found+applied(all)-before
		if round%rounds(1, 10) == 0 {
			db.wantSound(t, base, applied(all))
		}
	}
	db.wantSound(t, base, applied(all))
	t.Logf("%d saves in doubt, of which %d were stored, beside %d that were acknowledged; commits cut unheard %d, unanswered %d",
		doubted, found, applied(all)-found, o.unheard.Load(), o.unanswered.Load())
	if found == 0 || found == doubted {
		t.Errorf("of %d saves in doubt %d were stored: the line did not break on both sides of the commit", doubted, found)
	}
}

// savesInARow is how many saves a writer makes at most before others look.
const savesInARow = 20

// saveUntilInDoubt lets each writer save until it is told that nobody knows what became of a save.
func saveUntilInDoubt(servers []*server, all []*writer) {
	var jobs []func()
	for n, w := range all {
		jobs = append(jobs, func() {
			for range savesInARow {
				answer, err := w.save(servers[n%len(servers)])
				if err == nil && answer.saved() {
					continue
				}
				if err != nil || !strings.Contains(answer.text(), "Check whether it was saved") {
					w.unwelcome = fmt.Errorf("writer %d: %s, %v", w.n, answer, err)
				}
				return
			}
		})
	}
	atOnce(jobs...)
}
