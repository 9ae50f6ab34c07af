package models

import "context"

// MemberStatus says whether what a member holds counts (R23).
type MemberStatus string

// The statuses of members.
const (
	MemberActive    MemberStatus = "active"
	MemberSuspended MemberStatus = "suspended"
)

// of is the condition on members n; "" asks for nothing. For each status there are indexes by name and by last use.
func (m MemberStatus) of() string {
	switch m {
	case MemberActive:
		return " AND n.suspended_at IS NULL "
	case MemberSuspended:
		return " AND n.suspended_at IS NOT NULL "
	}
	return ""
}

// suspendedFirst are the numbers of suspended members: all of them up to drivenByList, or one more than that.
func (s *Scope) suspendedFirst(ctx context.Context) ([]MemberID, error) {
	return rows[MemberID](ctx, s.store, "SELECT n.id FROM members n WHERE n.organization_id = ? AND n.ended_at IS NULL"+MemberSuspended.of()+
		"ORDER BY n.sort_key, n.id LIMIT ?", s.id, drivenByList+1)
}
