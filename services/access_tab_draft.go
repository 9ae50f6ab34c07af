package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// defaults are the choices that stand while adding, unless the draft says something else: Edit for the creator's own Custom
// groups (R10).
func (tab *AccessTab) defaults(rights access.Rights) []AccessChoice {
	if !tab.adding {
		return nil
	}
	var choices []AccessChoice
	for _, g := range rights.NewEditors(tab.Domain) {
		choices = append(choices, AccessChoice{Kind: g.Kind, Key: g.Key, Edit: true, byDefault: true})
	}
	return choices
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
			if tab.adding && row.Edit {
				tab.begin++
			}
			lasts := row.Edit == choice.Edit
			tab.chosen[row.Grantee.ID], row.Edit = choice.Edit, choice.Edit
			chosen = append(chosen, AccessChange{AccessRow: row, Lasts: lasts, seen: choice.Revision})
		}
	}
	return chosen
}

// isNew tells whether a grantee is the very thing that is being added.
func (tab *AccessTab) isNew(g access.Grantee) bool {
	return tab.adding && access.ResourceID(g.ID) == tab.number
}

// row is a grantee before anything is chosen: as it is stored, or by the default while adding.
func (tab *AccessTab) row(by Caller, stored models.AccessRow) AccessRow {
	row := AccessRow{AccessRow: stored, Member: stored.Grantee.Kind == access.Group && by.In(stored.Grantee.ID)}
	level := levelOf(tab.Domain, stored)
	if tab.adding {
		row.Stands = tab.Domain.AccessDefault(level, row.Member)
	} else {
		row.Stands = tab.Domain.AccessChoice(level, stored.Listed)
	}
	row.Edit = row.Stands.Level == access.LevelEdit
	return row
}

// levelOf is what the grantee holds on the domain; Administrators the highest, whatever is stored (R8).
func levelOf(d *access.Domain, row models.AccessRow) access.Level {
	if row.Grantee.Administrators {
		return d.Highest()
	}
	return row.Level
}
