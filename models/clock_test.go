package models_test

import (
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestWhatTheInstallationKnowsOfTheTimeNeverGoesBack(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		change := func() { ok(t, store.Change(ctx, org.ID(), func(*models.Scope) error { return nil })) }
		for _, step := range []struct {
			name     string
			by, seen time.Duration // from the moment before, and from the start
		}{
			{"the first change", 0, 0},
			{"a change within the second", 900 * time.Millisecond, 0},
			{"a change after it", 100 * time.Millisecond, time.Second},
			{"a clock that goes back", -time.Hour, time.Second},
			{"a clock that comes near again", time.Hour, time.Second},
			{"a clock that goes on", time.Minute, time.Minute + time.Second},
		} {
			clock.Advance(step.by)
			change()
			if seen := get(store.SeenAt(ctx))(t); !seen.Equal(modelstest.Start.Add(step.seen)) {
				t.Errorf("after %s the latest moment is %s", step.name, seen)
			}
		}
		ok(t, store.ResetClock(ctx, modelstest.Start))
		if seen := get(store.SeenAt(ctx))(t); !seen.Equal(modelstest.Start) {
			t.Errorf("after it was reset it is %s", seen)
		}
	})
}
