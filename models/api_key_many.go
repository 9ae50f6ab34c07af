package models

import (
	"context"
	"strings"

	"bailiwick/access"
)

// APIKeysByKeys are those with the keys, by name; keys that there are not are left out.
func (s *Scope) APIKeysByKeys(ctx context.Context, keys []string) ([]APIKey, error) {
	all, err := rows[APIKey](ctx, s.store, keySelect+"AND "+s.store.dialect.texts("r.key")+" ORDER BY r.sort_key, r.id",
		s.id, access.APIKeysDomain, list(storableAll(keys)))
	return all, wrap("read API keys by key", err)
}

// UpdateAPIKeys writes the named columns of a key, none of them of its resource, into several: all get the same. It raises their
// revisions, and notes who changed them when, as the key says. ErrNotFound when one of them is not there, or is named twice.
func (s *Scope) UpdateAPIKeys(ctx context.Context, ids []access.ResourceID, k APIKey, columns ...string) error {
	err := s.whole(ctx, func(tx *Scope) error {
		if err := tx.reviseAll(ctx, "", nil, access.APIKeysDomain, ids, k.ModifiedBy, k.ModifiedAt); err != nil {
			return err
		}
		var sets []string
		var args []any
		for _, name := range columns {
			sets, args = append(sets, name+" = ?"), append(args, keyColumns[name](&k))
		}
		changed, err := tx.exec(ctx, "UPDATE api_keys SET "+strings.Join(sets, ", ")+" WHERE organization_id = ? AND "+tx.store.dialect.ids("id"),
			append(args, tx.id, list(ids))...)
		return allOf(ids, changed, err)
	})
	return wrap("update API keys", err)
}
