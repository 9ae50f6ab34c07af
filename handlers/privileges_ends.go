package handlers

import "bailiwick/access"

// ends says until when the level as it stands, or as it would be saved, lasts, and what comes then; "" where it has no end.
func (p privilegesPage) ends(d *access.Domain, level access.Level) string {
	stored, saved := p.detail.Stored[d.Key], p.draft.After[d.Key]
	if p.changed[d.Key] > 0 && saved.Level == level {
		if !saved.Until.IsZero() {
			return upperFirst(endWords(d, saved)) + " Your own access ends then."
		}
		return ""
	}
	if stored.Level != level || stored.Until.IsZero() {
		return ""
	}
	text := upperFirst(endWords(d, stored))
	if p.readOnly {
		return text
	}
	if end, held := p.mine.Until(access.Need{Domain: d.Key, Ability: foremost(d, level)}, 0); held && end.IsZero() {
		text += " If you save this tab, it lasts for good."
	}
	return text
}

// foremost is the ability that a level is chosen for.
func foremost(d *access.Domain, l access.Level) access.Ability {
	abilities := d.Abilities(l, false)
	for _, a := range []access.Ability{access.Edit, access.Push, access.View} {
		if abilities&a != 0 {
			return a
		}
	}
	return access.Allowed
}

// endWords is "until 3 May 2027, 10:00 UTC, then View all." of a privilege with an end.
func endWords(d *access.Domain, p access.Privilege) string {
	then := "None"
	if p.Then != nil {
		then = privilegeWords(d, *p.Then)
	}
	return "until " + minuteOf(p.Until) + ", then " + then + "."
}
