package services

import (
	"context"
	"errors"
	"sync"
	"time"

	"bailiwick/access"
)

// uses collects when things were used, to the minute, so that one write tells of all of them: a write for each use would
// queue with every change. The zero value is ready.
type uses[K comparable] struct {
	mu      sync.Mutex
	waiting map[K]time.Time // the minute of the last use, not written yet
	written map[K]time.Time // the minute that was written last
}

// note remembers a use. The second one in a minute is nothing new.
func (u *uses[K]) note(thing K, at time.Time) {
	minute := at.UTC().Truncate(time.Minute)
	u.mu.Lock()
	defer u.mu.Unlock()
	if minute.After(u.waiting[thing]) && minute.After(u.written[thing]) {
		u.wait(thing, minute)
	}
}

func (u *uses[K]) wait(thing K, minute time.Time) {
	if u.waiting == nil {
		u.waiting = map[K]time.Time{}
	}
	u.waiting[thing] = minute
}

// flush hands what waits to write, the things of each minute at once. What could not be written waits on.
func (u *uses[K]) flush(write func(things []K, minute time.Time) error) error {
	u.mu.Lock()
	waiting := u.waiting
	u.waiting = nil
	u.mu.Unlock()
	minutes := map[time.Time][]K{}
	for thing, minute := range waiting {
		minutes[minute] = append(minutes[minute], thing)
	}
	var failed []error
	for minute, things := range minutes {
		err := write(things, minute)
		u.settle(things, minute, err == nil)
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

// settle remembers what was written, and forgets what was written before, which the next use will be later than anyway.
func (u *uses[K]) settle(things []K, minute time.Time, written bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for thing, last := range u.written {
		if last.Before(minute) {
			delete(u.written, thing)
		}
	}
	for _, thing := range things {
		switch {
		case written && u.written == nil:
			u.written = map[K]time.Time{thing: minute}
		case written:
			u.written[thing] = minute
		case u.waiting[thing].Before(minute):
			u.wait(thing, minute)
		}
	}
}

// WriteLastUsed stores when things were last used. The program calls it once a second, and at the end.
func (c *Console) WriteLastUsed(ctx context.Context) error {
	return errors.Join(c.writeClock(ctx), c.writeSessionUses(ctx), c.writeMemberUses(ctx), c.groupUses.flush(func(groups []access.GranteeID, minute time.Time) error {
		return c.store.StampGroups(ctx, groups, minute)
	}), c.keyUses.flush(func(keys []access.GranteeID, minute time.Time) error {
		return c.store.StampAPIKeys(ctx, keys, minute)
	}))
}
