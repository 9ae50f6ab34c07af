package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// readPage reads a page of rows and puts the choices into them, and counts all grantees for who sees all.
func (tab *AccessTab) readPage(ctx context.Context, v *view, draft AccessDraft) error {
	filter := models.AccessFilter{Page: draft.Page}
	if !tab.adding { // nothing of it is stored yet
		filter.Show, filter.ByLevel = draft.Show, draft.ByLevel
	}
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
	tab.Listing = models.Listing[AccessRow]{Next: found.Next, Previous: found.Previous, Looked: found.Looked}
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
	tab.Stored = &models.LevelCounts{}
	for _, n := range counts {
		tab.Stored.Edit, tab.Stored.View, tab.Stored.None = tab.Stored.Edit+n.Edit, tab.Stored.View+n.View, tab.Stored.None+n.None
		tab.Stored.Custom += n.Custom
	}
	saved := *tab.Stored
	saved.Edit, saved.View, saved.Custom = saved.Edit+more, saved.View-more, 0 // nobody asks who has Custom then
	tab.Counts = &saved
	return nil
}
