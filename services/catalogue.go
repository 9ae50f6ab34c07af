package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// Outdated are the stored privileges that count for nothing, because the catalogue no longer has their domain or level
// (R17).
func (c *Console) Outdated(ctx context.Context) ([]models.LevelInUse, error) {
	all, err := c.store.LevelsInUse(ctx)
	if err != nil {
		return nil, err
	}
	var outdated []models.LevelInUse
	for _, in := range all {
		level, err := access.ParseLevel(in.Level)
		if d := c.catalog.Domain(in.Domain); err != nil || d == nil || !d.Offers(level) {
			outdated = append(outdated, in)
		}
	}
	return outdated, nil
}
