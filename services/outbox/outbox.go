// Package outbox delivers what waits in a queue of the database to a server elsewhere, such as mails. What is delivered is
// leased first, so that any number of processes can work on one queue, and is delivered again only where nobody knows what
// became of an attempt.
package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	// Lease is how long an item is left to the worker that began to deliver it. It is longer than an attempt can take together with
	// writing down what became of it: an item is delivered again only when that process is gone.
	Lease = 5 * time.Minute
	// recording is how long writing that down is tried. What was delivered and not written down is delivered again.
	recording = 2 * time.Minute
	// grace is what an attempt that has begun may still take after the signal to end.
	grace = 10 * time.Second
)

// pauses are those after the first attempt, the second, and so on.
var pauses = []time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour,
}

// Pause is how long to wait after so many attempts; false after the last: then a person decides.
func Pause(tries int) (time.Duration, bool) {
	if tries > len(pauses) {
		return 0, false
	}
	return pauses[max(0, tries-1)], true
}

var (
	// ErrEmpty says that nothing is due.
	ErrEmpty = errors.New("nothing is due")
	// ErrTaken says that somebody else has decided about the item meanwhile, so that nothing is left to write down.
	ErrTaken = errors.New("taken by somebody else")
	// ErrObsolete is what Deliver answers where the item is about something that is no more. It is no failure.
	ErrObsolete = errors.New("nothing to send any more")
)

// Queue is what waits to be delivered.
type Queue[T any] interface {
	// Claim leases the item that has been due for longest until a moment, for one attempt; ErrEmpty where none is due.
	Claim(ctx context.Context, at, until time.Time) (T, error)
	// Deliver tries once, with the item as things are now.
	Deliver(ctx context.Context, item T) error
	// Record writes down what became of an attempt that ended at a moment; ErrTaken.
	Record(ctx context.Context, item T, at time.Time, failure error) error
	// Name is what the log calls the item, without anybody's address.
	Name(item T) string
}

// Run delivers until nothing is due, or the context ends: then the item that is being delivered is finished first. The error
// is the last attempt's that failed.
func Run[T any](ctx context.Context, q Queue[T], now func() time.Time) error {
	var failed error
	for ctx.Err() == nil {
		at := now()
		item, err := q.Claim(ctx, at, at.Add(Lease))
		if errors.Is(err, ErrEmpty) {
			return failed
		}
		if err != nil {
			return err
		}
		if err := attempt(ctx, q, item, now); err != nil {
			failed = fmt.Errorf("%s: %w", q.Name(item), err)
		}
	}
	return failed
}

// attempt tries to deliver once, and writes down what became of it.
func attempt[T any](ctx context.Context, q Queue[T], item T, now func() time.Time) error {
	delivering, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })()
	failure := q.Deliver(delivering, item)
	recorded := record(context.WithoutCancel(ctx), q, item, now(), failure)
	if errors.Is(failure, ErrObsolete) {
		return recorded
	}
	return errors.Join(failure, recorded)
}

// record writes the outcome down. What happened outside can't be taken back, so a database that fails is asked again.
func record[T any](ctx context.Context, q Queue[T], item T, at time.Time, failure error) error {
	ctx, cancel := context.WithTimeout(ctx, recording)
	defer cancel()
	for {
		err := q.Record(ctx, item, at, failure)
		if err == nil || errors.Is(err, ErrTaken) {
			return err
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return err
		}
	}
}
