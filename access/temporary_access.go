package access

// Lends tells whether the level can be held through temporary access. Custom can't: nobody keeps editor lists for a visit.
// Neither can more than view on API keys, which would outlive the visit, and on temporary access itself, with which its
// holder could end somebody else's (seed 000: what is lent is for one's own duties).
func (d *Domain) Lends(l Level) bool {
	if d.Key == APIKeysDomain || d.Key == TemporaryAccessDomain {
		return l == LevelView
	}
	return l != LevelNone && l != LevelCustom && d.Offers(l)
}

// Lent are the grants as they count for their subject: of what is held through temporary access, what can't be lent is view
// where that can be, or else nothing. Can Create is lent with Edit only.
func (c *Catalog) Lent(grants []Grant) []Grant {
	var all []Grant
	for _, g := range grants {
		if g.Via.Kind != TemporaryAccess {
			all = append(all, g)
			continue
		}
		d := c.Domain(g.Domain)
		if d != nil && !d.Lends(g.Level) && g.Level.abilities()&View != 0 {
			g.Level = LevelView
		}
		if d != nil && d.Lends(g.Level) {
			g.CanCreate, g.Via.Administrators = false, false
			all = append(all, g)
		}
	}
	return all
}

// Lendable is what of the domain can be asked for where these levels may be: those that can be lent and give nothing
// beyond all of them together.
func (d *Domain) Lendable(highest ...Level) []Level {
	var abilities Ability
	for _, l := range highest {
		if d.Lends(l) {
			abilities |= l.abilities()
		}
	}
	var all []Level
	for _, l := range d.Levels {
		if d.Lends(l) && l.abilities()&^abilities == 0 {
			all = append(all, l)
		}
	}
	return all
}
