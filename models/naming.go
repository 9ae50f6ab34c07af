package models

import (
	"context"
	"errors"

	"bailiwick/access"
)

var errNaming = errors.New("not written yet")

func (s *Scope) KeyTaken(ctx context.Context, domain access.DomainKey, key string) (bool, error) {
	return false, errNaming
}
func (s *Scope) NameTaken(ctx context.Context, domain access.DomainKey, name string, except access.ResourceID) (bool, error) {
	return false, errNaming
}
func (s *Scope) Leavers(ctx context.Context, g access.GranteeID, limit int) ([]Member, int, error) {
	return nil, 0, errNaming
}
func (s *Scope) OwnedByLeavers(ctx context.Context, g access.GranteeID, limit int) ([]Resource, int, error) {
	return nil, 0, errNaming
}
