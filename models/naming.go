package models

import (
	"context"

	"bailiwick/access"
)

// KeyTaken tells whether something in the domain has the key. What has ended has none (R16).
func (s *Scope) KeyTaken(ctx context.Context, domain access.DomainKey, key string) (bool, error) {
	return s.exists(ctx, "look for a key", "domain = ? AND key = ?", domain, key)
}

// NameTaken tells whether something else in the domain than the excepted resource has the name, whatever its case.
func (s *Scope) NameTaken(
	ctx context.Context, domain access.DomainKey, name string, except access.ResourceID,
) (bool, error) {
	return s.exists(ctx, "look for a name", "domain = ? AND folded = ? AND id <> ?", domain, fold(name), except)
}

func (s *Scope) exists(ctx context.Context, doing, condition string, args ...any) (bool, error) {
	for _, arg := range args {
		if text, ok := arg.(string); ok && !storable(text) {
			return false, nil
		}
	}
	found, err := rows[access.ResourceID](ctx, s.store,
		"SELECT id FROM resources WHERE organization_id = ? AND ended_at IS NULL AND "+condition+" LIMIT 1",
		append([]any{s.id}, args...)...)
	return len(found) > 0, wrap(doing, err)
}
