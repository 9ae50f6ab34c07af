package models

import (
	"context"
	"time"
)

// active is the condition that nobody has suspended the member who the person of a row is, in the organization of the row (R23).
// Every statement that goes from people to what they hold, other than by the member's own row, has it.
func active(alias string) string {
	return `NOT EXISTS (
		SELECT 1 FROM members z WHERE z.person_id = ` + alias + `.person_id AND z.organization_id = ` + alias + `.organization_id
		AND z.ended_at IS NULL AND z.suspended_at IS NOT NULL)`
}

// Suspended tells whether what the member holds counts for nothing (R23).
func (m Member) Suspended() bool { return m.SuspendedAt != nil }

// SuspendMembers makes what the members hold count for nothing from a moment on, and ends their sessions as EndSessionsHere does. ErrConflict when one of them is suspended already, or no member.
func (s *Scope) SuspendMembers(ctx context.Context, people []PersonID, at time.Time) error {
	err := s.whole(ctx, func(tx *Scope) error {
		if err := tx.setSuspended(ctx, people, "suspended_at IS NULL", &at); err != nil {
			return err
		}
		return tx.EndSessionsHere(ctx, people, at)
	})
	return wrap("suspend members", err)
}

// ReactivateMembers makes what the members hold count again. ErrConflict when one of them is not suspended, or no member.
func (s *Scope) ReactivateMembers(ctx context.Context, people []PersonID) error {
	err := s.whole(ctx, func(tx *Scope) error { return tx.setSuspended(ctx, people, "suspended_at IS NOT NULL", nil) })
	return wrap("reactivate members", err)
}

func (s *Scope) setSuspended(ctx context.Context, people []PersonID, were string, at *time.Time) error {
	changed, err := s.exec(ctx, "UPDATE members SET suspended_at = ? WHERE organization_id = ? AND ended_at IS NULL AND "+were+" AND "+
		s.store.dialect.ids("person_id"), momentOrNil(at), s.id, list(people))
	if err == nil && changed != len(people) {
		err = ErrConflict
	}
	return err
}

// MembershipsOfPeople are the memberships of several people that are in force at a moment, by person and group.
func (s *Scope) MembershipsOfPeople(ctx context.Context, people []PersonID, at time.Time) ([]Membership, error) {
	all, err := rows[Membership](ctx, s.store, membershipSelect+"AND (m.expires_at IS NULL OR m.expires_at > ?) AND "+
		s.store.dialect.ids("m.person_id")+" ORDER BY m.person_id, m.group_id", s.id, moment(at), list(people))
	return all, wrap("read memberships of people", err)
}
