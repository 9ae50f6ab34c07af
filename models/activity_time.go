package models

import (
	"context"
	"math"
	"time"
)

// clockBack is how far a clock may have gone back for activities still to be found by when they happened.
const clockBack = time.Hour

// times are the numbers between which the activities lie that a filter asks for by time: they are listed by number, and each of their
// indexes holds it.
type times struct{ first, last int64 }

// timesOf finds the numbers: from behind the last activity that is too early by clockBack, until before the first that is too late by it.
func (s *Scope) timesOf(ctx context.Context, f ActivityFilter) (times, error) {
	t := times{1, math.MaxInt64}
	if !f.From.IsZero() {
		early, err := rows[int64](ctx, s.store, "SELECT a.id FROM activities a WHERE a.organization_id = ? AND a.at < ? ORDER BY a.at DESC, a.id DESC LIMIT 1",
			s.id, moment(f.From.Add(-clockBack)))
		if err != nil {
			return t, err
		}
		if len(early) > 0 {
			t.first = early[0] + 1
		}
	}
	if !f.Until.IsZero() {
		late, err := rows[int64](ctx, s.store, "SELECT a.id FROM activities a WHERE a.organization_id = ? AND a.at >= ? ORDER BY a.at, a.id LIMIT 1",
			s.id, moment(f.Until.Add(clockBack)))
		if err != nil {
			return t, err
		}
		if len(late) > 0 {
			t.last = late[0] - 1
		}
	}
	return t, nil
}

// addTo adds the condition on activity a. Numbers narrow it down; the moments only make it exact.
func (t times) addTo(q *query, d dialect, f ActivityFilter) {
	at := d.unindexed("a.at")
	if !f.From.IsZero() {
		q.add("AND a.id >= ? AND "+at+" >= ?", t.first, moment(f.From))
	}
	if !f.Until.IsZero() {
		q.add("AND a.id <= ? AND "+at+" < ?", t.last, moment(f.Until))
	}
}
