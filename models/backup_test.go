package models_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// backedUp is a backup of a store in a new file.
func backedUp(t *testing.T, store *models.Store) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy")
	ok(t, models.NewFile(path, func(path string) error { return store.BackUp(ctx, path) }))
	return path
}

// restored is a store made of a backup.
func restored(t *testing.T, database, backup string) *models.Store {
	t.Helper()
	url := modelstest.URL(t, modelstest.Options{Database: database, Empty: true})
	ok(t, models.Restore(ctx, models.Config{URL: url, Clock: modelstest.NewClock().Now}, backup))
	store := modelstest.Open(t, url, nil)
	ok(t, store.Migrate(ctx))
	return store
}

// awkward is a text with what copies get wrong.
const awkward = "tab\t, line\nend, back\\slash, \\., \\N, “quotes” ' \" and ünïcode"

func TestABackupIsTheDatabaseAtOneMomentWhileOthersWrite(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			store := modelstest.New(t, modelstest.Options{Database: database})
			org := modelstest.Organization(t, store, "acme")
			group := modelstest.Administrators(t, org, modelstest.Person(t, store, "a@example.com"))
			r := models.Resource{Domain: sources, Key: "awkward", Name: awkward, CreatedAt: store.Now(), ModifiedAt: store.Now()}
			ok(t, org.CreateResource(ctx, &r))
			writing, stop := context.WithCancel(ctx)
			var all sync.WaitGroup
			started := make(chan struct{}, 2)
			for w := range 2 {
				all.Go(func() {
					for n := 0; writing.Err() == nil; n++ {
						ok(t, store.Change(ctx, org.ID(), func(tx *models.Scope) error { // a person and a membership, or neither
							tx.ActsFor(modelstest.Somebody)
							p := models.Person{Email: fmt.Sprintf("w%d-%d@example.com", w, n), CreatedAt: store.Now()}
							if err := tx.Store().CreatePerson(ctx, &p); err != nil {
								return err
							}
							return tx.AddMembership(ctx, group.Grantee().ID, p, nil, store.Now())
						}))
						if n == 3 {
							started <- struct{}{}
						}
					}
				})
			}
			<-started
			<-started
			path := backedUp(t, store)
			stop()
			all.Wait()
			info, err := os.Stat(path)
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the backup has the mode %v, %v", info.Mode(), err)
			}

			again := restored(t, database, path)
			people := read[int](t, again, "SELECT count(*) FROM people")[0]
			in := read[int](t, again, "SELECT count(*) FROM memberships WHERE ended_at IS NULL")[0]
			counted := read[int](t, again, "SELECT members FROM groups")[0]
			if people < 8 || people != in || in != counted {
				t.Errorf("the copy has %d people, %d memberships and counts %d", people, in, counted)
			}
			o, err := again.OrganizationByKey(ctx, "acme")
			ok(t, err)
			if got := get(again.In(o.ID).Resource(ctx, sources, "awkward"))(t); got.Name != awkward || !got.CreatedAt.Equal(r.CreatedAt) {
				t.Errorf("restored as %q of %v", got.Name, got.CreatedAt)
			}
			checkCounters(t, again)
			p := modelstest.Person(t, again, "new@example.com") // numbers go on
			if biggest := read[int](t, again, "SELECT max(id) FROM people")[0]; int(p.ID) != biggest {
				t.Errorf("a new person has the number %d, the biggest is %d", p.ID, biggest)
			}
		})
	}
}

func TestARestoredDatabaseIsTheSameAsTheFirst(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			store := modelstest.New(t, modelstest.Options{Database: database})
			newTenant(t, store, "mine")
			newTenant(t, store, "theirs")
			first := backedUp(t, store)
			second := backedUp(t, restored(t, database, first))
			a, err := os.ReadFile(first)
			ok(t, err)
			b, err := os.ReadFile(second)
			ok(t, err)
			if database == modelstest.Postgres && !bytes.Equal(a, b) {
				t.Errorf("backups differ:\n%s\n%s", a, b)
			}
			if len(a) != len(b) {
				t.Errorf("backups have %d and %d bytes", len(a), len(b))
			}
		})
	}
}

func TestABackupOfAnOlderSchemaIsRestoredAndUpgraded(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			store := modelstest.New(t, modelstest.Options{Database: database, Empty: true})
			ok(t, models.MigrateTo(ctx, store, 5))
			ok(t, models.Exec(ctx, store, "INSERT INTO people (id, email, name, folded, created_at, totp_secret) VALUES (7, 'a@example.com', 'A', 'a', '2026-01-01', 'PLAIN')"))
			again := restored(t, database, backedUp(t, store))
			p := get(again.PersonByEmail(ctx, "a@example.com"))(t)
			if p.ID != 7 || p.TOTPSecret != "PLAIN" {
				t.Errorf("restored as %+v", p)
			}
			if id := get(again.SecretKeyID(ctx))(t); id != "" {
				t.Errorf("the key is %q", id)
			}
		})
	}
}

func TestABackupReplacesNothing(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			store := modelstest.New(t, modelstest.Options{Database: database})
			modelstest.Person(t, store, "a@example.com")
			path := backedUp(t, store)
			wantError(t, models.NewFile(path, func(path string) error { return store.BackUp(ctx, path) }), fs.ErrExist)
			url := modelstest.URL(t, modelstest.Options{Database: database})
			wantError(t, models.Restore(ctx, models.Config{URL: url, Clock: modelstest.NewClock().Now}, path), models.ErrNotEmpty)
			left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".bailiwick-*"))
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// Attack: a copy that was cut off, or changed, on its way.
func TestADamagedBackupIsRefusedAndLeavesNothing(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			store := modelstest.New(t, modelstest.Options{Database: database})
			for i := range 200 {
				modelstest.Person(t, store, fmt.Sprintf("%d@example.com", i))
			}
			whole, err := os.ReadFile(backedUp(t, store))
			ok(t, err)
			changed := bytes.Clone(whole)
			copy(changed[len(changed)/3:], strings.Repeat("\xff", len(changed)/3))
			url := modelstest.URL(t, modelstest.Options{Database: database, Empty: true})
			for name, data := range map[string][]byte{"cut": whole[:len(whole)/2], "changed": changed, "empty": nil, "text": []byte("a text\n")} {
				path := filepath.Join(t.TempDir(), name)
				ok(t, os.WriteFile(path, data, 0o600))
				if err := models.Restore(ctx, models.Config{URL: url, Clock: modelstest.NewClock().Now}, path); err == nil || errors.Is(err, models.ErrNotEmpty) {
					t.Errorf("%s: restored with %v", name, err)
				}
			}
			path := filepath.Join(t.TempDir(), "whole")
			ok(t, os.WriteFile(path, whole, 0o600))
			ok(t, models.Restore(ctx, models.Config{URL: url, Clock: modelstest.NewClock().Now}, path))
		})
	}
}

func TestABackupFitsItsOwnKindOfDatabase(t *testing.T) {
	databases := modelstest.Databases(t)
	if len(databases) < 2 {
		t.Skip("there is one kind of database here")
	}
	for i, database := range databases {
		path := backedUp(t, modelstest.New(t, modelstest.Options{Database: database}))
		url := modelstest.URL(t, modelstest.Options{Database: databases[1-i], Empty: true})
		if err := models.Restore(ctx, models.Config{URL: url, Clock: modelstest.NewClock().Now}, path); err == nil || !strings.Contains(err.Error(), "--db") {
			t.Errorf("a backup of %s as another: %v", database, err)
		}
	}
}

// A restore that fails halfway leaves a database that another try can take.
func TestARestoreThatFailsLeavesAnEmptyDatabase(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		if database != modelstest.Postgres {
			continue // SQLite's is put in place in one step
		}
		store := modelstest.New(t, modelstest.Options{Database: database})
		modelstest.Person(t, store, "a@example.com")
		path := backedUp(t, store)
		url := modelstest.URL(t, modelstest.Options{Database: database, Empty: true})
		config := models.Config{URL: url, Clock: modelstest.NewClock().Now}
		text, err := os.ReadFile(path)
		ok(t, err)
		newer := filepath.Join(t.TempDir(), "newer")
		ok(t, os.WriteFile(newer, models.Sealed(regexp.MustCompile(`schema [0-9]+\n`).ReplaceAll(text, []byte("schema 99\n"))), 0o600))
		wrong := filepath.Join(t.TempDir(), "wrong")
		ok(t, os.WriteFile(wrong, models.Sealed(bytes.Replace(text, []byte("a@example.com"), []byte("a@example.com\tone too many"), 1)), 0o600))
		if err := models.Restore(ctx, config, newer); err == nil || !strings.Contains(err.Error(), "newer Bailiwick") {
			t.Errorf("a newer schema: %v", err)
		}
		if err := models.Restore(ctx, config, wrong); err == nil {
			t.Error("rows that don't fit were restored")
		}
		ok(t, models.Restore(ctx, config, path))
	}
}
