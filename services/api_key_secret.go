package services

import (
	"crypto/subtle"
	"fmt"
	"time"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// issue gives a key a new secret and returns it. The one before it opens for so long besides. Of both only hashes are kept.
func issue(k *models.APIKey, at time.Time, keep time.Duration) string {
	k.PreviousHash, k.PreviousUntil = "", nil
	if until := at.Add(keep); keep > 0 && k.SecretHash != "" {
		k.PreviousHash, k.PreviousUntil = k.SecretHash, &until
	}
	if k.PublicID == "" {
		k.PublicID = credential.NewPublicID()
	}
	secret := credential.NewAPIKeySecret(k.PublicID)
	k.SecretHash, k.LastFour = credential.Digest(secret), secret[len(secret)-4:]
	return secret
}

// opens tells whether a secret is the key's, or the one before it while that still opens. Both are compared, in constant
// time.
func opens(k models.APIKey, secret string, at time.Time) bool {
	hash := []byte(credential.Digest(secret))
	current := subtle.ConstantTimeCompare(hash, []byte(k.SecretHash))
	previous := subtle.ConstantTimeCompare(hash, []byte(k.PreviousHash))
	return current == 1 || previous == 1 && k.PreviousUntil != nil && at.Before(*k.PreviousUntil)
}

// IssuedKey is a key with its new secret, which is shown once and kept nowhere. Printing it shows no secret.
type IssuedKey struct {
	models.APIKey
	Secret string `json:"-"`
}

// Format keeps the secret out of logs and errors, whatever the verb.
func (k IssuedKey) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "API key %s with a new secret", k.Key) }
