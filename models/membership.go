package models

import (
	"time"

	"bailiwick/access"
)

// Membership is one person in one group.
type Membership struct {
	GroupID   access.GranteeID
	PersonID  PersonID
	Since     time.Time
	ExpiresAt *time.Time // nil = never; at that very instant it has expired (R12)
	Name      string     // of the person
	Email     string
	GroupKey  string
	GroupName string
}
