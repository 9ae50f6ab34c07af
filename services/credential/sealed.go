package credential

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"
)

// errUnsealed says that a text was not sealed so. It names no part of it.
var errUnsealed = errors.New("it was changed, or sealed with something else")

// SealFor encrypts a text that only the installation's key together with a secret opens: neither the database alone nor the secret
// alone does. bound is what it belongs to, so that it can't be moved elsewhere.
func SealFor(key []byte, secret, bound string, text []byte) string {
	sealing := sealingFor(key, secret)
	nonce := Random(chacha20poly1305.NonceSizeX)
	return base64.RawURLEncoding.EncodeToString(sealing.Seal(nonce, nonce, text, []byte(bound)))
}

// OpenFor is the text that SealFor encrypted with the same key, secret and bound.
func OpenFor(key []byte, secret, bound, sealed string) ([]byte, error) {
	all, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(all) < chacha20poly1305.NonceSizeX {
		return nil, errUnsealed
	}
	text, err := sealingFor(key, secret).Open(nil, all[:chacha20poly1305.NonceSizeX], all[chacha20poly1305.NonceSizeX:], []byte(bound))
	if err != nil {
		return nil, errUnsealed
	}
	return text, nil
}

// sealingFor derives the key of one secret.
func sealingFor(key []byte, secret string) cipher.AEAD {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("sealed for " + secret))
	return secretKey(mac.Sum(nil)).cipher
}
