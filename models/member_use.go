package models

import (
	"context"
	"time"
)

// StampMembers notes that these people last used the organization in the minute of a moment. A later stamp stays.
// Rows that a change holds at this moment are left out on PostgreSQL, so that neither can wait for the other: the next
// minute brings the next stamp.
func (s *Scope) StampMembers(ctx context.Context, people []PersonID, at time.Time) error {
	minute := at.Unix() / 60
	_, err := s.exec(ctx, `
		UPDATE members SET last_used_minute = ?
		WHERE id IN (
			SELECT n.id FROM members n
			WHERE n.organization_id = ? AND n.ended_at IS NULL AND +n.last_used_minute < ? AND `+
		s.store.dialect.ids("n.person_id")+s.store.dialect.skipLocked()+`)`, minute, s.id, minute, list(people))
	return wrap("stamp members", err)
}
