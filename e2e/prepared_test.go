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

// An organization is what a database is prepared with.
type organization struct {
	identity string // what makes one and the same has one: a file its text
	key      string
	members  []string // addresses of those who may sign in
	make     func(c *console)
}

// fromFile is the organization that a file describes.
func fromFile(t *testing.T, file string) organization {
	t.Helper()
	text, err := os.ReadFile(file)
	must(t, err)
	var described struct {
		Organization struct{ Key string }
		Members      []struct{ Email string }
	}
	must(t, yaml.Unmarshal(text, &described))
	from := organization{identity: string(text), key: described.Organization.Key, make: func(c *console) { c.run("", "apply", file) }}
	for _, member := range described.Members[:min(entering, len(described.Members))] {
		from.members = append(from.members, member.Email)
	}
	return from
}

// prepare is the organization on a kind of database.
func prepare(t *testing.T, kind database, org organization) prepared {
	t.Helper()
	preparing.Lock()
	defer preparing.Unlock()
	known, found := kept[kind][org.identity]
	if !found {
		known = makeOnce(t, kind, org)
		if kept[kind] == nil {
			kept[kind] = map[string]prepared{}
		}
		kept[kind][org.identity] = known
	}
	return known
}

// makeOnce makes a database with an organization.
func makeOnce(t *testing.T, kind database, org organization) prepared {
	t.Helper()
	made := prepared{org: org.key, sessions: map[string][]playwright.OptionalCookie{}}
	c := &console{t: t, db: kind.fresh(t), org: made.org, exited: make(chan struct{})}
	org.make(c)
	key := c.keyFile()
	c.run("", "secrets", "new-key", key)
	c.serve()
	for _, email := range org.members {
		c.givePassword(email)
		made.sessions[email] = c.begin(email)
	}
	c.stop()
	var err error
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
