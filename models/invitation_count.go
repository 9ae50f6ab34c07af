package models

import (
	"context"
	"time"
)

// countedAtMost is how far a page counts: what is more it shows as "1,000+".
const countedAtMost = 1001

// CountPending is how many invitations are pending at a moment; those beyond 1,001 are not counted.
func (s *Scope) CountPending(ctx context.Context, at time.Time) (int, error) {
	n, err := row[int](ctx, s.store, `
		SELECT count(*) FROM (
			SELECT i.id FROM invitations i
			WHERE i.organization_id = ? AND i.outcome = '' AND i.expires_at > ? LIMIT ?) AS listed`, s.id, moment(at), countedAtMost)
	return n, wrap("count pending invitations", err)
}
