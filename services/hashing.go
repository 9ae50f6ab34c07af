package services

import (
	"context"
	"errors"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// hasher hashes passwords in turn. That too many are to be hashed is Throttled, like every refusal to hear somebody.
type hasher struct {
	of *credential.Hasher
}

// hash is the hash of a new password, with the salt of what the accounts have already, so that one computation checks all.
func (h hasher) hash(ctx context.Context, t credential.Turn, password string, beside ...models.Person) (string, error) {
	hash, err := h.of.Hash(ctx, t, credential.FirstHash(hashesOf(beside), ""), password)
	if err != nil {
		return "", orThrottled(err)
	}
	return hash, nil
}

// refusal is Throttled where the turn would have to wait too long: for asking before anything is written.
func (h hasher) refusal(t credential.Turn) error { return orThrottled(h.of.Refusal(t)) }

// inTurn does work that looks for the account that a password opens. Throttled where its turn would come too late.
func (h hasher) inTurn(ctx context.Context, t credential.Turn, work func() error) error {
	return orThrottled(h.of.Do(ctx, t, work))
}

// match is the first of the accounts that the password opens; false for none. It takes as long without any.
func (h hasher) match(accounts []models.Person, password string) (models.Person, bool, error) {
	at, found, err := h.of.Match(hashesOf(accounts), password)
	if err != nil || !found {
		return models.Person{}, false, err
	}
	return accounts[at], true, nil
}

// failed remembers who gave a wrong password: the turns of others come first for some time.
func (h hasher) failed(t credential.Turn) { h.of.Failed(t) }

// hashesOf are those of the accounts' passwords, "" of one without.
func hashesOf(accounts []models.Person) []string {
	hashes := make([]string, len(accounts))
	for i, a := range accounts {
		hashes[i] = a.PasswordHash
	}
	return hashes
}

func orThrottled(err error) error {
	if busy := (credential.Busy{}); errors.As(err, &busy) {
		return Throttled{Wait: busy.Wait, Busy: true}
	}
	return err
}
