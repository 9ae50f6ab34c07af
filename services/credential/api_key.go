package credential

import (
	"encoding/base32"
	"hash/crc32"
	"strings"
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

// NewPublicID is the part of a secret that may be read.
func NewPublicID() string {
	return secretLetters.EncodeToString(Random(publicIDLength))[:publicIDLength]
}

// NewAPIKeySecret is a whole secret around a public id.
func NewAPIKeySecret(publicID string) string {
	text := secretPrefix + publicID + "_" + secretLetters.EncodeToString(Random(secretBytes))
	return text + checksum(text)
}

// PublicIDOf is the part of a secret that finds its key; false where the text can't be a secret.
func PublicIDOf(secret string) (string, bool) {
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
