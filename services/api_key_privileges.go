package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// APIKeyPrivileges opens an API key's Privileges tab; key "" while adding one from a template. See GroupPrivileges.
func (c *Console) APIKeyPrivileges(ctx context.Context, by Caller, key, template string, pages map[access.DomainKey]ListQuery) (PrivilegesTab, error) {
	tab := PrivilegesTab{Kind: access.APIKey, Stored: access.PrivilegeSet{}, Template: c.catalog.Template(template)}
	scope := c.scope(by)
	if key == "" {
		if !by.Rights.May(CreateAPIKey, 0) {
			return tab, Forbidden{CreateAPIKey}
		}
		return tab, c.addLists(ctx, scope, by, pages, nil, &tab)
	}
	k, err := c.APIKey(ctx, by, key)
	if err != nil {
		return tab, err
	}
	tab.APIKey, tab.Template = k, k.Template
	id := access.GranteeID(k.ID)
	sets, err := scope.LevelsOf(ctx, []access.GranteeID{id})
	if err != nil {
		return tab, err
	}
	tab.Stored = tab.Template.Within(c.catalog, sets[id])
	lengths, err := scope.ListLengths(ctx, id)
	if err != nil {
		return tab, err
	}
	return tab, c.addLists(ctx, scope, by, pages, lengths, &tab)
}

// errTemplate says that a key's template decides what it may do.
var errTemplate = invalid("Template", "The template decides what this key may do.")

// SetAPIKeyPrivileges replaces what a key holds, where its template leaves that to be chosen. See SetPrivileges.
func (c *Console) SetAPIKeyPrivileges(ctx context.Context, by Caller, key string, revision int64, wanted Wanted) (draft Draft, err error) {
	err = c.change(ctx, by, models.OpAPIKeyPrivilegesChanged, subject{Key: key}, func(tx *Tx) error {
		k, err := tx.openAPIKey(ctx, key)
		if err != nil {
			return err
		}
		template := c.catalog.Template(k.Template)
		if !template.Chosen() {
			return errTemplate
		}
		if revision != k.Revision {
			return models.ErrConflict
		}
		h := holder{id: access.GranteeID(k.ID), isKey: true, template: template}
		if draft, err = c.replace(ctx, tx, h, wanted); err != nil || len(draft.Differences(c.catalog)) == 0 {
			return err
		}
		tx.record(models.OpAPIKeyPrivilegesChanged, about(k.Resource), state{Privileges: c.heldStates(draft.stood())}, state{Privileges: c.heldStates(draft.After)})
		return tx.Touch(ctx, access.APIKeysDomain, k.ID, revision, tx.By.Signature(), tx.At)
	})
	return draft, err
}
