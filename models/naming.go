package models

import (
	"context"
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/names"
)

// KeyTaken tells whether something in the domain has the key. What has ended has none (R16).
func (s *Scope) KeyTaken(ctx context.Context, domain access.DomainKey, key string) (bool, error) {
	return s.exists(ctx, "look for a key", "domain = ? AND key = ?", domain, key)
}

// NameTaken tells whether something else in the domain than the excepted resource has the name, whatever its case.
func (s *Scope) NameTaken(
	ctx context.Context, domain access.DomainKey, name string, except access.ResourceID,
) (bool, error) {
	if !storable(name) || !storable(string(domain)) {
		return false, nil
	}
	from, until := names.SameLetters(name)
	alike, err := rows[string](ctx, s.store, `
		SELECT name FROM resources
		WHERE organization_id = ? AND ended_at IS NULL AND domain = ? AND sort_key >= ? AND sort_key < ? AND id <> ?`,
		s.id, domain, from, until, except)
	if err != nil {
		return false, wrap("look for a name", err)
	}
	if slices.ContainsFunc(alike, func(other string) bool { return lower(other) == lower(name) }) {
		return true, nil
	}
	// A row that has no key as yet (FillKeys).
	return s.exists(ctx, "look for a name", "domain = ? AND sort_key = ? AND id <> ?", domain, lower(name), except)
}

func lower(name string) string { return strings.ToLower(strings.TrimSpace(names.Compose(name))) }

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
