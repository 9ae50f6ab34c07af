package access

// Choice is one row of a resource's Access tab (R10): what the grantee's level on the domain leaves to decide.
type Choice struct {
	Fixed bool  // no control: the domain's level decides
	Level Level // Edit, View or None on this resource
}

// AccessChoice is what the Access tab offers for a grantee with this level on the domain: nothing to decide with Edit
// on all or without view, else View or Edit (R10).
func (d *Domain) AccessChoice(l Level, listed bool) Choice {
	a := d.Abilities(l, false)
	switch {
	case a&Edit != 0:
		return Choice{Fixed: true, Level: LevelEdit}
	case a&View == 0:
		return Choice{Fixed: true, Level: LevelNone}
	case l == LevelCustom && listed:
		return Choice{Level: LevelEdit}
	}
	return Choice{Level: LevelView}
}

// AccessDefault is where the choice stands while the resource is being created: Edit for the Custom groups that the
// creator is a member of, View for all others (R10).
func (d *Domain) AccessDefault(l Level, member bool) Choice {
	return d.AccessChoice(l, l == LevelCustom && member)
}

// WithAccess is the privilege after its grantee was given Edit or View on one resource: View on all becomes Custom with
// this one resource (R10). A privilege that leaves nothing to decide stays as it is.
func (p Privilege) WithAccess(d *Domain, id ResourceID, edit bool) Privilege {
	if d.AccessChoice(p.Level, false).Fixed {
		return p
	}
	if !edit {
		p.Editors = without(p.Editors, id)
		return p
	}
	return Privilege{Level: LevelCustom, CanCreate: p.CanCreate, Editors: union(p.Editors, []ResourceID{id})}
}

func without(ids []ResourceID, id ResourceID) []ResourceID {
	var rest []ResourceID
	for _, other := range ids {
		if other != id {
			rest = append(rest, other)
		}
	}
	return rest
}
