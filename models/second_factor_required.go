package models

import "context"

// SetRequireSecondFactor closes the organization to sessions without a second factor, or opens it again.
func (s *Scope) SetRequireSecondFactor(ctx context.Context, require bool) error {
	_, err := s.exec(ctx, "UPDATE organizations SET require_second_factor = ? WHERE id = ?", require, s.id)
	return wrap("require a second factor", err)
}

// WithoutSecondFactor is how many of the members have no second factor with which they enter, at most limit.
func (s *Scope) WithoutSecondFactor(ctx context.Context, limit int) (int, error) {
	n, err := row[int](ctx, s.store, `
		SELECT count(*) FROM (
			SELECT 1 AS one FROM members n
			WHERE n.organization_id = ? AND n.ended_at IS NULL AND NOT EXISTS (
				SELECT 1 FROM accounts a WHERE a.person_id = n.person_id AND a.totp_secret <> '' AND `+opensSQL+`) LIMIT ?) w`, s.id, limit)
	return n, wrap("count members without a second factor", err)
}
