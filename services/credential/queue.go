package credential

import (
	"context"
	"fmt"
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

// Busy says that too many passwords are to be checked at the moment: a turn would come too late.
type Busy struct {
	Wait time.Duration // until there may be room
}

func (e Busy) Error() string { return fmt.Sprintf("too many passwords to check: wait %s", e.Wait) }

// Rank is who goes first.
type Rank int

// Ranks, the first first.
const (
	Known   Rank = iota // browsers in which the person has signed in before, who is signed in, and who holds a link
	Unknown             // everybody else
	failing             // those seen failing
	ranks
)

// Turn is somebody who wants a hash. Within a rank each gets one in turn, however many one of them asks for. It follows
// from what the request brings along, never from whether there is such an account.
type Turn struct {
	Rank Rank
	Of   string // a block of addresses, or a person
}

// ticket is a place in the queue.
type ticket struct {
	Turn
	start chan struct{} // closed when its time has come
}

// queue lets a few hash at a time: each takes 64 MiB, and anybody can ask for one by signing in.
type queue struct {
	mu      sync.Mutex
	free    int           // slots that nobody uses; then nobody waits
	slots   int           // in all
	took    time.Duration // one hash, as measured lately
	lines   [ranks]line
	first   map[string]int // of each with Known: how many wait or run with it
	failing recentSet      // of turns
}

func newQueue(slots int, took time.Duration) *queue {
	q := &queue{free: slots, slots: slots, took: took, first: map[string]int{}}
	for i := range q.lines {
		q.lines[i].waiting = map[string][]*ticket{}
	}
	return q
}

// longest is how long somebody of the rank waits at most.
func (r Rank) longest() time.Duration {
	if r == Known {
		return longestKnown
	}
	return longestWait
}

// do does the work when it is its turn. It fails as the work does; with Busy where the turn would come too late, and as the
// context ends, the work was not done.
func (q *queue) do(ctx context.Context, t Turn, work func() error) error {
	p, err := q.enter(t)
	if err != nil {
		return err
	}
	if err := q.await(ctx, p); err != nil {
		return err
	}
	defer q.leave(p)
	return work()
}

// measured takes into account how long one hash took.
func (q *queue) measured(took time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.took += (took - q.took) / 8
}

// refusal is Busy where the turn would have to wait too long, and nil otherwise: for asking before anything is written.
func (q *queue) refusal(t Turn) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.refuse(q.ranked(t))
}

// failed remembers who gave a wrong password.
func (q *queue) failed(t Turn) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if t.Rank != Known {
		q.failing.add(t.Of, time.Now())
	}
}

// ranked is the turn with the rank that it has by now. The first rank is for one at a time: somebody who signs in again and
// again in a browser that is known must not keep everybody else out.
func (q *queue) ranked(t Turn) Turn {
	if t.Rank == Known && q.first[t.Of] > 0 {
		t.Rank = Unknown
	}
	if t.Rank == Unknown && q.failing.has(t.Of, time.Now()) {
		t.Rank = failing
	}
	return t
}

func (q *queue) refuse(t Turn) error {
	wait := q.expected(t)
	if wait > t.Rank.longest() || q.lines[t.Rank].length >= longestLine {
		return Busy{wait}
	}
	return nil
}

// expected is about how long the turn would wait, if nobody came who goes first.
func (q *queue) expected(t Turn) time.Duration {
	if q.open(t.Rank, 1) {
		return 0
	}
	ahead := q.lines[t.Rank].ahead(t.Of)
	for r := range t.Rank {
		ahead += q.lines[r].length
	}
	return q.took * time.Duration(ahead+1) / time.Duration(q.slotsOf(t.Rank))
}

// open tells whether somebody of the rank may begin, one of so many who come. While several wait who don't go first, one slot
// is kept from them: who goes first finds it free, and a processor that is not busy with the others.
func (q *queue) open(r Rank, coming int) bool {
	if r == Known {
		return q.free > 0
	}
	for _, l := range q.lines[Unknown:] {
		coming += l.length
	}
	return q.free > 1 || q.free == 1 && coming <= 1
}

// slotsOf is how many slots the rank has while many wait.
func (q *queue) slotsOf(r Rank) int {
	if r == Known {
		return q.slots
	}
	return max(1, q.slots-1)
}

func (q *queue) enter(t Turn) (*ticket, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	t = q.ranked(t)
	if err := q.refuse(t); err != nil {
		return nil, err
	}
	p := &ticket{t, make(chan struct{})}
	if t.Rank == Known {
		q.first[t.Of]++
	}
	q.lines[t.Rank].add(p)
	q.next()
	return p, nil
}

// next lets as many begin as there are free slots.
func (q *queue) next() {
	for r := range ranks {
		for q.lines[r].length > 0 && q.open(r, 0) {
			q.free--
			close(q.lines[r].take().start)
		}
	}
}

// await waits for the turn. Who goes away, or waits longer than anybody should, leaves the queue.
func (q *queue) await(ctx context.Context, p *ticket) error {
	timer := time.NewTimer(p.Rank.longest())
	defer timer.Stop()
	var err error
	select {
	case <-p.start:
		return nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-timer.C:
		err = Busy{p.Rank.longest()} // others came who go first
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.lines[p.Rank].remove(p) {
		return nil // its time came just now
	}
	q.forget(p)
	return err
}

func (q *queue) leave(p *ticket) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.free++
	q.forget(p)
	q.next()
}

func (q *queue) forget(p *ticket) {
	if p.Rank != Known {
		return
	}
	if q.first[p.Of]--; q.first[p.Of] == 0 {
		delete(q.first, p.Of)
	}
}
