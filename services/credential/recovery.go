package credential

import (
	"encoding/base32"
	"strings"
)

// RecoveryCodes is how many recovery codes there are at a time; each has 80 bits, so that its Digest can't be undone.
const RecoveryCodes = 10

const (
	recoveryBytes = 10
	recoveryGroup = 4 // letters between hyphens
)

var recoveryLetters = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

// NewRecoveryCodes are codes as people see them, such as "abcd-efgh-ijkm-npqr", and the digest of each, which is stored.
func NewRecoveryCodes() (codes, digests []string) {
	for range RecoveryCodes {
		code := recoveryLetters.EncodeToString(Random(recoveryBytes))
		digests = append(digests, Digest(code))
		var groups []string
		for i := 0; i < len(code); i += recoveryGroup {
			groups = append(groups, code[i:i+recoveryGroup])
		}
		codes = append(codes, strings.Join(groups, "-"))
	}
	return codes, digests
}

// PlainCode is a code of an app, or a recovery code, as it counts: however somebody grouped it.
func PlainCode(typed string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\t' {
			return -1
		}
		return r
	}, typed))
}
