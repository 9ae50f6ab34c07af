package models

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"bailiwick/access"
)

// APIKey is a grantee that an application uses. Its name, key and revision are those of its resource.
type APIKey struct {
	Resource
	Template    string // key of the catalogue's template; "" = none
	Description string
	Enabled     bool
	ExpiresAt   *time.Time // nil = never; at that very instant it has expired
	Allow       []string   `gorm:"serializer:json"` // CIDR ranges; empty = everybody who is not denied
	Deny        []string   `gorm:"serializer:json"` // CIDR ranges; they win (R11)
	PublicID    string     // the part of the secret that finds the key; "" until a secret exists
	SecretHash  string     // SHA-256 of the whole secret, in hexadecimal digits
	LastFour    string     // characters at its end, to tell secrets apart

	PreviousHash  string     // of the secret before the last rotation; "" = none
	PreviousUntil *time.Time // at that very instant it no longer opens anything
	LastUsedAt    *time.Time // to the minute
}

// Grantee is the key as something that holds privileges.
func (k APIKey) Grantee() access.Grantee {
	return access.Grantee{Kind: access.APIKey, ID: access.GranteeID(k.ID), Key: k.Key, Name: k.Name}
}

// keyRows are the API keys of all organizations, ended ones too.
const keyRows = `
	SELECT r.*, COALESCE(o.email, '') AS owner_email, k.template, k.description, k.enabled, k.expires_at, k.allow, k.deny,
		k.public_id, k.secret_hash, k.last_four, k.previous_hash, k.previous_until, k.last_used_at
	FROM resources r
	JOIN api_keys k ON k.id = r.id
	LEFT JOIN people o ON o.id = r.owner_id `

// keySelect ends inside its WHERE clause; its parameters are the organization and the API keys domain.
const keySelect = keyRows + "WHERE r.organization_id = ? AND r.domain = ? AND r.ended_at IS NULL "

// APIKeysByIDs are those with the numbers, by name; what is no API key of the organization is left out.
func (s *Scope) APIKeysByIDs(ctx context.Context, ids []access.ResourceID) ([]APIKey, error) {
	d := s.store.dialect
	all, err := rows[APIKey](ctx, s.store, keyRows+"WHERE "+d.unindexed("r.organization_id")+" = ? AND r.domain = ? AND r.ended_at IS NULL AND "+
		d.ids("r.id")+" ORDER BY r.sort_key, r.id", s.id, access.APIKeysDomain, list(ids))
	return all, wrap("read API keys", err)
}

// APIKey is the one with the key.
func (s *Scope) APIKey(ctx context.Context, key string) (APIKey, error) {
	if !storable(key) {
		return APIKey{}, wrap("read API key", ErrNotFound)
	}
	k, err := row[APIKey](ctx, s.store, keySelect+"AND r.key = ?", s.id, access.APIKeysDomain, key)
	return k, wrap("read API key", err)
}

// AllAPIKeys are all of the organization, by key.
func (s *Scope) AllAPIKeys(ctx context.Context) ([]APIKey, error) {
	all, err := rows[APIKey](ctx, s.store, keySelect+"ORDER BY r.key", s.id, access.APIKeysDomain)
	return all, wrap("read all API keys", err)
}

// keyColumns are those of an API key beyond its resource, with what is written to them.
var keyColumns = map[string]func(*APIKey) any{
	"template":       func(k *APIKey) any { return k.Template },
	"description":    func(k *APIKey) any { return k.Description },
	"enabled":        func(k *APIKey) any { return k.Enabled },
	"expires_at":     func(k *APIKey) any { return momentOrNil(k.ExpiresAt) },
	"allow":          func(k *APIKey) any { return ranges(k.Allow) },
	"deny":           func(k *APIKey) any { return ranges(k.Deny) },
	"public_id":      func(k *APIKey) any { return k.PublicID },
	"secret_hash":    func(k *APIKey) any { return k.SecretHash },
	"last_four":      func(k *APIKey) any { return k.LastFour },
	"previous_hash":  func(k *APIKey) any { return k.PreviousHash },
	"previous_until": func(k *APIKey) any { return momentOrNil(k.PreviousUntil) },
}

func ranges(all []string) string {
	if len(all) == 0 {
		return "[]"
	}
	text, _ := json.Marshal(all) // texts always can be
	return string(text)
}

// CreateAPIKey adds a key without privileges and sets its ID. ErrDuplicate when the key is taken.
func (s *Scope) CreateAPIKey(ctx context.Context, k *APIKey) error {
	err := s.whole(ctx, func(tx *Scope) error {
		k.Domain = access.APIKeysDomain
		if err := tx.CreateResource(ctx, &k.Resource); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, "INSERT INTO api_keys (id, organization_id) VALUES (?, ?)", k.ID, tx.id); err != nil {
			return err
		}
		var all []string
		for name := range keyColumns {
			all = append(all, name)
		}
		return tx.updateKey(ctx, k, all)
	})
	return wrap("create API key", err)
}

// UpdateAPIKey writes the named columns, those of the resource among them, where the row still has the key's revision:
// else ErrConflict. It raises the revision, also of k.
func (s *Scope) UpdateAPIKey(ctx context.Context, k *APIKey, columns ...string) error {
	err := s.whole(ctx, func(tx *Scope) error {
		var own, general []string
		for _, name := range columns {
			if _, ok := keyColumns[name]; ok {
				own = append(own, name)
			} else {
				general = append(general, name)
			}
		}
		k.Domain = access.APIKeysDomain
		if err := tx.UpdateResource(ctx, &k.Resource, general...); err != nil {
			return err
		}
		return tx.updateKey(ctx, k, own)
	})
	return wrap("update API key", err)
}

func (s *Scope) updateKey(ctx context.Context, k *APIKey, columns []string) error {
	if len(columns) == 0 {
		return nil
	}
	slices.Sort(columns)
	var sets []string
	var args []any
	for _, name := range columns {
		sets = append(sets, name+" = ?")
		args = append(args, keyColumns[name](k))
	}
	_, err := s.exec(ctx,
		fmt.Sprintf("UPDATE api_keys SET %s WHERE organization_id = ? AND id = ?", strings.Join(sets, ", ")),
		append(args, s.id, k.ID)...)
	return err
}
