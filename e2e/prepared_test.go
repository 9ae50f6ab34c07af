package e2e

import (
	"os"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/playwright-community/playwright-go"
)

// prepared is an organization in a database that is copied for each test, with members who have signed in: applying its
// file and hashing passwords anew would take a good part of a test's time.
type prepared struct {
	org      string                                 // its key
	sessions map[string][]playwright.OptionalCookie // of members whose password is password
	key      []byte                                 // of second factors
	copied   func(t *testing.T) string
}

// entering is how many members of a file may sign in, the first. Files with many members list those who matter first.
const entering = 6

// What is kept for the tests to come, by kind and file, and what ends it.
var (
	preparing sync.Mutex
	kept      = map[database]map[string]prepared{}
	atTheEnd  []func() error
)

// prepare is the organization of a file on a kind of database.
func prepare(t *testing.T, kind database, file string) prepared {
	t.Helper()
	preparing.Lock()
	defer preparing.Unlock()
	text, err := os.ReadFile(file)
	must(t, err)
	known, found := kept[kind][string(text)]
	if !found {
		known = apply(t, kind, file, text)
		if kept[kind] == nil {
			kept[kind] = map[string]prepared{}
		}
		kept[kind][string(text)] = known
	}
	return known
}

// apply makes a database of a file.
func apply(t *testing.T, kind database, file string, text []byte) prepared {
	t.Helper()
	var err error
	var described struct {
		Organization struct{ Key string }
		Members      []struct{ Email string }
	}
	must(t, yaml.Unmarshal(text, &described))
	made := prepared{org: described.Organization.Key, sessions: map[string][]playwright.OptionalCookie{}}
	c := &console{t: t, db: kind.fresh(t), org: made.org, exited: make(chan struct{})}
	c.run("", "apply", file)
	key := c.keyFile()
	c.run("", "secrets", "new-key", key)
	c.serve()
	for _, member := range described.Members[:min(entering, len(described.Members))] {
		c.givePassword(member.Email)
		made.sessions[member.Email] = c.begin(member.Email)
	}
	c.stop()
	made.key, err = os.ReadFile(key)
	must(t, err)
	made.copied = kind.keep(t, c.db)
	return made
}

// begin signs a member in and gives the cookies of the session. Whatever the browser still loads then is nobody's loss.
func (c *console) begin(email string) (session []playwright.OptionalCookie) {
	c.t.Helper()
	context, err := browserOf(c.t).NewContext(contextOptions(c.url, tabOptions{}))
	must(c.t, err)
	page, err := context.NewPage()
	must(c.t, err)
	somebody := &tab{Page: page, t: c.t, expect: playwright.NewPlaywrightAssertions(float64(patience.Milliseconds()))}
	somebody.signIn(email)
	cookies, err := context.Cookies()
	must(c.t, err)
	for _, cookie := range cookies {
		session = append(session, cookie.ToOptionalCookie())
	}
	must(c.t, context.Close())
	return session
}
