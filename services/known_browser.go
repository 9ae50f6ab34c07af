package services

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// KnownBrowserLife is how long a browser is known after somebody signed in there.
const KnownBrowserLife = 365 * 24 * time.Hour

// peopleOfABrowser is how many people one browser is known to at most: those who signed in last.
const peopleOfABrowser = 8

// The parts of an entry in the cookie, in bytes: a number of the browser's, when it was issued, and the seal.
const (
	browserBytes = 16
	issuedBytes  = 8
	entryBytes   = browserBytes + issuedBytes + sha256.Size
)

type browserKey struct{}

// WithBrowser puts what the browser keeps of those who have signed in there into the context: the cookie of RememberBrowser.
func WithBrowser(ctx context.Context, cookie string) context.Context {
	return context.WithValue(ctx, browserKey{}, cookie)
}

func browserFrom(ctx context.Context) string {
	cookie, _ := ctx.Value(browserKey{}).(string)
	return cookie
}

// browserEntry is one account's in a browser's cookie. It names nobody: only who knows the installation's key finds out whose it
// is, by trying.
type browserEntry []byte

func (e browserEntry) browser() []byte { return e[:browserBytes] }
func (e browserEntry) issued() time.Time {
	return time.Unix(int64(binary.BigEndian.Uint64(e[browserBytes:])), 0) // what is forged may be any time
}

// newEntry is an account's entry, sealed for the password that it has. It has nothing of the password's hash.
func newEntry(key, browser []byte, issued time.Time, account models.AccountID, version string) browserEntry {
	e := append(slices.Clone(browser), binary.BigEndian.AppendUint64(nil, uint64(issued.Unix()))...)
	seal := hmac.New(sha256.New, key)
	fmt.Fprintf(seal, "known browser %x of %d with %s", e, account, version)
	return seal.Sum(e)
}

// is tells whether the entry is the account's, with the password that it has, and not too old.
func (e browserEntry) is(key []byte, account models.AccountID, version string, at time.Time) bool {
	want := newEntry(key, e.browser(), e.issued(), account, version)
	return hmac.Equal(e, want) && at.Sub(e.issued()) < KnownBrowserLife
}

// readEntries reads a cookie; what is no entry is left out.
func readEntries(cookie string) []browserEntry {
	var all []browserEntry
	for text := range strings.SplitSeq(cookie, ".") {
		e, err := base64.RawURLEncoding.DecodeString(text)
		if err == nil && len(e) == entryBytes && len(all) < peopleOfABrowser {
			all = append(all, e)
		}
	}
	return all
}

func writeEntries(all []browserEntry) string {
	var texts []string
	for _, e := range all {
		texts = append(texts, base64.RawURLEncoding.EncodeToString(e))
	}
	return strings.Join(texts, ".")
}

// passwordVersion is that of the person's account. It changes with each new password.
func passwordVersion(person models.Person) string {
	return measure("password version", person.PasswordHash)
}

// knownBrowser is the name of the browser that asks, where the person has signed in there since their password is what it
// is; "" where not. Who has no account is known nowhere.
func (c *Console) knownBrowser(ctx context.Context, person models.Person) (string, error) {
	entries := readEntries(browserFrom(ctx))
	if len(entries) == 0 {
		return "", nil
	}
	key, err := c.keys.get(ctx, c.store, knownBrowsersKey)
	if err != nil {
		return "", err
	}
	version, at := passwordVersion(person), c.now()
	for _, e := range entries {
		if e.is(key, person.AccountID, version, at) && person.AccountID != 0 {
			return base64.RawURLEncoding.EncodeToString(e.browser()), nil
		}
	}
	return "", nil
}

// parted are the accounts of an address as the browser that asks knows them.
type parted struct {
	known   []models.Person // with which somebody has signed in there
	others  []models.Person // that have a password
	browser string          // the browser's name; "" where it knows none
}

// knownAccounts parts the accounts of an address by whether the browser that asks knows them.
func (c *Console) knownAccounts(ctx context.Context, accounts []models.Person) (parted, error) {
	var p parted
	for _, a := range accounts {
		name, err := c.knownBrowser(ctx, a)
		if err != nil {
			return parted{}, err
		}
		switch {
		case name != "":
			p.known, p.browser = append(p.known, a), name
		case a.PasswordHash != "":
			p.others = append(p.others, a)
		}
	}
	return p, nil
}

// RememberBrowser is the cookie of the browser in which a session has begun, with the session's person in it: from then on
// wrong guesses elsewhere don't keep them out there.
func (c *Console) RememberBrowser(ctx context.Context, token string) (string, error) {
	session, err := c.Session(ctx, token)
	if err != nil {
		return "", err
	}
	key, err := c.keys.get(ctx, c.store, knownBrowsersKey)
	if err != nil {
		return "", err
	}
	person, version, at := session.Person, passwordVersion(session.Person), c.now()
	browser, entries := credential.Random(browserBytes), readEntries(browserFrom(ctx))
	entries = slices.DeleteFunc(entries, func(e browserEntry) bool {
		theirs := e.is(key, person.AccountID, version, at)
		if theirs {
			browser = bytes.Clone(e.browser()) // whose failures stay counted
		}
		return theirs
	})
	entries = append([]browserEntry{newEntry(key, browser, at, person.AccountID, version)}, entries...)
	return writeEntries(entries[:min(len(entries), peopleOfABrowser)]), nil
}

// knownBrowsersKey names the key that seals cookies of known browsers.
const knownBrowsersKey = "known-browsers"

// installationKeys are the keys that were read. The zero value is ready.
type installationKeys struct {
	mu   sync.Mutex
	read map[string][]byte
}

// get is the key of a name, which all instances share. It is made when it is first needed.
func (k *installationKeys) get(ctx context.Context, store *models.Store, name string) ([]byte, error) {
	k.mu.Lock()
	key := k.read[name]
	k.mu.Unlock()
	if key != nil {
		return key, nil
	}
	text, err := store.InstallationKey(ctx, name, credential.NewToken())
	if err != nil {
		return nil, err
	}
	if key, err = base64.RawURLEncoding.DecodeString(text); err != nil || len(key) < sha256.Size {
		return nil, fmt.Errorf("installation key %s is damaged", name)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.read == nil {
		k.read = map[string][]byte{}
	}
	k.read[name] = key
	return key, nil
}
