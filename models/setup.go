package models

import "time"

// SetupLink is the one-time link with which the first administrator makes the first organization.
type SetupLink struct {
	ID        string // SHA-256 of the link's secret, in hexadecimal digits
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}
