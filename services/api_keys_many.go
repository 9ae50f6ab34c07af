package services

import (
	"context"
	"errors"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// APIKeysAction is what can be done to many API keys at once.
type APIKeysAction string

// The actions.
const (
	ActivateKeys   APIKeysAction = "activate"
	DeactivateKeys APIKeysAction = "deactivate"
	ExtendKeys     APIKeysAction = "extend"
)

// apiKeysActions are what each is recorded as, and what of a key it changes.
var apiKeysActions = map[APIKeysAction]struct {
	operation models.Operation
	column    string
	change    func(k *models.APIKey, ends *time.Time)
}{
	ActivateKeys:   {models.OpAPIKeyActivated, "enabled", func(k *models.APIKey, _ *time.Time) { k.Enabled = true }},
	DeactivateKeys: {models.OpAPIKeyDeactivated, "enabled", func(k *models.APIKey, _ *time.Time) { k.Enabled = false }},
	ExtendKeys:     {models.OpAPIKeyUpdated, "expires_at", func(k *models.APIKey, ends *time.Time) { k.ExpiresAt = ends }},
}

// Why a key is left out that the caller may edit.
var (
	ErrKeyActive   = errors.New("the API key is already active")
	ErrKeyInactive = errors.New("the API key is already deactivated")
	ErrKeyLasts    = errors.New("the API key already lasts as long")
)

// APIKeysChosen is a selection in the list of API keys.
type APIKeysChosen = Chosen[string, APIKeyQuery]

// ManyAPIKeys is a selection of API keys, and what the caller may do with them.
type ManyAPIKeys struct {
	Keys     []models.APIKey // by name, or with All in the order of the list
	Matching int             // keys that the list's filter finds; above MaxMany nobody counts further
	Actions  map[APIKeysAction]Many[models.APIKey]
}

// ManyAPIKeys tells what the caller may do with a selection. Extend is judged without an end: what could last longer at all.
func (c *Console) ManyAPIKeys(ctx context.Context, by Caller, chosen APIKeysChosen) (ManyAPIKeys, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewAPIKeys, 0); err != nil {
		return ManyAPIKeys{}, err
	}
	keys, matching, err := v.chosenKeys().counted(ctx, chosen)
	if err != nil {
		return ManyAPIKeys{}, err
	}
	rights, err := c.rightsOnKeys(ctx, v, keys)
	if err != nil {
		return ManyAPIKeys{}, err
	}
	many := ManyAPIKeys{Keys: keys, Matching: matching, Actions: map[APIKeysAction]Many[models.APIKey]{}}
	for action := range apiKeysActions {
		many.Actions[action] = rights.judge(keys, action, nil)
	}
	return many, nil
}

// ReviewAPIKeys says to which of a selection an action can be done; ends is until when keys are extended. Field of errors: Expires.
func (c *Console) ReviewAPIKeys(ctx context.Context, by Caller, action APIKeysAction, chosen APIKeysChosen, ends *time.Time) (Many[models.APIKey], error) {
	v := c.view(by)
	if err := v.must(ctx, ViewAPIKeys, 0); err != nil {
		return Many[models.APIKey]{}, err
	}
	ends, err := v.endFor(action, ends)
	if err != nil {
		return Many[models.APIKey]{}, err
	}
	return judgeSelection(ctx, v.chosenKeys(), chosen, func(ctx context.Context, keys []models.APIKey) (Many[models.APIKey], error) {
		rights, err := c.rightsOnKeys(ctx, v, keys)
		return rights.judge(keys, action, ends), err
	})
}

// endFor is until when an action extends keys, judged as an end that is chosen for one key (R11); nil for the others.
func (v *view) endFor(action APIKeysAction, ends *time.Time) (*time.Time, error) {
	if action != ExtendKeys {
		return nil, nil
	}
	return v.ending(&models.APIKey{}, APIKeyConfiguration{Expires: ends})
}

// DoWithAPIKeys does it to all of the keys in one change, or to none. Activating and extending count as giving all that a key holds (R7).
// Overtaken where it can't be done to all any more. Fields of errors: Keys, Expires.
func (c *Console) DoWithAPIKeys(ctx context.Context, by Caller, action APIKeysAction, keys []string, ends *time.Time) error {
	a, rights := apiKeysActions[action], rightsOnKeys{}
	return changeMany(ctx, c, by, keys, changeOfMany[string, models.APIKey]{
		operation: a.operation, field: "Keys", of: words.APIKeys, most: MaxMany,
		may: func(tx *Tx) error { return tx.must(ctx, ViewAPIKeys, 0) },
		judge: func(tx *Tx, keys []string) (Many[models.APIKey], error) {
			return judgeSelection(ctx, tx.chosenKeys(), APIKeysChosen{Keys: keys}, func(ctx context.Context, found []models.APIKey) (Many[models.APIKey], error) {
				var err error
				rights, err = c.rightsOnKeys(ctx, tx.view, found)
				return rights.judge(found, action, nil), err
			})
		},
		weigh: func(tx *Tx, many Many[models.APIKey]) (Many[models.APIKey], error) {
			var err error
			ends, err = tx.endFor(action, ends)
			return rights.judge(many.rows(), action, ends), err
		},
		do: func(tx *Tx, keys []models.APIKey) error { return tx.changeKeys(ctx, action, keys, ends) },
	})
}

// changeKeys does an action to API keys.
func (tx *Tx) changeKeys(ctx context.Context, action APIKeysAction, keys []models.APIKey, ends *time.Time) error {
	a := apiKeysActions[action]
	ids := make([]access.ResourceID, len(keys))
	for i, k := range keys {
		before := keyState(k)
		a.change(&k, ends)
		tx.record(a.operation, about(k.Resource), before, keyState(k))
		ids[i] = k.ID
	}
	changed := models.APIKey{Resource: models.Resource{ModifiedAt: tx.At, ModifiedBy: tx.By.Signature()}}
	a.change(&changed, ends)
	return tx.UpdateAPIKeys(ctx, ids, changed, a.column)
}

// chosenKeys are where a selection of API keys is read from.
func (v *view) chosenKeys() chosenIn[string, APIKeyQuery, models.APIKey] {
	return chosenIn[string, APIKeyQuery, models.APIKey]{v.apiKeysMatching, v.APIKeysByKeys, func(k models.APIKey) string { return k.Key }}
}

// apiKeysMatching are the keys that the filter finds, one more than MaxMany at most.
func (v *view) apiKeysMatching(ctx context.Context, query APIKeyQuery) (matching[models.APIKey], error) {
	filter := models.APIKeyFilter{Page: models.Page{Query: query.Query, Sort: query.Sort, Limit: MaxMany + 1}, Status: query.Status, At: v.At, Unused: query.Unused.By(v.At)}
	return firstMatching(func(after string) (models.Listing[models.APIKey], error) {
		filter.After = after
		return v.APIKeys(ctx, filter)
	})
}

// rightsOnKeys is all that it takes to judge each of several API keys.
type rightsOnKeys struct {
	edits  map[access.ResourceID]bool
	beyond map[access.ResourceID][]access.Excess // what of all that a key holds the caller can't give, or not for good
}

// rightsOnKeys are read in as many statements as there are domains with editor lists, however many keys there are.
func (c *Console) rightsOnKeys(ctx context.Context, v *view, keys []models.APIKey) (rights rightsOnKeys, _ error) {
	var ids []access.ResourceID
	var grantees []access.GranteeID
	for _, k := range keys {
		ids, grantees = append(ids, k.ID), append(grantees, access.GranteeID(k.ID))
	}
	var err error
	if rights.edits, err = v.mayAmong(ctx, EditAPIKey, ids); err != nil {
		return rights, err
	}
	sets, err := v.SetsOf(ctx, grantees)
	if err != nil {
		return rights, err
	}
	listed := map[access.DomainKey][]access.ResourceID{}
	for _, k := range keys {
		set := c.catalog.Template(k.Template).Held(c.catalog, sets[access.GranteeID(k.ID)])
		sets[access.GranteeID(k.ID)] = set
		for d, p := range set {
			listed[d] = append(listed[d], p.Editors...)
		}
	}
	for d, resources := range listed {
		if err := v.learn(ctx, d, distinct(resources)...); err != nil {
			return rights, err
		}
	}
	rights.beyond = map[access.ResourceID][]access.Excess{}
	for _, k := range keys {
		rights.beyond[k.ID] = v.By.Rights.Beyond(c.catalog, sets[access.GranteeID(k.ID)], nil)
	}
	return rights, nil
}

// judge tells to which of the keys an action can be done, as SetAPIKeyEnabled and UpdateAPIKey judge it for one. Without an end, extending
// is judged by whether the caller could make the key last longer at all.
func (r rightsOnKeys) judge(keys []models.APIKey, action APIKeysAction, ends *time.Time) Many[models.APIKey] {
	return judgeEach(keys, func(k *models.APIKey) error {
		switch {
		case !r.edits[k.ID]:
			return Forbidden{EditAPIKey}
		case action == ActivateKeys && k.Enabled:
			return ErrKeyActive
		case action == DeactivateKeys && !k.Enabled:
			return ErrKeyInactive
		case action == ExtendKeys && (k.ExpiresAt == nil || ends != nil && !ends.After(*k.ExpiresAt)):
			return ErrKeyLasts
		case action == ActivateKeys:
			return givable(r.beyond[k.ID], k.ExpiresAt)
		case action == ExtendKeys && ends == nil:
			if missing, _ := access.Lacking(r.beyond[k.ID]); len(missing) > 0 {
				return TooHigh{missing}
			}
			return nil
		case action == ExtendKeys:
			return givable(r.beyond[k.ID], ends)
		}
		return nil
	})
}
