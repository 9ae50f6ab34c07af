package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// readPage reads a page of rows and puts the choices into them, and counts all grantees for who sees all.
func (tab *AccessTab) readPage(ctx context.Context, v *view, page models.Page) error {
	filter := models.AccessFilter{Page: page}
	if !tab.SeesKeys {
		filter.Kind = access.Group
	}
	if !tab.SeesGroups {
		filter.OnlyGrantees = append([]access.GranteeID{}, v.By.Grantees()...)
	}
	found, err := v.AccessRows(ctx, tab.Domain.Key, tab.Resource.ID, filter)
	if err != nil {
		return err
	}
	tab.Listing = models.Listing[AccessRow]{Next: found.Next, Previous: found.Previous}
	begins := map[access.GranteeID]*time.Time{}
	for _, change := range tab.gives {
		if tab.adding && change.Edit {
			begins[change.Grantee.ID] = change.EndsAt
		}
	}
	for _, stored := range found.Rows {
		row := tab.row(v, stored)
		if choice, said := tab.chosen[row.Grantee.ID]; said {
			row.Longer, row.Edit = row.Edit && choice.gives() && row.Lasts, choice.Edit
		}
		row.Begins = begins[row.Grantee.ID]
		tab.Rows = append(tab.Rows, row)
	}
	if !tab.SeesGroups {
		return nil
	}
	return tab.count(ctx, v)
}

// count is how many grantees can do what after saving. While adding, nobody is in an editor list yet, and some groups begin in it.
func (tab *AccessTab) count(ctx context.Context, v *view) error {
	counts, err := v.CountLevels(ctx, tab.Domain.Key, tab.Resource.ID)
	if err != nil {
		return err
	}
	if !tab.SeesKeys {
		delete(counts, access.APIKey)
	}
	more := tab.begin // can edit
	for _, change := range tab.Changes {
		switch {
		case change.Lasting:
		case change.Edit:
			more++
		default:
			more--
		}
	}
	tab.Counts = &models.LevelCounts{Edit: more, View: -more}
	for _, n := range counts {
		tab.Counts.Edit, tab.Counts.View, tab.Counts.None = tab.Counts.Edit+n.Edit, tab.Counts.View+n.View, tab.Counts.None+n.None
	}
	return nil
}
