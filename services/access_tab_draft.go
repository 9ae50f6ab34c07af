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
	if !tab.adding() && draft.Revision != tab.Resource.Revision {
		tab.overtakenBy(tab.Resource.ModifiedBy, tab.Resource.ModifiedAt)
	}
	choices := append(slices.Clone(draft.Choices), tab.defaults(v.By.Rights)...)
	stored, err := accessRows(ctx, v, tab, choices)
	if err != nil {
		return err
	}
	if err := c.weigh(ctx, v, tab, tab.choose(v.By, choices, stored)); err != nil {
		return err
	}
	if err := tab.warnOfLockOut(ctx, v); err != nil {
		return err
	}
	tab.Refused = tab.refusal(draft)
	return nil
}

// defaults are the choices that stand while adding, unless the draft says something else: Edit for the creator's own Custom
// groups (R10).
func (tab *AccessTab) defaults(rights access.Rights) []AccessChoice {
	if !tab.adding() {
		return nil
	}
	var choices []AccessChoice
	for _, g := range rights.NewEditors(tab.Domain) {
		choices = append(choices, AccessChoice{Kind: g.Kind, Key: g.Key, Edit: true, byDefault: true})
	}
	return choices
}

// choose puts the choices into their rows; of two for one grantee the first counts. Whoever chose for a grantee that is gone,
// or that leaves nothing to choose, was overtaken: the form had it.
func (tab *AccessTab) choose(by Caller, choices []AccessChoice, stored map[string]models.AccessRow) []AccessChange {
	var chosen []AccessChange
	tab.chosen = map[access.GranteeID]bool{}
	for _, choice := range choices {
		found, there := stored[choice.Ref()]
		row := tab.row(by, found)
		_, said := tab.chosen[found.Grantee.ID]
		switch {
		case said || choice.byDefault && row.Stands.Fixed:
		case !there || tab.isNew(found.Grantee):
			tab.overtakenBy("", time.Time{})
		case row.Stands.Fixed:
			tab.overtakenBy(row.ModifiedBy, row.ModifiedAt)
		default:
			if tab.adding() && row.Edit {
				tab.begin++
			}
			lasts := row.Edit == choice.Edit
			tab.chosen[row.Grantee.ID], row.Edit = choice.Edit, choice.Edit
			chosen = append(chosen, AccessChange{AccessRow: row, Lasts: lasts, seen: choice.Revision})
		}
	}
	return chosen
}

// weigh finds what the choices change: also how long Edit lasts, where it stands already (R7). While adding, what the creator's
// own groups get without being chosen is given, and is no change.
func (c *Console) weigh(ctx context.Context, v *view, tab *AccessTab, chosen []AccessChange) error {
	chosen = slices.DeleteFunc(chosen, func(change AccessChange) bool { return !tab.adding() && change.Lasts && change.ListedTo == nil })
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
		gives := !change.before.set().Equal(change.after.set(), c.catalog)
		if gives {
			tab.gives = append(tab.gives, change)
		}
		switch {
		case tab.adding() && !change.Lasts, !tab.adding() && gives:
			tab.Changes = append(tab.Changes, change)
		}
		if gives && !tab.adding() && change.seen != change.Revision {
			tab.overtakenBy(change.ModifiedBy, change.ModifiedAt)
		}
	}
	return nil
}

// apply says what a grantee with this privilege holds on the domain before and after its change. Edit lasts as long as the caller
// can give it (R7).
func (c *Console) apply(v *view, tab *AccessTab, change *AccessChange, p access.Privilege) {
	if change.Listed {
		p.Editors = []access.ResourceID{tab.number}
		if change.ListedTo != nil {
			p.Ends = map[access.ResourceID]time.Time{tab.number: *change.ListedTo}
		}
	}
	change.before, change.after = onDomain{p, tab.Domain}, onDomain{p.WithAccess(tab.Domain, tab.number, change.Edit), tab.Domain}
	if !change.Edit {
		return
	}
	lasts := change.after.Ends[tab.number]
	if rights, bounded := c.giversRights(v, tab, change.Grantee); bounded {
		change.after.Privilege = rights.Bounded(c.catalog, change.after.set(), change.before.set())[tab.Domain.Key]
	}
	if end, ends := change.after.Ends[tab.number]; ends {
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
	editors, _, err := v.EditorsOf(ctx, tab.Domain.Key, tab.Resource.ID)
	if err != nil {
		return err
	}
	tab.LockOut.Editors = remaining(editors, tab.Changes)
	return nil
}

// refusal is what saving the draft answers: nil where it is saved. Who only creates through temporary access decides nothing about
// what they add (R7).
func (tab *AccessTab) refusal(draft AccessDraft) error {
	switch {
	case tab.Lent && (!tab.adding() || len(draft.Choices) > 0):
		return onlyThroughAccess(tab.Resource.ID, tab.need())
	case !tab.Lent && !tab.Decides:
		return Forbidden{tab.need()}
	case tab.overtaken:
		return models.ErrConflict
	case tab.LockOut != nil && !draft.Confirmed:
		return *tab.LockOut
	}
	return nil
}

// remaining are the editors without those whom the changes take Edit from, and with those whom they give it.
func remaining(editors []string, changes []AccessChange) []string {
	lose := map[string]bool{}
	var rest []string
	for _, change := range changes {
		switch {
		case change.Grantee.Kind != access.Group || change.Lasts: // editors are groups: people who can change it back
		case change.Edit:
			rest = append(rest, change.Grantee.Name)
		default:
			lose[change.Grantee.Name] = true
		}
	}
	for _, name := range editors {
		if !lose[name] {
			rest = append(rest, name)
		}
	}
	return rest
}

// accessRows are the rows that the choices name. A row that the caller may not see is refused, whether it exists or not.
func accessRows(ctx context.Context, v *view, tab *AccessTab, choices []AccessChoice) (map[string]models.AccessRow, error) {
	keys := map[access.GranteeKind][]string{}
	for _, choice := range choices {
		keys[choice.Kind] = append(keys[choice.Kind], choice.Key)
	}
	if err := tab.maySee(v.By, keys); err != nil {
		return nil, err
	}
	rows := map[string]models.AccessRow{}
	for kind, named := range keys {
		found, err := v.AccessRowsByKeys(ctx, tab.Domain.Key, tab.Resource.ID, kind, named)
		if err != nil {
			return nil, err
		}
		for _, row := range found {
			rows[row.Grantee.Ref()] = row
		}
	}
	return rows, nil
}

// maySee refuses choices about rows that the tab shows the caller on none of its pages.
func (tab *AccessTab) maySee(by Caller, keys map[access.GranteeKind][]string) error {
	if len(keys[access.APIKey]) > 0 && (tab.Domain.Key == access.APIKeysDomain || !by.Rights.May(ViewAPIKeys, 0)) {
		return Forbidden{ViewAPIKeys}
	}
	if tab.SeesGroups {
		return nil
	}
	if len(keys[access.APIKey]) > 0 {
		return Forbidden{ViewGroups}
	}
	own := map[string]bool{}
	for _, g := range by.Groups {
		own[g.Key] = true
	}
	for _, key := range keys[access.Group] {
		if !own[key] {
			return Forbidden{ViewGroups}
		}
	}
	return nil
}
