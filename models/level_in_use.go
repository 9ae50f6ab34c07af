package models

import (
	"context"

	"bailiwick/access"
)

// LevelInUse is a level that somebody holds on a domain, as it is stored: perhaps no level any more (R17).
type LevelInUse struct {
	Organization string // key
	Domain       access.DomainKey
	Level        string
	Grantees     int
}

// LevelsInUse are the levels that stand in privileges, in all organizations.
func (s *Store) LevelsInUse(ctx context.Context) ([]LevelInUse, error) {
	all, err := rows[LevelInUse](ctx, s, `
		SELECT o.key AS organization, p.domain, p.level, count(*) AS grantees
		FROM privileges p
		JOIN organizations o ON o.id = p.organization_id
		WHERE p.ended_at IS NULL
		GROUP BY o.key, p.domain, p.level
		ORDER BY o.key, p.domain, p.level`)
	return all, wrap("read levels in use", err)
}
