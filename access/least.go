package access

import (
	"cmp"
	"math/bits"
	"slices"
)

// least is the least privilege on the domain that gives the ability, on the resource or (0) on the domain, and takes
// nothing of what is held; LevelNone where none does. Of an editor list only the resource in question stands in it.
func (d *Domain) least(a Ability, resource ResourceID, held Privilege) Privilege {
	best := Privilege{}
	for _, p := range d.privileges(resource) {
		if d.gives(p, a, resource) && d.includes(p, held) && (best.Level == LevelNone || d.lessThan(p, best)) {
			best = p
		}
	}
	return best
}

// privileges are all that can be held on the domain as far as a resource is concerned.
func (d *Domain) privileges(resource ResourceID) []Privilege {
	var all []Privilege
	for _, l := range d.Levels {
		for _, box := range []bool{false, d.CreateChoice(l)} {
			all = append(all, Privilege{Level: l, CanCreate: box})
			if l == LevelCustom && resource != 0 {
				all = append(all, Privilege{Level: l, CanCreate: box, Editors: []ResourceID{resource}})
			}
		}
	}
	return all
}

// gives tells whether the privilege answers a question of the domain with yes (R1).
func (d *Domain) gives(p Privilege, a Ability, resource ResourceID) bool {
	return d.Abilities(p.Level, p.CanCreate)&a != 0 || a == Edit && slices.Contains(p.Editors, resource)
}

// includes tells whether nothing of what is held is lost with p: no ability, and no editor list, whose rows are not
// known here.
func (d *Domain) includes(p, held Privilege) bool {
	keepsList := held.Level != LevelCustom || p.Level == LevelCustom || d.Abilities(p.Level, false)&Edit != 0
	return keepsList && d.Abilities(held.Level, held.CanCreate)&^d.Abilities(p.Level, p.CanCreate) == 0
}

// lessThan orders privileges by how much they give: abilities on the domain, then rows of the editor list. Where both are
// equal, View comes before Custom.
func (d *Domain) lessThan(p, other Privilege) bool {
	count := func(p Privilege) int { return bits.OnesCount8(uint8(d.Abilities(p.Level, p.CanCreate))) }
	return cmp.Or(
		cmp.Compare(count(p), count(other)), cmp.Compare(len(p.Editors), len(other.Editors)), cmp.Compare(p.Level, other.Level),
	) < 0
}
