package models

import "time"

// PersonID is the number of a person; 0 is none.
type PersonID int64

// Person belongs to the installation and may be a member of several organizations.
type Person struct {
	ID           PersonID
	Email        string // canonical
	Name         string
	PasswordHash string // with its parameters; "" = can't sign in with a password
	CreatedAt    time.Time
	Revision     int64
}
