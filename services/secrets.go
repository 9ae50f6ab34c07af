package services

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// ErrNoSecretKey says that this instance does not have the key that the secrets of second factors are encrypted with, so
// that it can neither check codes nor keep a new secret. Recovery codes need no key.
var ErrNoSecretKey = errors.New("the key of the second factors’ secrets is missing")

// NoSecretKeyText is what somebody reads whose code can't be checked for that.
const NoSecretKeyText = "This console can’t check codes at the moment: the key for it is missing. Type one of your recovery codes, " +
	"or ask your operator."

// KeySource reads the keys that this instance has. It is asked again whenever one is needed that was not among them, so
// that a file that was changed counts without a restart.
type KeySource func() ([]credential.SecretKey, error)

// secretKeys are the keys of this instance, as far as they are known.
type secretKeys struct {
	source KeySource
	mu     sync.Mutex
	known  []credential.SecretKey
	sealed string // ID of the key with which all secrets were found to be encrypted
}

// find is the key of an ID; with "" the first. ErrNoSecretKey, with the reason.
func (s *secretKeys) find(id string) (credential.SecretKey, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if key, found := among(s.known, id); found {
		return key, nil
	}
	if s.source == nil {
		return credential.SecretKey{}, fmt.Errorf("%w: --secret-key-file names no file", ErrNoSecretKey)
	}
	keys, err := s.source()
	if err != nil {
		return credential.SecretKey{}, fmt.Errorf("%w: %w", ErrNoSecretKey, err)
	}
	s.known = keys
	key, found := among(keys, id)
	if !found {
		return credential.SecretKey{}, fmt.Errorf("%w: the database asks for the key %s, and the key file has another", ErrNoSecretKey, id)
	}
	return key, nil
}

func among(keys []credential.SecretKey, id string) (credential.SecretKey, bool) {
	for _, key := range keys {
		if id == "" || key.ID() == id {
			return key, true
		}
	}
	return credential.SecretKey{}, false
}

// done notes with which key all secrets are encrypted.
func (s *secretKeys) done(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sealed = id
}

func (s *secretKeys) isDone(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sealed == id
}

// totpSecret is what the codes of a person are computed from; ErrNoSecretKey where this instance can't tell. One from before
// there were keys stands in the database as it is, and counts until it is encrypted.
func (c *Console) totpSecret(person models.Person) (string, error) {
	id, sealed := credential.SealedWith(person.TOTPSecret)
	if !sealed {
		return person.TOTPSecret, nil
	}
	key, err := c.secrets.find(id)
	if err != nil {
		return "", err
	}
	return key.Open(int64(person.AccountID), person.TOTPSecret)
}

// currentKey is the key that new secrets are encrypted with. The first key that any instance has becomes that of the
// database. ErrNoSecretKey.
func (c *Console) currentKey(ctx context.Context) (credential.SecretKey, error) {
	id, err := c.store.SecretKeyID(ctx)
	if err != nil {
		return credential.SecretKey{}, err
	}
	if id == "" {
		first, err := c.secrets.find("")
		if err != nil {
			return credential.SecretKey{}, err
		}
		if id, err = c.store.ClaimSecretKey(ctx, first.ID()); err != nil {
			return credential.SecretKey{}, err
		}
	}
	return c.secrets.find(id)
}

// keepSecret stores a new secret of an account, encrypted with the key as it is by then. The person's row is locked, and the
// account has no secret: a change of the key holds the key and waits for rows that have one.
func (c *Console) keepSecret(ctx context.Context, tx *models.Store, account models.AccountID, secret string, step int64) error {
	row, err := tx.LockAccount(ctx, account)
	if err != nil {
		return err
	}
	if row.TOTPSecret != "" {
		return models.ErrConflict
	}
	id, err := tx.HoldSecretKey(ctx)
	if err != nil {
		return err
	}
	key, err := c.secrets.find(id)
	if err != nil {
		return err
	}
	return tx.TurnOnTOTP(ctx, account, key.Seal(int64(account), secret), step)
}

// CanKeepSecrets tells whether a second factor can be turned on: ErrNoSecretKey if not.
func (c *Console) CanKeepSecrets(ctx context.Context) error {
	_, err := c.currentKey(ctx)
	return err
}

// canCheckCodes tells whether codes of the person's app can be checked: ErrNoSecretKey if not.
func (c *Console) canCheckCodes(person models.Person) error {
	_, err := c.totpSecret(person)
	return err
}
