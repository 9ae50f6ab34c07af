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

// NewEditors are the groups through which somebody with these rights edits a resource that they create, unless they choose
// otherwise (R10). Nobody chooses about groups with Edit on all, so these are not among them.
func (r Rights) NewEditors(d *Domain) []Grantee {
	var groups []Grantee
	for _, g := range r.held(d.Key).grants {
		if g.EditsNew(d) && !slices.Contains(groups, g.Via) {
			groups = append(groups, g.Via)
		}
	}
	return groups
}

// EditsNew tells whether the grant gives its holder Edit on a resource that they create, unless they choose otherwise: that of a
// Custom group does (R10).
func (g Grant) EditsNew(d *Domain) bool {
	return d.AccessDefault(g.Level, g.Via.Kind == Group) == Choice{Level: LevelEdit}
}

// LosesEdit tells whether an Access tab that is saved takes Edit on the resource from somebody with these rights, which know it
// (R10); resource 0 is one that they create. Chosen says for which grantees something else is chosen than what stands: true for
// Edit. Who edits all of them loses nothing, nor does who could not edit this one.
func (r Rights) LosesEdit(d *Domain, resource ResourceID, chosen map[GranteeID]bool) bool {
	edit := Need{d.Key, Edit}
	if r.May(edit, 0) || resource != 0 && !r.May(edit, resource) {
		return false
	}
	for _, g := range r.held(d.Key).grants {
		keeps, said := chosen[g.Via.ID]
		if !said && resource == 0 {
			keeps = g.EditsNew(d)
		} else if !said {
			s, _ := r.through(d, g, Edit, resource)
			keeps = s.held
		}
		if keeps {
			return false
		}
	}
	return true
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
