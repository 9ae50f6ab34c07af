package services

import (
	"context"
	"fmt"
	"maps"
	"time"

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
	Until         time.Time                 // first end among what the caller gives until some moment only (R7); zero: there is none
	LastIfSaved   map[access.DomainKey]bool // of a preview: levels with an end now, which would have none once the caller saves

	ended access.PrivilegeSet // whole editor lists that end because their domain leaves Custom
}

// stood is what the activity keeps as the state before: also the rows that nobody named but that are lost with Custom.
func (d Draft) stood() access.PrivilegeSet {
	set := maps.Clone(d.Before)
	maps.Copy(set, d.ended)
	return set
}

// Differences are what the change gives and takes.
func (d Draft) Differences(c *access.Catalog) []access.Difference {
	return access.Compare(c, d.Before, d.After)
}

// holder is whose privileges are about to change: a group, or an API key, which can't hold what its template forbids (R11).
type holder struct {
	id       access.GranteeID // 0 while it is being added
	isKey    bool
	template *access.KeyTemplate // of a key; nil where it has none
}

// bars says why the holder can't hold anything on the domain; "" where it can.
func (h holder) bars(d *access.Domain) string {
	switch {
	case !h.isKey || !h.template.Forbids(d):
		return ""
	case d.NoAPIKeys:
		return "No API key can hold a privilege here."
	}
	return "A key of the template " + h.template.Name + " cannot hold a privilege here."
}

// draft reads what the wanted rows stand at now. A row of a resource that is gone meanwhile is left out when it is set
// to View and an error at its field when it is set to Edit.
func (c *Console) draft(ctx context.Context, scope *models.Scope, rights access.Rights, h holder, wanted Wanted) (Draft, error) {
	d := Draft{Before: access.PrivilegeSet{}, After: access.PrivilegeSet{}, Names: map[access.ResourceID]string{}, Keys: map[access.ResourceID]string{}}
	if h.id != 0 {
		sets, err := scope.LevelsOf(ctx, []access.GranteeID{h.id})
		if err != nil {
			return Draft{}, err
		}
		d.Before = sets[h.id].Clean(c.catalog)
	}
	for _, domain := range c.catalog.Domains() {
		want, said := wanted[domain.Key]
		if !said { // it stays as it is, its end too
			d.After[domain.Key] = d.Before[domain.Key]
			continue
		}
		if !domain.Offers(want.Level) {
			return Draft{}, invalid(LevelField(domain.Key), fmt.Sprintf("%s does not offer this level.", domain.Name))
		}
		if why := h.bars(domain); why != "" && want.Level != access.LevelNone {
			return Draft{}, invalid(LevelField(domain.Key), why)
		}
		if len(want.Rows) > 0 && !rights.May(ViewIn(domain.Key), 0) {
			return Draft{}, Forbidden{ViewIn(domain.Key)} // R15: names and keys of things are not for guessing
		}
		if err := c.draftDomain(ctx, scope, h.id, domain, want, &d); err != nil {
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
		entries, err := listedAmong(ctx, scope, grantee, domain.Key, rows)
		if err != nil {
			return err
		}
		p := d.Before[domain.Key]
		p.Ends = map[access.ResourceID]time.Time{}
		for _, e := range entries {
			p.Editors = append(p.Editors, e.Resource)
			if !e.Until.IsZero() {
				p.Ends[e.Resource] = e.Until
			}
		}
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

func listedAmong(ctx context.Context, scope *models.Scope, grantee access.GranteeID, d access.DomainKey, rows []models.Resource) ([]access.Entry, error) {
	if grantee == 0 {
		return nil, nil
	}
	ids := make([]access.ResourceID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return scope.EntriesAmong(ctx, []access.GranteeID{grantee}, d, ids)
}

// LevelField is a form's name of a domain's level. Errors name the same fields.
func LevelField(d access.DomainKey) string { return "level." + string(d) }

// CreateField is a form's name of a domain's Can Create box.
func CreateField(d access.DomainKey) string { return "create." + string(d) }

// RowField is a form's name of one row of a domain's editor list.
func RowField(d access.DomainKey, key string) string {
	return "edit." + string(d) + "." + key
}

// PreviewPrivileges says what saving a tab would change, without changing anything.
func (c *Console) PreviewPrivileges(ctx context.Context, by Caller, tab PrivilegesTab, wanted Wanted) (Draft, error) {
	v := c.view(by)
	draft, err := c.draft(ctx, v.Scope, by.Rights, tab.holder(), wanted)
	if err != nil {
		return Draft{}, err
	}
	if _, err = c.bound(ctx, v, &draft); err != nil {
		return Draft{}, err
	}
	draft.LastIfSaved = c.lastIfSaved(v.By.Rights, draft.Before)
	return draft, nil
}

// lastIfSaved are the domains whose level has an end that goes when somebody with these rights saves it as it is (R7).
func (c *Console) lastIfSaved(rights access.Rights, had access.PrivilegeSet) map[access.DomainKey]bool {
	whole := access.PrivilegeSet{}
	for key, p := range had {
		if !p.Until.IsZero() {
			whole[key] = access.Privilege{Level: p.Level, CanCreate: p.CanCreate}
		}
	}
	last := map[access.DomainKey]bool{}
	for key, p := range rights.Bounded(c.catalog, whole, had) {
		last[key] = p.Until.IsZero()
	}
	return last
}

// bound gives what the draft raises the ends that come with what the caller holds until some moment only, and says what the
// caller can't give at all (R7).
func (c *Console) bound(ctx context.Context, v *view, draft *Draft) (missing []access.Excess, err error) {
	if err := v.learnLists(ctx, draft.After); err != nil {
		return nil, err
	}
	missing, draft.Until = access.Lacking(v.By.Rights.Beyond(c.catalog, draft.After, draft.Before))
	draft.After = v.By.Rights.Bounded(c.catalog, draft.After, draft.Before)
	return missing, nil
}

// SetPrivileges replaces what a group holds. Revision is that of the form; an older one is ErrConflict. What goes
// beyond the caller is TooHigh (R7).
func (c *Console) SetPrivileges(ctx context.Context, by Caller, key string, revision int64, wanted Wanted) (draft Draft, err error) {
	err = c.change(ctx, by, models.OpGroupPrivilegesChanged, subject{Key: key}, func(tx *Tx) error {
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
		if draft, err = c.replace(ctx, tx, holder{id: access.GranteeID(group.ID)}, wanted); err != nil || len(draft.Differences(c.catalog)) == 0 {
			return err
		}
		tx.record(models.OpGroupPrivilegesChanged, about(group.Resource), state{Privileges: c.heldStates(draft.stood())}, state{Privileges: c.heldStates(draft.After)})
		return tx.Touch(ctx, access.GroupsDomain, group.ID, revision, tx.By.Signature(), tx.At)
	})
	return draft, err
}

// grant gives a new group its first privileges.
func (c *Console) grant(ctx context.Context, tx *Tx, group models.Group, wanted Wanted) (access.PrivilegeSet, error) {
	draft, err := c.replace(ctx, tx, holder{id: access.GranteeID(group.ID)}, wanted)
	return draft.After, err
}

// replace gives a holder what is wanted, as far as and for as long as the caller may (R7).
func (c *Console) replace(ctx context.Context, tx *Tx, h holder, wanted Wanted) (Draft, error) {
	draft, err := c.draft(ctx, tx.Scope, tx.By.Rights, h, wanted)
	if err != nil {
		return Draft{}, err
	}
	missing, err := c.bound(ctx, tx.view, &draft)
	if err != nil {
		return Draft{}, err
	}
	if len(missing) > 0 {
		return draft, TooHigh{missing}
	}
	if draft.ended, err = tx.listsEnding(ctx, h.id, draft); err != nil {
		return Draft{}, err
	}
	return draft, tx.ReplacePrivileges(ctx, h.id, draft.Before, draft.After, tx.At)
}

// listsEnding are the privileges with Custom that the draft ends, with their whole editor lists.
func (v *view) listsEnding(ctx context.Context, grantee access.GranteeID, d Draft) (access.PrivilegeSet, error) {
	ending := access.PrivilegeSet{}
	for key, p := range d.Before {
		if p.Lists() && !d.After[key].Lists() {
			ending[key] = p
		}
	}
	if len(ending) == 0 {
		return nil, nil
	}
	stored, err := v.PrivilegesOf(ctx, grantee)
	for key := range ending {
		ending[key] = stored[key]
	}
	return ending, err
}
