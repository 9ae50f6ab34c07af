package models_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// A statement that is kept sees a schema that has changed since, in this process or in another.
func TestKeptStatementSeesANewSchema(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "console.db")
	open := func() *models.Store { return modelstest.Open(t, url, nil) }
	one, other := open(), open()
	for _, statement := range []string{"CREATE TABLE things (id integer PRIMARY KEY, name text)", "INSERT INTO things VALUES (1, 'first')"} {
		ok(t, models.Exec(t.Context(), one, statement))
	}
	columns := func() []map[string]any {
		return get(models.Rows[map[string]any](t.Context(), one, "SELECT * FROM things WHERE id = ?", 1))(t)
	}
	if got := columns(); len(got) != 1 || len(got[0]) != 2 {
		t.Fatalf("before: %v", got)
	}
	ok(t, models.Exec(t.Context(), other, "ALTER TABLE things ADD COLUMN colour text DEFAULT 'blue'"))
	if got := columns(); len(got) != 1 || got[0]["colour"] != "blue" {
		t.Errorf("after a column came: %v", got)
	}
	ok(t, models.Exec(t.Context(), other, "DROP TABLE things"))
	if got, err := models.Rows[map[string]any](t.Context(), one, "SELECT * FROM things WHERE id = ?", 1); err == nil {
		t.Errorf("after the table went: %v", got)
	}
}

// Many statements of as many people at once, more than are kept, and some who leave before their answer.
func TestKeptStatementsServeManyAtOnce(t *testing.T) {
	store := modelstest.New(t, modelstest.Options{})
	var all sync.WaitGroup
	for person := range 16 {
		all.Go(func() {
			for i := range 400 {
				ctx, leave := context.WithCancel(t.Context())
				leaves := (person+i)%5 == 0
				if leaves {
					go leave()
				}
				got, err := models.Rows[map[string]any](ctx, store, fmt.Sprintf("SELECT %d AS n, ? AS who", i%250), person)
				leave()
				if leaves && errors.Is(err, context.Canceled) {
					continue
				}
				if err != nil || len(got) != 1 || fmt.Sprint(got[0]["n"], got[0]["who"]) != fmt.Sprint(i%250, person) {
					t.Errorf("person %d, statement %d: %v, %v", person, i, got, err)
				}
			}
		})
	}
	all.Wait()
}
