package access

import "time"

// Rights are what one subject may do: the union over all its grants in force at one moment (R2). The zero value may
// nothing. Rights never change and may be shared.
type Rights struct {
	catalog *Catalog
	at      time.Time
	domains []held // by Domain.Position
	listed  map[listing][]Grant
}

// held is what somebody has on one domain.
type held struct {
	grants    []Grant
	abilities Ability
	custom    bool // through at least one grant of level Custom
}

type listing struct {
	domain   DomainKey
	resource ResourceID
}

// Resolve takes the facts about one subject: its grants, and the rows of its grantees' editor lists. Of the rows, those
// of the resources in question suffice. Grants that are not in force, and domains or levels that the catalogue does not
// have, count for nothing (R12, R17), and neither does a row of a grantee that is not at Custom on the domain.
func Resolve(c *Catalog, grants []Grant, entries []Entry, at time.Time) Rights {
	r := Rights{catalog: c, at: at, domains: make([]held, len(c.domains))}
	for _, g := range grants {
		if !g.InForce(at) {
			continue
		}
		if g.Via.Administrators {
			r.addHighest(g)
		} else {
			r.add(g)
		}
	}
	return r.WithEntries(entries)
}

func (r *Rights) addHighest(g Grant) {
	for _, d := range r.catalog.domains {
		g.Domain, g.Level, g.CanCreate = d.Key, d.Highest(), false
		r.add(g)
	}
}

func (r *Rights) add(g Grant) {
	d := r.catalog.Domain(g.Domain)
	if d == nil || g.Level == LevelNone || !d.Offers(g.Level) {
		return
	}
	if g.Via.Kind == APIKey && d.NoAPIKeys {
		return // R11
	}
	h := &r.domains[d.Position]
	h.grants = append(h.grants, g)
	h.abilities |= d.Abilities(g.Level, g.CanCreate)
	h.custom = h.custom || g.Level == LevelCustom
}

// WithEntries are the same rights with these rows of editor lists besides. Pages call it with the rows of the resources
// they show.
func (r Rights) WithEntries(entries []Entry) Rights {
	if len(entries) == 0 {
		return r
	}
	listed := make(map[listing][]Grant, len(r.listed)+len(entries))
	for at, grants := range r.listed {
		listed[at] = grants
	}
	for _, e := range entries {
		at := listing{e.Domain, e.Resource}
		for _, g := range r.held(e.Domain).grants {
			if g.Level == LevelCustom && g.Via.ID == e.Grantee {
				listed[at] = append(listed[at][:len(listed[at]):len(listed[at])], g)
			}
		}
	}
	r.listed = listed
	return r
}

func (r Rights) held(key DomainKey) held {
	if r.catalog == nil {
		return held{}
	}
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

// May answers a need without the grants behind the answer. resource 0 asks about the domain as a whole (R5a).
func (r Rights) May(need Need, resource ResourceID) bool {
	if !need.Ability.single() || r.catalog == nil {
		return false
	}
	d := r.catalog.Domain(need.Domain)
	if d == nil || resource != 0 && !askable(d, need.Ability) {
		return false
	}
	if r.domains[d.Position].abilities&need.Ability != 0 {
		return true
	}
	return need.Ability == Edit && resource != 0 && len(r.listed[listing{need.Domain, resource}]) > 0
}

// askable tells whether a question about one resource of the domain makes sense: there are resources, and the ability is
// not creation, which is asked of the domain (R5a).
func askable(d *Domain, a Ability) bool { return d.Resource != "" && a != Create }

// Decide answers a need with all the grants that give it. It visits every grant, so Via is complete; its answer is
// always that of May.
func (r Rights) Decide(need Need, resource ResourceID) Decision {
	decision := Decision{Need: need, Resource: resource}
	if !r.May(need, resource) {
		return decision
	}
	decision.Allowed = true
	d := r.catalog.Domain(need.Domain)
	for _, g := range r.domains[d.Position].grants {
		if d.Abilities(g.Level, g.CanCreate)&need.Ability != 0 {
			decision.Via = append(decision.Via, Reason{Grant: g})
		}
	}
	if need.Ability == Edit && resource != 0 {
		for _, g := range r.listed[listing{need.Domain, resource}] {
			decision.Via = append(decision.Via, Reason{Grant: g, Listed: true})
		}
	}
	return decision
}

// Grants are all that the subject has on a domain, in the order they were given.
func (r Rights) Grants(key DomainKey) []Grant { return r.held(key).grants }

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

// IsAdministrator tells whether one of the grantees behind the rights is the Administrators group.
func (r Rights) IsAdministrator() bool {
	for _, g := range r.held(OrganizationDomain).grants {
		if g.Via.Administrators && g.Via.Kind == Group {
			return true
		}
	}
	return false
}

// Granting are the rights that count when the subject gives privileges to others: all but what is held only through
// temporary access (R7).
func (r Rights) Granting() Rights {
	var grants []Grant
	for _, h := range r.domains {
		for _, g := range h.grants {
			if g.Via.Kind != TemporaryAccess {
				grants = append(grants, g)
			}
		}
	}
	if r.catalog == nil {
		return Rights{}
	}
	granting := Rights{catalog: r.catalog, at: r.at, domains: make([]held, len(r.domains))}
	for _, g := range grants {
		granting.add(g)
	}
	return granting.WithEntries(r.entries())
}

func (r Rights) entries() []Entry {
	var entries []Entry
	for at, grants := range r.listed {
		for _, g := range grants {
			entries = append(entries, Entry{Grantee: g.Via.ID, Domain: at.domain, Resource: at.resource})
		}
	}
	return entries
}
