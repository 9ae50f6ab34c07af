package services

import (
	"context"

	"bailiwick/access"
	"bailiwick/models"
)

// APIKeyList is a page of API keys with all that its rows and their actions need.
type APIKeyList struct {
	models.Listing[models.APIKey]
	Rights   access.Rights // knows the editor lists about these rows
	Total    int           // keys in the organization
	Expiring int           // of them, those that end within models.KeyWarning
}

// APIKeyQuery asks for one page of the API keys. Columns to sort by: name, created, expires, used.
type APIKeyQuery struct {
	models.Page
	Status models.KeyStatus // "" = all
	Unused UnusedFor
	Only   []string // these keys alone, in one page, whatever else is asked; nil: all
}

// APIKeys lists API keys: four statements, however many there are.
func (c *Console) APIKeys(ctx context.Context, by Caller, query APIKeyQuery) (APIKeyList, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewAPIKeys, 0); err != nil {
		return APIKeyList{}, err
	}
	list := APIKeyList{}
	var err error
	if query.Only != nil {
		list.Listing, err = v.chosenKeys().alone(ctx, query.Only)
	} else {
		list.Listing, err = v.APIKeys(ctx, models.APIKeyFilter{Page: query.Page, Status: query.Status, At: v.At, Unused: query.Unused.By(v.At)})
	}
	if err != nil {
		return APIKeyList{}, err
	}
	if list.Total, err = total(ctx, v.Scope, access.APIKeysDomain); err != nil {
		return APIKeyList{}, err
	}
	if list.Expiring, err = v.ExpiringAPIKeys(ctx, v.At); err != nil {
		return APIKeyList{}, err
	}
	ids := make([]access.ResourceID, len(list.Rows))
	for i, k := range list.Rows {
		ids[i] = k.ID
	}
	if err := v.learn(ctx, access.APIKeysDomain, ids...); err != nil {
		return APIKeyList{}, err
	}
	list.Rights = v.By.Rights
	return list, nil
}

// APIKeyDetail is one API key with the caller's rights on it.
type APIKeyDetail struct {
	models.APIKey
	Template *access.KeyTemplate // nil where the key was made without one, or the catalogue no longer has it
	Rights   access.Rights
}

// Editable tells whether the caller may edit the key.
func (k APIKeyDetail) Editable() bool { return k.Rights.May(EditAPIKey, k.ID) }

// APIKey opens one API key. Without view on API keys the key is not even looked up (R15).
func (c *Console) APIKey(ctx context.Context, by Caller, key string) (APIKeyDetail, error) {
	return c.view(by).apiKeyDetail(ctx, key)
}

func (v *view) apiKeyDetail(ctx context.Context, key string) (APIKeyDetail, error) {
	if err := v.must(ctx, ViewAPIKeys, 0); err != nil {
		return APIKeyDetail{}, err
	}
	k, err := v.APIKey(ctx, key)
	if err != nil {
		return APIKeyDetail{}, err
	}
	if err := v.learn(ctx, access.APIKeysDomain, k.ID); err != nil {
		return APIKeyDetail{}, err
	}
	return APIKeyDetail{k, v.console.catalog.Template(k.Template), v.By.Rights}, nil
}

// openAPIKey finds a key that the caller may edit, in the order of R15.
func (v *view) openAPIKey(ctx context.Context, key string) (models.APIKey, error) {
	if err := v.must(ctx, ViewAPIKeys, 0); err != nil {
		return models.APIKey{}, err
	}
	k, err := v.APIKey(ctx, key)
	if err != nil {
		return models.APIKey{}, err
	}
	if err := v.must(ctx, EditAPIKey, k.ID); err != nil {
		return models.APIKey{}, err
	}
	return k, nil
}

// saveAPIKey writes the named columns and who changed them when; a stale revision is ErrConflict.
func (tx *Tx) saveAPIKey(ctx context.Context, k *models.APIKey, columns ...string) error {
	k.ModifiedAt, k.ModifiedBy = tx.At, tx.By.Signature()
	return tx.UpdateAPIKey(ctx, k, columns...)
}

// setOfKey is all that a key holds by its template (R11), with editor lists, and makes the caller's rights know the same resources.
func (c *Console) setOfKey(ctx context.Context, v *view, k models.APIKey) (access.PrivilegeSet, error) {
	set, err := v.PrivilegesOf(ctx, access.GranteeID(k.ID))
	if err != nil {
		return nil, err
	}
	set = c.catalog.Template(k.Template).Held(c.catalog, set)
	if err := v.learnLists(ctx, set); err != nil {
		return nil, err
	}
	return set, nil
}

// mayGiveKey refuses a caller who does not hold everything that the key holds, for as long as the key lasts. Anyone who gets its
// secret, switches it on, makes it last longer or loosens another of its restrictions gives all of that (R7).
func (c *Console) mayGiveKey(ctx context.Context, v *view, k models.APIKey) error {
	set, err := c.setOfKey(ctx, v, k)
	if err != nil {
		return err
	}
	return givable(v.By.Rights.Beyond(c.catalog, set, nil), k.ExpiresAt)
}

// SetAPIKeyEnabled activates or deactivates a key. Its name is returned.
func (c *Console) SetAPIKeyEnabled(ctx context.Context, by Caller, key string, enabled bool) (string, error) {
	operation := models.OpAPIKeyDeactivated
	if enabled {
		operation = models.OpAPIKeyActivated
	}
	var name string
	err := c.change(ctx, by, operation, subject{Key: key}, func(tx *Tx) error {
		k, err := tx.openAPIKey(ctx, key)
		if err != nil {
			return err
		}
		name = k.Name
		if enabled {
			if err := c.mayGiveKey(ctx, tx.view, k); err != nil {
				return err
			}
		}
		if k.Enabled == enabled {
			return nil
		}
		before := keyState(k)
		k.Enabled = enabled
		return tx.updateAPIKey(ctx, operation, k, before)
	})
	if err != nil {
		return "", err
	}
	return name, nil
}

// DeleteAPIKey ends a key and everything it holds. Its secrets open nothing from then on. Its name is returned.
func (c *Console) DeleteAPIKey(ctx context.Context, by Caller, key string) (string, error) {
	var name string
	err := c.change(ctx, by, models.OpAPIKeyDeleted, subject{Key: key}, func(tx *Tx) error {
		k, err := tx.openAPIKey(ctx, key)
		if err != nil {
			return err
		}
		name = k.Name
		return c.endAPIKey(ctx, tx, k)
	})
	if err != nil {
		return "", err
	}
	return name, nil
}

// endAPIKey ends a key, which its activity keeps as a whole.
func (c *Console) endAPIKey(ctx context.Context, tx *Tx, k models.APIKey) error {
	set, err := tx.PrivilegesOf(ctx, access.GranteeID(k.ID))
	if err != nil {
		return err
	}
	before := wholeKey{apiKeyState: keyState(k), Privileges: c.heldStates(set)}
	if before.Access, err = tx.listedState(ctx, k.Resource); err != nil {
		return err
	}
	if err := tx.EndResource(ctx, access.APIKeysDomain, k.ID, tx.At); err != nil {
		return err
	}
	tx.record(models.OpAPIKeyDeleted, about(k.Resource), before, nil)
	return nil
}

// wholeKey is what an activity keeps of a key that comes or goes.
type wholeKey struct {
	apiKeyState
	Privileges map[string]heldState  `json:"privileges,omitempty"`
	Access     map[string]givenState `json:"access,omitempty"`
}

func (k wholeKey) held() map[string]heldState { return k.Privileges }

func keyState(k models.APIKey) apiKeyState {
	return apiKeyState{Name: k.Name, Description: k.Description, Template: k.Template, Status: storedStatus(k), Expires: moment(k.ExpiresAt),
		Allow: set(k.Allow), Deny: set(k.Deny)}
}
