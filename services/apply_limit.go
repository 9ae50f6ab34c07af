package services

import (
	"fmt"

	"bailiwick/words"
)

// usualRemovals are removed without being asked for, or one in usualShare of what there is where that is more: a file that was
// cut short, or an export of another organization, takes nearly everything away.
const (
	usualRemovals = 10
	usualShare    = 10
)

var things = words.Regular("thing")

// TooManyRemovals says that applying a file would remove more than ApplyOptions allow. Nothing was changed.
type TooManyRemovals struct{ Removals, Limit int }

func (e TooManyRemovals) Error() string {
	return fmt.Sprintf("nothing was changed: the file would remove %s, and the limit is %s; look at them with --dry-run; to remove them, type --prune-limit %d",
		things.Count(e.Removals), words.Number(e.Limit), e.Removals)
}

// limited refuses a plan that removes more than the options allow. A dry run is shown it, with a note.
func (o ApplyOptions) limited(plan *Plan, size int) error {
	limit := max(usualRemovals, size/usualShare)
	if o.PruneLimit != nil {
		limit = *o.PruneLimit
	}
	_, _, removals := plan.counts()
	switch {
	case removals <= limit:
		return nil
	case !o.DryRun:
		return TooManyRemovals{removals, limit}
	}
	plan.Notes = append(plan.Notes, fmt.Sprintf("this removes %s, more than the limit of %s: to apply it, type --prune-limit %d",
		things.Count(removals), words.Number(limit), removals))
	return nil
}

// size is how many things of the organization a file can describe.
func (inv *inventory) size() int {
	all := len(inv.members)
	for _, things := range inv.resources { // groups and API keys among them
		all += len(things)
	}
	return all
}
