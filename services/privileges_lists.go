package services

import (
	"context"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// ListQuery asks for one page of a domain's editor list.
type ListQuery = models.Page

// EditorList is a page of a domain's resources as a Privileges tab shows them.
type EditorList struct {
	models.Listing[models.Resource]
	Listed map[access.ResourceID]bool      // in the stored editor list
	Ends   map[access.ResourceID]time.Time // of those that stand in it until some moment
	Beyond map[access.ResourceID]bool      // the caller can't give Edit on it (R7)
	Total  int                             // resources in the domain
	Stored int                             // length of the stored editor list
	Length int                             // that after saving
	Closed bool                            // not read: nobody asked for it, and it is not short
}

// shortList is up to how many resources of a domain a Privileges tab lists without being asked.
const shortList = 25

// readLists reads a page of each domain's editor list into the tab: those that are asked for or stand, and short ones.
func (c *Console) readLists(ctx context.Context, v *view, tab *PrivilegesTab, pages map[access.DomainKey]ListQuery) error {
	lengths, err := v.storedLengths(ctx, tab)
	if err != nil {
		return err
	}
	for i := range tab.Domains {
		d := &tab.Domains[i]
		if !d.Granular() || d.Barred != "" || !v.By.Rights.May(ViewIn(d.Key), 0) {
			continue // R15: who may not view the domain sees none of its things here either
		}
		page, asked := pages[d.Key]
		list := EditorList{Stored: lengths[d.Key]}
		list.Length = list.Stored - len(tab.before[d.Key].Editors) + len(tab.after[d.Key].Editors)
		if list.Total, err = total(ctx, v.Scope, d.Key); err != nil {
			return err
		}
		list.Closed = !asked && !d.Stored.Lists() && !d.choosesRows() && list.Total > shortList
		if err := v.readList(ctx, tab.grantee(), d.Key, page, &list); err != nil {
			return err
		}
		list.Rows = append(tab.refusedRows(d.Key, list.Rows), list.Rows...)
		d.List = &list
	}
	return nil
}

// choosesRows tells whether something is chosen in the list of Custom.
func (d PrivilegeDomain) choosesRows() bool {
	return d.Chosen.Level == access.LevelCustom && len(d.Chosen.Rows) > 0
}

// refusedRows are the first resources that the draft sets to Edit beyond the caller and that are not on this page of the list. They
// stand above it, or nobody could see what is refused, and take it back.
func (tab *PrivilegesTab) refusedRows(d access.DomainKey, page []models.Resource) []models.Resource {
	var rows []models.Resource
	for _, x := range tab.Beyond {
		onPage := slices.ContainsFunc(page, func(r models.Resource) bool { return r.ID == x.Resource })
		if x.Domain == d && x.Resource != 0 && !onPage && len(rows) < shortList {
			rows = append(rows, tab.Named[x.Resource])
		}
	}
	return rows
}

// storedLengths are how many resources stand in each editor list.
func (v *view) storedLengths(ctx context.Context, tab *PrivilegesTab) (map[access.DomainKey]int, error) {
	if tab.grantee() == 0 || tab.Group.Administrators {
		return nil, nil
	}
	return v.ListLengths(ctx, tab.grantee())
}

// readList reads one page, unless the list is closed, and makes the caller's rights know its rows.
func (v *view) readList(ctx context.Context, grantee access.GranteeID, d access.DomainKey, page ListQuery, list *EditorList) error {
	if list.Closed {
		return nil
	}
	var err error
	if list.Listing, err = v.Resources(ctx, d, models.ResourceFilter{Page: page}); err != nil {
		return err
	}
	list.Listed, list.Ends = map[access.ResourceID]bool{}, map[access.ResourceID]time.Time{}
	stored, err := listedAmong(ctx, v.Scope, grantee, d, list.Rows)
	if err != nil {
		return err
	}
	for _, e := range stored {
		list.Listed[e.Resource] = true
		if !e.Until.IsZero() {
			list.Ends[e.Resource] = e.Until
		}
	}
	ids := make([]access.ResourceID, len(list.Rows))
	for i, r := range list.Rows {
		ids[i] = r.ID
	}
	return v.learn(ctx, d, ids...)
}
