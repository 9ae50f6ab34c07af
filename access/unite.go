package access

// Unite is what somebody holds who holds all of these sets together (R2, R3): the highest level of each domain, with
// Custom staying Custom under View, the boxes and the editor lists of all, each for as long as the longest of them.
func Unite(c *Catalog, sets ...PrivilegeSet) PrivilegeSet {
	united := PrivilegeSet{}
	for _, set := range sets {
		for key, p := range set.Clean(c) {
			united[key] = p.with(united[key], c.Domain(key))
		}
	}
	return united.Clean(c)
}

// with is both privileges together. An editor list that comes to nothing under Edit is left out.
func (p Privilege) with(other Privilege, d *Domain) Privilege {
	one, two := d.spans(p), d.spans(other)
	list := map[ResourceID]span{}
	for _, id := range union(p.Editors, other.Editors) {
		list[id] = later(p.listed(one[customSpan], id), other.listed(two[customSpan], id))
	}
	return d.lasting(one.with(two), list)
}
