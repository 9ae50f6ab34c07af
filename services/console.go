// Package services is what the console can do: one method a use case, each in the same four beats: who may, what is
// valid, change, record. Every question about access goes through access.Rights, every change of an organization through
// Console.open. It knows no HTTP and no words of pages.
package services

import (
	"context"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/credential"
)

// Console is the whole of the use cases over one store and one catalogue.
type Console struct {
	store    *models.Store
	catalog  *access.Catalog
	now      func() time.Time
	hasher   hasher
	mailFrom string

	invitationLife      time.Duration
	temporaryAccessKept time.Duration

	secrets secretKeys

	latest  latest
	entered entered

	keyUses     uses[access.GranteeID]
	memberUses  uses[memberUse]
	groupUses   uses[access.GranteeID]
	sessionUses sessionUses

	keys installationKeys
}

// Config is what a Console is made of.
type Config struct {
	Store   *models.Store
	Catalog *access.Catalog
	Now     func() time.Time // the one clock; UTC

	MailFrom string // e-mail that mails come from; "" = no mail can be sent

	InvitationLife time.Duration // how long an invitation can be accepted; 0 = InvitationLife

	TemporaryAccessKept time.Duration // how long a temporary access is listed after its end; 0 = TemporaryAccessKept

	SecretKeys KeySource // nil: there is no key, and nobody can turn a second factor on

	PasswordCost credential.Cost // of new password hashes; zero: that of production. Only tests set it.
}

// New makes a Console.
func New(c Config) *Console {
	if c.InvitationLife == 0 {
		c.InvitationLife = InvitationLife
	}
	if c.TemporaryAccessKept == 0 {
		c.TemporaryAccessKept = TemporaryAccessKept
	}
	return &Console{
		store: c.Store, catalog: c.Catalog, now: storable(c.Now), hasher: hasher{credential.NewHasher(c.PasswordCost)}, mailFrom: c.MailFrom,
		invitationLife: c.InvitationLife, temporaryAccessKept: c.TemporaryAccessKept,
		secrets: secretKeys{source: c.SecretKeys},
	}
}

// storable is a clock whose moments are those that databases keep: what an activity says of a moment is then what its row has.
func storable(now func() time.Time) func() time.Time {
	return func() time.Time { return now().Truncate(models.Precision) }
}

// Catalog is the catalogue that decides what can be granted.
func (c *Console) Catalog() *access.Catalog { return c.catalog }

// Ready tells whether the database answers.
func (c *Console) Ready(ctx context.Context) error { return c.store.Ping(ctx) }

// Caller is who asks: a person in one organization, or the operator on the machine itself. The zero Caller may nothing.
type Caller struct {
	Organization models.Organization
	Person       models.Person
	Provider     Provider         // with which the person's session began; "" outside of one
	SecondFactor bool             // was given in the session
	Groups       []access.Grantee // those the person is in, in force
	Accesses     []access.Grantee // temporary accesses of the person that run
	Rights       access.Rights    // without rows of editor lists; use cases add those of the resources in question
	Address      string           // where the request comes from, for the activity
	kind         callerKind
	used         *usedGroups // by the request that the caller was identified for; nil outside of one
}

// callerKind says as what somebody comes to an organization.
type callerKind int

const (
	kindMember    callerKind = iota // by what they hold there, as a member or through temporary access
	kindOperator                    // who owns the database
	kindClock                       // nobody: what happens by the clock alone, and may change nothing else
	kindSupporter                   // one of the personnel, who asks for access or gives it back
	kindInvited                     // who answers an invitation, and need not be a member yet
)

// Grantees are the numbers of the caller's groups.
func (by Caller) Grantees() []access.GranteeID {
	ids := make([]access.GranteeID, len(by.Groups))
	for i, g := range by.Groups {
		ids[i] = g.ID
	}
	return ids
}

// In tells whether the caller is a member of the group.
func (by Caller) In(id access.GranteeID) bool {
	for _, g := range by.Groups {
		if g.ID == id {
			return true
		}
	}
	return false
}

// Name is how activities call the caller.
func (by Caller) Name() string {
	switch {
	case by.kind == kindOperator:
		return "Operator"
	case by.kind == kindClock:
		return "Bailiwick"
	case by.Person.Name != "":
		return by.Person.Name
	}
	return by.Person.Email
}

// Signature is how texts that stay name the caller: the name at the time and, since anybody may take any name, the address.
func (by Caller) Signature() string {
	if by.kind == kindOperator || by.kind == kindClock {
		return by.Name()
	}
	return Signature(by.Name(), by.Person.Email)
}

// Signature is "Name (address)", or the address alone where there is no other name.
func Signature(name, email string) string {
	switch {
	case name == "" || name == email:
		return email
	case email == "":
		return name
	}
	return name + " (" + email + ")"
}

// Supports tells whether the caller is here through temporary access alone, and so no member.
func (by Caller) Supports() bool {
	return by.kind == kindSupporter || len(by.Groups) == 0 && len(by.Accesses) > 0
}

// Enters tells whether the caller holds the minimum privilege (R5).
func (by Caller) Enters() bool { return by.Rights.May(ViewOrganization, 0) }

// Identify finds the rights that a signed-in person has in the organization of a key, as of now: two statements. A person who is
// not a member and has no temporary access, an account that proves nothing and does not open the organization (R19), and an
// organization that does not exist, are all ErrNotFound (R15). A person whose session does not open the organization gets
// WrongProvider or SecondFactorMissing, one who is suspended there Suspended (R23), and one whose session
// was ended there SessionEnded. The use is noted without a write of its own; only the first use of a temporary access by a session is written down, since the session ends with it.
func (c *Console) Identify(ctx context.Context, who Session, organization, address string) (Caller, error) {
	entry, err := c.store.Entry(ctx, organization, who.Person, who.ID)
	if err != nil {
		return Caller{}, err
	}
	if !entry.Open {
		return Caller{}, models.ErrNotFound
	}
	o := entry.Organization
	by := Caller{Organization: o, Person: who.Person, Provider: who.Provider, SecondFactor: who.SecondFactor, Address: address, used: &usedGroups{ids: map[access.GranteeID]bool{}}}
	if err := c.resolve(ctx, c.store.In(o.ID), &by); err != nil {
		return Caller{}, err
	}
	if len(by.Groups) == 0 && len(by.Accesses) == 0 && entry.SuspendedAt == nil {
		return Caller{}, c.notIn(ctx, o, who.Person.ID)
	}
	if err := letsIn(who, entry); err != nil {
		return Caller{}, err
	}
	switch {
	case entry.SuspendedAt != nil:
		return Caller{}, Suspended{o}
	case entry.Ended:
		return Caller{}, SessionEnded{o}
	}
	if by.Supports() {
		if err := c.enterThrough(ctx, who.ID, by.Accesses); err != nil {
			return Caller{}, err
		}
		return by, nil
	}
	c.memberUses.note(memberUse{o.ID, who.Person.ID, who.ID}, c.now())
	return by, nil
}

// Operator is the caller behind the command line: anyone who may run it owns the database, so nothing is beyond them, and
// the activity says so.
func (c *Console) Operator(o models.Organization) Caller {
	grant := access.Grant{Via: access.Grantee{Kind: access.Operator, Key: "operator", Name: "Operator", Administrators: true}}
	rights := access.Resolve(c.catalog, []access.Grant{grant}, nil, c.now())
	return Caller{Organization: o, Rights: rights, kind: kindOperator}
}

// resolve reads the caller's grants anew and what follows from them.
func (c *Console) resolve(ctx context.Context, scope *models.Scope, by *Caller) error {
	if by.kind == kindOperator {
		return nil
	}
	at := c.now()
	grants, err := scope.GrantsOf(ctx, by.Person.ID, at)
	if err != nil {
		return err
	}
	if by.Person.Unproven && by.Person.AccountID != 0 { // the vendor lends to anyone who has proven the address (R19)
		grants = slices.DeleteFunc(grants, func(g access.Grant) bool { return g.Via.Kind == access.TemporaryAccess })
	}
	grants = c.latest.running(c.catalog.Lent(grants), at)
	by.Rights = access.Resolve(c.catalog, grants, nil, at)
	by.Groups, by.Accesses = groupsOf(grants, at), granteesOf(grants, access.TemporaryAccess, at)
	return nil
}

func groupsOf(grants []access.Grant, at time.Time) []access.Grantee {
	return granteesOf(grants, access.Group, at)
}

// granteesOf are the grantees of a kind through which the grants in force are held.
func granteesOf(grants []access.Grant, kind access.GranteeKind, at time.Time) []access.Grantee {
	var grantees []access.Grantee
	seen := map[access.GranteeID]bool{}
	for _, g := range grants {
		if g.Via.Kind == kind && g.InForce(at) && !seen[g.Via.ID] {
			seen[g.Via.ID] = true
			grantees = append(grantees, g.Via)
		}
	}
	return grantees
}

func (c *Console) scope(by Caller) *models.Scope { return c.store.In(by.Organization.ID) }

// Now is the moment by the console's one clock.
func (c *Console) Now() time.Time { return c.now() }

// OrganizationsOf are those that a person, signed in to the account that it shows, enters as of now: as a member, or through
// temporary access.
func (c *Console) OrganizationsOf(ctx context.Context, person models.Person) ([]models.Organization, error) {
	return c.store.OpenOrganizationsOf(ctx, person, c.now())
}
