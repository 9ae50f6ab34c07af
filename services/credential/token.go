package credential

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// Random is so many bytes that nobody can guess.
func Random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	return b
}

// NewToken is a secret of 256 bits, fit for cookies and paths. Only its Digest is stored.
func NewToken() string { return base64.RawURLEncoding.EncodeToString(Random(32)) }

// Digest is what is stored of a secret: its SHA-256, in hexadecimal. It can't be undone where the secret was random.
func Digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
