package services

import (
	"context"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// ListQuery asks for one page of what a domain's editor list shows.
type ListQuery struct {
	models.Page
	Show   ListShow
	Type   string  // only things of this type; "" = of any
	Edits  bool    // those first that can be edited once the draft is saved, and not all by name
	SetAll ListSet // all that the list then shows, on every page of it, is chosen as View or Edit
}

// ListShow is which things an editor list shows, by what is chosen.
type ListShow int

const (
	ListAll     ListShow = iota
	ListEdits            // those that can be edited once the draft is saved
	ListChanged          // those that saving the draft changes
)

// ListSet is what all things that an editor list shows are set to.
type ListSet int

const (
	SetNothing ListSet = iota
	SetView
	SetEdit
)

// MaxChoices is how many rows of lists are chosen about in one draft, and set at once.
const MaxChoices = 1000

// EditorList is a page of a domain's resources as a Privileges tab shows them.
type EditorList struct {
	models.Listing[models.Resource]
	Listed map[access.ResourceID]bool      // in the stored editor list
	Ends   map[access.ResourceID]time.Time // of those that stand in it until some moment
	Beyond map[access.ResourceID]bool      // the caller can't give Edit on it (R7)
	Types  []string                        // of the domain's resources, the first mostTypes of them
	Total  int                             // resources in the domain
	Stored int                             // length of the stored editor list
	Length int                             // that after saving
	Closed bool                            // not read: nobody asked for it, and it is not short

	Found int  // how many the list shows on all its pages; over MaxChoices some number above
	Free  int  // of these, how many the caller can set to either (R7); 0 where that are too many at once
	Some  bool // Free may be fewer: the caller cannot give all, and nobody has asked of each

	found       []models.Resource // those, where the caller can't simply set all
	foundListed map[access.ResourceID]bool
}

// mostTypes is how many types a list can be narrowed down to.
const mostTypes = 200

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
		query, asked := pages[d.Key]
		list := EditorList{Stored: lengths[d.Key]}
		list.Length = list.Stored - len(tab.before[d.Key].Editors) + len(tab.after[d.Key].Editors)
		if list.Total, err = total(ctx, v.Scope, d.Key); err != nil {
			return err
		}
		list.Closed = !asked && !d.Stored.Lists() && !d.choosesRows() && list.Total > shortList
		if err := v.readList(ctx, tab, d, query, &list); err != nil {
			return err
		}
		list.Rows = append(tab.refusedRows(d.Key, list.Rows), list.Rows...)
		d.List = &list
	}
	return v.readTypes(ctx, tab)
}

// readTypes reads the types that the open lists can be narrowed down to.
func (v *view) readTypes(ctx context.Context, tab *PrivilegesTab) error {
	var open []access.DomainKey
	for _, d := range tab.Domains {
		if d.List != nil && !d.List.Closed {
			open = append(open, d.Key)
		}
	}
	types, err := v.ResourceTypes(ctx, open, mostTypes)
	if err != nil {
		return err
	}
	for _, key := range open {
		tab.domain(key).List.Types = types[key]
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
func (v *view) readList(ctx context.Context, tab *PrivilegesTab, d *PrivilegeDomain, query ListQuery, list *EditorList) error {
	if list.Closed {
		return nil
	}
	var err error
	filter := tab.listFilter(d.Key, query)
	if query.Edits && query.Show != ListEdits {
		filter.Given, filter.Taken = tab.moved(d.Key)
		list.Listing, err = v.ResourcesListedFirst(ctx, d.Key, tab.listing(), filter)
	} else {
		list.Listing, err = v.Resources(ctx, d.Key, filter)
	}
	if err != nil {
		return err
	}
	list.Listed, list.Ends = map[access.ResourceID]bool{}, map[access.ResourceID]time.Time{}
	stored, err := listedAmong(ctx, v.Scope, tab.grantee(), d.Key, list.Rows)
	if err != nil {
		return err
	}
	for _, e := range stored {
		list.Listed[e.Resource] = true
		if !e.Until.IsZero() {
			list.Ends[e.Resource] = e.Until
		}
	}
	if err := v.learn(ctx, d.Key, numbersOf(list.Rows)...); err != nil {
		return err
	}
	return v.countFound(ctx, tab, d, query, list)
}

func numbersOf(rows []models.Resource) []access.ResourceID {
	ids := make([]access.ResourceID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}

// listFilter is what a list shows, with the draft applied: tab.before and tab.after hold the rows that it names.
func (tab *PrivilegesTab) listFilter(d access.DomainKey, query ListQuery) models.ResourceFilter {
	f := models.ResourceFilter{Page: query.Page, Type: query.Type}
	given, taken := tab.moved(d)
	switch query.Show {
	case ListEdits:
		f.OnlyIDsOf, f.Given, f.Taken = tab.listing(), given, taken
	case ListChanged:
		f.Among = append(append([]access.ResourceID{}, given...), taken...)
	}
	return f
}

// moved are the resources that the draft puts into a domain's editor list, and those that it takes out.
func (tab *PrivilegesTab) moved(d access.DomainKey) (given, taken []access.ResourceID) {
	before, after := tab.before[d].Editors, tab.after[d].Editors
	return numbersWithout(after, before), numbersWithout(before, after)
}

// listing is the grantee whose editor lists are stored, if there is one.
func (tab *PrivilegesTab) listing() []access.GranteeID {
	if id := tab.grantee(); id != 0 && !tab.Group.Administrators {
		return []access.GranteeID{id}
	}
	return []access.GranteeID{}
}

// numbersWithout is what is in one list and not in the other.
func numbersWithout(one, other []access.ResourceID) []access.ResourceID {
	there := map[access.ResourceID]bool{}
	for _, id := range other {
		there[id] = true
	}
	return slices.DeleteFunc(slices.Clone(one), func(id access.ResourceID) bool { return there[id] })
}
