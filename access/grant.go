package access

import "time"

// GranteeKind is what kind of thing holds privileges.
type GranteeKind string

// The kinds of grantee.
const (
	Group           GranteeKind = "group"
	APIKey          GranteeKind = "api-key"
	TemporaryAccess GranteeKind = "temporary-access"
	Operator        GranteeKind = "operator" // anyone who runs the command line on the machine itself
)

// GranteeID and ResourceID are the store's numbers; 0 is none. Groups and API keys are resources too, and share numbers
// with them, so a GranteeID is also the ResourceID of that group or key.
type (
	GranteeID  int64
	ResourceID int64
)

// Grantee is what holds privileges: a group, an API key, a temporary access.
type Grantee struct {
	Kind           GranteeKind
	ID             GranteeID
	Key, Name      string
	Administrators bool // holds the highest of everything whatever its grants say (R8)
	Disabled       bool // holds nothing at all, whatever its grants say: a disabled API key (R11)
}

// Ref is the grantee as the command line writes it: "group:KEY".
func (g Grantee) Ref() string { return string(g.Kind) + ":" + g.Key }

// Grant is one privilege that a subject has through one grantee, and when. For a grantee with Administrators the domain
// and level are ignored: it stands for the whole catalogue.
type Grant struct {
	Via       Grantee
	Domain    DomainKey
	Level     Level
	CanCreate bool
	Since     time.Time // zero: always
	Until     time.Time // zero: never ends; at that very instant it has ended (R12)
	Suspended bool      // the member who has it is suspended: it counts for nothing (R23)
}

// InForce tells whether the grant counts at a moment (R12). One of a disabled grantee (R11), or of somebody suspended (R23), never
// does.
func (g Grant) InForce(at time.Time) bool {
	return !g.Suspended && !g.Via.Disabled && !at.Before(g.Since) && (g.Until.IsZero() || at.Before(g.Until))
}

// Entry is one row of an editor list: the grantee may edit the resource, as long as its level on the domain is Custom.
type Entry struct {
	Grantee  GranteeID
	Domain   DomainKey
	Resource ResourceID
	Until    time.Time // zero: never ends; at that very instant it has ended (R12)
}

// InForce tells whether the row counts at a moment (R12).
func (e Entry) InForce(at time.Time) bool { return e.Until.IsZero() || at.Before(e.Until) }

// Need is what a page, a button or an action asks for. It carries its own domain, so that a right on one kind of thing
// can never satisfy a need for another.
type Need struct {
	Domain  DomainKey
	Ability Ability
}

// Decision is an answer with everything behind it. The zero value denies.
type Decision struct {
	Allowed  bool
	Need     Need
	Resource ResourceID // 0: asked without a resource
	Via      []Reason   // every grant that gives it, never just the first; empty when denied
}

// Reason is one grant that gives what was asked.
type Reason struct {
	Grant  Grant
	Listed bool      // through the grant's editor list
	Until  time.Time // end of what it gives: of the grant, or of the row in its editor list; zero: none
}
