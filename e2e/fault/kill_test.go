package fault

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// soonReady is within what the program is ready again after it was killed, nobody having mended anything. Half of the
// starts must keep to it; a machine that is busy with other tests may be late, so only -full asks for it.
const soonReady = 2 * time.Second

// instances is how many programs share the database: PostgreSQL is there for several.
func (d database) instances() int {
	if d.postgres {
		return 2
	}
	return 1
}

// The program is killed while sixteen clients save, again and again; where two instances share the database, one of them
// or both. What was acknowledged is there, what was not is there as a whole or not at all, and the program goes on by
// itself.
func TestKilledWhileSavingLosesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, db database) {
		db.apply(t, writersFile())
		k := killing{database: db, servers: make([]*server, db.instances())}
		for n := range k.servers {
			k.servers[n] = db.serve(t)
		}
		all := newWriters(t, db, k.servers[0])
		base := db.revision(t)
		for k.kills < rounds(4, 200) || k.acknowledged < int64(rounds(1, 50_000)) {
			before := applied(all)
			k.round(t, all)
			k.interrupted += countUnderWay(all)
			db.awaitQuiet(t)
			settleAll(t, db, all)
			k.stored += applied(all) - before
			if k.kills%rounds(1, 10) == 0 { // walks the whole record, which grows
				db.wantSound(t, base, applied(all))
			}
			if t.Failed() {
				return
			}
		}
		db.wantSound(t, base, applied(all))
		k.report(t)
	})
}

// killing is what became of some instances that were killed while they saved.
type killing struct {
	database
	servers      []*server
	kills        int
	acknowledged int64
	interrupted  int // saves without an answer
	stored       int
	waits        []time.Duration // until an instance was ready again
}

// round lets the writers save, kills one instance, or by turns all of them, and starts it again.
func (k *killing) round(t *testing.T, all []*writer) {
	t.Helper()
	victims := []int{k.kills % len(k.servers)}
	if k.kills%4 == 3 {
		victims = nil
		for n := range k.servers {
			victims = append(victims, n)
		}
	}
	saves := 1 + rand.Int64N(int64(rounds(100, 500)))
	k.acknowledged += writeTo(k.servers, all, saves, func(s *storm) {
		for _, n := range victims {
			k.servers[n].kill()
		}
		if len(victims) < len(k.servers) {
			s.await(writers) // the others go on as if nothing were
		}
		s.stopped.Store(true)
	})
	k.kills++
	for _, n := range victims {
		k.servers[n] = k.serve(t)
		k.waits = append(k.waits, k.servers[n].readyIn)
	}
}

func (k *killing) report(t *testing.T) {
	t.Helper()
	slices.Sort(k.waits)
	half, longest := k.waits[len(k.waits)/2], k.waits[len(k.waits)-1]
	t.Logf("%d acknowledged changes of %d stored over %d kills of %d instances; %d saves were under way; ready again within %v, half of the times within %v",
		k.acknowledged, k.stored, k.kills, len(k.servers), k.interrupted, longest, half)
	if *full && half > soonReady {
		t.Errorf("ready again within %v half of the times, want %v", half, soonReady)
	}
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
