package services

import (
	"context"
	"fmt"

	"bailiwick/access"
	"bailiwick/models"
)

// Wanted is what a Privileges tab asks for: a level for every domain of the catalogue, and of the editor lists those
// rows alone that somebody set. Rows that are not named stay as they are.
type Wanted map[access.DomainKey]WantedPrivilege

// WantedPrivilege is one domain's choice.
type WantedPrivilege struct {
	Level     access.Level
	CanCreate bool
	Rows      map[string]bool // resource key: true for Edit, false for View
}

// MaxRows is how many rows of editor lists one form carries; above, it asks to save first.
const MaxRows = 1000

// Draft is a change of privileges in the making: both sets with only those rows of editor lists that the change names,
// which is all that differs.
type Draft struct {
	Before, After access.PrivilegeSet
	Names         map[access.ResourceID]string // of the rows named
	Keys          map[access.ResourceID]string
}

// Differences are what the change gives and takes.
func (d Draft) Differences(c *access.Catalog) []access.Difference {
	return access.Compare(c, d.Before, d.After)
}

// draft reads what the wanted rows stand at now. A row of a resource that is gone meanwhile is left out when it is set
// to View and an error at its field when it is set to Edit.
func (c *Console) draft(ctx context.Context, scope *models.Scope, rights access.Rights, grantee access.GranteeID, wanted Wanted) (Draft, error) {
	d := Draft{Before: access.PrivilegeSet{}, After: access.PrivilegeSet{}, Names: map[access.ResourceID]string{}, Keys: map[access.ResourceID]string{}}
	if grantee != 0 {
		sets, err := scope.LevelsOf(ctx, []access.GranteeID{grantee})
		if err != nil {
			return Draft{}, err
		}
		d.Before = sets[grantee].Clean(c.catalog)
	}
	for _, domain := range c.catalog.Domains() {
		want, said := wanted[domain.Key]
		if !said {
			want = WantedPrivilege{Level: d.Before[domain.Key].Level, CanCreate: d.Before[domain.Key].CanCreate}
		}
		if !domain.Offers(want.Level) {
			return Draft{}, invalid(LevelField(domain.Key), fmt.Sprintf("%s does not offer this level.", domain.Name))
		}
		if len(want.Rows) > 0 && !rights.May(ViewIn(domain.Key), 0) {
			return Draft{}, Forbidden{ViewIn(domain.Key)} // R15: names and keys of things are not for guessing
		}
		if err := c.draftDomain(ctx, scope, grantee, domain, want, &d); err != nil {
			return Draft{}, err
		}
	}
	d.Before, d.After = d.Before.Clean(c.catalog), d.After.Clean(c.catalog)
	return d, nil
}

func (c *Console) draftDomain(ctx context.Context, scope *models.Scope, grantee access.GranteeID, domain *access.Domain, want WantedPrivilege, d *Draft) error {
	after := access.Privilege{Level: want.Level, CanCreate: want.CanCreate}
	if want.Level == access.LevelCustom && len(want.Rows) > 0 {
		rows, err := c.namedRows(ctx, scope, domain, want.Rows)
		if err != nil {
			return err
		}
		before, err := listedAmong(ctx, scope, grantee, domain.Key, rows)
		if err != nil {
			return err
		}
		p := d.Before[domain.Key]
		p.Editors = before
		d.Before[domain.Key] = p
		for _, r := range rows {
			d.Names[r.ID], d.Keys[r.ID] = r.Name, r.Key
			if want.Rows[r.Key] {
				after.Editors = append(after.Editors, r.ID)
			}
		}
	}
	d.After[domain.Key] = after
	return nil
}

func (c *Console) namedRows(ctx context.Context, scope *models.Scope, domain *access.Domain, rows map[string]bool) ([]models.Resource, error) {
	keys := make([]string, 0, len(rows))
	for key := range rows {
		keys = append(keys, key)
	}
	found, err := scope.ResourcesByKeys(ctx, domain.Key, keys)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, r := range found {
		known[r.Key] = true
	}
	for key, edit := range rows {
		if edit && !known[key] {
			return nil, invalid(RowField(domain.Key, key), fmt.Sprintf("This %s does not exist any more.", domain.Resource))
		}
	}
	return found, nil
}

func listedAmong(ctx context.Context, scope *models.Scope, grantee access.GranteeID, d access.DomainKey, rows []models.Resource) ([]access.ResourceID, error) {
	if grantee == 0 {
		return nil, nil
	}
	ids := make([]access.ResourceID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	entries, err := scope.EntriesAmong(ctx, []access.GranteeID{grantee}, d, ids)
	if err != nil {
		return nil, err
	}
	listed := make([]access.ResourceID, len(entries))
	for i, e := range entries {
		listed[i] = e.Resource
	}
	return listed, nil
}

// LevelField is a form's name of a domain's level. Errors name the same fields.
func LevelField(d access.DomainKey) string { return "level." + string(d) }

// CreateField is a form's name of a domain's Can Create box.
func CreateField(d access.DomainKey) string { return "create." + string(d) }

// RowField is a form's name of one row of a domain's editor list.
func RowField(d access.DomainKey, key string) string {
	return "edit." + string(d) + "." + key
}

// PreviewPrivileges says what saving would change, without changing anything. Key "" is a group in the making.
func (c *Console) PreviewPrivileges(ctx context.Context, by Caller, key string, wanted Wanted) (Draft, error) {
	id := access.GranteeID(0)
	if key != "" {
		group, err := c.Group(ctx, by, key)
		if err != nil {
			return Draft{}, err
		}
		id = access.GranteeID(group.ID)
	}
	return c.draft(ctx, c.scope(by), by.Rights, id, wanted)
}

// SetPrivileges replaces what a group holds. Revision is that of the form; an older one is ErrConflict. What goes
// beyond the caller is TooHigh (R7).
func (c *Console) SetPrivileges(ctx context.Context, by Caller, key string, revision int64, wanted Wanted) (draft Draft, err error) {
	err = c.change(ctx, by, "group.privileges", subject{Domain: access.GroupsDomain, Key: key}, func(tx *Tx) error {
		group, err := tx.openGroup(ctx, key)
		if err != nil {
			return err
		}
		if group.Administrators {
			return ErrAdministrators
		}
		if revision != group.Revision {
			return models.ErrConflict
		}
		if draft, err = c.replace(ctx, tx, group, wanted); err != nil || len(draft.Differences(c.catalog)) == 0 {
			return err
		}
		tx.record("group.privileges", about(group.Resource), state{Privileges: c.words(draft.Before)}, state{Privileges: c.words(draft.After)})
		return tx.Touch(ctx, access.GroupsDomain, group.ID, revision, tx.By.Name(), tx.At)
	})
	return draft, err
}

// grant gives a new group its first privileges.
func (c *Console) grant(ctx context.Context, tx *Tx, group models.Group, wanted Wanted) (access.PrivilegeSet, error) {
	draft, err := c.replace(ctx, tx, group, wanted)
	return draft.After, err
}

func (c *Console) replace(ctx context.Context, tx *Tx, group models.Group, wanted Wanted) (Draft, error) {
	id := access.GranteeID(group.ID)
	draft, err := c.draft(ctx, tx.Scope, tx.By.Rights, id, wanted)
	if err != nil {
		return Draft{}, err
	}
	if err := tx.learnLists(ctx, draft.After); err != nil {
		return Draft{}, err
	}
	if over := tx.By.Rights.Beyond(c.catalog, draft.After, draft.Before); len(over) > 0 {
		return Draft{}, TooHigh{over}
	}
	return draft, tx.ReplacePrivileges(ctx, id, draft.Before, draft.After, tx.At)
}

// ListQuery asks for one page of a domain's editor list.
type ListQuery = models.Page

// EditorList is a page of a domain's resources as a Privileges tab shows them.
type EditorList struct {
	models.Listing[models.Resource]
	Listed map[access.ResourceID]bool // in the stored editor list
	Total  int                        // resources in the domain
	Length int                        // of the stored editor list
	Closed bool                       // not read: nobody asked for it, and it is not short
}

// shortList is up to how many resources of a domain a Privileges tab lists without being asked.
const shortList = 25

// PrivilegesDetail is all that a Privileges tab shows.
type PrivilegesDetail struct {
	Group  GroupDetail // zero while adding
	Stored access.PrivilegeSet
	Lists  map[access.DomainKey]EditorList // of the domains with Custom
	Rights access.Rights                   // of the caller; knows the editor lists about the rows shown
}

// GroupPrivileges opens a group's Privileges tab; key "" while adding one. The number of statements depends on how many
// domains have Custom, never on how much there is in them.
func (c *Console) GroupPrivileges(ctx context.Context, by Caller, key string, pages map[access.DomainKey]ListQuery) (PrivilegesDetail, error) {
	detail := PrivilegesDetail{Stored: access.PrivilegeSet{}, Lists: map[access.DomainKey]EditorList{}, Rights: by.Rights}
	scope := c.scope(by)
	lengths := map[access.DomainKey]int{}
	if key == "" {
		if !by.Rights.May(CreateGroup, 0) {
			return detail, Forbidden{CreateGroup}
		}
	} else {
		group, err := c.Group(ctx, by, key)
		if err != nil {
			return detail, err
		}
		detail.Group = group
		if detail.Stored, lengths, err = c.stored(ctx, scope, group.Group); err != nil {
			return detail, err
		}
	}
	for _, d := range c.catalog.Domains() {
		if !d.Granular() {
			continue
		}
		page, asked := pages[d.Key]
		asked = asked || detail.Stored[d.Key].Level == access.LevelCustom
		if err := c.addList(ctx, scope, by, d, page, asked, lengths[d.Key], &detail); err != nil {
			return detail, err
		}
	}
	return detail, nil
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

func (c *Console) addList(ctx context.Context, scope *models.Scope, by Caller, d *access.Domain, page ListQuery, asked bool, length int, detail *PrivilegesDetail) error {
	if !by.Rights.May(ViewIn(d.Key), 0) {
		return nil // R15: who may not view the domain sees none of its things here either
	}
	list := EditorList{Listed: map[access.ResourceID]bool{}, Length: length}
	var err error
	if list.Total, err = total(ctx, scope, d.Key); err != nil {
		return err
	}
	if list.Closed = !asked && list.Total > shortList; list.Closed {
		detail.Lists[d.Key] = list
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
	stored, err := listedAmong(ctx, scope, access.GranteeID(detail.Group.ID), d.Key, listing.Rows)
	if err != nil {
		return err
	}
	for _, id := range stored {
		list.Listed[id] = true
	}
	rights, err := withRows(ctx, scope, Caller{Rights: detail.Rights}, d.Key, ids)
	if err != nil {
		return err
	}
	detail.Rights = rights
	detail.Lists[d.Key] = list
	return nil
}
