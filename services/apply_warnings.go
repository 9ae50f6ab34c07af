package services

import (
	"context"
	"maps"
	"slices"
	"time"

	"bailiwick/models"
	"bailiwick/services/files"
	"bailiwick/words"
)

// warnOfUnproven notes new members and gains of members whom nobody has proven to be who they seem (R19).
func (a *allChanges) warnOfUnproven(ctx context.Context, scope *models.Scope, at time.Time) error {
	if err := a.warnOfClosed(ctx, scope); err != nil {
		return err
	}
	return a.warnOfOpened(ctx, scope, at)
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

// warnOfOpened notes the members who gain a group, or more time in one, and whom an account lets in that proves nothing.
func (a *allChanges) warnOfOpened(ctx context.Context, scope *models.Scope, at time.Time) error {
	gaining := map[models.PersonID]string{}
	for _, d := range a.members {
		if d.was != nil && d.is != nil && (len(without(d.is.Groups, d.was.Groups)) > 0 || len(a.inventory.liftedOf(*d.is, at)) > 0) {
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
			"what this file gives goes to the person who used the link: "+words.List(opened, namedAtMost))
	}
	return nil
}

// lifted is the end of a membership that stands at the moment, which the file makes one for good; false where there is none.
func (inv *inventory) lifted(email, group string, at time.Time) (time.Time, bool) {
	end, ends := inv.ending[email][group]
	return end, ends && end.After(at)
}

// liftedOf are the memberships of a member that have an end and that the file makes ones for good, in words.
func (inv *inventory) liftedOf(m files.Member, at time.Time) []string {
	var all []string
	for _, g := range m.Groups {
		if end, ends := inv.lifted(m.Email, g.Key, at); ends {
			all = append(all, m.Email+" in "+g.Key+" "+words.UntilEnd(end))
		}
	}
	return all
}

// warnOfLifted notes the memberships with an end that the file makes ones for good.
func (a *allChanges) warnOfLifted(at time.Time) {
	var lifted []string
	for _, d := range a.members {
		if d.is != nil {
			lifted = append(lifted, a.inventory.liftedOf(*d.is, at)...)
		}
	}
	if len(lifted) > 0 {
		slices.Sort(lifted)
		a.notes = append(a.notes, "this file removes the end of these memberships: "+words.List(lifted, namedAtMost))
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
