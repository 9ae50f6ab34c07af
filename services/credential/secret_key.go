package credential

import (
	"bytes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
)

// SecretKey is a key that the secrets of second factors are encrypted with. Printing it shows its ID alone.
type SecretKey struct {
	id, text string
	cipher   cipher.AEAD
}

// NewSecretKey makes one.
func NewSecretKey() SecretKey { return secretKey(Random(chacha20poly1305.KeySize)) }

func secretKey(key []byte) SecretKey {
	sealing, err := chacha20poly1305.NewX(key)
	if err != nil {
		panic(err) // the length is right: callers see to it
	}
	sum := sha256.Sum256(append([]byte("bailiwick secret key "), key...))
	return SecretKey{hex.EncodeToString(sum[:8]), base64.StdEncoding.EncodeToString(key), sealing}
}

// ID is a short digest of the key, which stands in the database and opens nothing.
func (k SecretKey) ID() string { return k.id }

// Line is the key as its file has it, without a line end.
func (k SecretKey) Line() string { return k.text }

// Format keeps the key out of logs and errors, whatever the verb.
func (k SecretKey) Format(f fmt.State, _ rune) { fmt.Fprint(f, "secret key ", k.id) }

// ParseSecretKeys reads a file of keys: one a line, as 32 bytes in base64. Empty lines, and those that begin with #, count
// for nothing. The error quotes nothing of the file.
func ParseSecretKeys(file []byte) ([]SecretKey, error) {
	var keys []SecretKey
	for i, line := range bytes.Split(file, []byte("\n")) {
		text := strings.TrimSpace(string(line))
		if text == "" || text[0] == '#' {
			continue
		}
		key, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(key) != chacha20poly1305.KeySize {
			return nil, fmt.Errorf("line %d is no key: a key is 32 bytes in base64, as “bailiwick secrets new-key” makes it", i+1)
		}
		keys = append(keys, secretKey(key))
	}
	if len(keys) == 0 {
		return nil, errors.New("there is no key in it")
	}
	return keys, nil
}

// AnySealed is how everything begins that was encrypted.
const AnySealed = "v1:"

// SealedBy is how everything begins that was encrypted with a key.
func SealedBy(id string) string { return AnySealed + id + ":" }

// SealedWith is the ID of the key that a stored secret was encrypted with; false for one that stands there as it is.
func SealedWith(stored string) (id string, sealed bool) {
	rest, sealed := strings.CutPrefix(stored, AnySealed)
	id, _, _ = strings.Cut(rest, ":")
	return id, sealed
}

// bound is what a secret is encrypted together with, so that it can't be moved to somebody else's row.
func (k SecretKey) bound(account int64) []byte {
	return fmt.Appendf(nil, "totp %s %d", k.id, account)
}

// Seal is an account's secret as it is stored.
func (k SecretKey) Seal(account int64, secret string) string {
	nonce := Random(chacha20poly1305.NonceSizeX)
	return SealedBy(k.id) + base64.RawURLEncoding.EncodeToString(k.cipher.Seal(nonce, nonce, []byte(secret), k.bound(account)))
}

// Open is the secret behind what is stored for an account. The error names no part of it.
func (k SecretKey) Open(account int64, stored string) (string, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(stored, SealedBy(k.id)))
	if err == nil && len(sealed) < chacha20poly1305.NonceSizeX {
		err = errors.New("it is too short")
	}
	if err != nil {
		return "", fmt.Errorf("secret of account %d: %w", account, err)
	}
	nonce, rest := sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:]
	secret, err := k.cipher.Open(nil, nonce, rest, k.bound(account))
	if err != nil {
		return "", fmt.Errorf("secret of account %d: it was changed, or belongs to somebody else: %w", account, err)
	}
	return string(secret), nil
}
