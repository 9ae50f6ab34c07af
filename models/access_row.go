package models

import "bailiwick/access"

// AccessRow is what one grantee holds on a domain, seen from one of its resources (R10).
type AccessRow struct {
	Grantee   access.Grantee
	BuiltIn   string       // of a group: key of the catalogue's group
	Level     access.Level // on the domain; of Administrators None, their flag says it
	CanCreate bool
	Listed    bool  // the resource is in the grantee's editor list
	Revision  int64 // of the grantee
}

// AccessFilter is which rows of an Access tab are asked for. Column to sort by: name.
type AccessFilter struct {
	Page
	Kind         access.GranteeKind // Group or APIKey; "" = both
	OnlyGrantees []access.GranteeID // not nil: only these; empty: none at all
}

// LevelCounts are how many grantees can edit a resource, can only view it, and have no access.
type LevelCounts struct{ Edit, View, None int }
