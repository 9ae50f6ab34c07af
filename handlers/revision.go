package handlers

import (
	"strconv"

	"bailiwick/views/parts"
)

// revision is which state a form was made from, as the form says it; "" where it does not. Drawing a form again does not
// make it newer: else a change of somebody else's between two steps would be overwritten by a save that never saw it.
type revision string

// neverCurrent is no revision of anything, so that a save with it is refused as stale.
const neverCurrent = -1

func (r revision) number() int64 {
	n, err := strconv.ParseInt(string(r), 10, 64)
	if err != nil {
		return neverCurrent
	}
	return n
}

// field carries the revision through a form. A form that is drawn for the first time has the current one.
func (r revision) field(current int64) parts.Hidden {
	if r == "" {
		r = revision(strconv.FormatInt(current, 10))
	}
	return parts.Hidden{Name: parts.RevisionName, Value: string(r)}
}
