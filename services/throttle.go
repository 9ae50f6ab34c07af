package services

import (
	"context"
	"fmt"
	"time"
)

// After so many failures in this time, each further attempt has to wait.
const (
	freeFailures  = 10
	failureWindow = 15 * time.Minute
	firstDelay    = 30 * time.Second
)

// An address is that of a whole office, so it is never closed for good: over its limit, known browsers still pass it, and
// so many others a minute, from all such addresses together.
const (
	freeFromAddress  = 7
	passingOverLimit = 3
)

// failuresOfKnown is how many attempts may fail in all known browsers of a person together: as many as a thief of one of
// them gets, and the owner's besides.
const failuresOfKnown = 30

// Asking for mails counts as failing does, by a measure of its own: what somebody asks for in another's name fills that
// person's mailbox, and must not close the door to them. No pause is longer than a link works (LinkLife), so that who is
// refused because others have asked in their name has a link that opens.
const (
	freeLinks            = 5
	freeLinksFromAddress = 17
)

// quota is how many may fail in a time. Beyond it, either pauses begin that grow with each failure, or nothing is heard
// until the oldest of them has fallen out of the time.
type quota struct {
	free   int
	within time.Duration
	grows  bool
}

func growing(free int) quota { return quota{free, failureWindow, true} }
func flat(free int) quota    { return quota{free: free, within: failureWindow} }

var quotaOverLimit = quota{free: passingOverLimit, within: time.Minute}

// Throttled says that an attempt was not heard: too many have failed, for the account or from the address, or too many
// people sign in at the moment.
type Throttled struct {
	Wait time.Duration // until the next attempt is heard
	Busy bool          // nothing failed: there are too many at the moment
}

func (e Throttled) Error() string {
	if e.Busy {
		return fmt.Sprintf("too many passwords to check: wait %s", e.Wait)
	}
	return fmt.Sprintf("too many failures: wait %s", e.Wait)
}

// counted are the rows of an attempt that was counted, the first of them by what it is about.
type counted []int64

// countAttempt records an attempt as failed, or fails with Throttled. It looks before it writes, so that a flood costs no
// writes, and again afterwards.
func (c *Console) countAttempt(ctx context.Context, a attempt) (counted, error) {
	if err := c.admitAttempt(ctx, a); err != nil {
		return nil, err
	}
	return c.record(ctx, a)
}

// admitAttempt is Throttled where the attempt would be refused, and nil otherwise. It writes nothing.
func (c *Console) admitAttempt(ctx context.Context, a attempt) error {
	at := c.now()
	over, err := c.throttle(ctx, a, at, 0)
	if err != nil || !over {
		return err
	}
	return c.throttleOver(ctx, a, at, 0)
}

// record records an attempt as failed, and looks then whether it is heard: of any number of attempts at once, each sees
// those recorded before it. An attempt that is refused here does not count, or trying again and again would keep everybody out.
func (c *Console) record(ctx context.Context, a attempt) (counted, error) {
	at := c.now()
	number, err := c.store.RecordAttempt(ctx, a.account, a.address, at)
	if err != nil {
		return nil, err
	}
	rows := counted{number}
	over, err := c.throttle(ctx, a, at, 1)
	if err != nil {
		return nil, c.unheard(ctx, rows, err)
	}
	if !over {
		return rows, nil
	}
	if number, err = c.store.RecordAttempt(ctx, a.over, "", at); err != nil {
		return nil, err
	}
	rows = append(rows, number)
	if err := c.throttleOver(ctx, a, at, 1); err != nil {
		return nil, c.unheard(ctx, rows, err)
	}
	return rows, nil
}

// unheard takes back an attempt that was not looked at, and is why.
func (c *Console) unheard(ctx context.Context, rows counted, why error) error {
	if err := c.takeBack(ctx, rows); err != nil {
		return err
	}
	return why
}

// takeBack takes back an attempt: it was not looked at, or was right.
func (c *Console) takeBack(ctx context.Context, rows counted) error {
	for _, number := range rows {
		if err := c.store.SucceedAttempt(ctx, number); err != nil {
			return err
		}
	}
	return nil
}

// succeed takes back that the attempt failed. That it passed an address over its limit stays counted.
func (c *Console) succeed(ctx context.Context, rows counted) error { return c.takeBack(ctx, rows[:1]) }

// throttle refuses when the failures so far ask for a pause, and tells whether the address is over its limit where some
// still pass. The newest failures of the caller's own are left out.
func (c *Console) throttle(ctx context.Context, a attempt, at time.Time, own int) (bool, error) {
	byAccount, byAddress, err := c.store.Failures(ctx, a.account, a.address, at.Add(-failureWindow))
	if err != nil {
		return false, err
	}
	wait, there := a.byAccount.wait(byAccount, at, own), a.byAddress.wait(byAddress, at, own)
	over := a.over != "" && there > 0
	if a.over != "" {
		there = 0
	}
	if wait = max(wait, there); wait > 0 {
		return false, Throttled{Wait: wait}
	}
	return over, nil
}

// throttleOver refuses when as many as may have passed addresses over their limit in the last minute.
func (c *Console) throttleOver(ctx context.Context, a attempt, at time.Time, own int) error {
	passed, _, err := c.store.Failures(ctx, a.over, "", at.Add(-quotaOverLimit.within))
	if err != nil {
		return err
	}
	if wait := quotaOverLimit.wait(passed, at, own); wait > 0 {
		return Throttled{Wait: wait}
	}
	return nil
}

// wait is how long after these failures, newest first, the next attempt has to wait.
func (a quota) wait(failures []time.Time, at time.Time, own int) time.Duration {
	failures = failures[min(own, len(failures)):]
	extra := len(failures) - a.free
	if extra < 0 || a.free == 0 { // what is not counted has no quota
		return 0
	}
	since, delay := failures[max(0, a.free-1)], a.within
	if a.grows {
		since, delay = failures[0], min(firstDelay<<min(extra, 10), a.within)
	}
	return max(0, since.Add(delay).Sub(at))
}
