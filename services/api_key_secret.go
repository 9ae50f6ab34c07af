package services

import (
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"hash/crc32"
	"strings"
	"time"

	"bailiwick/models"
)

// A secret of an API key reads bwk_PUBLICID_SECRETCHECK: the prefix by which scanners of leaked secrets know it, ten
// characters that find the key, 256 bits, and a checksum that tells a mistyped or cut one without asking the database.
const (
	secretPrefix   = "bwk_"
	publicIDLength = 10
	secretBytes    = 32
	secretLength   = 52 // of secretBytes in secretLetters
	checkLength    = 6
	wholeLength    = len(secretPrefix) + publicIDLength + 1 + secretLength + checkLength
)

var secretLetters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// newPublicID is the part of a secret that may be read.
func newPublicID() string {
	return secretLetters.EncodeToString(randomBytes(publicIDLength))[:publicIDLength]
}

// newSecret is a whole secret around a public id.
func newSecret(publicID string) string {
	text := secretPrefix + publicID + "_" + secretLetters.EncodeToString(randomBytes(secretBytes))
	return text + checksum(text)
}

// publicIDOf is the part of a secret that finds its key; false where the text can't be a secret.
func publicIDOf(secret string) (string, bool) {
	if len(secret) != wholeLength || !strings.HasPrefix(secret, secretPrefix) || secret[len(secretPrefix)+publicIDLength] != '_' {
		return "", false
	}
	text, check := secret[:wholeLength-checkLength], secret[wholeLength-checkLength:]
	return text[len(secretPrefix) : len(secretPrefix)+publicIDLength], check == checksum(text)
}

const checkDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// checksum is the CRC-32 (IEEE) of a text in six digits of base 62.
func checksum(text string) string {
	sum := crc32.ChecksumIEEE([]byte(text))
	var digits [checkLength]byte
	for i := range digits {
		digits[checkLength-1-i] = checkDigits[sum%62]
		sum /= 62
	}
	return string(digits[:])
}

// issue gives a key a new secret and returns it. The one before it opens for so long besides. Of both only hashes are kept.
func issue(k *models.APIKey, at time.Time, keep time.Duration) (secret string) {
	k.PreviousHash, k.PreviousUntil = "", nil
	if until := at.Add(keep); keep > 0 && k.SecretHash != "" {
		k.PreviousHash, k.PreviousUntil = k.SecretHash, &until
	}
	if k.PublicID == "" {
		k.PublicID = newPublicID()
	}
	secret = newSecret(k.PublicID)
	k.SecretHash, k.LastFour = digest(secret), secret[wholeLength-4:]
	return secret
}

// opens tells whether a secret is the key's, or the one before it while that still opens. Both are compared, in constant
// time.
func opens(k models.APIKey, secret string, at time.Time) bool {
	hash := []byte(digest(secret))
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
