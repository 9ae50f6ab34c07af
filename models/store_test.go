package models_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestChangeRaisesTheRevisionOnceAndNotWhenItFails(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		failure := errors.New("no")
		var inside int64
		ok(t, store.Change(ctx, org.ID(), func(tx *models.Scope) error {
			inside = get(tx.Organization(ctx))(t).Revision
			return tx.SetOrganization(ctx, "Acme", 30)
		}))
		err := store.Change(ctx, org.ID(), func(tx *models.Scope) error {
			ok(t, tx.SetOrganization(ctx, "Other", 1))
			return failure
		})
		wantError(t, err, failure)
		got := get(org.Organization(ctx))(t)
		if inside != 1 || got.Revision != 1 || got.Name != "Acme" || got.Seats != 30 {
			t.Errorf("revision %d inside; got %+v", inside, got)
		}
		err = store.Change(ctx, 999, func(*models.Scope) error { t.Error("a change of nothing runs"); return nil })
		wantError(t, err, models.ErrNotFound)
	})
}

func TestPanicRollsBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		func() {
			defer func() { _ = recover() }()
			_ = store.Change(ctx, org.ID(), func(tx *models.Scope) error {
				ok(t, tx.SetOrganization(ctx, "Other", 1))
				panic("in the middle")
			})
		}()
		ok(t, org.SetOrganization(ctx, "Acme", 30)) // would wait for ever behind a transaction left open
		if got := get(org.Organization(ctx))(t); got.Name != "Acme" || got.Revision != 0 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestTransactionWithinATransactionIsRefused(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		ok(t, store.Tx(ctx, func(tx *models.Store) error {
			if err := tx.Tx(ctx, func(*models.Store) error { return nil }); err == nil {
				t.Error("a transaction opens within one")
			}
			return nil
		}))
	})
}

func TestChangesAtTheSameTimeLoseNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		var group sync.WaitGroup
		errs := make(chan error, 16)
		for range cap(errs) {
			group.Go(func() {
				errs <- store.Change(ctx, org.ID(), func(tx *models.Scope) error {
					o, err := tx.Organization(ctx)
					if err != nil {
						return err
					}
					return tx.SetOrganization(ctx, o.Name, o.Seats+1)
				})
			})
		}
		group.Wait()
		for range cap(errs) {
			ok(t, <-errs)
		}
		if got := get(org.Organization(ctx))(t); got.Seats != 25+cap(errs) || got.Revision != int64(cap(errs)) {
			t.Errorf("got %d seats at revision %d", got.Seats, got.Revision)
		}
	})
}

func TestOrganizationsAreFoundByKeyAndMember(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		if !get(store.Empty(ctx))(t) {
			t.Error("a new store is not empty")
		}
		person := modelstest.Person(t, store, "john.smith@example.com")
		b, a := modelstest.Organization(t, store, "b"), modelstest.Organization(t, store, "a")
		modelstest.Organization(t, store, "c")
		modelstest.Group(t, a, "one", nil, person)
		modelstest.Group(t, a, "two", nil, person)
		group := modelstest.Group(t, b, "one", nil, person)
		key := func(o models.Organization) string { return o.Key }
		if got := keys(get(store.OrganizationsOf(ctx, person.ID, store.Now()))(t), key); !slices.Equal(got, []string{"a", "b"}) {
			t.Errorf("the person's are %v", got)
		}
		ok(t, b.EndMembership(ctx, group.Grantee().ID, person.ID, store.Now()))
		if got := keys(get(store.OrganizationsOf(ctx, person.ID, store.Now()))(t), key); !slices.Equal(got, []string{"a"}) {
			t.Errorf("after leaving one, the person's are %v", got)
		}
		if got := keys(get(store.Organizations(ctx))(t), key); !slices.Equal(got, []string{"a", "b", "c"}) || get(store.Empty(ctx))(t) {
			t.Errorf("all are %v", got)
		}
		if o := get(store.OrganizationByKey(ctx, "a"))(t); o.ID != a.ID() || o.CreatedAt != store.Now() {
			t.Errorf("got %+v", o)
		}
		for _, key := range []string{"", "A", "\x00", "\xff", "a' OR '1'='1"} {
			_, err := store.OrganizationByKey(ctx, key)
			wantError(t, err, models.ErrNotFound)
		}
		wantError(t, store.CreateOrganization(ctx, &models.Organization{Key: "a"}), models.ErrDuplicate)
	})
}

// hold keeps an organization's lock until the returned function is called.
func hold(t *testing.T, store *models.Store, org models.OrganizationID) (release func()) {
	t.Helper()
	held, done, finished := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		finished <- store.Change(ctx, org, func(*models.Scope) error {
			close(held)
			<-done
			return nil
		})
	}()
	<-held
	return func() {
		close(done)
		ok(t, <-finished)
	}
}

func TestLockedDatabaseIsBusyAndReadable(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			url := modelstest.URL(t, modelstest.Options{Database: database})
			holder := modelstest.Open(t, url, nil)
			org := modelstest.Organization(t, holder, "acme")
			waiter := get(models.OpenImpatient(ctx, models.Config{URL: url, Clock: modelstest.NewClock().Now}, 20*time.Millisecond))(t)
			t.Cleanup(func() { ok(t, waiter.Close()) })
			release := hold(t, holder, org.ID())

			err := waiter.Change(ctx, org.ID(), func(*models.Scope) error { return nil })
			wantError(t, err, models.ErrBusy)
			wantError(t, waiter.In(org.ID()).SetOrganization(ctx, "x", 1), models.ErrBusy)
			if got := get(waiter.In(org.ID()).Organization(ctx))(t); got.Revision != 0 {
				t.Errorf("a reader sees revision %d of a change that is not committed", got.Revision)
			}
			release()
			ok(t, waiter.Change(ctx, org.ID(), func(*models.Scope) error { return nil }))
		})
	}
}

func TestFullDatabaseIsToldFromOtherFailures(t *testing.T) {
	store := modelstest.New(t, modelstest.Options{})
	org := modelstest.Organization(t, store, "acme")
	ok(t, models.Exec(ctx, store, "PRAGMA max_page_count = 1")) // SQLite takes the size it has
	err := org.CreateResource(ctx, &models.Resource{Domain: sources, Name: strings.Repeat("x", 1<<20)})
	wantError(t, err, models.ErrFull)
	if n := get(org.Count(ctx, sources))(t); n != 0 {
		t.Errorf("counted %d resources after a failure", n)
	}
}

func TestSQLiteIsOnePrivateFileWhenClosed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b%20c?#.db")
	store := get(models.Open(ctx, models.Config{URL: "sqlite:" + path, Clock: modelstest.NewClock().Now}))(t)
	ok(t, store.Migrate(ctx))
	modelstest.Organization(t, store, "acme")
	for _, setting := range []struct{ name, want string }{
		{"journal_mode", "wal"}, {"query_only", "1"}, {"foreign_keys", "1"}, {"trusted_schema", "0"}, {"busy_timeout", "10000"},
	} {
		if got := read[string](t, store, "PRAGMA "+setting.name)[0]; got != setting.want {
			t.Errorf("readers have %s = %s, want %s", setting.name, got, setting.want)
		}
	}
	ok(t, store.Tx(ctx, func(tx *models.Store) error {
		if got := read[int](t, tx, "PRAGMA synchronous")[0]; got != 2 {
			t.Errorf("the writer has synchronous = %d, want 2 (FULL)", got)
		}
		return nil
	}))
	ok(t, store.Close())
	files := get(os.ReadDir(filepath.Dir(path)))(t)
	if len(files) != 1 || files[0].Name() != filepath.Base(path) {
		t.Errorf("left are %v, want the database alone", files)
	}
	if mode := get(os.Stat(path))(t).Mode().Perm(); mode != 0o600 {
		t.Errorf("the file's mode is %o, want 600", mode)
	}
	again := modelstest.Open(t, "sqlite:"+path, nil)
	if _, err := again.OrganizationByKey(ctx, "acme"); err != nil {
		t.Error(err)
	}
}

func TestDatabaseThatCannotBeOpenedIsAnError(t *testing.T) {
	for _, url := range []string{
		"sqlite:" + filepath.Join(t.TempDir(), "no", "such", "directory.db"), "sqlite:" + t.TempDir(),
		"postgres://app@/nothing?host=" + t.TempDir(), "nonsense",
	} {
		if store, err := models.Open(ctx, models.Config{URL: url, Clock: modelstest.NewClock().Now}); err == nil {
			t.Errorf("%q opens", url)
			ok(t, store.Close())
		}
	}
}

// Attack: the log is read by people who may not see what is in the database.
func TestLogOfAFailedStatementHoldsNoValue(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		log.Reset()
		people := []models.Person{{Email: "confidential@example.com"}, {Email: "confidential@example.com"}}
		wantError(t, store.CreatePeople(ctx, people), models.ErrDuplicate)
		if text := log.String(); strings.Contains(text, "confidential") || !strings.Contains(text, "INSERT INTO") {
			t.Errorf("the log reads: %s", text)
		}
		log.Reset()
		if found, err := models.Rows[string](ctx, store, "SELECT name FROM nowhere WHERE name = ?", "confidential"); err == nil {
			t.Errorf("reading from no table gives %q", found)
		}
		if text := log.String(); strings.Contains(text, "confidential") || !strings.Contains(text, "FROM nowhere") {
			t.Errorf("the log of a read reads: %s", text)
		}
	})
}

func TestCancelledRequestIsRolledBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		cancelled, cancel := context.WithCancel(ctx)
		err := store.Change(cancelled, org.ID(), func(tx *models.Scope) error {
			ok(t, tx.SetOrganization(cancelled, "Other", 1))
			cancel()
			return nil
		})
		if err == nil {
			t.Error("a cancelled change commits")
		}
		if got := get(org.Organization(ctx))(t); got.Name != "acme" || got.Revision != 0 {
			t.Errorf("got %+v", got)
		}
	})
}
