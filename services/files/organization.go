package files

import (
	"time"

	"bailiwick/access"
)

// Organization is one organization as its file describes it. A section that the file leaves out is left alone when the
// file is applied; one that is present and empty is not the same, which the Has fields tell.
type Organization struct {
	Key, Name string
	Seats     int // 0: not said
	Line      int

	HasGroups, HasMembers, HasAPIKeys, HasResources bool

	Groups    []Group
	Members   []Member
	APIKeys   []APIKey
	Resources []DomainResources

	origins origins // of the lines
}

// Group is a group with its privileges. Administrators never have any here: they hold everything (R8).
type Group struct {
	Key, Name     string
	Description   string // "": not said
	Privileges    []Privilege
	HasPrivileges bool
	Line          int
}

// Privilege is a level on a domain, valid in the catalogue the file was read with; None never stands here.
type Privilege struct {
	Domain    access.DomainKey
	Level     access.Level
	CanCreate bool  // the box, where it is a decision
	Edit      []Ref // the editor list, with Custom only: resources of the domain, groups or API keys by their keys
	Line      int

	Until *time.Time // end of level and box, UTC, whole seconds; nil: none
	Then  *Privilege // level and box from then on, and until when; nil: none
}

// Lists tells whether an editor list means something: with Custom, now or after an end.
func (p Privilege) Lists() bool {
	return p.Level == access.LevelCustom || p.Then != nil && p.Then.Lists()
}

// Ref names something that stands elsewhere in the file, or in the store already.
type Ref struct {
	Key   string
	Line  int
	Until *time.Time // in an editor list: end of the row, UTC, whole seconds; nil: as long as Custom
}

// Member is a listed member. The e-mail is canonical.
type Member struct {
	Email, Name string // Name "": not said
	Was         string // the address before, of somebody who gets another; "": not said
	WasLine     int
	Status      string // active or suspended; "": not said, and left as it is
	Groups      []Ref
	HasGroups   bool
	Line        int
}

// APIKey is an API key without its secret, which files never hold.
type APIKey struct {
	Key, Name     string
	Description   string     // "": not said
	Template      string     // "": made without a template
	Status        string     // enabled or disabled; "": not said
	Expires       *time.Time // UTC, whole seconds; nil: never
	Allow, Deny   []string   // addresses and networks in canonical form
	HasAllow      bool
	HasDeny       bool
	Privileges    []Privilege
	HasPrivileges bool
	Line          int
}

// DomainResources are the resources that the file lists in one domain.
type DomainResources struct {
	Domain    access.DomainKey
	Resources []Resource
	Line      int
}

// Resource is one thing of a domain. Type, visibility and owner are "" where the file does not say.
type Resource struct {
	Key, Name, Type string
	Visibility      string // private, shared or secured; "": not said
	Owner           string // canonical e-mail of a member
	OwnerLine       int
	Line            int
}

// DefaultVisibility is what a new resource has where the file does not say.
const DefaultVisibility = "shared"

// Lookup tells what the store holds already. Group answers for built-in groups too, also while the organization does
// not exist yet. E-mails come in canonical form.
type Lookup interface {
	Group(key string) bool
	APIKey(key string) bool
	Resource(domain access.DomainKey, key string) bool
	Member(email string) bool
	// BeyondTemplate are the privileges of an API key that it can't be given, and the template that it has then.
	BeyondTemplate(k APIKey) (template string, beyond []Privilege)
	GroupNames() map[string]string // of all groups by key, those that the file leaves out too
	WhyNotRenamed(m Member) string // why somebody can't get the new address; "" where they can, have it or are nobody here
}
