package services

import (
	"context"
	"errors"
	"fmt"
	"math"

	"bailiwick/models"
	"bailiwick/services/credential"
	"bailiwick/words"
)

// secretsBatch is how many secrets are encrypted in one transaction beside everything else that goes on.
const secretsBatch = 200

// SealSecrets encrypts what is not encrypted with the key that counts. It is for whenever the console starts and now and then
// afterwards: once all are, it costs a look at the key's ID, until whole says to look through all again. Several instances
// may do it at once. ErrNoSecretKey where there are secrets and this instance does not have the key, or lacks one that some of
// them still need.
func (c *Console) SealSecrets(ctx context.Context, whole bool) error {
	key, err := c.currentKey(ctx)
	if errors.Is(err, ErrNoSecretKey) {
		return c.keyless(ctx, err)
	}
	if err != nil || !whole && c.secrets.isDone(key.ID()) {
		return err
	}
	left, err := c.store.TOTPSecrets(ctx, credential.SealedBy(key.ID()), 0, 1)
	if err != nil {
		return err
	}
	if len(left) == 0 { // found without a place among the writers
		c.secrets.done(key.ID())
		return nil
	}
	return c.sealRest(ctx, key)
}

// keyless is the cause where any secret is stored: without one nobody misses the key.
func (c *Console) keyless(ctx context.Context, cause error) error {
	stored, err := c.store.TOTPSecrets(ctx, credential.SealedBy("none"), 0, 1)
	if err != nil || len(stored) == 0 {
		return err
	}
	return cause
}

// sealRest goes through the secrets that are not encrypted with a key, batch by batch.
func (c *Console) sealRest(ctx context.Context, key credential.SecretKey) error {
	var lost unread
	for after := models.AccountID(0); ; {
		batch, err := c.sealBatch(ctx, key, after, &lost)
		if errors.Is(err, models.ErrConflict) {
			return nil // another key meanwhile: the next turn does it
		}
		if err != nil {
			return err
		}
		if len(batch) < secretsBatch {
			break
		}
		after = batch[len(batch)-1].AccountID
	}
	if lost.secrets == 0 {
		c.secrets.done(key.ID())
	}
	return lost.err()
}

// sealBatch encrypts the next secrets after those of an account, in a transaction of its own, and returns them as they were.
// models.ErrConflict where another key counts meanwhile.
func (c *Console) sealBatch(ctx context.Context, key credential.SecretKey, after models.AccountID, lost *unread) ([]models.StoredSecret, error) {
	var batch []models.StoredSecret
	err := c.store.Tx(ctx, func(tx *models.Store) error {
		now, err := tx.HoldSecretKey(ctx)
		if err != nil {
			return err
		}
		if now != key.ID() {
			return models.ErrConflict
		}
		if batch, err = tx.TOTPSecrets(ctx, credential.SealedBy(key.ID()), after, secretsBatch); err != nil {
			return err
		}
		return c.sealAgain(ctx, tx, key, batch, lost)
	})
	if err != nil {
		return nil, err
	}
	return batch, nil
}

// unread counts stored secrets that can't be read.
type unread struct {
	secrets int
	why     error // of the last
}

func (u unread) err() error {
	if u.secrets == 0 {
		return nil
	}
	return fmt.Errorf("%s can’t be read: %w", words.Secrets.Count(u.secrets), u.why)
}

// sealAgain encrypts stored secrets with a key. Those that can't be read stay.
func (c *Console) sealAgain(ctx context.Context, tx *models.Store, key credential.SecretKey, batch []models.StoredSecret, lost *unread) error {
	for _, stored := range batch {
		secret, err := c.totpSecret(models.Person{AccountID: stored.AccountID, TOTPSecret: stored.Secret})
		if err != nil {
			lost.secrets, lost.why = lost.secrets+1, err
			continue
		}
		if _, err := tx.ReplaceTOTPSecret(ctx, stored.AccountID, stored.Secret, key.Seal(int64(stored.AccountID), secret)); err != nil {
			return err
		}
	}
	return nil
}

// PlainSecrets tells whether a database holds secrets of second factors that are not encrypted.
func PlainSecrets(ctx context.Context, store *models.Store) (bool, error) {
	plain, err := store.TOTPSecrets(ctx, credential.AnySealed, 0, 1)
	if err != nil {
		return false, err
	}
	return len(plain) > 0, nil
}

// HasSecretKey tells whether the database has a key of its own already, no matter who has it.
func (c *Console) HasSecretKey(ctx context.Context) (bool, error) {
	id, err := c.store.SecretKeyID(ctx)
	if err != nil {
		return false, err
	}
	return id != "", nil
}

// CanReadSecrets tells whether this instance can read all secrets, so that another key may take over. ErrNoSecretKey where it
// lacks a key.
func (c *Console) CanReadSecrets(ctx context.Context) error {
	all, err := c.store.TOTPSecrets(ctx, credential.SealedBy(""), 0, everySecret) // which none is: every key has an ID
	if err != nil {
		return err
	}
	var lost unread
	for _, stored := range all {
		if _, err := c.totpSecret(models.Person{AccountID: stored.AccountID, TOTPSecret: stored.Secret}); err != nil {
			lost.secrets, lost.why = lost.secrets+1, err
		}
	}
	return lost.err()
}

// RotateSecretKey encrypts all secrets with another key, all or none, and returns how many there are. Instances that run
// notice: each looks its keys up again as soon as it meets the new one. ErrNoSecretKey where this instance can't read all that
// is stored, or does not have the new key.
func (c *Console) RotateSecretKey(ctx context.Context, id string) (int, error) {
	key, err := c.secrets.find(id)
	if err != nil {
		return 0, err
	}
	sealed := 0
	err = c.store.Tx(ctx, func(tx *models.Store) error {
		was, err := tx.LockSecretKey(ctx)
		if err != nil || was == key.ID() {
			return err
		}
		all, err := tx.TOTPSecrets(ctx, credential.SealedBy(key.ID()), 0, everySecret)
		if err != nil {
			return err
		}
		var lost unread
		if err := c.sealAgain(ctx, tx, key, all, &lost); err != nil {
			return err
		}
		if err := lost.err(); err != nil {
			return err
		}
		if err := tx.SetSecretKey(ctx, key.ID()); err != nil {
			return err
		}
		sealed = len(all)
		return tx.AppendGlobal(ctx, []models.Activity{{At: c.now(), ActorKind: "operator", ActorName: "Operator",
			Operation: models.OpOperatorSecretKeyRotated, Outcome: models.OutcomeDone, ResourceKey: key.ID(), ResourceName: key.ID()}})
	})
	if err != nil {
		return 0, err
	}
	return sealed, nil
}

// everySecret is more than there can be.
const everySecret = math.MaxInt32
