package models

import (
	"context"
	"sync"
	"time"
)

// ClockTolerance is how far apart the clocks of instances may be.
const ClockTolerance = time.Minute

// clockStep is how much later than before a moment must be to be worth a write.
const clockStep = time.Second

// raised is the latest moment that this process has written to the table clock.
type raised struct {
	mu sync.Mutex
	at time.Time
}

// earlier tells whether the moment is worth writing.
func (r *raised) earlier(at time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return at.Sub(r.at) >= clockStep
}

func (r *raised) set(at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if at.After(r.at) {
		r.at = at
	}
}

// RaiseClock remembers that a moment has come, in the one row of the table clock, which never goes back. It is a
// transaction of its own, so that changes of different organizations don't wait for each other's, and at most one a second.
func (s *Store) RaiseClock(ctx context.Context, at time.Time) error {
	if !s.raised.earlier(at) {
		return nil
	}
	_, err := s.exec(ctx, "UPDATE clock SET seen_at = ? WHERE seen_at < ?", moment(at), moment(at))
	if err == nil {
		s.raised.set(at)
	}
	return wrap("raise clock", err)
}

// ResetClock sets what is known of the time back to a moment, for when the clock was wrong and ahead.
func (s *Store) ResetClock(ctx context.Context, at time.Time) error {
	_, err := s.exec(ctx, "UPDATE clock SET seen_at = ?", moment(at))
	return wrap("reset clock", err)
}

// SeenAt is the latest moment that the installation knows of, to about a second.
func (s *Store) SeenAt(ctx context.Context) (time.Time, error) {
	type clock struct{ SeenAt time.Time }
	found, err := row[clock](ctx, s, "SELECT seen_at FROM clock WHERE id = 1")
	return found.SeenAt, wrap("read clock", err)
}

// running is the condition that a temporary access t runs at a moment, beside the clock c: neither that moment nor the
// latest one that is known of has reached its end, and the clock has not been set back by more than instances may differ.
// A clock that goes back ten years would otherwise prolong what runs by ten years.
func (s *Store) running(at time.Time) (condition string, args []any) {
	return "t.outcome = '' AND t.expires_at > ? AND t.expires_at > c.seen_at AND c.seen_at <= ?",
		[]any{moment(at), moment(at.Add(ClockTolerance))}
}
