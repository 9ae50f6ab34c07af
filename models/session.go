package models

import "time"

// Session is somebody signed in on one device.
type Session struct {
	ID         string // SHA-256 of the cookie's value, in hexadecimal digits
	PersonID   PersonID
	CreatedAt  time.Time
	LastSeenAt time.Time
	ExpiresAt  time.Time
	Address    string
	Device     string
	Flash      string // JSON of the message for the next page; "" = none
}
