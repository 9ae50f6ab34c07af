package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// AccessChange is one grantee whose access a form would change.
type AccessChange struct {
	Row   models.AccessRow
	Edit  bool       // from then on; else View
	Until *time.Time // Edit lasts until then, as the caller holds it no longer (R7); nil: for good
}

// AccessPreview is what saving an Access tab would change.
type AccessPreview struct {
	Changes  []AccessChange
	LocksOut bool     // the caller could not edit the resource any more (R10)
	Editors  []string // then these still could: some of their names, where the caller may view groups
}

// PreviewAccess says what saving these choices would change, without changing anything; resource 0 is one in the making.
func (c *Console) PreviewAccess(ctx context.Context, by Caller, tab AccessTab, choices []AccessChoice) (AccessPreview, error) {
	by.Rights = tab.Rights // which know the resource
	v := c.view(by)
	rows, err := c.accessRows(ctx, v, tab.Domain, tab.Resource.ID, choices)
	if err != nil {
		return AccessPreview{}, err
	}
	preview := AccessPreview{}
	for _, choice := range choices {
		row, ok := rows[ref(choice.Kind, choice.Key)]
		if !ok {
			continue
		}
		now := tab.Standing(by, row)
		if !now.Fixed && (now.Level == access.LevelEdit) != choice.Edit {
			preview.Changes = append(preview.Changes, AccessChange{row, choice.Edit, c.givesEditUntil(v, tab, row, choice.Edit)})
		}
	}
	return preview, c.previewLockOut(ctx, v, tab, &preview)
}

// givesEditUntil is until when the caller can give the row's grantee Edit; nil: for good, or not at all.
func (c *Console) givesEditUntil(v *view, tab AccessTab, row models.AccessRow, edit bool) *time.Time {
	rights, bounded := c.giversRights(v, tab.Domain, row, tab.Resource.ID == 0)
	if !edit || !bounded {
		return nil
	}
	end, _ := rights.Granting().Until(EditIn(tab.Domain.Key), tab.Resource.ID)
	return endOrNil(end)
}

// Standing is where a row of the tab stands before anything is chosen: what is stored, or the default while creating.
func (tab AccessTab) Standing(by Caller, row models.AccessRow) access.Choice {
	if tab.Resource.ID == 0 {
		return tab.Domain.AccessDefault(levelOf(tab.Domain, row), row.Grantee.Kind == access.Group && by.In(row.Grantee.ID))
	}
	return tab.Domain.AccessChoice(levelOf(tab.Domain, row), row.Listed)
}

// levelOf is what the grantee holds on the domain; Administrators the highest, whatever is stored (R8).
func levelOf(d *access.Domain, row models.AccessRow) access.Level {
	if row.Grantee.Administrators {
		return d.Highest()
	}
	return row.Level
}

// previewLockOut tells whether none of the caller's groups would keep Edit.
func (c *Console) previewLockOut(ctx context.Context, v *view, tab AccessTab, preview *AccessPreview) error {
	if v.By.Rights.May(EditIn(tab.Domain.Key), 0) || tab.Resource.ID != 0 && !tab.Rights.May(EditIn(tab.Domain.Key), tab.Resource.ID) {
		return nil // edits all of them, or could not edit this one anyway
	}
	keep := map[access.GranteeID]bool{}
	for _, g := range tab.Rights.Grants(tab.Domain.Key) {
		row := models.AccessRow{Grantee: g.Via, Level: g.Level}
		row.Listed = tab.Resource.ID != 0 && listedVia(tab.Rights, tab.Domain.Key, tab.Resource.ID, g.Via.ID)
		keep[g.Via.ID] = tab.Standing(v.By, row).Level == access.LevelEdit
	}
	for _, change := range preview.Changes {
		if v.By.In(change.Row.Grantee.ID) {
			keep[change.Row.Grantee.ID] = change.Edit
		}
	}
	for _, kept := range keep {
		if kept {
			return nil
		}
	}
	preview.LocksOut = true
	if !tab.SeesGroups {
		return nil
	}
	editors, _, err := v.EditorsOf(ctx, tab.Domain.Key, tab.Resource.ID)
	preview.Editors = remaining(editors, preview.Changes)
	return err
}

func listedVia(r access.Rights, d access.DomainKey, id access.ResourceID, grantee access.GranteeID) bool {
	for _, reason := range r.Decide(EditIn(d), id).Via {
		if reason.Listed && reason.Grant.Via.ID == grantee {
			return true
		}
	}
	return false
}

// remaining are the editors without those whom the changes take Edit from, and with those whom they give it.
func remaining(editors []string, changes []AccessChange) []string {
	lose := map[string]bool{}
	var rest []string
	for _, change := range changes {
		if change.Row.Grantee.Kind != access.Group {
			continue // editors are groups: people who can change it back
		}
		if change.Edit {
			rest = append(rest, change.Row.Grantee.Name)
		} else {
			lose[change.Row.Grantee.Name] = true
		}
	}
	for _, name := range editors {
		if !lose[name] {
			rest = append(rest, name)
		}
	}
	return rest
}
