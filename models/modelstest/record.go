package modelstest

import (
	"context"

	"bailiwick/models"
)

// VerifyActivities walks the record of an organization, for who wants to know nothing but that all is well.
func VerifyActivities(ctx context.Context, s *models.Scope) error {
	_, err := s.WalkActivities(ctx)
	return err
}

// VerifyGlobalActivities is the same for what belongs to no organization.
func VerifyGlobalActivities(ctx context.Context, s *models.Store) error {
	_, err := s.WalkGlobalActivities(ctx)
	return err
}
