package modelstest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"bailiwick/models"
)

// Template is what a database has in it when a test begins. It is made once in a process, by the first test that asks for
// its name, and copied for every test, which is much quicker than making it anew. The zero value is the schema alone.
type Template struct {
	Name string
	Fill func(t testing.TB, store *models.Store, clock *Clock)
}

// made is a template on one database.
type made struct {
	once sync.Once
	copy func(t testing.TB) (url string) // nil where it could not be made
}

// The templates of this process, by database and name, and what removes them.
var (
	templates sync.Map
	removals  struct {
		sync.Mutex
		all []func() error
	}
)

// copied is a database of its own for the test, gone when the test ends.
func (f Template) copied(t testing.TB, database string) (url string) {
	t.Helper()
	found, _ := templates.LoadOrStore([2]string{database, f.Name}, &made{})
	template := found.(*made)
	template.once.Do(func() {
		template.copy = keep(t, database, f.make(t, database))
	})
	if template.copy == nil {
		t.Fatalf("the template %q could not be made: the first test that asked for it says why", f.Name)
	}
	return template.copy(t)
}

// make makes what is to be copied. Nobody uses it any more when it is done.
func (f Template) make(t testing.TB, database string) (url string) {
	t.Helper()
	if f.Fill == nil {
		url = empty(t, database)
	} else {
		url = Template{}.copied(t, database)
	}
	clock := NewClock()
	store, err := models.Open(context.Background(), models.Config{URL: url, Clock: clock.Now})
	must(t, err)
	if f.Fill == nil {
		must(t, store.Migrate(context.Background()))
	} else {
		f.Fill(t, store, clock)
	}
	must(t, store.Close())
	return url
}

// empty is a database without the schema.
func empty(t testing.TB, database string) (url string) {
	t.Helper()
	if database == Postgres {
		return createPostgres(t, "template1")
	}
	return "sqlite:" + filepath.Join(t.TempDir(), "test.db")
}

// keep keeps what is in a database that nobody uses.
func keep(t testing.TB, database, url string) (copied func(t testing.TB) string) {
	t.Helper()
	if database == Postgres {
		return keepPostgres(t, url)
	}
	return keepSQLite(t, url)
}

func keepSQLite(t testing.TB, url string) (copied func(t testing.TB) string) {
	t.Helper()
	file, err := os.ReadFile(strings.TrimPrefix(url, "sqlite:"))
	must(t, err)
	return func(t testing.TB) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), "test.db")
		must(t, os.WriteFile(path, file, 0o600))
		return "sqlite:" + path
	}
}

// garbage is how much of it, in percent of what is in use, tests let pile up before it is collected. They make much and keep
// little: at Go's own 100, a sixth of their time went into collecting.
const garbage = 400

// Run runs the tests of a package, then removes the templates that they left on the PostgreSQL server. It answers with the
// status of the process, for TestMain.
func Run(m *testing.M) (status int) {
	debug.SetGCPercent(garbage)
	status = m.Run()
	removals.Lock()
	defer removals.Unlock()
	for _, remove := range removals.all {
		if err := remove(); err != nil {
			fmt.Fprintln(os.Stderr, "remove a template of the tests:", err)
			status = max(status, 1)
		}
	}
	return status
}
