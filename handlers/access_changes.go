package handlers

import (
	"time"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// changeLines say what saving changes, grantee by grantee: what was chosen stands before what only lasts longer by being saved.
func (p accessPage) changeLines() []parts.Change {
	var lines, lasting []parts.Change
	for _, change := range p.tab.Changes {
		switch {
		case change.Lasting:
			lasting = append(lasting, lastingAccessLine(change))
		case p.tab.Adding():
			lines = append(lines, newAccessLine(change))
		default:
			lines = append(lines, accessLine(change))
		}
	}
	return append(lines, lasting...)
}

// accessLine is a grantee who gets Edit, or loses it.
func accessLine(change services.AccessChange) parts.Change {
	line := parts.Change{Gains: change.Edit, What: change.Grantee.Name, On: "can edit", Was: "was View"}
	if !change.Edit {
		line.On, line.Was = "can only view", "was Edit"
	}
	if change.Edit && change.Level == access.LevelView {
		line.Was = "was View all, becomes Custom"
	}
	if change.EndsAt != nil {
		line.On = "can edit " + accessUntil(change)
	}
	return line
}

// newAccessLine is accessLine; what does not exist yet was nobody's to view or edit.
func newAccessLine(change services.AccessChange) parts.Change {
	line := accessLine(change)
	line.Was = ""
	switch {
	case !change.Edit:
		line.On = "can view"
	case change.Level == access.LevelView:
		line.Was = "View all becomes Custom"
	}
	return line
}

// lastingAccessLine is a grantee who has Edit already, and keeps it for longer.
func lastingAccessLine(change services.AccessChange) parts.Change {
	line := parts.Change{Gains: true, What: change.Grantee.Name, On: "can edit with no end date", Was: "was until " + words.EndMinute(*change.ListedTo)}
	if change.EndsAt != nil {
		line.On = "can edit " + accessUntil(change)
	}
	return line
}

// accessUntil says until when Edit lasts that has an end.
func accessUntil(change services.AccessChange) string {
	if change.Bounded {
		return givesUntil(*change.EndsAt)
	}
	return "until " + words.EndMinute(*change.EndsAt)
}

// conflict shows what somebody else changed. Of what the viewer chose that is only what they changed as well: View is not Edit, so
// whoever changes the same row without their knowing agrees with them, unless the form does not say what it was made with.
func (p accessPage) conflict(now time.Time) *parts.Conflict {
	var rows []parts.ConflictRow
	for _, change := range p.tab.Changes {
		if _, known := p.form.Was[change.Grantee.Ref()]; !known || change.Lasting {
			rows = append(rows, parts.ConflictRow{Label: change.Grantee.Name, Yours: chosenAccess(change), Theirs: standingAccess(change.AccessRow)})
		}
	}
	for _, row := range p.tab.Theirs {
		rows = append(rows, parts.ConflictRow{Label: row.Grantee.Name, Theirs: standingAccess(row)})
	}
	return mergedConflict(p.tab.Newer.By, p.tab.Newer.At, now, rows...)
}

// chosenAccess is what saving makes of a row.
func chosenAccess(change services.AccessChange) string {
	word := words.Upper(editWord(change.Edit))
	switch {
	case change.EndsAt != nil:
		return word + " until " + words.EndMinute(*change.EndsAt)
	case change.Lasting:
		return word + " with no end date"
	}
	return word
}

// standingAccess is what stands on a row.
func standingAccess(row services.AccessRow) string {
	if row.Stands.Level == access.LevelNone {
		return "No access"
	}
	word := words.Upper(row.Stands.Level.String())
	if row.ListedTo != nil {
		return word + " until " + words.EndMinute(*row.ListedTo)
	}
	return word
}
