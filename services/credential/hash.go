package credential

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"
)

// Cost is what one argon2id hash costs. The zero value is the cost of production; tests that sign in often choose a cheaper
// one.
type Cost struct {
	Memory uint32 // KiB
	Time   uint32 // passes
}

// production takes about a sixth of a second on a small machine.
var production = Cost{Memory: 64 * 1024, Time: 3}

// guess is about how long a hash takes, before one was measured.
func (c Cost) guess() time.Duration {
	return time.Duration(c.Memory) * time.Duration(c.Time) * time.Microsecond
}

// slots is how many hashes are computed at once: each takes 64 MiB, and anybody can ask for one by signing in.
const slots = 2

const (
	saltLength = 16
	hashLength = 32
)

// Hasher makes and checks hashes of passwords, a few at a time.
type Hasher struct {
	queue *queue
	cost  Cost
	dummy string // the hash of nothing: what a sign-in without an account is compared with
}

// NewHasher makes new hashes of a cost, and checks those of any.
func NewHasher(cost Cost) *Hasher {
	if cost == (Cost{}) {
		cost = production
	}
	dummy := encode(cost, Random(saltLength), Random(hashLength))
	return &Hasher{queue: newQueue(slots, cost.guess()), cost: cost, dummy: dummy}
}

// Hash is, in its turn, the encoded argon2id hash of a password, with salt and cost of another hash, so that one computation
// checks both; beside none ("") with a salt of its own. It fails with Busy when its turn would come too late, and when the
// context ends before.
func (h *Hasher) Hash(ctx context.Context, t Turn, like, password string) (string, error) {
	cost, salt := h.cost, Random(saltLength)
	if like != "" {
		var err error
		if cost, salt, err = decode(like); err != nil {
			return "", err
		}
	}
	var sum []byte
	err := h.queue.do(ctx, t, func() error {
		sum = h.derive(cost, password, salt)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("wait for a turn to hash: %w", err)
	}
	return encode(cost, salt, sum), nil
}

// Do does work in its turn that calls Match at its heart. It fails as the work does; with Busy where the turn would come too
// late, and as the context ends, the work was not done.
func (h *Hasher) Do(ctx context.Context, t Turn, work func() error) error {
	return h.queue.do(ctx, t, work)
}

// Refusal is Busy where the turn would have to wait too long, and nil otherwise: for asking before anything is written.
func (h *Hasher) Refusal(t Turn) error { return h.queue.refusal(t) }

// Failed remembers who gave a wrong password: for some time the turns of others come before theirs.
func (h *Hasher) Failed(t Turn) { h.queue.failed(t) }

// Match is the place of the first of some hashes that the password opens; false for none. Those that are "" it never opens.
// All are checked by one computation with the salt of the first, as hashes of one address share it; without any it takes as
// long. It is called within Do.
func (h *Hasher) Match(hashes []string, password string) (at int, found bool, _ error) {
	cost, salt, err := decode(FirstHash(hashes, h.dummy))
	if err != nil {
		return 0, false, err
	}
	sum := []byte(encode(cost, salt, h.derive(cost, password, salt)))
	for i, hash := range hashes {
		if subtle.ConstantTimeCompare([]byte(hash), sum) == 1 && !found {
			at, found = i, true
		}
	}
	return at, found, nil
}

// FirstHash is the first hash that there is, or else another.
func FirstHash(hashes []string, or string) string {
	for _, hash := range hashes {
		if hash != "" {
			return hash
		}
	}
	return or
}

func (h *Hasher) derive(cost Cost, password string, salt []byte) []byte {
	if cost.Memory >= production.Memory {
		defer debug.FreeOSMemory() // or the garbage collector would let as much again pile up
	}
	began := time.Now()
	sum := argon2.IDKey([]byte(normal(password)), salt, cost.Time, cost.Memory, 1, hashLength)
	h.queue.measured(time.Since(began))
	return sum
}

const hashFormat = "$argon2id$v=19$m=%d,t=%d,p=1$"

// encode writes the usual form: $argon2id$v=19$m=65536,t=3,p=1$SALT$HASH.
func encode(cost Cost, salt, sum []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf(hashFormat, cost.Memory, cost.Time) + b64.EncodeToString(salt) + "$" + b64.EncodeToString(sum)
}

// decode reads what encode wrote, and looks at all of it.
func decode(encoded string) (cost Cost, salt []byte, _ error) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 {
		return cost, nil, fmt.Errorf("password hash has %d parts, not 6", len(parts))
	}
	head := strings.Join(parts[:4], "$") + "$"
	if _, err := fmt.Sscanf(head, hashFormat, &cost.Memory, &cost.Time); err != nil {
		return cost, nil, fmt.Errorf("parameters of a password hash: %w", err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return cost, nil, fmt.Errorf("salt of a password hash: %w", err)
	}
	sum, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return cost, nil, fmt.Errorf("sum of a password hash: %w", err)
	}
	if len(sum) != hashLength || cost.Time == 0 {
		return cost, nil, fmt.Errorf("password hash of %d bytes in %d passes", len(sum), cost.Time)
	}
	return cost, salt, nil
}
