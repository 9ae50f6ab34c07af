package handlers

import (
	"errors"
	"time"

	"bailiwick/models"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// stale tells whether somebody else saved the thing that a form was made from, so that saving the form was refused. The form
// is drawn again with everything typed, beside what is stored now, and counts as made from that: its revision is forgotten.
func stale(err error) bool { return errors.Is(err, models.ErrConflict) }

// mergedConflict shows what of a form with many rows somebody else changed meanwhile. Rows that the viewer did not change have no
// version of theirs: saving leaves them as they are stored.
func mergedConflict(who string, at, now time.Time, rows ...parts.ConflictRow) *parts.Conflict {
	conflict := conflictWith(who, at, now, rows...)
	conflict.Merges = true
	return conflict
}

// conflictWith shows who saved meanwhile, when, and where the two versions differ. Rows that say the same on both sides are
// left out. Nobody, and a zero moment, are unknown.
func conflictWith(who string, at, now time.Time, rows ...parts.ConflictRow) *parts.Conflict {
	if who == "" {
		who = "Somebody else"
	}
	conflict := &parts.Conflict{Who: who}
	if !at.IsZero() {
		conflict.When = words.Ago(at, now)
	}
	for _, row := range rows {
		if row.Yours != row.Theirs {
			conflict.Rows = append(conflict.Rows, row)
		}
	}
	return conflict
}
