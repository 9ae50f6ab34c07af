package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// applyAccess puts the choices into the rows, and collects what saving would change. A grantee that is gone changes nothing, nor
// does one that leaves nothing to choose.
func (c *Console) applyAccess(ctx context.Context, v *view, tab *AccessTab, draft AccessDraft) error {
	named, err := c.accessRows(ctx, v, tab.Domain, tab.Resource.ID, draft.Choices)
	if err != nil {
		return err
	}
	chosen := map[string]bool{}
	for _, choice := range draft.Choices {
		stored, there := named[choice.Ref()]
		if !there {
			continue
		}
		row := tab.row(v.By, stored)
		if row.Stands.Fixed {
			continue
		}
		chosen[choice.Ref()] = choice.Edit
		if row.Edit != choice.Edit {
			row.Edit = choice.Edit
			tab.Changes = append(tab.Changes, AccessChange{row, c.givesEditUntil(v, tab, row), choice.Revision})
		}
	}
	for i := range tab.Rows {
		if edit, said := chosen[tab.Rows[i].Grantee.Ref()]; said {
			tab.Rows[i].Edit = edit
		}
	}
	return nil
}

// givesEditUntil is until when the caller can give the row's grantee Edit; nil: for good, or not at all.
func (c *Console) givesEditUntil(v *view, tab *AccessTab, row AccessRow) *time.Time {
	rights, bounded := c.giversRights(v, tab.Domain, row.AccessRow, tab.Resource.ID == 0)
	if !row.Edit || !bounded {
		return nil
	}
	end, _ := rights.Granting().Until(EditIn(tab.Domain.Key), tab.Resource.ID)
	return endOrNil(end)
}

// judgeAccess says what saving would come to: how many can do what then, and whether the caller keeps Edit.
func (c *Console) judgeAccess(ctx context.Context, v *view, tab *AccessTab) error {
	tab.count(len(v.By.Rights.NewEditors(tab.Domain)))
	chosen := map[access.GranteeID]bool{}
	for _, change := range tab.Changes {
		chosen[change.Grantee.ID] = change.Edit
	}
	if !tab.Decides || !v.By.Rights.LosesEdit(tab.Domain, tab.Resource.ID, chosen) {
		return nil
	}
	tab.LockOut = &AccessLockOut{}
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

// count makes the counts those after saving. While adding, nobody is in an editor list yet, and so many groups begin in it.
func (tab *AccessTab) count(newEditors int) {
	if tab.Counts == nil {
		return
	}
	more := 0 // can edit
	if tab.Resource.ID == 0 {
		more = newEditors
	}
	for _, change := range tab.Changes {
		if change.Edit {
			more++
		} else {
			more--
		}
	}
	tab.Counts.Edit, tab.Counts.View = tab.Counts.Edit+more, tab.Counts.View-more
}

// remaining are the editors without those whom the changes take Edit from, and with those whom they give it.
func remaining(editors []string, changes []AccessChange) []string {
	lose := map[string]bool{}
	var rest []string
	for _, change := range changes {
		if change.Grantee.Kind != access.Group {
			continue // editors are groups: people who can change it back
		}
		if change.Edit {
			rest = append(rest, change.Grantee.Name)
		} else {
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

// newer tells who last changed what a draft was made from, and when: the resource, or a grantee that it changes. If that is
// gone, there is no name.
func (tab *AccessTab) newer(revision int64) Saved {
	if r := tab.Resource; revision != r.Revision {
		return Saved{r.ModifiedBy, r.ModifiedAt}
	}
	var last Saved
	for _, change := range tab.Changes {
		if change.seen != change.Revision && change.ModifiedAt.After(last.At) {
			last = Saved{change.ModifiedBy, change.ModifiedAt}
		}
	}
	return last
}

// accessRows are the rows that the choices name. A row that the caller may not see is refused, whether it exists or not.
func (c *Console) accessRows(ctx context.Context, v *view, domain *access.Domain, id access.ResourceID, choices []AccessChoice) (map[string]models.AccessRow, error) {
	keys := map[access.GranteeKind][]string{}
	for _, choice := range choices {
		keys[choice.Kind] = append(keys[choice.Kind], choice.Key)
	}
	if err := c.maySee(v, domain.Key, keys); err != nil {
		return nil, err
	}
	rows := map[string]models.AccessRow{}
	for kind, named := range keys {
		found, err := v.AccessRowsByKeys(ctx, domain.Key, id, kind, named)
		if err != nil {
			return nil, err
		}
		for _, row := range found {
			rows[row.Grantee.Ref()] = row
		}
	}
	return rows, nil
}

func (c *Console) maySee(v *view, d access.DomainKey, keys map[access.GranteeKind][]string) error {
	if len(keys[access.APIKey]) > 0 && (d == access.APIKeysDomain || !v.By.Rights.May(ViewAPIKeys, 0)) {
		return Forbidden{ViewAPIKeys}
	}
	if v.By.Rights.May(ViewGroups, 0) {
		return nil
	}
	if len(keys[access.APIKey]) > 0 {
		return Forbidden{ViewGroups}
	}
	own := map[string]bool{}
	for _, g := range v.By.Groups {
		own[g.Key] = true
	}
	for _, key := range keys[access.Group] {
		if !own[key] {
			return Forbidden{ViewGroups}
		}
	}
	return nil
}
