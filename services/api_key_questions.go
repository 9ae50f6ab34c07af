package services

import (
	"context"
	"errors"

	"bailiwick/access"
	"bailiwick/models"
)

// What pages ask about an API key before something is done to it. Each refuses what the change itself would refuse.

// KeyRefusal says what keeps the caller from duplicating a key (R9).
type KeyRefusal struct {
	access.Refusal
	Giving []access.Excess // what keeps them from rotating, activating and prolonging it (R7)
}

// APIKeyActions is an API key with what keeps the caller from giving what it holds.
type APIKeyActions struct {
	APIKeyDetail
	Refusal KeyRefusal
}

// APIKeyActions finds what the caller may do with the key that a list has selected. No key is models.ErrNotFound, like one
// that is not there (any more).
func (c *Console) APIKeyActions(ctx context.Context, by Caller, key string) (APIKeyActions, error) {
	v := c.view(by)
	k, err := v.selectedAPIKey(ctx, key)
	if err != nil {
		return APIKeyActions{}, err
	}
	refusal, err := c.keyRefusal(ctx, v, k)
	if err != nil {
		return APIKeyActions{}, err
	}
	return APIKeyActions{k, refusal}, nil
}

func (v *view) selectedAPIKey(ctx context.Context, key string) (APIKeyDetail, error) {
	if key == "" && v.By.Rights.May(ViewAPIKeys, 0) {
		return APIKeyDetail{}, models.ErrNotFound
	}
	return v.apiKeyDetail(ctx, key)
}

// keyRefusal finds out what keeps the caller from giving a key. The zero value: nothing. Editing and adding keys at all are
// needs of their own.
func (c *Console) keyRefusal(ctx context.Context, v *view, k APIKeyDetail) (KeyRefusal, error) {
	if !k.Editable() && !v.By.Rights.May(CreateAPIKey, 0) {
		return KeyRefusal{}, nil
	}
	set, err := c.setOfKey(ctx, v, k.APIKey)
	if err != nil {
		return KeyRefusal{}, err
	}
	refused := KeyRefusal{Refusal: v.By.Rights.Duplicating(c.catalog, set)}
	var high TooHigh
	if errors.As(givable(v.By.Rights.Beyond(c.catalog, set, nil), k.ExpiresAt), &high) {
		refused.Giving = high.Excess
	}
	return refused, nil
}

// APIKeyDeletion opens a key that is about to be deleted. See DeleteAPIKey.
func (c *Console) APIKeyDeletion(ctx context.Context, by Caller, key string) (APIKeyDetail, error) {
	return c.view(by).editableAPIKey(ctx, key)
}

func (v *view) editableAPIKey(ctx context.Context, key string) (APIKeyDetail, error) {
	k, err := v.openAPIKey(ctx, key)
	if err != nil {
		return APIKeyDetail{}, err
	}
	return APIKeyDetail{k, v.console.catalog.Template(k.Template), v.By.Rights}, nil
}

// APIKeyRotation opens a key that is about to get a new secret. See RotateAPIKey.
func (c *Console) APIKeyRotation(ctx context.Context, by Caller, key string) (APIKeyDetail, error) {
	v := c.view(by)
	k, err := v.editableAPIKey(ctx, key)
	if err != nil {
		return APIKeyDetail{}, err
	}
	refusal, err := c.keyRefusal(ctx, v, k)
	if err != nil {
		return APIKeyDetail{}, err
	}
	if len(refusal.Giving) > 0 {
		return APIKeyDetail{}, TooHigh{refusal.Giving}
	}
	return k, nil
}

// APIKeyDuplication opens a key that is about to be copied. See DuplicateAPIKey.
func (c *Console) APIKeyDuplication(ctx context.Context, by Caller, key string) (APIKeyDuplication, error) {
	v := c.view(by)
	k, err := v.apiKeyDetail(ctx, key)
	if err != nil {
		return APIKeyDuplication{}, err
	}
	if err := v.must(ctx, CreateAPIKey, 0); err != nil {
		return APIKeyDuplication{}, err
	}
	refusal, err := c.keyRefusal(ctx, v, k)
	if err != nil {
		return APIKeyDuplication{}, err
	}
	if !refusal.Allowed() {
		return APIKeyDuplication{}, NotDuplicable{refusal.Refusal}
	}
	set, err := c.setOfKey(ctx, v, k.APIKey)
	if err != nil {
		return APIKeyDuplication{}, err
	}
	ends, _ := v.endOfCopy(k.APIKey, set)
	copied, err := c.duplication(ctx, v, c.catalog.Domain(access.APIKeysDomain), k.Resource)
	return APIKeyDuplication{copied, ends, k.ExpiresAt != nil && ends.Equal(*k.ExpiresAt)}, err
}
