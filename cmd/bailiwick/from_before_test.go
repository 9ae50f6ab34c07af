package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

const john = "john.smith@example.com"

// plainSecret is what the codes of somebody are computed from, as older versions stored it.
const plainSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

// eachDatabase runs the body in a place whose commands use a database of each kind.
func eachDatabase(t *testing.T, body func(t *testing.T, p place, db string)) {
	t.Helper()
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			p := newPlace(t)
			if database == modelstest.SQLite {
				body(t, p, "sqlite:bailiwick.db")
				return
			}
			body(t, p, modelstest.URL(t, modelstest.Options{Database: database, Empty: true}))
		})
	}
}

// onStore opens the database of a place.
func (p place) onStore(db string, work func(ctx context.Context, store *models.Store)) {
	p.t.Helper()
	if path, ok := strings.CutPrefix(db, "sqlite:"); ok {
		db = "sqlite:" + filepath.Join(p.dir, path)
	}
	ctx := context.Background()
	store, err := models.Open(ctx, models.Config{URL: db, Clock: time.Now})
	must(p.t, err)
	work(ctx, store)
	must(p.t, store.Close())
}

// stored is what stands in the database for somebody's secret.
func (p place) stored(db, email string) (secret string) {
	p.t.Helper()
	p.onStore(db, func(ctx context.Context, store *models.Store) {
		person, err := store.PersonByEmail(ctx, email)
		must(p.t, err)
		secret = person.TOTPSecret
	})
	return secret
}

// fromBefore gives somebody a password and a second factor as an older version stored it.
func (p place) fromBefore(db, email string) {
	p.t.Helper()
	p.write("acme.yaml", modelstest.SmallFile)
	p.expect(p.run("", "apply", "acme.yaml", "--db", db), 0, "create", "")
	p.expect(p.run("a quiet harbour at low tide\n", "member", "set-password", "acme", email, "--db", db), 0, "", "new password")
	p.onStore(db, func(ctx context.Context, store *models.Store) {
		person, err := store.PersonByEmail(ctx, email)
		must(p.t, err)
		must(p.t, store.TurnOnTOTP(ctx, person.AccountID, plainSecret, 1))
	})
}
