package services

import (
	"context"
	"fmt"
	"net/netip"
	"time"
)

// After so many failures in this time, each further attempt has to wait: longer after each failure, never for good.
const (
	freeFailures  = 10
	failureWindow = 15 * time.Minute
	firstDelay    = 30 * time.Second
)

// Asking for mails counts as failing does, by a measure of its own: what somebody asks for in another's name fills that
// person's mailbox, and must not close the door to them. One address may be that of a whole office.
const (
	freeLinks            = 5
	freeLinksFromAddress = 20
)

// attempt is one try of what is counted, by account and by address.
type attempt struct {
	account, address         string
	freeAccount, freeAddress int // how many may fail before pauses begin
}

// attemptToProve is one at proving who somebody is: by a password or a code.
func attemptToProve(email, address string) attempt {
	return attempt{accountOf(email), addressBlock(address), freeFailures, freeFailures}
}

// attemptToMail is one at having a link mailed.
func attemptToMail(email, address string) attempt {
	return attempt{measure("mail", email), "mail " + addressBlock(address), freeLinks, freeLinksFromAddress}
}

// Throttled says that too many attempts to sign in failed, for the account or from the address.
type Throttled struct {
	Wait time.Duration // until the next attempt is heard
}

func (e Throttled) Error() string { return fmt.Sprintf("too many failures: wait %s", e.Wait) }

// countAttempt records an attempt as failed and returns its number, or Throttled. It looks before it writes, so that a
// flood costs no writes, and again afterwards: of any number of attempts at once, each sees those recorded before it. An
// attempt that is refused here does not count, or knocking would keep the door shut.
func (c *Console) countAttempt(ctx context.Context, a attempt) (number int64, err error) {
	at := c.now()
	if err := c.throttle(ctx, a, at, 0); err != nil {
		return 0, err
	}
	number, err = c.store.RecordAttempt(ctx, a.account, a.address, at)
	if err != nil {
		return 0, err
	}
	refused := c.throttle(ctx, a, at, 1)
	if refused == nil {
		return number, nil
	}
	if err := c.store.SucceedAttempt(ctx, number); err != nil {
		return 0, err
	}
	return 0, refused
}

// throttle refuses when the failures so far ask for a pause. The newest ones of the caller's own are left out.
func (c *Console) throttle(ctx context.Context, a attempt, at time.Time, own int) error {
	byAccount, byAddress, err := c.store.Failures(ctx, a.account, a.address, at.Add(-failureWindow))
	if err != nil {
		return err
	}
	wait := max(pause(byAccount[min(own, len(byAccount)):], a.freeAccount, at),
		pause(byAddress[min(own, len(byAddress)):], a.freeAddress, at))
	if wait > 0 {
		return Throttled{wait}
	}
	return nil
}

// pause is how long after these failures, newest first, the next attempt has to wait where so many are free.
func pause(failures []time.Time, free int, at time.Time) time.Duration {
	extra := len(failures) - free
	if extra < 0 {
		return 0
	}
	delay := min(firstDelay<<min(extra, 10), failureWindow)
	return max(0, failures[0].Add(delay).Sub(at))
}

// addressBlock is what attempts from an address are counted by. One household has 2^64 IPv6 addresses to choose from.
func addressBlock(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if ip = ip.Unmap(); ip.Is4() {
		return ip.String()
	}
	block, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return ip.String() // 64 bits fit into every IPv6 address
	}
	return block.String()
}
