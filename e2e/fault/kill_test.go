package fault

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// soonReady is within what the program is ready again after it was killed, nobody having mended anything. Half of the
// starts must keep to it; a machine that is busy with other tests may be late once in a while.
const soonReady = 2 * time.Second

// The program is killed while sixteen clients save, again and again. What was acknowledged is there, what was not is there
// as a whole or not at all, and the program goes on by itself.
func TestKilledWhileSavingLosesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, db database) {
		db.apply(t, writersFile())
		s := db.serve(t)
		all := newWriters(t, db, s)
		base := db.revision(t)
		var waits []time.Duration
		underWay, stored := 0, 0
		for range rounds(3, 50) {
			writeUntil(s, all, 1+rand.Int64N(100), s.kill)
			interrupted, before := countUnderWay(all), applied(all)
			s = db.serve(t)
			waits = append(waits, s.readyIn)
			db.awaitQuiet(t)
			settleAll(t, db, all)
			db.wantSound(t, base, applied(all))
			underWay, stored = underWay+interrupted, stored+applied(all)-before
			if t.Failed() {
				return
			}
		}
		slices.Sort(waits)
		half, longest := waits[len(waits)/2], waits[len(waits)-1]
		t.Logf("%d changes over %d kills; %d saves were under way, of which %d were stored; ready again within %v, half of the times within %v",
			applied(all), len(waits), underWay, stored, longest, half)
		if half > soonReady {
			t.Errorf("ready again within %v half of the times, want %v", half, soonReady)
		}
	})
}

// applied is how many changes of all writers are in the database.
func applied(all []*writer) int {
	sum := 0
	for _, w := range all {
		sum += w.applied
	}
	return sum
}

// countUnderWay is how many saves have no answer.
func countUnderWay(all []*writer) int {
	n := 0
	for _, w := range all {
		if w.underWay != facts {
			n++
		}
	}
	return n
}
