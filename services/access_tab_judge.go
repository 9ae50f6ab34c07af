package services

import (
	"context"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// judgeAccess applies a draft to what stands, and judges it: what it changes, whether the caller keeps Edit, and whether it is
// refused. The preview answers with that and saving writes it, so the two always say the same.
func (c *Console) judgeAccess(ctx context.Context, v *view, tab *AccessTab, draft AccessDraft) error {
	if !tab.adding && draft.Revision != tab.Resource.Revision {
		tab.overtakenBy(tab.Resource.Saved())
	}
	choices := tab.defaults(v.By.Rights)
	if !tab.adding || !tab.Lent { // else they are refused, and the tab is that of what can be added
		choices = append(slices.Clone(draft.Choices), choices...)
	}
	stored, err := accessRows(ctx, v, tab, choices)
	if err != nil {
		return err
	}
	if err := c.weigh(ctx, v, tab, tab.choose(v, choices, stored)); err != nil {
		return err
	}
	if err := tab.warnOfLockOut(ctx, v); err != nil {
		return err
	}
	tab.Refused = tab.verdict(draft)
	return nil
}

// weigh finds what the choices change: also how long Edit lasts, where that was chosen (R7). While adding, what the creator's own
// groups get without being chosen is given, and is no change.
func (c *Console) weigh(ctx context.Context, v *view, tab *AccessTab, chosen []AccessChange) error {
	chosen = slices.DeleteFunc(chosen, func(change AccessChange) bool { return !tab.adding && change.Lasting && !change.Longer })
	ids := make([]access.GranteeID, len(chosen))
	for i, change := range chosen {
		ids[i] = change.Grantee.ID
	}
	levels, err := v.LevelsOf(ctx, ids)
	if err != nil {
		return err
	}
	for _, change := range chosen {
		c.apply(v, tab, &change, levels[change.Grantee.ID][tab.Domain.Key])
		gives := !change.before.Equal(change.after, c.catalog)
		if gives {
			tab.gives = append(tab.gives, change)
		}
		if tab.adding && !change.Lasting || !tab.adding && gives {
			tab.Changes = append(tab.Changes, change)
		}
		if gives && !tab.adding && change.seen != change.Revision {
			tab.overtakenBy(change.SavedBy, change.SavedAt)
		}
	}
	return nil
}

// apply says what a grantee with this privilege holds on the domain before and after its change. Edit lasts as long as the caller
// can give it (R7).
func (c *Console) apply(v *view, tab *AccessTab, change *AccessChange, p access.Privilege) {
	d := tab.Domain
	if change.Listed {
		p.Editors = []access.ResourceID{tab.number}
		if change.ListedTo != nil {
			p.Ends = map[access.ResourceID]time.Time{tab.number: *change.ListedTo}
		}
	}
	change.before, change.after = access.PrivilegeSet{d.Key: p}, access.PrivilegeSet{d.Key: p.WithAccess(d, tab.number, change.Edit)}
	if !change.Edit {
		return
	}
	lasts := change.after[d.Key].Ends[tab.number]
	if rights, bounded := c.giversRights(v, tab, change.Grantee); bounded {
		change.after = rights.Bounded(c.catalog, change.after, change.before)
	}
	if end, ends := change.after[d.Key].Ends[tab.number]; ends {
		change.EndsAt, change.Bounded = &end, !end.Equal(lasts)
	}
}

// overtakenBy notes that somebody changed what the draft was made from: the last one counts, "" where nobody is known.
func (tab *AccessTab) overtakenBy(who string, at time.Time) {
	tab.overtaken = true
	if at.After(tab.Newer.At) {
		tab.Newer = Modification{who, at}
	}
}

// warnOfLockOut warns a caller who could not edit the resource any more after saving (R10).
func (tab *AccessTab) warnOfLockOut(ctx context.Context, v *view) error {
	changed := map[access.GranteeID]bool{}
	for _, change := range tab.Changes {
		changed[change.Grantee.ID] = change.Edit
	}
	if !tab.Decides || !v.By.Rights.LosesEdit(tab.Domain, tab.Resource.ID, changed) {
		return nil
	}
	tab.LockOut = &LockOut{}
	for _, change := range tab.Changes {
		if change.Member && !change.Edit {
			tab.LockOut.Keep = change.Grantee
		}
	}
	if !tab.SeesGroups {
		return nil
	}
	after := models.EditorChange{Back: v.By.Grantees()}
	for _, change := range tab.gives {
		if change.Edit {
			after.Given = append(after.Given, change.Grantee.ID)
		} else {
			after.Taken = append(after.Taken, change.Grantee.ID)
		}
	}
	var err error
	tab.LockOut.Editors, err = v.EditorsWhoGiveBack(ctx, tab.Domain.Key, tab.Resource.ID, after)
	return err
}

// verdict is what saving the draft answers: nil where it is saved. Who only creates through temporary access decides nothing about
// what they add (R7).
func (tab *AccessTab) verdict(draft AccessDraft) error {
	switch {
	case tab.Lent && tab.adding && len(draft.Choices) > 0:
		return AtField{Field: "Access", Cause: onlyThroughAccess(tab.Resource.ID, tab.need())}
	case tab.Lent && !tab.adding:
		return onlyThroughAccess(tab.Resource.ID, tab.need())
	case !tab.Lent && !tab.Decides:
		return Forbidden{tab.need()}
	case tab.overtaken:
		return models.ErrConflict
	case len(tab.Gone) > 0:
		return Invalid{tab.Gone}
	case tab.LockOut != nil && !draft.Confirmed:
		return *tab.LockOut
	}
	return nil
}
