package services

import (
	"context"
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
	Total  int                             // resources in the domain
	Length int                             // of the stored editor list
	Closed bool                            // not read: nobody asked for it, and it is not short
}

// shortList is up to how many resources of a domain a Privileges tab lists without being asked.
const shortList = 25

// PrivilegesTab is all that a Privileges tab shows.
type PrivilegesTab struct {
	Kind     access.GranteeKind  // Group or APIKey
	Group    GroupDetail         // zero for an API key, and while adding
	APIKey   APIKeyDetail        // zero for a group, and while adding
	Template *access.KeyTemplate // of an API key; nil where it has none
	Stored   access.PrivilegeSet
	Lists    map[access.DomainKey]EditorList // of the domains with Custom
	Rights   access.Rights                   // of the caller; knows the editor lists about the rows shown
}

// Holder is the group or API key; zero while it is being added.
func (tab PrivilegesTab) Holder() models.Resource {
	if tab.Kind == access.APIKey {
		return tab.APIKey.Resource
	}
	return tab.Group.Resource
}

// Bars says why the holder can't hold anything on the domain, whoever gives it (R11); "" where it can.
func (tab PrivilegesTab) Bars(d *access.Domain) string { return tab.holder().bars(d) }

func (tab PrivilegesTab) holder() holder {
	return holder{access.GranteeID(tab.Holder().ID), tab.Kind == access.APIKey, tab.Template}
}

// GroupPrivileges opens a group's Privileges tab; key "" while adding one. The number of statements depends on how many
// domains have Custom, never on how much there is in them.
func (c *Console) GroupPrivileges(ctx context.Context, by Caller, key string, pages map[access.DomainKey]ListQuery) (PrivilegesTab, error) {
	tab := PrivilegesTab{Kind: access.Group, Stored: access.PrivilegeSet{}}
	scope := c.scope(by)
	lengths := map[access.DomainKey]int{}
	if key == "" {
		if !by.Rights.May(CreateGroup, 0) {
			return tab, Forbidden{CreateGroup}
		}
	} else {
		group, err := c.Group(ctx, by, key)
		if err != nil {
			return tab, err
		}
		tab.Group = group
		if tab.Stored, lengths, err = c.stored(ctx, scope, group.Group); err != nil {
			return tab, err
		}
	}
	return tab, c.addLists(ctx, scope, by, pages, lengths, &tab)
}

// addLists reads a page of each domain's editor list into the tab.
func (c *Console) addLists(ctx context.Context, scope *models.Scope, by Caller, pages map[access.DomainKey]ListQuery, lengths map[access.DomainKey]int, tab *PrivilegesTab) error {
	tab.Lists, tab.Rights = map[access.DomainKey]EditorList{}, by.Rights
	for _, d := range c.catalog.Domains() {
		if !d.Granular() || tab.Bars(d) != "" {
			continue
		}
		page, asked := pages[d.Key]
		asked = asked || tab.Stored[d.Key].Lists()
		if err := c.addList(ctx, scope, by, d, page, asked, lengths[d.Key], tab); err != nil {
			return err
		}
	}
	return nil
}

func (c *Console) stored(ctx context.Context, scope *models.Scope, group models.Group) (access.PrivilegeSet, map[access.DomainKey]int, error) {
	if group.Administrators {
		return c.catalog.Max(), nil, nil
	}
	id := access.GranteeID(group.ID)
	sets, err := scope.LevelsOf(ctx, []access.GranteeID{id})
	if err != nil {
		return nil, nil, err
	}
	lengths, err := scope.ListLengths(ctx, id)
	return sets[id].Clean(c.catalog), lengths, err
}

func (c *Console) addList(ctx context.Context, scope *models.Scope, by Caller, d *access.Domain, page ListQuery, asked bool, length int, tab *PrivilegesTab) error {
	if !by.Rights.May(ViewIn(d.Key), 0) {
		return nil // R15: who may not view the domain sees none of its things here either
	}
	list := EditorList{Listed: map[access.ResourceID]bool{}, Ends: map[access.ResourceID]time.Time{}, Length: length}
	var err error
	if list.Total, err = total(ctx, scope, d.Key); err != nil {
		return err
	}
	if list.Closed = !asked && list.Total > shortList; list.Closed {
		tab.Lists[d.Key] = list
		return nil
	}
	listing, err := scope.Resources(ctx, d.Key, models.ResourceFilter{Page: page})
	if err != nil {
		return err
	}
	list.Listing = listing
	ids := make([]access.ResourceID, len(listing.Rows))
	for i, r := range listing.Rows {
		ids[i] = r.ID
	}
	stored, err := listedAmong(ctx, scope, tab.holder().id, d.Key, listing.Rows)
	if err != nil {
		return err
	}
	for _, e := range stored {
		list.Listed[e.Resource] = true
		if !e.Until.IsZero() {
			list.Ends[e.Resource] = e.Until
		}
	}
	rights, err := withRows(ctx, scope, Caller{Rights: tab.Rights}, d.Key, ids)
	if err != nil {
		return err
	}
	tab.Rights = rights
	tab.Lists[d.Key] = list
	return nil
}
