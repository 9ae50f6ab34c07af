package services

import (
	"context"
	"fmt"

	"bailiwick/access"
	"bailiwick/models"
)

// AccessChoice is one row of an Access tab as it was submitted: View or Edit for a grantee.
type AccessChoice struct {
	Kind     access.GranteeKind
	Key      string
	Edit     bool
	Revision int64 // of the grantee as the form was made; ignored while creating, where nobody else has a form
}

// AccessQuery asks for one page of an Access tab.
type AccessQuery struct {
	models.Page
}

// AccessTab is a page of a resource's Access tab (R10).
type AccessTab struct {
	Domain   *access.Domain
	Resource models.Resource // zero while creating
	models.Listing[models.AccessRow]
	Counts     map[access.GranteeKind]models.LevelCounts // of the kinds that the viewer sees all of
	SeesGroups bool                                      // else only the viewer's own groups are there
	SeesKeys   bool
	Rights     access.Rights // knows the editor lists about this resource
	Editors    []string      // names of those that can edit it now
}

// AccessOf opens the Access tab of a resource; key "" while creating one. Who may not view Groups sees the groups they
// are a member of, who may not view API keys no keys (R10).
func (c *Console) AccessOf(ctx context.Context, by Caller, key access.DomainKey, resource string, query AccessQuery) (AccessTab, error) {
	tab := AccessTab{Domain: c.catalog.Domain(key), Rights: by.Rights}
	if tab.Domain == nil || !tab.Domain.Granular() {
		return tab, models.ErrNotFound
	}
	scope := c.scope(by)
	if err := c.openForAccess(ctx, scope, by, resource, &tab); err != nil {
		return tab, err
	}
	tab.SeesGroups = by.Rights.May(ViewGroups, 0)
	tab.SeesKeys = tab.SeesGroups && by.Rights.May(ViewAPIKeys, 0) && key != access.APIKeysDomain
	filter := tab.visible(by)
	filter.Page = query.Page
	var err error
	if tab.Listing, err = scope.AccessRows(ctx, key, tab.Resource.ID, filter); err != nil {
		return tab, err
	}
	if !tab.SeesGroups {
		return tab, nil
	}
	if tab.Counts, err = scope.CountLevels(ctx, key, tab.Resource.ID); err != nil {
		return tab, err
	}
	if !tab.SeesKeys {
		delete(tab.Counts, access.APIKey)
	}
	return tab, nil
}

// Sharable tells whether the viewer may decide about the resource: it needs edit on it (R10), or create while it is being
// added, not held through temporary access alone (R7).
func (tab AccessTab) Sharable() bool {
	if tab.Resource.ID == 0 {
		return tab.Rights.Granting().May(CreateIn(tab.Domain.Key), 0)
	}
	return maySharePermanently(tab.Rights, tab.Domain.Key, tab.Resource.ID)
}

func maySharePermanently(r access.Rights, d access.DomainKey, id access.ResourceID) bool {
	return r.Granting().May(EditIn(d), id)
}

func (c *Console) openForAccess(ctx context.Context, scope *models.Scope, by Caller, key string, tab *AccessTab) error {
	d := tab.Domain.Key
	if key == "" {
		if !by.Rights.May(CreateIn(d), 0) {
			return Forbidden{CreateIn(d)}
		}
		return nil
	}
	if !by.Rights.May(ViewIn(d), 0) {
		return Forbidden{ViewIn(d)}
	}
	var err error
	if tab.Resource, err = scope.Resource(ctx, d, key); err != nil {
		return err
	}
	tab.Rights, err = withRows(ctx, scope, by, d, []access.ResourceID{tab.Resource.ID})
	return err
}

// visible is the part of the Access tab that the viewer may see.
func (tab AccessTab) visible(by Caller) models.AccessFilter {
	filter := models.AccessFilter{}
	if !tab.SeesKeys {
		filter.Kind = access.Group
	}
	if !tab.SeesGroups {
		filter.OnlyGrantees = append([]access.GranteeID{}, by.Grantees()...)
	}
	return filter
}

// SetAccess saves a resource's Access tab: only what was submitted and differs is changed. Saving needs edit on the
// resource, not on the groups (R10). A grantee that somebody changed since the form was made is ErrConflict. When the
// caller would no longer be able to edit the resource and did not confirm it, the answer is LockOut.
func (c *Console) SetAccess(ctx context.Context, by Caller, key access.DomainKey, resource string, revision int64, choices []AccessChoice, confirmed bool) (changed int, err error) {
	domain := c.catalog.Domain(key)
	if domain == nil || !domain.Granular() {
		return 0, models.ErrNotFound
	}
	err = c.change(ctx, by, models.OpResourceAccessChanged, subject{Domain: key, Key: resource}, func(tx *Tx) error {
		r, err := tx.openResource(ctx, key, resource)
		if err != nil {
			return err
		}
		if !maySharePermanently(tx.By.Rights, key, r.ID) {
			return onlyThroughAccess(key, r.ID, access.Edit)
		}
		if revision != r.Revision {
			return models.ErrConflict
		}
		before, after, err := c.share(ctx, tx, domain, r, choices, false)
		if changed = len(after); err != nil || changed == 0 {
			return err
		}
		if err := tx.Touch(ctx, key, r.ID, revision, tx.By.Signature(), tx.At); err != nil {
			return err
		}
		tx.record(models.OpResourceAccessChanged, about(r), state{Access: before}, state{Access: after})
		return c.keepsEdit(ctx, tx.view, key, r.ID, confirmed)
	})
	return changed, err
}

// onlyThroughAccess refuses to give others what the caller holds through temporary access alone (R7).
func onlyThroughAccess(d access.DomainKey, id access.ResourceID, what access.Ability) TooHigh {
	return TooHigh{[]access.Excess{{Domain: d, Resource: id, Abilities: what}}}
}

// open finds a resource that the caller may edit, in the order of R15.
func (v *view) openResource(ctx context.Context, d access.DomainKey, key string) (models.Resource, error) {
	if err := v.must(ctx, ViewIn(d), 0); err != nil {
		return models.Resource{}, err
	}
	r, err := v.Resource(ctx, d, key)
	if err != nil {
		return models.Resource{}, err
	}
	return r, v.must(ctx, EditIn(d), r.ID)
}

// shareNew gives a resource just made its access: Edit for the Custom groups that the creator is in (R10), then what
// was chosen while creating. It returns who was given Edit, for the activity.
func (c *Console) shareNew(ctx context.Context, tx *Tx, domain *access.Domain, r models.Resource, choices []AccessChoice, confirmed bool) (given map[string]givenState, err error) {
	if !domain.Granular() {
		return nil, nil
	}
	if len(choices) > 0 && !tx.By.Rights.Granting().May(CreateIn(domain.Key), 0) {
		return nil, onlyThroughAccess(domain.Key, 0, access.Create)
	}
	chosen := map[string]bool{}
	for _, choice := range choices {
		chosen[ref(choice.Kind, choice.Key)] = true
	}
	for _, g := range tx.By.Rights.Grants(domain.Key) {
		if g.Via.Kind != access.Group || chosen[g.Via.Ref()] {
			continue
		}
		if domain.AccessDefault(g.Level, true) == (access.Choice{Level: access.LevelEdit}) {
			chosen[g.Via.Ref()] = true
			choices = append(choices, AccessChoice{Kind: access.Group, Key: g.Via.Key, Edit: true})
		}
	}
	if _, given, err = c.share(ctx, tx, domain, r, choices, true); err != nil {
		return nil, err
	}
	return given, c.keepsEdit(ctx, tx.view, domain.Key, r.ID, confirmed)
}

func ref(kind access.GranteeKind, key string) string {
	return access.Grantee{Kind: kind, Key: key}.Ref()
}

// share applies the choices that differ from what stands, and says by grantee what was and what is. Unless the resource
// is new, a grantee that is to change must be as the form saw it.
func (c *Console) share(ctx context.Context, tx *Tx, domain *access.Domain, r models.Resource, choices []AccessChoice, isNew bool) (before, after map[string]givenState, err error) {
	before, after = map[string]givenState{}, map[string]givenState{}
	rows, err := c.accessRows(ctx, tx.view, domain, r.ID, choices)
	if err != nil {
		return nil, nil, err
	}
	for _, choice := range choices {
		row, ok := rows[ref(choice.Kind, choice.Key)]
		if !ok {
			return nil, nil, models.ErrConflict // the group or key is gone since the form was made
		}
		now := domain.AccessChoice(levelOf(domain, row), row.Listed)
		same := !now.Fixed && (now.Level == access.LevelEdit) == choice.Edit
		if same && row.ListedTo == nil {
			continue
		}
		was, is, err := c.accessChange(ctx, tx.view, domain, r, row, choice.Edit, isNew)
		if err != nil {
			return nil, nil, err
		}
		if same && was.sameAs(is, c.catalog) { // else it stood until some moment, and is given for longer
			continue
		}
		if now.Fixed || !isNew && choice.Revision != row.Revision {
			return nil, nil, models.ErrConflict
		}
		if err := c.setAccess(ctx, tx, domain, r, row, was, is); err != nil {
			return nil, nil, err
		}
		name := row.Grantee.Ref()
		before[name] = accessState(row.Grantee, now.Level).until(was.Ends, r.ID)
		after[name] = accessState(row.Grantee, editOrView(choice.Edit)).until(is.Ends, r.ID)
	}
	return before, after, nil
}

func editOrView(edit bool) access.Level {
	if edit {
		return access.LevelEdit
	}
	return access.LevelView
}

// accessRows are the rows that the choices name. One that the caller may not see is refused, whether it exists or not.
func (c *Console) accessRows(ctx context.Context, v *view, domain *access.Domain, id access.ResourceID, choices []AccessChoice) (map[string]models.AccessRow, error) {
	keys := map[access.GranteeKind][]string{}
	for _, choice := range choices {
		keys[choice.Kind] = append(keys[choice.Kind], choice.Key)
	}
	if err := c.maySee(v, domain.Key, keys); err != nil {
		return nil, err
	}
	rows := map[string]models.AccessRow{}
	for kind, named := range keys {
		found, err := v.AccessRowsByKeys(ctx, domain.Key, id, kind, named)
		if err != nil {
			return nil, err
		}
		for _, row := range found {
			rows[row.Grantee.Ref()] = row
		}
	}
	return rows, nil
}

func (c *Console) maySee(v *view, d access.DomainKey, keys map[access.GranteeKind][]string) error {
	if len(keys[access.APIKey]) > 0 && (d == access.APIKeysDomain || !v.By.Rights.May(ViewAPIKeys, 0)) {
		return Forbidden{ViewAPIKeys}
	}
	if v.By.Rights.May(ViewGroups, 0) {
		return nil
	}
	if len(keys[access.APIKey]) > 0 {
		return Forbidden{ViewGroups}
	}
	own := map[string]bool{}
	for _, g := range v.By.Groups {
		own[g.Key] = true
	}
	for _, key := range keys[access.Group] {
		if !own[key] {
			return Forbidden{ViewGroups}
		}
	}
	return nil
}

// setAccess changes one grantee: View on all becomes Custom with this one resource (R10). The grantee's revision is
// raised, so that a Privileges tab opened before is refused.
func (c *Console) setAccess(ctx context.Context, tx *Tx, domain *access.Domain, r models.Resource, row models.AccessRow, before, after onDomain) error {
	id := row.Grantee.ID
	if err := tx.ReplacePrivileges(ctx, id, before.set(), after.set(), tx.At); err != nil {
		return fmt.Errorf("editor list of %s: %w", row.Grantee.Ref(), err)
	}
	c.recordGiven(tx, domain.Key, row.Grantee, before.Privilege, after.Privilege)
	if access.ResourceID(id) == r.ID && domain.Key == access.GroupsDomain {
		return nil // a group in its own editor list: its row is raised as the resource
	}
	return tx.Touch(ctx, kindDomain(row.Grantee.Kind), access.ResourceID(id), row.Revision, tx.By.Signature(), tx.At)
}

// recordGiven notes what an Access tab changed about a grantee, besides what it changed about the resource: level and
// editor list are the grantee's.
func (c *Console) recordGiven(tx *Tx, d access.DomainKey, g access.Grantee, before, after access.Privilege) {
	operation := models.OpGroupPrivilegesChanged
	if g.Kind == access.APIKey {
		operation = models.OpAPIKeyPrivilegesChanged
	}
	what := subject{ID: access.ResourceID(g.ID), Key: g.Key, Name: g.Name}
	tx.record(operation, what, state{Privileges: c.heldStates(access.PrivilegeSet{d: before})}, state{Privileges: c.heldStates(access.PrivilegeSet{d: after})})
}

func kindDomain(kind access.GranteeKind) access.DomainKey {
	if kind == access.APIKey {
		return access.APIKeysDomain
	}
	return access.GroupsDomain
}

// keepsEdit asks for confirmation when the caller, after this change, could not edit the resource any more (R10).
func (c *Console) keepsEdit(ctx context.Context, v *view, d access.DomainKey, id access.ResourceID, confirmed bool) error {
	if confirmed {
		return nil
	}
	by := v.By
	if err := c.resolve(ctx, v.Scope, &by); err != nil {
		return err
	}
	rights, err := withRows(ctx, v.Scope, by, d, []access.ResourceID{id})
	if err != nil || rights.May(EditIn(d), id) {
		return err
	}
	return LockOut{}
}
