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
	ErrKeyActive   = errors.New("the API key is active already")
	ErrKeyInactive = errors.New("the API key is deactivated already")
	ErrKeyLasts    = errors.New("the API key lasts as long already")
)

// APIKeysChosen is a selection in the list of API keys: some by key, or with All the first that the list's filter finds, MaxMany at most.
type APIKeysChosen struct {
	Keys   []string
	All    bool
	Filter APIKeyQuery
}

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
	matching, err := v.apiKeysMatching(ctx, chosen.Filter)
	if err != nil {
		return ManyAPIKeys{}, err
	}
	picked, err := c.pickedKeys(ctx, v, chosen)
	if err != nil {
		return ManyAPIKeys{}, err
	}
	many := ManyAPIKeys{Keys: picked.keys, Matching: len(matching), Actions: map[APIKeysAction]Many[models.APIKey]{}}
	for action := range apiKeysActions {
		many.Actions[action] = picked.judge(action, nil)
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
	picked, err := c.pickedKeys(ctx, v, chosen)
	if err != nil {
		return Many[models.APIKey]{}, err
	}
	return picked.judge(action, ends), nil
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
	a := apiKeysActions[action]
	keys = distinct(keys)
	return c.change(ctx, by, a.operation, subject{Name: words.APIKeys.Count(len(keys))}, func(tx *Tx) error {
		if err := tx.must(ctx, ViewAPIKeys, 0); err != nil {
			return err
		}
		if err := fewEnough("Keys", len(keys), words.APIKeys); err != nil {
			return err
		}
		picked, err := c.pickedKeys(ctx, tx.view, APIKeysChosen{Keys: keys})
		if err != nil {
			return err
		}
		if err := picked.judge(action, nil).confirmed(); err != nil {
			return err // who may not is told that, whatever is wrong with the end
		}
		if ends, err = tx.endFor(action, ends); err != nil {
			return err
		}
		if err := picked.judge(action, ends).confirmed(); err != nil {
			return err
		}
		ids := make([]access.ResourceID, len(picked.keys))
		changed := models.APIKey{Resource: models.Resource{ModifiedAt: tx.At, ModifiedBy: tx.By.Signature()}}
		a.change(&changed, ends)
		for i, k := range picked.keys {
			before := keyState(k)
			a.change(&k, ends)
			tx.record(a.operation, about(k.Resource), before, keyState(k))
			ids[i] = k.ID
		}
		return tx.UpdateAPIKeys(ctx, ids, changed, a.column)
	})
}

// apiKeysMatching are the keys that the filter finds, one more than MaxMany at most.
func (v *view) apiKeysMatching(ctx context.Context, query APIKeyQuery) ([]models.APIKey, error) {
	filter := models.APIKeyFilter{Page: models.Page{Query: query.Query, Sort: query.Sort, Limit: MaxMany + 1}, Status: query.Status, At: v.At, Unused: query.Unused.by(v.At)}
	return firstMatching(func(after string) (models.Listing[models.APIKey], error) {
		filter.After = after
		return v.APIKeys(ctx, filter)
	})
}

// pickedKeys are the keys of a selection, with all that it takes to judge each of them.
type pickedKeys struct {
	keys   []models.APIKey
	gone   int // of those that were chosen are there no more
	edits  map[access.ResourceID]bool
	beyond map[access.ResourceID][]access.Excess // what of all that a key holds the caller can't give, or not for good
}

// pickedKeys reads them in as many statements as there are domains with editor lists, however many keys there are.
func (c *Console) pickedKeys(ctx context.Context, v *view, chosen APIKeysChosen) (pickedKeys, error) {
	picked, err := v.chosenKeys(ctx, chosen)
	if err != nil {
		return picked, err
	}
	var ids []access.ResourceID
	var grantees []access.GranteeID
	for _, k := range picked.keys {
		ids, grantees = append(ids, k.ID), append(grantees, access.GranteeID(k.ID))
	}
	if picked.edits, err = v.mayAmong(ctx, EditAPIKey, ids); err != nil {
		return picked, err
	}
	sets, err := v.SetsOf(ctx, grantees)
	if err != nil {
		return picked, err
	}
	listed := map[access.DomainKey][]access.ResourceID{}
	for _, k := range picked.keys {
		set := c.catalog.Template(k.Template).Held(c.catalog, sets[access.GranteeID(k.ID)])
		sets[access.GranteeID(k.ID)] = set
		for d, p := range set {
			listed[d] = append(listed[d], p.Editors...)
		}
	}
	for d, resources := range listed {
		if err := v.learn(ctx, d, distinct(resources)...); err != nil {
			return picked, err
		}
	}
	picked.beyond = map[access.ResourceID][]access.Excess{}
	for _, k := range picked.keys {
		picked.beyond[k.ID] = v.By.Rights.Beyond(c.catalog, sets[access.GranteeID(k.ID)], nil)
	}
	return picked, nil
}

func (v *view) chosenKeys(ctx context.Context, chosen APIKeysChosen) (pickedKeys, error) {
	if chosen.All {
		matching, err := v.apiKeysMatching(ctx, chosen.Filter)
		return pickedKeys{keys: matching[:min(len(matching), MaxMany)]}, err
	}
	keys := distinct(chosen.Keys)
	found, err := v.APIKeysByKeys(ctx, keys)
	return pickedKeys{keys: found, gone: len(keys) - len(found)}, err
}

// judge tells to which of the keys an action can be done, as SetAPIKeyEnabled and UpdateAPIKey judge it for one. Without an end, extending
// is judged by whether the caller could make the key last longer at all.
func (p pickedKeys) judge(action APIKeysAction, ends *time.Time) Many[models.APIKey] {
	many := Many[models.APIKey]{Gone: p.gone}
	for _, k := range p.keys {
		outcome := Outcome[models.APIKey]{Row: k}
		switch {
		case !p.edits[k.ID]:
			outcome.Why = Forbidden{EditAPIKey}
		case action == ActivateKeys && k.Enabled:
			outcome.Why = ErrKeyActive
		case action == DeactivateKeys && !k.Enabled:
			outcome.Why = ErrKeyInactive
		case action == ExtendKeys && (k.ExpiresAt == nil || ends != nil && !ends.After(*k.ExpiresAt)):
			outcome.Why = ErrKeyLasts
		case action == ActivateKeys:
			outcome.Why = givable(p.beyond[k.ID], k.ExpiresAt)
		case action == ExtendKeys && ends == nil:
			if missing, _ := access.Lacking(p.beyond[k.ID]); len(missing) > 0 {
				outcome.Why = TooHigh{missing}
			}
		case action == ExtendKeys:
			outcome.Why = givable(p.beyond[k.ID], ends)
		}
		many.Outcomes = append(many.Outcomes, outcome)
	}
	return many
}
