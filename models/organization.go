package models

import "time"

// OrganizationID is the number of an organization; 0 is none.
type OrganizationID int64

// Organization is the tenant. Everything except people belongs to exactly one.
type Organization struct {
	ID        OrganizationID
	Key       string
	Name      string
	Seats     int
	Revision  int64 // raised by every Change
	CreatedAt time.Time
}
