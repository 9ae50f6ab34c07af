package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// APIKeyChange replaces the configuration of an API key.
type APIKeyChange struct {
	Revision int64 // of the key as it was read; an older one is ErrConflict
	APIKeyConfiguration
}

// UpdateAPIKey saves the configuration of a key. Making it last longer, or loosening what its addresses restrict, gives anew
// all that it holds (R7); a refusal is AtField. Fields of errors are those of the configuration.
func (c *Console) UpdateAPIKey(ctx context.Context, by Caller, key string, change APIKeyChange) error {
	domain := c.catalog.Domain(access.APIKeysDomain)
	return c.change(ctx, by, models.OpAPIKeyUpdated, subject{Key: key}, func(tx *Tx) error {
		k, err := tx.openAPIKey(ctx, key)
		if err != nil {
			return err
		}
		before, stood := keyState(k), k
		if err := tx.fillKey(ctx, domain, &k, change.APIKeyConfiguration); err != nil {
			return err
		}
		if err := c.mayLoosen(ctx, tx.view, stood, k); err != nil {
			return err
		}
		unchanged := keyState(k) == before
		if unchanged && k.Revision == change.Revision {
			return nil
		}
		k.Revision = change.Revision
		return tx.updateAPIKey(ctx, models.OpAPIKeyUpdated, k, before)
	})
}

// updateAPIKey stores the configuration of a key, and records it under the operation.
func (tx *Tx) updateAPIKey(ctx context.Context, operation models.Operation, k models.APIKey, before apiKeyState) error {
	if err := tx.saveAPIKey(ctx, &k, "name", "description", "expires_at", "allow", "deny", "enabled"); err != nil {
		return err
	}
	tx.record(operation, about(k.Resource), before, keyState(k))
	return nil
}

// mayLoosen refuses to loosen a restriction of a key to who can't give all that it holds (R7, R11). Tightening is free.
func (c *Console) mayLoosen(ctx context.Context, v *view, before, after models.APIKey) error {
	field := loosened(before, after)
	if field == "" {
		return nil
	}
	if err := c.mayGiveKey(ctx, v, after); err != nil {
		return AtField{Field: field, Cause: err}
	}
	return nil
}

// loosened is the first field that lets a key be used at a time or from an address where it could not be used before; "" if
// there is none.
func loosened(before, after models.APIKey) string {
	switch {
	case prolongs(before.ExpiresAt, after.ExpiresAt):
		return "Expires"
	case admitsMore(before.Allow, after.Allow):
		return "Allow"
	case !covers(after.Deny, before.Deny):
		return "Deny"
	}
	return ""
}

// KeepDays is how many days at most the secret before a rotation still opens.
const KeepDays = 30

// Rotation is how a key is given a new secret.
type Rotation struct {
	Once     string // the form's token, from NewFormToken
	Revision int64  // of the key as the form was made; an older one is ErrConflict
	Keep     int    // days that the old secret still opens, 0 to KeepDays; that is the field of errors
}

// RotateAPIKey gives a key a new secret and returns it. A secret kept from an earlier rotation ends at once. Whoever
// gets the secret can do all that the key can (R7). A form that was sent before is ErrFormSent.
func (c *Console) RotateAPIKey(ctx context.Context, by Caller, key string, r Rotation) (IssuedKey, error) {
	var issued IssuedKey
	err := c.change(ctx, by, models.OpAPIKeySecretRotated, subject{Key: key}, func(tx *Tx) error {
		k, err := tx.openAPIKey(ctx, key)
		if err != nil {
			return err
		}
		if err := tx.sendForm(ctx, r.Once); err != nil {
			return err
		}
		if err := c.mayGiveKey(ctx, tx.view, k); err != nil {
			return err
		}
		if r.Keep < 0 || r.Keep > KeepDays {
			return invalid("Keep", "Keep the old secret for 0 to "+words.Days.Count(KeepDays)+".")
		}
		k.Revision = r.Revision
		secret := issue(&k, tx.At, time.Duration(r.Keep)*24*time.Hour)
		if err := tx.saveAPIKey(ctx, &k, "public_id", "secret_hash", "last_four", "previous_hash", "previous_until"); err != nil {
			return err
		}
		issued = IssuedKey{k, secret}
		tx.record(models.OpAPIKeySecretRotated, about(k.Resource), nil, rotationState{moment(k.PreviousUntil)})
		return nil
	})
	if err != nil {
		return IssuedKey{}, err
	}
	return issued, nil
}

// rotationState is what an activity keeps of a rotation: nothing of the secrets.
type rotationState struct {
	OldSecretUntil string `json:"old_secret_until,omitempty"`
}
