package access

import "time"

// Explanation is a decision with everything that was looked at on the way. Every grant of the subject on the domain is
// behind the answer (Via) or considered, exactly once, and so is every grantee that holds nothing there.
type Explanation struct {
	Decision
	Fault      Fault        // why nobody could be told yes; "" where the question has an answer
	Considered []Considered // in the order the grants were given
	Least      Privilege    // the least that gives what was asked to somebody who holds nothing; LevelNone with a fault
	Remains    Level        // shown for the subject on the domain without the grants behind the answer
}

// Considered is a grant that does not give what was asked.
type Considered struct {
	Grant Grant // as it stands on the domain; LevelNone where its grantee holds nothing there
	Why   Shortfall
	Least Privilege // the least for this grantee that would give it and keep what it holds; LevelNone: none would
}

// Shortfall is why a grant does not give what was asked.
type Shortfall string

// The shortfalls. The first that applies is told.
const (
	Suspended    Shortfall = "suspended"     // whoever has it is suspended (R23)
	Disabled     Shortfall = "disabled"      // its grantee is a disabled API key (R11)
	NotBegun     Shortfall = "not-begun"     // it counts later (R12)
	Ended        Shortfall = "ended"         // it has expired (R12)
	NotHeld      Shortfall = "not-held"      // its grantee has no level on the domain
	NotOffered   Shortfall = "not-offered"   // the catalogue no longer has the domain or the level (R17)
	BarredToKeys Shortfall = "barred"        // no API key can hold anything on the domain (R11)
	Unanswerable Shortfall = "unanswerable"  // the question has a Fault
	NoBox        Shortfall = "no-box"        // Can Create is a decision beside the level, and not given (R4)
	NotOnAll     Shortfall = "not-on-all"    // Custom, asked about all resources at once (R5a)
	NotListed    Shortfall = "not-listed"    // Custom, and the resource is not in its editor list (R3)
	OtherAbility Shortfall = "other-ability" // the level gives other abilities
)

// Fault is why a question is denied to everybody (R5a).
type Fault string

// The faults.
const (
	UnknownDomain  Fault = "unknown-domain"
	UnknownAbility Fault = "unknown-ability" // none, several at once, or one that does not exist
	NoResources    Fault = "no-resources"    // asked about a resource in a domain that has none
	CreateOfOne    Fault = "create-of-one"   // creation is asked of the domain, not of a resource
	NeverGiven     Fault = "never-given"     // no level of the domain gives the ability
)

// Explain answers a need as Decide does and tells what was looked at. It takes all that is known of the subject, also
// grants that are not in force, and of the editor lists the rows about the resource. A grantee that holds nothing on the
// domain is told once.
func Explain(c *Catalog, grants []Grant, entries []Entry, at time.Time, need Need, resource ResourceID) Explanation {
	e := Explanation{Decision: Resolve(c, grants, entries, at).Decide(need, resource), Fault: c.fault(need, resource)}
	d := c.Domain(need.Domain)
	if e.Fault == "" {
		e.Least = d.least(need.Ability, resource, Privilege{})
	}
	var rest []Grant
	for _, g := range c.standing(grants, need.Domain) {
		// R2 is a union: a grant gives something among others exactly when it gives it alone.
		if Resolve(c, []Grant{g}, entries, at).May(need, resource) {
			continue
		}
		rest = append(rest, g)
		e.Considered = append(e.Considered, e.consider(d, g, entries, at))
	}
	e.Remains = Resolve(c, rest, nil, at).Level(need.Domain)
	return e
}

// fault tells what is wrong with the question itself.
func (c *Catalog) fault(need Need, resource ResourceID) Fault {
	d := c.Domain(need.Domain)
	switch {
	case d == nil:
		return UnknownDomain
	case !need.Ability.single():
		return UnknownAbility
	case resource != 0 && d.Resource == "":
		return NoResources
	case resource != 0 && need.Ability == Create:
		return CreateOfOne
	case d.least(need.Ability, resource, Privilege{}).Level == LevelNone:
		return NeverGiven
	}
	return ""
}

// standing are the grants as they stand on a domain: Administrators with its highest level (R8), and for each grantee
// without a grant there one of LevelNone, at the place of its first grant.
func (c *Catalog) standing(grants []Grant, key DomainKey) []Grant {
	d := c.Domain(key)
	there := func(g Grant) bool { return g.Domain == key || g.Via.Administrators && d != nil }
	holds, told := map[Grantee]bool{}, map[Grantee]bool{}
	for _, g := range grants {
		holds[g.Via] = holds[g.Via] || there(g)
	}
	var all []Grant
	for _, g := range grants {
		switch {
		case !there(g) && (holds[g.Via] || told[g.Via]):
			continue
		case !there(g):
			told[g.Via] = true
			g.Level, g.CanCreate = LevelNone, false
		case g.Via.Administrators && d != nil:
			g.Level, g.CanCreate = d.Highest(), d.CreateChoice(d.Highest())
		}
		g.Domain = key
		all = append(all, g)
	}
	return all
}

// consider tells why a grant, as it stands on the domain, does not give what was asked, and what would.
func (e Explanation) consider(d *Domain, g Grant, entries []Entry, at time.Time) Considered {
	considered := Considered{Grant: g, Why: e.shortfall(d, g, at)}
	if e.Fault != "" || d.NoAPIKeys && g.Via.Kind == APIKey {
		return considered
	}
	held := Privilege{Level: g.Level, CanCreate: g.CanCreate}
	if !d.Offers(g.Level) {
		held = Privilege{}
	}
	if g.InForce(at) {
		considered.Least = d.least(e.Need.Ability, e.Resource, held)
		return considered
	}
	// It would be enough if it were in force, or nothing is said of it.
	for _, entry := range entries {
		if entry.Grantee == g.Via.ID && entry.Domain == d.Key && entry.Resource == e.Resource {
			held.Editors = []ResourceID{e.Resource}
		}
	}
	if held = held.clean(d); d.gives(held, e.Need.Ability, e.Resource) {
		considered.Least = held
	}
	return considered
}

func (e Explanation) shortfall(d *Domain, g Grant, at time.Time) Shortfall {
	switch {
	case g.Suspended:
		return Suspended
	case g.Via.Disabled:
		return Disabled
	case at.Before(g.Since):
		return NotBegun
	case !g.InForce(at):
		return Ended
	case g.Level == LevelNone:
		return NotHeld
	case d == nil || !d.Offers(g.Level):
		return NotOffered
	case d.NoAPIKeys && g.Via.Kind == APIKey:
		return BarredToKeys
	case e.Fault != "":
		return Unanswerable
	case e.Need.Ability == Create && d.CreateChoice(g.Level):
		return NoBox
	case e.Need.Ability == Edit && g.Level == LevelCustom && e.Resource == 0:
		return NotOnAll
	case e.Need.Ability == Edit && g.Level == LevelCustom:
		return NotListed
	}
	return OtherAbility
}
