package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// JoinGroup puts members into a group at once, until a moment or, with nil, for good. ErrConflict, and nobody is added, where one of
// them is in it or is nobody's number, or there is no such group.
func (s *Scope) JoinGroup(ctx context.Context, group access.GranteeID, people []PersonID, expires *time.Time, at time.Time) error {
	err := s.whole(ctx, func(tx *Scope) error {
		added, err := tx.addMemberships(ctx, group, people, expires, at)
		if err == nil && added < len(people) {
			err = ErrConflict
		}
		return err
	})
	return wrap("add memberships", err)
}
