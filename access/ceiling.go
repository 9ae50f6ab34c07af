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
// Both sets are judged as Clean understands them, so what is stored must be cleaned too. The rights need the entries of
// the subject's own editor lists on every domain where wanted has one.
func (r Rights) Beyond(c *Catalog, wanted, had PrivilegeSet) []Excess {
	var all []Excess
	mine := r.Granting()
	wanted, had = wanted.Clean(c), had.Clean(c)
	for _, d := range c.Domains() {
		all = append(all, mine.beyond(d, wanted[d.Key], had[d.Key])...)
	}
	return all
}

// beyond is Beyond on one domain, for rights that count for granting and clean privileges.
func (r Rights) beyond(d *Domain, wanted, had Privilege) []Excess {
	var all []Excess
	if over := d.Abilities(wanted.Level, wanted.CanCreate) &^ r.ceiling(d, had); over != 0 {
		all = append(all, Excess{Domain: d.Key, Abilities: over})
	}
	for _, id := range wanted.Editors {
		if !r.mayList(d, id, had) {
			all = append(all, Excess{Domain: d.Key, Resource: id, Abilities: Edit})
		}
	}
	return all
}

// ceiling are the abilities on the domain that may be given: those the subject has, and those that stand already.
func (r Rights) ceiling(d *Domain, had Privilege) Ability {
	return r.held(d.Key).abilities | d.Abilities(had.Level, had.CanCreate)
}

// mayList tells whether the resource may stand in the grantee's editor list: the subject may edit it, or it stands there
// already, by itself or through Edit on all.
func (r Rights) mayList(d *Domain, id ResourceID, had Privilege) bool {
	return r.ceiling(d, had)&Edit != 0 || slices.Contains(had.Editors, id) || r.May(Need{d.Key, Edit}, id)
}

// MayGive tells whether the subject may give this level, with or without Can Create, to a grantee that has the level
// and box had (R7). Editor lists are judged resource by resource, by Beyond. A level that the domain does not offer may
// be given by nobody.
func (r Rights) MayGive(d *Domain, wanted, had Privilege) bool {
	if r.catalog == nil || !d.Offers(wanted.Level) {
		return false
	}
	return d.Abilities(wanted.Level, wanted.CanCreate)&^r.Granting().ceiling(d, had) == 0
}

// Clip is the wanted set as far as the subject may give it (R7): where a level is beyond the subject, the strongest
// offered level within it stands instead; of an editor list, the resources within. Nobody's editor list is lost to a
// level that could not be given in full. Skipped lists the domains that came out weaker than wanted.
func (r Rights) Clip(c *Catalog, wanted, had PrivilegeSet) (within PrivilegeSet, skipped []DomainKey) {
	within = PrivilegeSet{}
	mine := r.Granting()
	wanted, had = wanted.Clean(c), had.Clean(c)
	for _, d := range c.Domains() {
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

// strongest is the privilege of most abilities that is part of the wanted one and within what the subject may give. Of
// equals, one with an editor list wins.
func (r Rights) strongest(d *Domain, wanted, had Privilege) Privilege {
	target := d.Abilities(wanted.Level, wanted.CanCreate) & r.ceiling(d, had)
	best := Privilege{}
	for _, l := range d.Levels {
		for _, box := range []bool{false, true} {
			p := Privilege{Level: l, CanCreate: box}.clean(d)
			if l == LevelCustom {
				p.Editors = r.editors(d, wanted, had)
			}
			a, most := d.Abilities(p.Level, p.CanCreate), d.Abilities(best.Level, best.CanCreate)
			if a&^target == 0 && (more(a, most) || a == most && len(p.Editors) > 0) {
				best = p
			}
		}
	}
	return best
}

// editors is what remains of the wanted editor list. Where Edit on all was wanted, the list that stands already.
func (r Rights) editors(d *Domain, wanted, had Privilege) []ResourceID {
	list := wanted.Editors
	if wanted.Level == LevelEdit {
		list = had.Editors
	}
	var within []ResourceID
	for _, id := range list {
		if r.mayList(d, id, had) {
			within = append(within, id)
		}
	}
	return within
}

// Refusal says why a group may not be duplicated. The zero value: it may be.
type Refusal struct {
	Beyond []Excess // the original goes beyond the subject's own rights
	Equal  bool     // the original holds as many privileges as the subject
}

// Allowed tells that nothing stands in the way.
func (f Refusal) Allowed() bool { return len(f.Beyond) == 0 && !f.Equal }

// Duplicating judges whether the subject may duplicate a group with this set (R9): all of it within the subject's own
// rights, and fewer privileges than the subject's. Members of Administrators, and whoever runs the command line, hold
// everything and may duplicate any group.
func (r Rights) Duplicating(c *Catalog, original PrivilegeSet) Refusal {
	if r.holdsAll(Group, Operator) {
		return Refusal{}
	}
	return Refusal{
		Beyond: r.Beyond(c, original, nil),
		Equal:  original.Held(c) >= r.Granting().Held(),
	}
}
