package services

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"runtime/debug"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"bailiwick/models"
)

// The lengths of a password: characters at least, alone and beside a second factor, and bytes at most.
const (
	PasswordMinimum       = 15
	PasswordMinimumBeside = 8
	passwordMaximum       = 1024
)

// PasswordCost is what one argon2id hash costs. The zero value is the cost of production; tests that sign in often choose
// a cheaper one.
type PasswordCost struct {
	Memory uint32 // KiB
	Time   uint32 // passes
}

// productionCost takes about a sixth of a second on a small machine.
var productionCost = PasswordCost{Memory: 64 * 1024, Time: 3}

// hashers is how many hashes are computed at once: each takes 64 MiB, and anybody can ask for one by signing in.
const hashers = 2

const (
	saltLength = 16
	hashLength = 32
)

// hasher makes and checks password hashes, a few at a time.
type hasher struct {
	queue *hashQueue
	cost  PasswordCost
	dummy string // the hash of nothing: what a sign-in without an account is compared with
}

func newHasher(cost PasswordCost) *hasher {
	if cost == (PasswordCost{}) {
		cost = productionCost
	}
	dummy := encodeHash(cost, randomBytes(saltLength), randomBytes(hashLength))
	return &hasher{queue: newHashQueue(hashers, cost.guess()), cost: cost, dummy: dummy}
}

// guess is about how long a hash takes, before one was measured.
func (c PasswordCost) guess() time.Duration {
	return time.Duration(c.Memory) * time.Duration(c.Time) * time.Microsecond
}

// hash is hashBeside none.
func (h *hasher) hash(ctx context.Context, t turn, password string) (string, error) {
	return h.hashBeside(ctx, t, "", password)
}

// hashBeside is, in its turn, the encoded argon2id hash of a password, with salt and cost of another hash, so that one
// computation checks both; beside none ("") with a salt of its own. It fails with Throttled when its turn would come too
// late, and when the context ends before.
func (h *hasher) hashBeside(ctx context.Context, t turn, like, password string) (string, error) {
	cost, salt := h.cost, randomBytes(saltLength)
	if like != "" {
		var err error
		if cost, salt, _, err = decodeHash(like); err != nil {
			return "", err
		}
	}
	var sum []byte
	err := h.queue.do(ctx, t, func() error {
		sum = derive(cost, password, salt, hashLength)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("wait for a turn to hash: %w", err)
	}
	return encodeHash(cost, salt, sum), nil
}

func derive(cost PasswordCost, password string, salt []byte, length uint32) []byte {
	if cost.Memory >= productionCost.Memory {
		defer debug.FreeOSMemory() // or the garbage collector would let as much again pile up
	}
	return argon2.IDKey([]byte(normalPassword(password)), salt, cost.Time, cost.Memory, 1, length)
}

// normalPassword makes the same of what two keyboards send for the same characters.
func normalPassword(password string) string { return norm.NFC.String(password) }

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	return b
}

const hashFormat = "$argon2id$v=19$m=%d,t=%d,p=1$"

// encodeHash writes the usual form: $argon2id$v=19$m=65536,t=3,p=1$SALT$HASH.
func encodeHash(cost PasswordCost, salt, sum []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf(hashFormat, cost.Memory, cost.Time) + b64.EncodeToString(salt) + "$" + b64.EncodeToString(sum)
}

func decodeHash(encoded string) (cost PasswordCost, salt, sum []byte, err error) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 {
		return cost, nil, nil, fmt.Errorf("password hash has %d parts, not 6", len(parts))
	}
	head := strings.Join(parts[:4], "$") + "$"
	if _, err := fmt.Sscanf(head, hashFormat, &cost.Memory, &cost.Time); err != nil {
		return cost, nil, nil, fmt.Errorf("parameters of a password hash: %w", err)
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return cost, nil, nil, fmt.Errorf("salt of a password hash: %w", err)
	}
	if sum, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return cost, nil, nil, fmt.Errorf("sum of a password hash: %w", err)
	}
	if len(sum) != hashLength || cost.Time == 0 {
		return cost, nil, nil, fmt.Errorf("password hash of %d bytes in %d passes", len(sum), cost.Time)
	}
	return cost, salt, sum, nil
}

// passwordProblem says what is wrong with a new password that stands alone, "" where nothing is. The e-mail may not serve
// as one.
func passwordProblem(password, email string) string {
	return passwordProblemFrom(PasswordMinimum, password, email)
}

// PasswordMinimumOf is how many characters a password of the person has at least.
func PasswordMinimumOf(person models.Person) int {
	if person.TOTPSecret != "" {
		return PasswordMinimumBeside
	}
	return PasswordMinimum
}

// isShort tells whether a password is long enough beside a second factor only.
func isShort(password string) bool {
	return utf8.RuneCountInString(normalPassword(password)) < PasswordMinimum
}

func passwordProblemFrom(minimum int, password, email string) string {
	switch {
	case !utf8.ValidString(password), strings.IndexFunc(password, unicode.IsControl) >= 0:
		return "Use only characters that can be typed."
	case utf8.RuneCountInString(normalPassword(password)) < minimum:
		return fmt.Sprintf("Use %d characters or more. A few words in a row are easy to remember.", minimum)
	case len(password) > passwordMaximum:
		return fmt.Sprintf("Use at most %d bytes.", passwordMaximum)
	case guessable(password, email):
		return "This password is too easy to guess. Add a few words that belong to nobody's list."
	}
	return ""
}
