package models

import (
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
	SecretHash  string
	LastFour    string
	LastUsedAt  *time.Time
}

// Grantee is the key as something that holds privileges.
func (k APIKey) Grantee() access.Grantee {
	return access.Grantee{Kind: access.APIKey, ID: access.GranteeID(k.ID), Key: k.Key, Name: k.Name}
}

// Usable tells whether the key has any access at a moment (R11, R12).
func (k APIKey) Usable(at time.Time) bool {
	return k.EndedAt == nil && k.Enabled && (k.ExpiresAt == nil || at.Before(*k.ExpiresAt))
}
