package handlers

import (
	"bailiwick/access"
	"bailiwick/words"
)

// ends says until when the level as it stands, or as it would be saved, lasts, and what comes then; "" where it has no end.
func (p privilegesPage) ends(d *access.Domain, level access.Level) string {
	stored, saved := p.detail.Stored[d.Key], p.draft.After[d.Key]
	if p.changed[d.Key] > 0 && saved.Level == level {
		switch {
		case saved.Until.IsZero():
			return ""
		case saved.Until.Equal(stored.Until):
			return words.Upper(endWords(d, saved))
		}
		return words.Upper(endWords(d, saved)) + " Your own access ends then."
	}
	if stored.Level != level || stored.Until.IsZero() {
		return ""
	}
	text := words.Upper(endWords(d, stored))
	if p.readOnly {
		return text
	}
	if p.draft.LastIfSaved[d.Key] {
		text += " If you save this tab, it lasts for good."
	}
	return text
}

// endWords is "until 3 May 2027, 10:00 UTC, then View all." of a privilege with an end.
func endWords(d *access.Domain, p access.Privilege) string {
	then := "None"
	if p.Then != nil {
		then = words.Privilege(d, *p.Then)
	}
	return "until " + words.Minute(p.Until) + ", then " + then + "."
}
