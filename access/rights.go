package access

import (
	"maps"
	"slices"
	"time"
)

// Rights are what one subject may do: the union over all its grants in force at one moment (R2). The zero value may
// nothing. Rights never change and may be shared.
type Rights struct {
	catalog *Catalog
	at      time.Time
	domains []held // by Domain.Position
	listed  map[listing][]Entry
	lent    bool // some of it is held through temporary access
}

// held is what somebody has on one domain.
type held struct {
	grants    []Grant
	abilities Ability
	custom    bool // through at least one grant of level Custom
}

// listing is a resource that stands in an editor list.
type listing struct {
	domain   DomainKey
	resource ResourceID
}

// Resolve takes the facts about one subject: its grants, and the rows of its grantees' editor lists. Of the rows, those
// of the resources in question suffice. Grants that are not in force, and domains or levels that the catalogue does not
// have, count for nothing (R12, R17), and neither does a row that has ended or whose grantee is not at Custom on the domain.
func Resolve(c *Catalog, grants []Grant, entries []Entry, at time.Time) Rights {
	r := Rights{catalog: c, at: at, domains: make([]held, len(c.Domains()))}
	counts := make([]int, len(r.domains))
	total := 0
	c.visit(grants, at, func(d *Domain, _ *Grant) {
		counts[d.Position]++
		total++
	})
	// One array for the grants of all domains: a page resolves on every request, and most domains hold few.
	array := make([]Grant, total)
	for i, n := range counts {
		r.domains[i].grants, array = array[:0:n], array[n:]
	}
	c.visit(grants, at, r.add)
	return r.WithEntries(entries)
}

// visit calls for each privilege that the grants in force amount to. Administrators stand for the whole catalogue (R8).
// The grant is only lent for the call.
func (c *Catalog) visit(grants []Grant, at time.Time, call func(*Domain, *Grant)) {
	for i := range grants {
		g := &grants[i]
		switch {
		case !g.InForce(at):
		case g.Via.Administrators:
			c.visitAll(*g, call)
		default:
			if d := c.Domain(g.Domain); d != nil && d.counts(g) {
				call(d, g)
			}
		}
	}
}

func (c *Catalog) visitAll(g Grant, call func(*Domain, *Grant)) {
	for _, d := range c.Domains() {
		g.Domain, g.Level, g.CanCreate = d.Key, d.Highest(), d.CreateChoice(d.Highest())
		if d.counts(&g) {
			call(d, &g)
		}
	}
}

// counts tells whether the grant is worth anything on the domain: a level that is offered (R17), and not to an API key
// where none may hold it (R11).
func (d *Domain) counts(g *Grant) bool {
	return g.Level != LevelNone && d.Offers(g.Level) && !(d.NoAPIKeys && g.Via.Kind == APIKey)
}

func (r *Rights) add(d *Domain, g *Grant) {
	h := &r.domains[d.Position]
	h.grants = append(h.grants, *g)
	h.abilities |= d.Abilities(g.Level, g.CanCreate)
	h.custom = h.custom || g.Level == LevelCustom
	r.lent = r.lent || g.Via.Kind == TemporaryAccess
}

// WithEntries are the same rights with these rows of editor lists besides. Pages call it with the rows of the resources
// they show.
func (r Rights) WithEntries(entries []Entry) Rights {
	listed := maps.Clone(r.listed)
	for _, e := range entries {
		at := listing{e.Domain, e.Resource}
		if e.Resource == 0 || !e.InForce(r.at) || !r.held(e.Domain).customThrough(e.Grantee) {
			continue
		}
		if listed == nil {
			listed = make(map[listing][]Entry, len(entries))
		}
		listed[at] = append(slices.Clip(listed[at]), e)
	}
	r.listed = listed
	return r
}

// customThrough tells whether the grantee holds Custom here. Grantee 0 is none and holds nothing.
func (h held) customThrough(id GranteeID) bool {
	if id == 0 || !h.custom {
		return false
	}
	return slices.ContainsFunc(h.grants, func(g Grant) bool { return g.Level == LevelCustom && g.Via.ID == id })
}

func (r Rights) held(key DomainKey) held {
	d := r.catalog.Domain(key)
	if d == nil {
		return held{}
	}
	return r.domains[d.Position]
}

// At is the moment that the rights were resolved for.
func (r Rights) At() time.Time { return r.at }

// Catalog is the catalogue that the rights were resolved with; nil for the zero value.
func (r Rights) Catalog() *Catalog { return r.catalog }

// Grants are all that the subject has on a domain, in the order they were given.
func (r Rights) Grants(key DomainKey) []Grant { return slices.Clone(r.held(key).grants) }

// Level is the one shown for the subject on a domain (R2): the highest held; Custom stays Custom whatever its list holds.
func (r Rights) Level(key DomainKey) Level {
	h := r.held(key)
	return shown(h.abilities, h.custom)
}

// shown names a set of abilities.
func shown(a Ability, custom bool) Level {
	switch {
	case a&Edit != 0:
		return LevelEdit
	case custom:
		return LevelCustom
	case a&(View|Push) == View|Push:
		return LevelPushAndView
	case a&View != 0:
		return LevelView
	case a&Push != 0:
		return LevelPush
	case a&Allowed != 0:
		return LevelAllowed
	}
	return LevelNone
}

// CanCreate tells whether the subject may create in the domain.
func (r Rights) CanCreate(key DomainKey) bool { return r.May(Need{key, Create}, 0) }

// Held counts the domains on which the subject has a level.
func (r Rights) Held() int {
	n := 0
	for _, h := range r.domains {
		if h.abilities != 0 {
			n++
		}
	}
	return n
}

// holdsAll tells whether a grantee of one of these kinds holds the highest of everything.
func (r Rights) holdsAll(kinds ...GranteeKind) bool {
	return slices.ContainsFunc(r.held(OrganizationDomain).grants, func(g Grant) bool {
		return g.Via.Administrators && slices.Contains(kinds, g.Via.Kind)
	})
}

// Granting are the rights that count when the subject gives privileges to others: all but what is held only through
// temporary access (R7).
func (r Rights) Granting() Rights {
	if !r.lent {
		return r
	}
	own := Rights{catalog: r.catalog, at: r.at, domains: make([]held, len(r.domains))}
	for i, h := range r.domains {
		for _, g := range h.grants {
			if g.Via.Kind != TemporaryAccess {
				own.add(r.catalog.domains[i], &g)
			}
		}
	}
	return own.WithEntries(r.entries())
}

func (r Rights) entries() []Entry {
	var entries []Entry
	for _, rows := range r.listed {
		entries = append(entries, rows...)
	}
	return entries
}
