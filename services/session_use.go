package services

import (
	"context"
	"maps"
	"sync"
	"time"

	"bailiwick/models"
)

// sessionUses are the last uses of sessions that are not written yet, to the instant, since sessions end by them. The
// zero value is ready.
type sessionUses struct {
	mu   sync.Mutex
	last map[string]time.Time // by the session's ID
}

// latest is the last use of a session, which the row may not know yet.
func (u *sessionUses) latest(row models.Session) time.Time {
	u.mu.Lock()
	defer u.mu.Unlock()
	if last := u.last[row.ID]; last.After(row.LastSeenAt) {
		return last
	}
	return row.LastSeenAt
}

func (u *sessionUses) note(id string, at time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.last == nil {
		u.last = map[string]time.Time{}
	}
	u.last[id] = at
}

// waiting is a copy of what is not written yet.
func (u *sessionUses) waiting() map[string]time.Time {
	u.mu.Lock()
	defer u.mu.Unlock()
	return maps.Clone(u.last)
}

// written forgets what was written, except where a session was used again meanwhile.
func (u *sessionUses) written(uses map[string]time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for id, at := range uses {
		if u.last[id].Equal(at) {
			delete(u.last, id)
		}
	}
}

// writeSessionUses stores when sessions were last used, all in one transaction. What could not be written waits on.
func (c *Console) writeSessionUses(ctx context.Context) error {
	uses := c.sessionUses.waiting()
	if len(uses) == 0 {
		return nil
	}
	err := c.store.Tx(ctx, func(tx *models.Store) error {
		for id, at := range uses {
			if err := tx.TouchSession(ctx, id, at); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	c.sessionUses.written(uses)
	return nil
}
