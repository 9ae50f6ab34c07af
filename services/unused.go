package services

import (
	"time"

	"bailiwick/models"
)

// UnusedFor is for how long something was not used. The zero value asks for nothing.
type UnusedFor struct {
	Never bool // not once
	Days  int  // not for so many days in which it was there; what never was used is among it
}

// Order is that of a list which is asked for what was not used: the one that its reader wants, or else what was used longest ago comes
// first.
func (u UnusedFor) Order(wanted string) string {
	if wanted == "" && u != (UnusedFor{}) {
		return "used"
	}
	return wanted
}

// By is what that means at a moment.
func (u UnusedFor) By(at time.Time) models.Unused {
	if u.Days <= 0 {
		return models.Unused{Never: u.Never}
	}
	since := at.AddDate(0, 0, -u.Days)
	return models.Unused{Never: u.Never, Since: &since}
}

// endsWithin is the moment so many days from now; nil for none.
func endsWithin(days int, at time.Time) *time.Time {
	if days <= 0 {
		return nil
	}
	end := at.AddDate(0, 0, days)
	return &end
}
