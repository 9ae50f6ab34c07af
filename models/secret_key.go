package models

import (
	"context"
	"errors"
)

// SecretKeyID names the key with which the secrets of second factors are encrypted; "" until an instance has had one.
func (s *Store) SecretKeyID(ctx context.Context) (string, error) {
	id, err := row[string](ctx, s, "SELECT key_id FROM secret_key WHERE id = 1")
	return id, wrap("read the key of secrets", err)
}

// ClaimSecretKey makes a key the one that secrets are encrypted with, unless there is one already. It returns the one that
// counts. Of two that are claimed at once one does.
func (s *Store) ClaimSecretKey(ctx context.Context, id string) (string, error) {
	if _, err := s.exec(ctx, "UPDATE secret_key SET key_id = ? WHERE id = 1 AND key_id = ''", id); err != nil {
		return "", wrap("claim the key of secrets", err)
	}
	return s.SecretKeyID(ctx)
}

// HoldSecretKey is SecretKeyID, and keeps the key from being changed until the transaction ends.
func (s *Store) HoldSecretKey(ctx context.Context) (string, error) {
	return s.lockSecretKey(ctx, s.dialect.shared())
}

// LockSecretKey is HoldSecretKey for who is about to change the key: nobody else holds it meanwhile.
func (s *Store) LockSecretKey(ctx context.Context) (string, error) {
	return s.lockSecretKey(ctx, s.dialect.locked())
}

func (s *Store) lockSecretKey(ctx context.Context, how string) (string, error) {
	if !s.inside {
		return "", errors.New("lock the key of secrets: no transaction is open")
	}
	id, err := row[string](ctx, s, "SELECT key_id FROM secret_key WHERE id = 1"+how)
	return id, wrap("lock the key of secrets", err)
}

// SetSecretKey names another key. The caller holds the lock and has encrypted all secrets with it.
func (s *Store) SetSecretKey(ctx context.Context, id string) error {
	_, err := s.exec(ctx, "UPDATE secret_key SET key_id = ? WHERE id = 1", id)
	return wrap("set the key of secrets", err)
}

// StoredSecret is what stands in the database for the secret of somebody's second factor.
type StoredSecret struct {
	AccountID AccountID
	Secret    string
}

// TOTPSecrets are those that don't begin with a text, of accounts behind a number, in the order of the numbers and at most
// limit. It is the one way through the secrets of everybody.
func (s *Store) TOTPSecrets(ctx context.Context, beginning string, after AccountID, limit int) ([]StoredSecret, error) {
	all, err := rows[StoredSecret](ctx, s, `
		SELECT id AS account_id, totp_secret AS secret FROM accounts
		WHERE id > ? AND totp_secret <> '' AND substr(totp_secret, 1, ?) <> ? ORDER BY id LIMIT ?`,
		after, len(beginning), beginning, limit)
	return all, wrap("read secrets of second factors", err)
}

// ReplaceTOTPSecret puts another text for the same secret in the place of one that is stored. It tells whether that one was
// there: somebody may have changed it meanwhile.
func (s *Store) ReplaceTOTPSecret(ctx context.Context, account AccountID, was, is string) (bool, error) {
	changed, err := s.exec(ctx, "UPDATE accounts SET totp_secret = ? WHERE id = ? AND totp_secret = ?", is, account, was)
	return changed > 0, wrap("replace the secret of a second factor", err)
}
