package access

import "slices"

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
	var editors []GranteeID
	if need.Ability == Edit {
		editors = r.listed[listing{need.Domain, resource}]
	}
	for _, g := range r.domains[d.Position].grants {
		switch {
		case d.Abilities(g.Level, g.CanCreate)&need.Ability != 0:
			decision.Via = append(decision.Via, Reason{Grant: g})
		case g.Level == LevelCustom && slices.Contains(editors, g.Via.ID):
			decision.Via = append(decision.Via, Reason{Grant: g, Listed: true})
		}
	}
	return decision
}
