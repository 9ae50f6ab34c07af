package access

import (
	"maps"
	"slices"
	"time"
)

// Excess is what goes beyond what somebody may give: abilities on a domain, or Edit on one resource of an editor list.
type Excess struct {
	Domain    DomainKey
	Resource  ResourceID // 0: the domain
	Abilities Ability    // those in excess
	Until     time.Time  // the giver holds them, but only until then; zero: not at all
}

// Beyond lists what of the wanted set the subject may not give to a grantee that holds had already (R7), in the
// catalogue's order. Abilities, editor lists and their ends are compared, never names. What stands already may be kept or
// lowered. Both sets are judged as Clean understands them, so what is stored must be cleaned too. The rights need the
// entries of the subject's own editor lists on every domain where wanted has one.
func (r Rights) Beyond(c *Catalog, wanted, had PrivilegeSet) []Excess {
	var all []Excess
	mine := r.Granting()
	wanted, had = wanted.Clean(c), had.Clean(c)
	for _, d := range c.Domains() {
		all = append(all, mine.beyond(d, wanted[d.Key], had[d.Key])...)
	}
	return all
}

// GivesAll tells whether the subject may give whatever there is to give, and for good. Then nothing is Beyond them, and what a grantee
// holds need not be read to know it.
func (r Rights) GivesAll(c *Catalog) bool {
	mine := r.Granting()
	for _, d := range c.Domains() {
		if d.Granular() && (span{held: true}).outlasts(mine.span(d, Edit, 0).whole()) { // any resource may stand in an editor list
			return false
		}
	}
	return len(mine.Beyond(c, c.Max(), nil)) == 0
}

// Lacking parts an excess: what the giver does not hold at all, and the first moment at which something ends that they
// hold only until some moment; zero where nothing does.
func Lacking(all []Excess) (missing []Excess, until time.Time) {
	for _, x := range all {
		switch {
		case x.Until.IsZero():
			missing = append(missing, x)
		case until.IsZero() || x.Until.Before(until):
			until = x.Until
		}
	}
	return missing, until
}

// beyond is Beyond on one domain, for rights that count for granting and clean privileges.
func (r Rights) beyond(d *Domain, wanted, had Privilege) []Excess {
	over := map[time.Time]Ability{}
	want, limits := d.spans(wanted), r.limits(d, had)
	for i, a := range everySpanned {
		if want[i].outlasts(limits[i]) {
			over[limits[i].until.UTC()] |= a // not at all: the zero time
		}
	}
	var all []Excess
	for _, until := range slices.SortedFunc(maps.Keys(over), time.Time.Compare) {
		all = append(all, Excess{Domain: d.Key, Abilities: over[until], Until: until})
	}
	for _, id := range wanted.Editors {
		limit := r.limit(d, id, had)
		if wanted.listed(want[customSpan], id).outlasts(limit) {
			all = append(all, Excess{Domain: d.Key, Resource: id, Abilities: Edit, Until: limit.until})
		}
	}
	return all
}

// limits are how long each ability on the domain may be given: as long as the subject has it, or as it stands already.
func (r Rights) limits(d *Domain, had Privilege) spans {
	s := d.spans(had)
	for i, a := range everySpanned {
		s[i] = later(s[i], r.span(d, a, 0).whole())
	}
	return s
}

// limit is how long the resource may stand in the grantee's editor list: as long as the subject may edit it, or as it
// stands there already, by itself or through Edit on all.
func (r Rights) limit(d *Domain, id ResourceID, had Privilege) span {
	stood := d.spans(had)
	return later(r.span(d, Edit, id).whole(), later(stood.of(Edit), had.listed(stood[customSpan], id)))
}

// Bounded is the wanted set with the ends that come with what the subject holds until some moment only (R7): whatever of it
// would outlast the giver ends with them, unless it stands for longer already, and what stands for longer in its place
// follows. What the subject may not give at all is left as it is, for Beyond to tell.
func (r Rights) Bounded(c *Catalog, wanted, had PrivilegeSet) PrivilegeSet {
	mine := r.Granting()
	wanted, had = wanted.Clean(c), had.Clean(c)
	for key, p := range wanted {
		wanted[key] = mine.bounded(c.Domain(key), p, had[key])
	}
	return wanted
}

func (r Rights) bounded(d *Domain, wanted, had Privilege) Privilege {
	s, limits := d.spans(wanted), r.limits(d, had)
	for i := range everySpanned {
		if limits[i].held {
			s[i] = sooner(s[i], limits[i])
		}
	}
	// Custom is worth a list: where all that is known of it ends, and none stood before, the level before comes back.
	stood, list := d.spans(had), map[ResourceID]span{}
	listed := stood[customSpan]
	for _, id := range wanted.Editors {
		list[id] = wanted.listed(s[customSpan], id)
		if limit := r.limit(d, id, had); limit.held {
			list[id] = sooner(list[id], limit)
		}
		listed = later(listed, list[id])
	}
	if len(list) > 0 {
		s[customSpan] = sooner(s[customSpan], listed)
	}
	// A list that stands beneath Edit stays there.
	edit := d.spans(wanted)
	s[customSpan] = sooner(later(s[customSpan], sooner(edit.of(Edit), stood[customSpan])), s.of(View))
	for _, id := range had.Editors {
		list[id] = later(list[id], sooner(edit.of(Edit), had.listed(stood[customSpan], id)))
	}
	return d.lasting(s, list)
}

// ceiling are the abilities on the domain that may be given now: those the subject has, and those that stand already.
func (r Rights) ceiling(d *Domain, had Privilege) Ability {
	had = had.clean(d)
	return r.held(d.Key).abilities | d.Abilities(had.Level, had.CanCreate)
}

// mayList tells whether the resource may stand in the grantee's editor list now: the subject may edit it, or it stands
// there already, by itself or through Edit on all.
func (r Rights) mayList(d *Domain, id ResourceID, had Privilege) bool {
	return r.limit(d, id, had).held
}

// MayGive tells whether the subject may give this level, with or without Can Create, to a grantee that has the level
// and box had (R7), perhaps only until some moment: Bounded says until when. Editor lists are judged resource by resource,
// by Beyond. A level that the domain does not offer may be given by nobody.
func (r Rights) MayGive(d *Domain, wanted, had Privilege) bool {
	if r.catalog == nil || !d.Offers(wanted.Level) {
		return false
	}
	return d.Abilities(wanted.Level, wanted.CanCreate)&^r.Granting().ceiling(d, had) == 0
}

// MayBringInto tells whether the subject may bring somebody into the group, or keep them in it, as far as the group itself
// goes: who may edit it through temporary access alone brings nobody in, into an empty group neither (R20). What the group
// holds is judged by Beyond. The rights need the subject's rows of editor lists about the group.
func (r Rights) MayBringInto(group ResourceID) bool {
	return r.Granting().May(Need{GroupsDomain, Edit}, group)
}

// Clip is the wanted set as far as the subject may give it (R7): where a level is beyond the subject, the strongest
// offered level within it stands instead; of an editor list, the resources within. Nobody's editor list is lost to a
// level that could not be given in full. Skipped lists the domains that came out weaker than wanted; what is only given
// until some moment is not among them, but has its end.
func (r Rights) Clip(c *Catalog, wanted, had PrivilegeSet) (within PrivilegeSet, skipped []DomainKey) {
	within = PrivilegeSet{}
	mine := r.Granting()
	wanted, had = wanted.Clean(c), had.Clean(c)
	for _, d := range c.Domains() {
		p, ok := wanted[d.Key]
		if !ok {
			continue
		}
		p = mine.bounded(d, p, had[d.Key])
		if missing, _ := Lacking(mine.beyond(d, p, had[d.Key])); len(missing) > 0 {
			skipped = append(skipped, d.Key)
			p = mine.bounded(d, mine.strongest(d, wanted[d.Key], had[d.Key]), had[d.Key])
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
// rights, and fewer privileges than the subject's. Members of Administrators, and anyone who runs the command line, hold
// everything and may duplicate any group. What they hold until some moment only the copy holds no longer: see Bounded.
func (r Rights) Duplicating(c *Catalog, original PrivilegeSet) Refusal {
	if r.holdsAll(Group, Operator) {
		return Refusal{}
	}
	missing, _ := Lacking(r.Beyond(c, original, nil))
	return Refusal{
		Beyond: missing,
		Equal:  original.Held(c) >= r.Granting().Held(),
	}
}
