package credential

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// oneHash is how long the slow hash of these tests takes, by a clock that jumps.
const oneHash = 200 * time.Millisecond

// crowd is people at a queue, and the order in which their hashes began.
type crowd struct {
	*queue
	mu              sync.Mutex
	began           []string
	at              []time.Time // when each of them began
	running, atOnce int
	all             sync.WaitGroup
}

func newCrowd() *crowd { return &crowd{queue: newQueue(slots, oneHash)} }

// comes lets somebody ask for a hash, and waits until they have their place, or are refused.
func (c *crowd) comes(ctx context.Context, t Turn, name string) (outcome *error) {
	outcome = new(error)
	c.all.Go(func() {
		*outcome = c.do(ctx, t, func() error {
			c.mu.Lock()
			c.began, c.at = append(c.began, name), append(c.at, time.Now())
			c.running++
			c.atOnce = max(c.atOnce, c.running)
			c.mu.Unlock()
			time.Sleep(oneHash)
			c.mu.Lock()
			c.running--
			c.mu.Unlock()
			return nil
		})
	})
	synctest.Wait()
	return outcome
}

// fill takes all slots, one after the other, so that no two become free at the same time.
func (c *crowd) fill() {
	for i := range slots {
		c.comes(context.Background(), Turn{Unknown, fmt.Sprint("first ", i)}, "first")
		if i < slots-1 {
			time.Sleep(oneHash / slots)
		}
	}
}

func (c *crowd) after(t *testing.T, want string) {
	t.Helper()
	c.all.Wait()
	if got := c.inOrder(strings.Fields(want)); got != want {
		t.Errorf("the order is %q, want %q", got, want)
	}
	if c.atOnce > slots {
		t.Errorf("%d were computed at once, want %d at most", c.atOnce, slots)
	}
	if c.free != slots || len(c.first) != 0 {
		t.Errorf("%d slots are free afterwards, and %v of known people are kept", c.free, c.first)
	}
}

// inOrder is the order in which those after the first began; of those who began at the same moment, that which is wanted.
func (c *crowd) inOrder(want []string) string {
	all := make([]int, len(c.began)-slots)
	for i := range all {
		all[i] = slots + i
	}
	slices.SortStableFunc(all, func(a, b int) int {
		if !c.at[a].Equal(c.at[b]) {
			return c.at[a].Compare(c.at[b])
		}
		return slices.Index(want, c.began[a]) - slices.Index(want, c.began[b])
	})
	names := make([]string, len(all))
	for i, n := range all {
		names[i] = c.began[n]
	}
	return strings.Join(names, " ")
}

func busy(err error) bool {
	var b Busy
	return errors.As(err, &b) && b.Wait > 0
}

// While several wait who don't go first, one slot is kept for who does: an owner begins at once, whatever there is to do.
func TestOneSlotIsKeptForWhoGoesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, ctx := newCrowd(), context.Background()
		c.fill()
		for i := range 8 {
			c.comes(ctx, Turn{Unknown, fmt.Sprint("stranger ", i)}, "stranger")
		}
		time.Sleep(2 * oneHash)
		synctest.Wait()
		began := time.Now()
		owner := c.comes(ctx, Turn{Known, "owner"}, "owner")
		if at := slices.Index(c.began, "owner"); at < 0 || !c.at[at].Equal(began) {
			t.Errorf("the owner: %v, among %q", *owner, c.began)
		}
		if c.all.Wait(); c.atOnce != slots || len(c.began) != slots+9 {
			t.Errorf("%d at once, %d in all", c.atOnce, len(c.began))
		}
	})
}

func TestKnownBrowsersGoFirstAndThoseSeenFailingLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, ctx := newCrowd(), context.Background()
		c.failed(Turn{Unknown, "guesser"})
		c.fill()
		c.comes(ctx, Turn{Unknown, "guesser"}, "guesser")
		c.comes(ctx, Turn{Unknown, "stranger"}, "stranger")
		c.comes(ctx, Turn{Known, "owner"}, "owner")
		c.after(t, "owner stranger guesser")
	})
}

// Attack: many sign-ins from one block of addresses, ahead of everybody else's.
func TestBlocksOfAddressesTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, ctx := newCrowd(), context.Background()
		c.fill()
		for _, name := range []string{"a1", "a2", "a3", "a4", "b1", "b2", "c1"} {
			c.comes(ctx, Turn{Unknown, name[:1]}, name)
		}
		c.after(t, "a1 b1 c1 a2 b2 a3 a4")
	})
}

// Attack: sign in again and again, rightly, in a browser that is known, to keep all others out.
func TestOnePersonHasOnePlaceAmongThoseWhoGoFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, ctx := newCrowd(), context.Background()
		c.fill()
		for _, name := range []string{"own1", "own2", "own3"} {
			c.comes(ctx, Turn{Known, "owner"}, name)
		}
		c.comes(ctx, Turn{Unknown, "stranger"}, "stranger")
		c.comes(ctx, Turn{Known, "another"}, "another")
		c.after(t, "own1 another own2 stranger own3")
	})
}

func TestWhoWouldWaitTooLongIsToldToComeBackAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, ctx := newCrowd(), context.Background()
		c.fill()
		began, refused := time.Now(), 0
		for i := range 120 {
			if busy(*c.comes(ctx, Turn{Unknown, fmt.Sprint("block ", i)}, "block")) {
				refused++
			}
		}
		if took := time.Since(began); took != 0 || refused != 120-len(c.lines[Unknown].order) || refused < 90 {
			t.Errorf("%d of 120 were refused, after %v", refused, took)
		}
		if err := c.refusal(Turn{Unknown, "stranger"}); !busy(err) {
			t.Errorf("asked before anything is written: %v", err)
		}
		owner := c.comes(ctx, Turn{Known, "owner"}, "owner")
		if c.all.Wait(); *owner != nil || c.began[slots] != "owner" {
			t.Errorf("the owner: %v, in %q", *owner, c.began)
		}
		if took := time.Since(began); took > longestWait+2*oneHash {
			t.Errorf("the last was answered after %v", took)
		}
	})
}

// Attack: fill the queue from one block of addresses, so that everybody else is refused.
func TestWhoFillsTheQueueFillsItForThemselves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, ctx := newCrowd(), context.Background()
		c.fill()
		refused := 0
		for range 120 {
			if busy(*c.comes(ctx, Turn{Unknown, "greedy"}, "greedy")) {
				refused++
			}
		}
		stranger := c.comes(ctx, Turn{Unknown, "stranger"}, "stranger")
		if c.all.Wait(); refused < 90 || *stranger != nil || slices.Index(c.began, "stranger") > slots+1 {
			t.Errorf("%d were refused; the stranger: %v, in %q", refused, *stranger, c.began)
		}
	})
}

func TestNobodyWaitsLongerThanTheyWereTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, ctx := newCrowd(), context.Background()
		c.failed(Turn{Unknown, "late"})
		c.fill()
		late := c.comes(ctx, Turn{Unknown, "late"}, "late")
		for i := range 100 { // others go first all the time
			c.comes(ctx, Turn{Unknown, fmt.Sprint("block ", i)}, "block")
			time.Sleep(oneHash / slots)
		}
		c.all.Wait()
		if !busy(*late) || slices.Contains(c.began, "late") {
			t.Errorf("who was pushed back ended with %v", *late)
		}
	})
}

func TestWhoGoesAwayLeavesTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd()
		ctx, cancel := context.WithCancel(context.Background())
		c.fill()
		gone := []*error{c.comes(ctx, Turn{Known, "owner"}, "gone"), c.comes(ctx, Turn{Unknown, "a"}, "gone"), c.comes(ctx, Turn{Unknown, "a"}, "gone")}
		c.comes(context.Background(), Turn{Unknown, "a"}, "a")
		cancel()
		synctest.Wait()
		for _, err := range gone {
			if !errors.Is(*err, context.Canceled) {
				t.Errorf("ended with %v", *err)
			}
		}
		c.after(t, "a")
	})
}

func TestAQueueHasRoomForSoMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd()
		c.took = 0 // whatever is expected
		ctx, cancel := context.WithCancel(context.Background())
		c.fill()
		refused := 0
		for i := range longestLine + 10 {
			if *c.comes(ctx, Turn{Unknown, fmt.Sprint("block ", i)}, "block") != nil {
				refused++
			}
		}
		if refused != 10 {
			t.Errorf("%d were refused, want 10", refused)
		}
		cancel()
		c.all.Wait()
	})
}

func TestWhoFailedIsForgottenInTimeAndInNumber(t *testing.T) {
	var s recentSet
	at := time.Unix(0, 0)
	for i := range 5 * recentLimit {
		s.add(fmt.Sprint(i), at)
	}
	if len(s.new)+len(s.old) > 2*recentLimit || !s.has(fmt.Sprint(5*recentLimit-1), at) {
		t.Errorf("%d are remembered", len(s.new)+len(s.old))
	}
	if at = at.Add(remembered - time.Second); !s.has(fmt.Sprint(5*recentLimit-1), at) {
		t.Error("forgotten too soon")
	}
	if at = at.Add(remembered + time.Second); s.has(fmt.Sprint(5*recentLimit-1), at) || len(s.new)+len(s.old) > 0 {
		t.Error("never forgotten")
	}
}
