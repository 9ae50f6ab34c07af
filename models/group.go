package models

import "bailiwick/access"

// Group is a grantee with members. Its name, key and revision are those of its resource.
type Group struct {
	Resource
	BuiltIn        string // key of the catalogue's group that it came from; "" = custom
	Administrators bool   // the one group of R8
	Members        int    // memberships that have not ended
	Invitations    int
	IdentitySets   int
	Privileges     int // domains with a level; of Administrators 0, callers know better (R8)
}

// Grantee is the group as something that holds privileges.
func (g Group) Grantee() access.Grantee {
	return access.Grantee{
		Kind: access.Group, ID: access.GranteeID(g.ID), Key: g.Key, Name: g.Name, Administrators: g.Administrators,
	}
}

// The kinds of group that a GroupFilter tells apart.
const (
	GroupsBuiltIn = "built-in"
	GroupsCustom  = "custom"
)

// GroupFilter is which groups are asked for. Columns to sort by: name, members, privileges, modified.
type GroupFilter struct {
	Page
	Kind   string           // GroupsBuiltIn or GroupsCustom; "" = both
	Domain access.DomainKey // only those with a level on the domain, Administrators among them; "" = all
}
