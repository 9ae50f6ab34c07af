package access

import "time"

// May answers a need without the grants behind the answer. resource 0 asks about the domain as a whole (R5a).
func (r Rights) May(need Need, resource ResourceID) bool {
	d := r.catalog.Domain(need.Domain)
	if d == nil || !need.Ability.single() || resource != 0 && !askable(d, need.Ability) {
		return false
	}
	if r.domains[d.Position].abilities&need.Ability != 0 {
		return true
	}
	return need.Ability == Edit && len(r.listed[listing{need.Domain, resource}]) > 0 // 0 is never listed
}

// askable tells whether a question about one resource of the domain makes sense: there are resources, and the ability is
// not creation, which is asked of the domain (R5a).
func askable(d *Domain, a Ability) bool { return d.Resource != "" && a != Create }

// Decide answers a need with all the grants that give it, in the order they were given to Resolve. It visits every
// grant, so Via is complete; its answer is always that of May.
func (r Rights) Decide(need Need, resource ResourceID) Decision {
	decision := Decision{Allowed: r.May(need, resource), Need: need, Resource: resource}
	if !decision.Allowed {
		return decision
	}
	d := r.catalog.Domain(need.Domain)
	for _, g := range r.domains[d.Position].grants {
		s, listed := r.through(d, g, need.Ability, resource)
		if s.held {
			decision.Via = append(decision.Via, Reason{Grant: g, Listed: listed, Until: s.until})
		}
	}
	return decision
}

// Until tells until when the subject has what is needed: the latest end among all grants that give it, the zero time
// without one. Held is false where the subject does not have it at all. What counts for giving is told by Granting.
func (r Rights) Until(need Need, resource ResourceID) (end time.Time, held bool) {
	if !r.May(need, resource) {
		return time.Time{}, false
	}
	s := r.span(r.catalog.Domain(need.Domain), need.Ability, resource)
	return s.until, s.held
}

// span is how long the subject has one ability on the domain, or on a resource of it.
func (r Rights) span(d *Domain, a Ability, resource ResourceID) span {
	var longest span
	for _, g := range r.held(d.Key).grants {
		s, _ := r.through(d, g, a, resource)
		longest = later(longest, s)
	}
	return longest
}

// through is how long one grant gives the ability, and whether it does through its editor list.
func (r Rights) through(d *Domain, g Grant, a Ability, resource ResourceID) (s span, listed bool) {
	whole := span{true, g.Until}
	if d.Abilities(g.Level, g.CanCreate)&a != 0 {
		return whole, false
	}
	if a != Edit || g.Level != LevelCustom {
		return span{}, false
	}
	for _, row := range r.listed[listing{d.Key, resource}] { // 0 is never listed
		if row.Grantee == g.Via.ID {
			s = later(s, span{true, row.Until})
		}
	}
	return sooner(whole, s), s.held
}
