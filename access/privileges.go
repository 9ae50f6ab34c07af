package access

import "slices"

// Privilege is what one grantee holds on one domain.
type Privilege struct {
	Level     Level
	CanCreate bool         // the box; what Edit brings is not written here
	Editors   []ResourceID // the editor list, meant with Custom only; ascending, each once
}

// PrivilegeSet is all that one grantee holds. A domain that is absent is None.
type PrivilegeSet map[DomainKey]Privilege

// Clean is the set as the catalogue understands it: unknown domains, levels that are not offered and None are left out
// (R17), a box without a decision is unchecked, editor lists stand with Custom only, sorted and each resource once.
func (s PrivilegeSet) Clean(c *Catalog) PrivilegeSet {
	clean := PrivilegeSet{}
	for key, p := range s {
		if d := c.Domain(key); d != nil && p.Level != LevelNone && d.Offers(p.Level) {
			clean[key] = p.clean(d)
		}
	}
	return clean
}

// clean is the privilege, whose level the domain offers, without what its level leaves meaningless.
func (p Privilege) clean(d *Domain) Privilege {
	p.CanCreate = p.CanCreate && d.CreateChoice(p.Level)
	if p.Level == LevelCustom {
		p.Editors = union(p.Editors, nil)
	} else {
		p.Editors = nil
	}
	return p
}

// Equal tells whether two sets mean the same.
func (s PrivilegeSet) Equal(other PrivilegeSet, c *Catalog) bool {
	return len(Compare(c, s, other)) == 0
}

// Held counts the domains with a level.
func (s PrivilegeSet) Held(c *Catalog) int { return len(s.Clean(c)) }

// Difference is one thing that a grantee gains or loses between two privilege sets.
type Difference struct {
	Domain        DomainKey
	Resource      ResourceID // the listed resource it is about; 0: the domain
	Create        bool       // it is about Can Create
	Gains         bool       // else loses
	Before, After Level      // of the domain; for a listed resource View or Edit, or None without any access before or after
}

// Compare lists who gains and loses what when before becomes after, in the catalogue's order: the level, then Can
// Create, then the listed resources. A change that gives one ability and takes another is two differences.
func Compare(c *Catalog, before, after PrivilegeSet) []Difference {
	var all []Difference
	before, after = before.Clean(c), after.Clean(c)
	for _, d := range c.Domains() {
		b, a := before[d.Key], after[d.Key]
		all = append(all, levelDifferences(d.Key, b.Level, a.Level)...)
		if was, is := d.can(b, Create), d.can(a, Create); was != is {
			all = append(all, Difference{Domain: d.Key, Create: true, Gains: is, Before: b.Level, After: a.Level})
		}
		all = append(all, listDifferences(d.Key, b, a)...)
	}
	return all
}

func (d *Domain) can(p Privilege, a Ability) bool { return d.Abilities(p.Level, p.CanCreate)&a != 0 }

func levelDifferences(key DomainKey, before, after Level) []Difference {
	if before == after {
		return nil
	}
	diff := Difference{Domain: key, Before: before, After: after}
	gained, lost := after.abilities()&^before.abilities(), before.abilities()&^after.abilities()
	if gained == 0 && lost == 0 { // View and Custom differ by their lists alone
		diff.Gains = after > before
		return []Difference{diff}
	}
	var all []Difference
	if gained != 0 {
		diff.Gains = true
		all = append(all, diff)
	}
	if lost != 0 {
		diff.Gains = false
		all = append(all, diff)
	}
	return all
}

// listDifferences says which resources move in or out of an editor list. Where Edit stands on either side the level
// says it all.
func listDifferences(key DomainKey, before, after Privilege) []Difference {
	if before.Level == LevelEdit || after.Level == LevelEdit {
		return nil
	}
	var all []Difference
	for _, id := range union(before.Editors, after.Editors) {
		was, is := before.on(id), after.on(id)
		if was != is {
			all = append(all, Difference{Domain: key, Resource: id, Gains: is > was, Before: was, After: is})
		}
	}
	return all
}

// on is what the privilege amounts to on one resource: Edit, View or None.
func (p Privilege) on(id ResourceID) Level {
	if _, listed := slices.BinarySearch(p.Editors, id); listed {
		return LevelEdit
	}
	if p.Level.abilities()&View != 0 {
		return LevelView
	}
	return LevelNone
}

// union is both lists as one, ascending, each once and without 0, which is no resource. nil where nothing is left.
func union(a, b []ResourceID) []ResourceID {
	all := slices.Concat(a, b)
	slices.Sort(all)
	all = slices.DeleteFunc(slices.Compact(all), func(id ResourceID) bool { return id == 0 })
	if len(all) == 0 {
		return nil
	}
	return all
}
