package services

import (
	"context"
	"maps"
	"slices"
	"time"

	"bailiwick/models"
	"bailiwick/words"
)

// warnOfUnproven notes new members and gains of members whom nobody has proven to be who they seem (R19).
func (a *allChanges) warnOfUnproven(ctx context.Context, scope *models.Scope) error {
	if err := a.warnOfClosed(ctx, scope); err != nil {
		return err
	}
	return a.warnOfOpened(ctx, scope)
}

// warnOfClosed notes the new members whose accounts proved nothing so far: they wait.
func (a *allChanges) warnOfClosed(ctx context.Context, scope *models.Scope) error {
	var emails []string
	for _, d := range a.members {
		if d.was == nil {
			emails = append(emails, d.is.Email)
		}
	}
	unproven, err := scope.Store().UnprovenEmails(ctx, emails)
	if err != nil {
		return err
	}
	if len(unproven) > 0 {
		a.notes = append(a.notes, "nobody has proven these addresses, and the accounts that there are for them do not open this organization; "+
			"run “bailiwick member set-password” for each: "+words.List(unproven, namedAtMost))
	}
	return nil
}

// warnOfOpened notes the members who gain a group and whom an account lets in that proves nothing.
func (a *allChanges) warnOfOpened(ctx context.Context, scope *models.Scope) error {
	gaining := map[models.PersonID]string{}
	for _, d := range a.members {
		if d.was != nil && d.is != nil && len(without(d.is.Groups, d.was.Groups)) > 0 {
			gaining[a.inventory.members[d.is.Email].PersonID] = d.is.Email
		}
	}
	marks, err := scope.MarksOf(ctx, slices.Collect(maps.Keys(gaining)))
	if err != nil {
		return err
	}
	var opened []string
	for id, email := range gaining {
		if marks[id].Unproven {
			opened = append(opened, email)
		}
	}
	if len(opened) > 0 {
		slices.Sort(opened)
		a.notes = append(a.notes, "these members joined by a copied link, and nobody has proven their addresses; "+
			"whoever used the link gets what this file gives: "+words.List(opened, namedAtMost))
	}
	return nil
}

// lifted is the end of a membership that stands at the moment, which the file makes one for good; false where there is none.
func (inv *inventory) lifted(email, group string, at time.Time) (time.Time, bool) {
	end, ends := inv.ending[email][group]
	return end, ends && end.After(at)
}

// warnOfLifted notes the memberships with an end that the file makes ones for good.
func (a *allChanges) warnOfLifted(at time.Time) {
	var lifted []string
	for _, d := range a.members {
		if d.is == nil {
			continue
		}
		for _, g := range d.is.Groups {
			if end, ends := a.inventory.lifted(d.is.Email, g.Key, at); ends {
				lifted = append(lifted, d.is.Email+" in "+g.Key+" until "+words.Moment(end))
			}
		}
	}
	if len(lifted) > 0 {
		slices.Sort(lifted)
		a.notes = append(a.notes, "these memberships have an end, and with this file they are for good: "+words.List(lifted, namedAtMost))
	}
}

// warnOfDoubtful notes the addresses of new members that look like others. Pages ask whether they are right, a file only
// warns.
func (a *allChanges) warnOfDoubtful() {
	for _, d := range a.members {
		if d.was == nil {
			a.notes = append(a.notes, doubtNotes(d.is.Email)...)
		}
	}
}
