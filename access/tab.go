package access

import (
	"maps"
	"slices"
)

// Choice is one row of a resource's Access tab (R10): what the grantee's level on the domain leaves to decide.
type Choice struct {
	Fixed bool  // no control: the domain's level decides
	Level Level // Edit, View or None on this resource
}

// AccessChoice is what the Access tab offers for a grantee with this level on the domain: nothing to decide with Edit
// on all or without view, else View or Edit (R10). A domain without Custom leaves nothing to decide.
func (d *Domain) AccessChoice(l Level, listed bool) Choice {
	a := d.Abilities(l, false)
	switch {
	case a&Edit != 0:
		return Choice{Fixed: true, Level: LevelEdit}
	case a&View == 0:
		return Choice{Fixed: true, Level: LevelNone}
	case !d.Granular():
		return Choice{Fixed: true, Level: LevelView}
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
// this one resource (R10), for as long as it is view. A privilege that leaves nothing to decide stays as it is.
func (p Privilege) WithAccess(d *Domain, id ResourceID, edit bool) Privilege {
	if d.AccessChoice(p.Level, false).Fixed {
		return p
	}
	p = p.clean(d)
	if edit {
		p, p.Ends = p.listing(), maps.Clone(p.Ends)
		p.Editors = append(p.Editors, id)
		delete(p.Ends, id)
	} else {
		p.Editors = slices.DeleteFunc(p.Editors, func(other ResourceID) bool { return other == id })
	}
	return p.clean(d)
}

// listing is the privilege with Custom in place of View, now and after each end.
func (p Privilege) listing() Privilege {
	if p.Level == LevelView {
		p.Level = LevelCustom
	}
	if p.Then != nil {
		then := p.Then.listing()
		p.Then = &then
	}
	return p
}
