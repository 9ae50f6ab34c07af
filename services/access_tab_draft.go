package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
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
// or that leaves nothing to choose, was overtaken: the form had it. What nobody chose stays as it stands, whatever the form shows.
func (tab *AccessTab) choose(v *view, choices []AccessChoice, stored map[string]models.AccessRow) []AccessChange {
	var chosen []AccessChange
	tab.chosen = map[access.GranteeID]AccessChoice{}
	for _, choice := range choices {
		found, there := stored[choice.Ref()]
		row := tab.row(v, found)
		_, said := tab.chosen[found.Grantee.ID]
		switch {
		case said || choice.byDefault && row.Stands.Fixed:
		case choice.untouched():
			if there && *choice.Was != row.Edit {
				tab.Theirs = append(tab.Theirs, row)
			}
		case !there || tab.isNew(found.Grantee):
			tab.nothingToChoose(choice, AccessRow{})
		case row.Stands.Fixed:
			tab.nothingToChoose(choice, row)
		default:
			if tab.adding && row.Edit {
				tab.begin++
			}
			lasting := row.Edit == choice.Edit
			row.Longer = lasting && choice.gives() && row.Lasts
			tab.chosen[row.Grantee.ID], row.Edit = choice, choice.Edit
			chosen = append(chosen, AccessChange{AccessRow: row, Lasting: lasting, seen: choice.Revision})
		}
	}
	return chosen
}

// nothingToChoose notes a choice for a grantee that is gone, a zero row, or that leaves none any more. What is being added has no
// other version to look at, so there it is wrong.
func (tab *AccessTab) nothingToChoose(choice AccessChoice, row AccessRow) {
	if !tab.adding {
		tab.overtakenBy(row.SavedBy, row.SavedAt)
		return
	}
	what := words.Groups
	if choice.Kind == access.APIKey {
		what = words.APIKeys
	}
	text := "The " + what.One + " " + choice.Key + " no longer exists, so your choice for it was left out."
	if row.Grantee.ID != 0 {
		text = "What you chose for " + row.Grantee.Name + " was left out: its privileges already decide this."
	}
	tab.Gone = append(tab.Gone, FieldError{Field: "Access", Key: choice.Ref(), Text: text})
}

// isNew tells whether a grantee is the very thing that is being added.
func (tab *AccessTab) isNew(g access.Grantee) bool {
	return tab.adding && access.ResourceID(g.ID) == tab.number
}

// row is a grantee before anything is chosen: as it is stored, or by the default while adding.
func (tab *AccessTab) row(v *view, stored models.AccessRow) AccessRow {
	row := AccessRow{AccessRow: stored, Member: stored.Grantee.Kind == access.Group && v.By.In(stored.Grantee.ID)}
	level, bound := levelOf(tab.Domain, stored), false
	template := v.console.catalog.Template(stored.Template)
	if stored.Grantee.Kind == access.APIKey {
		level, _ = template.Holds(tab.Domain, level, stored.CanCreate)
		bound = !template.Allows(tab.Domain, access.LevelCustom, stored.CanCreate)
	}
	if tab.adding {
		row.Stands = tab.Domain.AccessDefault(level, row.Member)
	} else {
		row.Stands = tab.Domain.AccessChoice(level, stored.Listed)
	}
	if bound && !row.Stands.Fixed {
		row.Stands.Fixed, row.Bound = true, template.Name
	}
	row.Edit = row.Stands.Level == access.LevelEdit
	row.Lasts = tab.Decides && row.Edit && !row.Stands.Fixed && row.ListedTo != nil && outlasts(tab.GivesUntil, row.ListedTo)
	return row
}

// levelOf is what the grantee holds on the domain; Administrators the highest, whatever is stored (R8).
func levelOf(d *access.Domain, row models.AccessRow) access.Level {
	if row.Grantee.Administrators {
		return d.Highest()
	}
	return row.Level
}
