package credential

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"image/png"
	"net/url"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// Codes are those of RFC 6238 as every app computes them: SHA-1, six digits, another one each 30 seconds. One step to
// either side is accepted, for clocks that differ.
const (
	totpPeriod = 30 * time.Second
	totpSkew   = 1
	totpBytes  = 20 // as many as SHA-1 takes in
	totpDigits = otp.DigitsSix
)

var totpLetters = base32.StdEncoding.WithPadding(base32.NoPadding)

func NewTOTPSecret() string { return totpLetters.EncodeToString(Random(totpBytes)) }

// ValidTOTPSecret tells whether a text is a secret that NewTOTPSecret could have made.
func ValidTOTPSecret(secret string) bool {
	decoded, err := totpLetters.DecodeString(secret)
	return err == nil && len(decoded) == totpBytes
}

// TOTPStep is the step of time to which a code belongs at a moment; false when the code belongs to none that counts.
func TOTPStep(secret, code string, at time.Time) (step int64, ok bool) {
	now := at.Unix() / int64(totpPeriod/time.Second)
	for step := now - totpSkew; step <= now+totpSkew; step++ {
		right, err := hotp.ValidateCustom(code, uint64(step), secret, hotp.ValidateOpts{Digits: totpDigits, Algorithm: otp.AlgorithmSHA1})
		if err == nil && right {
			return step, true
		}
	}
	return 0, false
}

// IsTOTPCode tells a code of the app from a recovery code.
func IsTOTPCode(code string) bool {
	for _, r := range code {
		if r < '0' || r > '9' {
			return false
		}
	}
	return len(code) == totpDigits.Length()
}

// TOTPKey is what an app needs to compute codes: the same as text and as a picture. Printing it shows no secret.
type TOTPKey struct {
	Secret  string `json:"-"`
	Picture string `json:"-"` // the QR code of its otpauth:// address, as a data: address of a PNG
}

// Format keeps the secret out of logs and errors, whatever the verb.
func (TOTPKey) Format(f fmt.State, _ rune) { fmt.Fprint(f, "key of a second factor") }

// pictureSize is the width and height of a QR code in pixels.
const pictureSize = 232

func NewTOTPKey(secret, email string) (TOTPKey, error) {
	address := (&url.URL{Scheme: "otpauth", Host: "totp", Path: "/Bailiwick:" + email, RawQuery: url.Values{
		"secret": {secret}, "issuer": {"Bailiwick"},
	}.Encode()}).String()
	key, err := otp.NewKeyFromURL(address)
	if err != nil {
		return TOTPKey{}, errors.New("key of a second factor: its address could not be read") // the error would quote it
	}
	picture, err := key.Image(pictureSize, pictureSize)
	if err != nil {
		return TOTPKey{}, fmt.Errorf("draw the key of a second factor: %w", err)
	}
	var encoded bytes.Buffer
	if err := png.Encode(&encoded, picture); err != nil {
		return TOTPKey{}, fmt.Errorf("encode the picture of a key: %w", err)
	}
	return TOTPKey{
		Secret:  secret,
		Picture: "data:image/png;base64," + base64.StdEncoding.EncodeToString(encoded.Bytes()),
	}, nil
}
