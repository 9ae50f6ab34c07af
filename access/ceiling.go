package access

import "slices"

// Excess is what goes beyond what somebody may give: abilities on a domain, or Edit on one resource of an editor list.
type Excess struct {
	Domain    DomainKey
	Resource  ResourceID // 0: the domain
	Abilities Ability    // those in excess
}

// Beyond lists what of the wanted set the subject may not give to a grantee that holds had already (R7), in the
// catalogue's order. Abilities and editor lists are compared, never names. What stands already may be kept or lowered.
// The rights need the entries of the subject's own editor lists on every domain where wanted has one.
func (r Rights) Beyond(c *Catalog, wanted, had PrivilegeSet) []Excess {
	var all []Excess
	mine := r.Granting()
	wanted, had = wanted.Clean(c), had.Clean(c)
	for _, d := range c.domains {
		all = append(all, mine.beyond(d, wanted[d.Key], had[d.Key])...)
	}
	return all
}

func (r Rights) beyond(d *Domain, wanted, had Privilege) []Excess {
	within := r.held(d.Key).abilities | d.Abilities(had.Level, had.CanCreate)
	var all []Excess
	if over := d.Abilities(wanted.Level, wanted.CanCreate) &^ within; over != 0 {
		all = append(all, Excess{Domain: d.Key, Abilities: over})
	}
	if within&Edit != 0 {
		return all
	}
	for _, id := range wanted.Editors {
		if _, kept := slices.BinarySearch(had.Editors, id); !kept && !r.May(Need{d.Key, Edit}, id) {
			all = append(all, Excess{Domain: d.Key, Resource: id, Abilities: Edit})
		}
	}
	return all
}

// MayGive tells whether the subject may give this level, with or without Can Create, to a grantee that has the level
// and box had (R7). Editor lists are judged resource by resource, by Beyond.
func (r Rights) MayGive(d *Domain, wanted, had Privilege) bool {
	wanted.Editors, had.Editors = nil, nil
	set := PrivilegeSet{d.Key: wanted}.Clean(r.catalog)
	return len(r.Granting().beyond(d, set[d.Key], had)) == 0
}

// Clip is the wanted set as far as the subject may give it (R7): where a level is beyond the subject, the strongest
// offered level within it stands instead. Skipped lists the domains that came out weaker than wanted.
func (r Rights) Clip(c *Catalog, wanted, had PrivilegeSet) (within PrivilegeSet, skipped []DomainKey) {
	within = PrivilegeSet{}
	mine := r.Granting()
	wanted, had = wanted.Clean(c), had.Clean(c)
	for _, d := range c.domains {
		p, ok := wanted[d.Key]
		if !ok {
			continue
		}
		if len(mine.beyond(d, p, had[d.Key])) > 0 {
			skipped = append(skipped, d.Key)
			p = mine.strongest(d, p, had[d.Key])
		}
		if p.Level != LevelNone {
			within[d.Key] = p
		}
	}
	return within, skipped
}

// strongest is the privilege of most abilities that is part of the wanted one and within what the subject may give.
func (r Rights) strongest(d *Domain, wanted, had Privilege) Privilege {
	target := d.Abilities(wanted.Level, wanted.CanCreate)
	best := Privilege{}
	for _, l := range d.Levels {
		for _, box := range []bool{false, true} {
			p := Privilege{Level: l, CanCreate: box && d.CreateChoice(l)}
			a := d.Abilities(p.Level, p.CanCreate)
			if a&^target == 0 && more(a, d.Abilities(best.Level, best.CanCreate)) && len(r.beyond(d, p, had)) == 0 {
				best = p
			}
		}
	}
	return best
}

// Refusal says why a group may not be duplicated. The zero value: it may be.
type Refusal struct {
	Beyond []Excess // the original goes beyond the subject's own rights
	Equal  bool     // the original holds as many privileges as the subject
}

// Allowed tells that nothing stands in the way.
func (f Refusal) Allowed() bool { return len(f.Beyond) == 0 && !f.Equal }

// Duplicating judges whether the subject may duplicate a group with this set (R9): all of it within the subject's own
// rights, and fewer privileges than the subject's. Members of Administrators may duplicate any group.
func (r Rights) Duplicating(c *Catalog, original PrivilegeSet) Refusal {
	if r.IsAdministrator() {
		return Refusal{}
	}
	return Refusal{
		Beyond: r.Beyond(c, original, nil),
		Equal:  original.Held(c) >= r.Granting().Held(),
	}
}
