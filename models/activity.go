package models

import (
	"time"

	"bailiwick/access"
)

// The outcomes of an activity.
const (
	OutcomeDone    = "done"
	OutcomeRefused = "refused"
)

// Activity is one line of the record of what happened (R14). Each carries the hash of the one before.
type Activity struct {
	ID             int64
	OrganizationID *OrganizationID // nil: outside of every organization
	At             time.Time
	ActorKind      string
	ActorID        int64
	ActorName      string
	Address        string
	Operation      string
	Outcome        string
	Domain         access.DomainKey
	ResourceID     access.ResourceID
	ResourceKey    string
	ResourceName   string
	Before, After  string // JSON; "" = nothing
	Revision       int64  // of the organization
	PreviousHash   string
	Hash           string
}

// ActivityFilter is which activities are asked for; the newest come first. Page.Sort is ignored.
type ActivityFilter struct {
	Page
	Domain   access.DomainKey  // "" = all
	Resource access.ResourceID // 0 = all
}
