package models

import "context"

// SetSupportAccess lets personnel ask for temporary access, or keeps them from it.
func (s *Scope) SetSupportAccess(ctx context.Context, on bool) error {
	_, err := s.exec(ctx, "UPDATE organizations SET support_access = ? WHERE id = ?", on, s.id)
	return wrap("switch support access", err)
}
