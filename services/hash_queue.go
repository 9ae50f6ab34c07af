package services

import (
	"context"
	"errors"
	"sync"
	"time"
)

// What keeps a flood of sign-ins from starving others: nobody waits longer than this for their turn, who would is told to
// come back at once, and each rank has so many waiting at most. Who goes first has patience: there are few.
const (
	longestWait  = 2 * time.Second
	longestKnown = 10 * time.Second
	longestLine  = 256
)

// rank is who goes first.
type rank int

// Ranks, the first first.
const (
	rankKnown   rank = iota // browsers in which the person has signed in before, who is signed in, and who holds a link
	rankUnknown             // everybody else
	rankFailing             // those seen failing
	ranks
)

// turn is somebody who wants a hash. Within a rank each gets one in turn, however many one of them asks for. It follows
// from what the request brings along, never from whether there is such an account.
type turn struct {
	rank rank
	of   string // a block of addresses, or a person
}

// ticket is a place in the queue.
type ticket struct {
	turn
	start chan struct{} // closed when its time has come
}

// hashQueue lets a few hash at a time: each takes 64 MiB, and anybody can ask for one by signing in.
type hashQueue struct {
	mu      sync.Mutex
	free    int           // slots that nobody uses; then nobody waits
	slots   int           // in all
	took    time.Duration // one hash, as measured lately
	lines   [ranks]line
	first   map[string]int // of each with rankKnown: how many wait or run with it
	failing recentSet      // of turns
}

func newHashQueue(slots int, took time.Duration) *hashQueue {
	q := &hashQueue{free: slots, slots: slots, took: took, first: map[string]int{}}
	for i := range q.lines {
		q.lines[i].waiting = map[string][]*ticket{}
	}
	return q
}

// longest is how long somebody of the rank waits at most.
func (r rank) longest() time.Duration {
	if r == rankKnown {
		return longestKnown
	}
	return longestWait
}

// do does the work when it is its turn. It fails as the work does, with Throttled where the turn would come too late, and
// ends waiting with the context; then the work was not done.
func (q *hashQueue) do(ctx context.Context, t turn, work func() error) error {
	p, err := q.enter(t)
	if err != nil {
		return err
	}
	if err := q.await(ctx, p); err != nil {
		return err
	}
	began := time.Now()
	defer q.leave(p)
	err = work()
	if !errors.As(err, &Throttled{}) { // else nothing was hashed
		q.measured(time.Since(began))
	}
	return err
}

func (q *hashQueue) measured(took time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.took += (took - q.took) / 8
}

// refusal is Throttled where the turn would have to wait too long, and nil otherwise: for asking before anything is written.
func (q *hashQueue) refusal(t turn) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.refuse(q.ranked(t))
}

// failed remembers who gave a wrong password.
func (q *hashQueue) failed(t turn) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if t.rank != rankKnown {
		q.failing.add(t.of, time.Now())
	}
}

// ranked is the turn with the rank that it has by now. The first rank is for one at a time: somebody who signs in again and
// again in a browser that is known must not keep everybody else out.
func (q *hashQueue) ranked(t turn) turn {
	if t.rank == rankKnown && q.first[t.of] > 0 {
		t.rank = rankUnknown
	}
	if t.rank == rankUnknown && q.failing.has(t.of, time.Now()) {
		t.rank = rankFailing
	}
	return t
}

func (q *hashQueue) refuse(t turn) error {
	wait := q.expected(t)
	if wait > t.rank.longest() || q.lines[t.rank].length >= longestLine {
		return Throttled{Wait: wait, Busy: true}
	}
	return nil
}

// expected is about how long the turn would wait, if nobody came who goes first.
func (q *hashQueue) expected(t turn) time.Duration {
	if q.open(t.rank, 1) {
		return 0
	}
	ahead := q.lines[t.rank].ahead(t.of)
	for r := range t.rank {
		ahead += q.lines[r].length
	}
	return q.took * time.Duration(ahead+1) / time.Duration(q.slotsOf(t.rank))
}

// open tells whether somebody of the rank may begin, one of so many who come. While several wait who don't go first, one slot
// is kept from them: who goes first finds it free, and a processor that is not busy with the others.
func (q *hashQueue) open(r rank, coming int) bool {
	if r == rankKnown {
		return q.free > 0
	}
	for _, l := range q.lines[rankUnknown:] {
		coming += l.length
	}
	return q.free > 1 || q.free == 1 && coming <= 1
}

// slotsOf is how many slots the rank has while many wait.
func (q *hashQueue) slotsOf(r rank) int {
	if r == rankKnown {
		return q.slots
	}
	return max(1, q.slots-1)
}

func (q *hashQueue) enter(t turn) (*ticket, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	t = q.ranked(t)
	if err := q.refuse(t); err != nil {
		return nil, err
	}
	p := &ticket{t, make(chan struct{})}
	if t.rank == rankKnown {
		q.first[t.of]++
	}
	q.lines[t.rank].add(p)
	q.next()
	return p, nil
}

// next lets those begin for whom there is a slot.
func (q *hashQueue) next() {
	for r := range ranks {
		for q.lines[r].length > 0 && q.open(r, 0) {
			q.free--
			close(q.lines[r].take().start)
		}
	}
}

// await waits for the turn. Who goes away, or waits longer than anybody should, leaves the queue.
func (q *hashQueue) await(ctx context.Context, p *ticket) error {
	timer := time.NewTimer(p.rank.longest())
	defer timer.Stop()
	var err error
	select {
	case <-p.start:
		return nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-timer.C:
		err = Throttled{Wait: p.rank.longest(), Busy: true} // others came who go first
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.lines[p.rank].remove(p) {
		return nil // its time came just now
	}
	q.forget(p)
	return err
}

func (q *hashQueue) leave(p *ticket) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.free++
	q.forget(p)
	q.next()
}

func (q *hashQueue) forget(p *ticket) {
	if p.rank != rankKnown {
		return
	}
	if q.first[p.of]--; q.first[p.of] == 0 {
		delete(q.first, p.of)
	}
}
