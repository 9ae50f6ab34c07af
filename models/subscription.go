package models

import (
	"context"
	"time"
)

// SubscribedToRequests is the kind of subscription to new requests for temporary access.
const SubscribedToRequests = "temporary-access-requests"

// subscription is one row: a member wants to be told of something by mail.
type subscription struct {
	ID             int64
	OrganizationID OrganizationID
	MemberID       MemberID
	Kind           string
	Since          time.Time
}

// TableName is for gorm.
func (subscription) TableName() string { return "subscriptions" }

// Subscribe adds a subscription of the person as a member. ErrDuplicate when there is one, ErrNotFound when the person is
// no member.
func (s *Scope) Subscribe(ctx context.Context, person PersonID, kind string, at time.Time) error {
	m, err := s.MemberOf(ctx, person)
	if err == nil {
		err = s.store.insert(ctx, &subscription{OrganizationID: s.id, MemberID: m.ID, Kind: kind, Since: moment(at)})
	}
	return wrap("subscribe", err)
}

// Unsubscribe takes it away. ErrNotFound when there is none.
func (s *Scope) Unsubscribe(ctx context.Context, person PersonID, kind string) error {
	deleted, err := s.exec(ctx, `
		DELETE FROM subscriptions WHERE organization_id = ? AND kind = ? AND member_id IN (
			SELECT n.id FROM members n WHERE n.organization_id = ? AND n.person_id = ? AND n.ended_at IS NULL)`,
		s.id, kind, s.id, person)
	if err == nil && deleted == 0 {
		err = ErrNotFound
	}
	return wrap("unsubscribe", err)
}

// Subscribers are the people who want to be told of a kind of thing and are still members, by e-mail. Whose
// address nobody has shown to be theirs is not among them.
func (s *Scope) Subscribers(ctx context.Context, kind string) ([]Person, error) {
	all, err := rows[Person](ctx, s.store, provenSelect+`
		JOIN members n ON n.person_id = p.id AND n.ended_at IS NULL
		JOIN subscriptions b ON b.member_id = n.id
		WHERE a.id IS NOT NULL AND b.organization_id = ? AND b.kind = ?
		ORDER BY p.email`, s.id, kind)
	return all, wrap("read subscribers", err)
}

// Subscribed tells whether the person is among the Subscribers.
func (s *Scope) Subscribed(ctx context.Context, person PersonID, kind string) (bool, error) {
	found, err := rows[int](ctx, s.store, `
		SELECT 1 FROM subscriptions b
		JOIN members n ON n.id = b.member_id AND n.ended_at IS NULL
		WHERE n.organization_id = ? AND n.person_id = ? AND b.kind = ? LIMIT 1`, s.id, person, kind)
	return len(found) > 0, wrap("look for a subscription", err)
}
