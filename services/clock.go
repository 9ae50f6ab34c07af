package services

import (
	"context"
	"slices"
	"sync"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// latest is the latest moment at which this process answered anybody: what the installation knows of (models.Store's
// clock) may be a second behind. The zero value is ready.
type latest struct {
	mu sync.Mutex
	at time.Time
}

// note remembers a moment and gives the latest of all.
func (l *latest) note(at time.Time) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	if at.After(l.at) {
		l.at = at
	}
	return l.at
}

// running are the grants without those of temporary accesses that ended before the clock went back, or that nobody can
// measure while it is behind.
func (l *latest) running(grants []access.Grant, at time.Time) []access.Grant {
	seen := l.note(at)
	return slices.DeleteFunc(grants, func(g access.Grant) bool {
		return g.Via.Kind == access.TemporaryAccess && (!seen.Before(g.Until) || clockWentBack(at, seen))
	})
}

// clockWentBack tells whether a moment is further behind another one than the clocks of instances may be.
func clockWentBack(at, seen time.Time) bool { return at.Before(seen.Add(-models.ClockTolerance)) }

// writeClock stores the latest moment, if somebody was answered since.
func (c *Console) writeClock(ctx context.Context) error {
	at := c.latest.note(time.Time{})
	if at.IsZero() {
		return nil
	}
	return c.store.RaiseClock(ctx, at)
}

// mustMeasure refuses with ErrClockBack while the clock is behind what the installation knows of.
func (v *view) mustMeasure(ctx context.Context) error {
	seen, err := v.Store().SeenAt(ctx)
	if err != nil {
		return err
	}
	if clockWentBack(v.At, seen) || clockWentBack(v.At, v.console.latest.note(v.At)) {
		return ErrClockBack
	}
	return nil
}
