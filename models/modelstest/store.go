// Package modelstest gives tests a fresh, migrated store on each of the real databases, and builders for what stands in
// it. It is for tests only.
package modelstest

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"bailiwick/models"
)

// Start is what a new Clock shows.
var Start = time.Date(2027, time.January, 4, 9, 0, 0, 0, time.UTC)

// Clock is a clock that stands still until it is set.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock is a clock that shows Start.
func NewClock() *Clock { return &Clock{now: Start} }

// Now is what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Finer is what the clock shows, with digits that real clocks have and no database keeps.
func (c *Clock) Finer() time.Time { return c.Now().Add(678 * time.Nanosecond) }

// Set makes the clock show a moment.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = at
}

// Advance moves the clock on.
func (c *Clock) Advance(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// The databases that a store can stand on.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// Options are for New. The zero value is a store on SQLite whose clock stands at Start.
type Options struct {
	Database string // SQLite or Postgres
	Clock    *Clock
	Empty    bool     // without the schema
	Template Template // what is there from the start; nothing but the schema where it is zero
}

// Databases are those that tests run on: SQLite, and PostgreSQL where TEST_POSTGRES_URL names a server. With CI=true it
// must, and the test fails where it does not.
func Databases(t testing.TB) []string {
	t.Helper()
	if os.Getenv("TEST_POSTGRES_URL") != "" {
		return []string{SQLite, Postgres}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("TEST_POSTGRES_URL is not set: with CI=true storage must be tested on PostgreSQL too")
	}
	return []string{SQLite}
}

// Each runs the body on a fresh store on each database, as a subtest of that name.
func Each(t *testing.T, body func(t *testing.T, store *models.Store)) {
	t.Helper()
	EachAt(t, func(t *testing.T, store *models.Store, _ *Clock) { body(t, store) })
}

// EachAt is Each for a body that sets the clock.
func EachAt(t *testing.T, body func(t *testing.T, store *models.Store, clock *Clock)) {
	t.Helper()
	EachOf(t, Template{}, body)
}

// EachOf is EachAt on copies of what a template has made.
func EachOf(t *testing.T, from Template, body func(t *testing.T, store *models.Store, clock *Clock)) {
	t.Helper()
	for _, database := range Databases(t) {
		t.Run(database, func(t *testing.T) {
			clock := NewClock()
			body(t, New(t, Options{Database: database, Clock: clock, Template: from}), clock)
		})
	}
}

// New is a fresh store that is closed and gone when the test ends.
func New(t testing.TB, o Options) *models.Store {
	t.Helper()
	return Open(t, URL(t, o), o.Clock)
}

// URL is that of a fresh database, gone when the test ends: for tests that open it themselves, or several times.
func URL(t testing.TB, o Options) string {
	t.Helper()
	if o.Database == "" {
		o.Database = SQLite
	}
	if o.Empty {
		return empty(t, o.Database)
	}
	return o.Template.copied(t, o.Database)
}

// Open is a store on a database that a URL names, closed when the test ends. Without a clock, one that stands at Start.
func Open(t testing.TB, url string, clock *Clock) *models.Store {
	t.Helper()
	if clock == nil {
		clock = NewClock()
	}
	store, err := models.Open(context.Background(), models.Config{URL: url, Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}
