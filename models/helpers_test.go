package models_test

import (
	"context"
	"errors"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
)

var ctx = context.Background()

const (
	sources  access.DomainKey = "content/sources"
	fields   access.DomainKey = "content/fields"
	analysis access.DomainKey = "analytics/data"
)

// read is rows behind the methods.
func read[T any](t testing.TB, store *models.Store, sql string, args ...any) []T {
	t.Helper()
	all, err := models.Rows[T](ctx, store, sql, args...)
	ok(t, err)
	return all
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// get is the value of a call that must not fail.
func get[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		ok(t, err)
		return value
	}
}

func wantError(t testing.TB, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("got error %v, want %v", got, want)
	}
}

// keys are those of resources or groups.
func keys[T any](rows []T, key func(T) string) []string {
	var all []string
	for _, r := range rows {
		all = append(all, key(r))
	}
	return all
}

func resourceKey(r models.Resource) string { return r.Key }

func groupKey(g models.Group) string { return g.Key }
