package models

import (
	"time"

	"bailiwick/access"
)

// The visibilities of a resource. They are a label: neither grants or hides anything (R16).
const (
	VisibilityPrivate = "private"
	VisibilityShared  = "shared"
)

// Resource is one thing in a domain. Groups and API keys are resources too, in domains of their own.
type Resource struct {
	ID              access.ResourceID
	OrganizationID  OrganizationID
	Domain          access.DomainKey
	Key             string // unique among the resources of the domain that have not ended
	Name            string
	Folded          string // the name for sorting and filtering; written by this package
	Type            string
	Visibility      string
	OwnerID         *PersonID
	OwnerEmail      string `gorm:"->"` // read from people
	LastOperation   string // "" = none was run
	LastOperationAt *time.Time
	CreatedAt       time.Time
	CreatedBy       string
	ModifiedAt      time.Time
	ModifiedBy      string
	Revision        int64
	EndedAt         *time.Time
}

// ResourceFilter is which resources of a domain are asked for. Columns to sort by: name, type, modified.
type ResourceFilter struct {
	Page
	OnlyIDsOf []access.GranteeID // not nil: only those in an editor list of these grantees; empty: none at all
	NotIDsOf  []access.GranteeID // only those in no editor list of these grantees
}
