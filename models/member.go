package models

import "time"

// Member is a person who is in at least one group of the organization.
type Member struct {
	PersonID   PersonID
	Name       string
	Email      string
	Groups     int // memberships that have not ended
	Since      time.Time
	LastUsedAt *time.Time
	GroupKeys  []string `gorm:"-"` // sorted; filled by AllMembers only
}
