package access

import (
	"slices"
	"time"
)

// Privilege is what one grantee holds on one domain. Where it was raised by somebody who holds it until some moment only
// it has an end, and falls back by itself to what stands then (R7).
type Privilege struct {
	Level     Level
	CanCreate bool         // the box; what Edit brings is not written here
	Editors   []ResourceID // the editor list, meant with Custom only; ascending, each once

	Until time.Time                // end of level and box; zero: none
	Then  *Privilege               // level and box from then on; nil: None
	Ends  map[ResourceID]time.Time // of the rows of the editor list that have an end; none outlasts Custom
}

// Lists tells whether the editor list counts, now or once what stands above it has ended.
func (p Privilege) Lists() bool {
	return p.Level == LevelCustom || p.Then != nil && p.Then.Lists()
}

// At is the privilege as it stands at a moment: what has ended is left out (R12).
func (p Privilege) At(at time.Time) Privilege {
	editors, ends := p.Editors, p.Ends
	for !p.Until.IsZero() && !at.Before(p.Until) {
		if p.Then == nil {
			return Privilege{}
		}
		p = *p.Then
	}
	p.Ends = ends
	p.Editors = slices.DeleteFunc(slices.Clone(editors), func(id ResourceID) bool {
		end, ends := ends[id]
		return ends && !at.Before(end)
	})
	return p
}

// PrivilegeSet is all that one grantee holds. A domain that is absent is None.
type PrivilegeSet map[DomainKey]Privilege

// Clean is the set as the catalogue understands it: unknown domains, levels that are not offered and None are left out
// (R17), a box without a decision is unchecked, editor lists stand with Custom only, sorted and each resource once.
func (s PrivilegeSet) Clean(c *Catalog) PrivilegeSet {
	clean := PrivilegeSet{}
	for key, p := range s {
		if d := c.Domain(key); d != nil {
			if p = p.clean(d); p.Level != LevelNone {
				clean[key] = p
			}
		}
	}
	return clean
}

// clean is the privilege without what the domain does not offer, and what its level and what follows leave meaningless.
func (p Privilege) clean(d *Domain) Privilege {
	s, list := d.spans(p), map[ResourceID]span{}
	for _, id := range p.Editors {
		list[id] = p.listed(s[customSpan], id)
	}
	return d.lasting(s, list)
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
	Lasting       bool       // it is about how long what stands before and after lasts
	Gains         bool       // else loses
	Before, After Level      // of the domain; for a listed resource View or Edit, or None without any access before or after
}

// OfLevel tells whether it is about creation that the level of the domain itself brings or takes (R4).
func (diff Difference) OfLevel(d *Domain) bool { return diff.Create && d.Create == CreateImplied }

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
		all = append(all, lastingDifferences(d, b, a)...)
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

// lastingDifferences say what of that which stands on both sides lasts longer or ends sooner: at most one of each about the
// domain, and about each listed resource.
func lastingDifferences(d *Domain, before, after Privilege) []Difference {
	var all []Difference
	b, a := d.spans(before), d.spans(after)
	for _, gains := range []bool{true, false} {
		for i := range a {
			if b[i].held && a[i].held && !a[i].equals(b[i]) && a[i].outlasts(b[i]) == gains {
				all = append(all, Difference{Domain: d.Key, Lasting: true, Gains: gains, Before: before.Level, After: after.Level})
				break
			}
		}
	}
	edited, edits := b.of(Edit), a.of(Edit)
	for _, id := range union(before.Editors, after.Editors) {
		was, is := later(edited, before.listed(b[customSpan], id)), later(edits, after.listed(a[customSpan], id))
		told := was.equals(edited) && is.equals(edits) // by the level
		if !told && was.held && is.held && !was.equals(is) {
			all = append(all, Difference{Domain: d.Key, Resource: id, Lasting: true, Gains: is.outlasts(was), Before: before.on(id), After: after.on(id)})
		}
	}
	return all
}

// on is what the privilege amounts to on one resource: Edit, View or None.
func (p Privilege) on(id ResourceID) Level {
	if p.Level == LevelEdit {
		return LevelEdit
	}
	if _, listed := slices.BinarySearch(p.Editors, id); listed && p.Level == LevelCustom {
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
