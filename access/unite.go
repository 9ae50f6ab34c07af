package access

// Unite is what somebody holds who holds all of these sets together (R2, R3): the highest level of each domain, with
// Custom staying Custom under View, the boxes and the editor lists of all.
func Unite(c *Catalog, sets ...PrivilegeSet) PrivilegeSet {
	united := PrivilegeSet{}
	for _, set := range sets {
		for key, p := range set.Clean(c) {
			united[key] = p.with(united[key], c.Domain(key))
		}
	}
	return united.Clean(c)
}

// with is both privileges together. An editor list that comes to nothing under Edit is left to Clean.
func (p Privilege) with(other Privilege, d *Domain) Privilege {
	custom := p.Level == LevelCustom || other.Level == LevelCustom
	return Privilege{
		Level:     shown(p.Level.abilities()|other.Level.abilities(), custom),
		CanCreate: d.can(p, Create) || d.can(other, Create),
		Editors:   union(p.Editors, other.Editors),
	}
}
