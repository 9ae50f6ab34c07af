package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// LastUsed is when somebody last used something that the group gives; the zero time where nobody did since that is noted.
func (g Group) LastUsed() time.Time {
	if g.LastUsedMinute == 0 {
		return time.Time{}
	}
	return time.Unix(g.LastUsedMinute*60, 0).UTC()
}

// StampGroups notes that something was used in the minute of a moment that these groups give. It takes no organization's lock (R14),
// and a later stamp stays. Rows that a change holds are left out on PostgreSQL, so that neither can wait for the other: the next use
// brings the next stamp.
func (s *Store) StampGroups(ctx context.Context, ids []access.GranteeID, at time.Time) error {
	minute := at.Unix() / 60
	_, err := s.exec(ctx, `
		UPDATE groups SET last_used_minute = ?
		WHERE id IN (SELECT g.id FROM groups g WHERE +g.last_used_minute < ? AND `+
		s.dialect.ids("g.id")+s.dialect.skipLocked()+")", minute, minute, list(ids))
	return wrap("stamp groups", err)
}

// CountUnusedGroups is how many groups were not used for so long.
func (s *Scope) CountUnusedGroups(ctx context.Context, u Unused) (int, error) {
	q := newQuery(`
		SELECT g.id FROM organizations o CROSS JOIN groups g JOIN resources r ON r.id = g.id AND r.ended_at IS NULL
		WHERE o.id = ? AND g.organization_id = ?`, s.id, s.id)
	if u.Since != nil { // the organization comes first: while uses are not noted for so long, no group is looked at
		q.add("AND o.group_uses_since <= ?", moment(*u.Since))
	}
	u.ofGroup(q, s.id)
	n, err := s.atMost(ctx, q.sql.String(), q.args...)
	return n, wrap("count groups that are not used", err)
}
