package models_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// A form that was drawn again is its session's alone, as long as its account has room for it, it is not too old, and the session lasts.
func TestADrawnFormIsItsSessionsAlone(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		person, now := modelstest.Person(t, store, "maker@example.com"), store.Now()
		for _, id := range []string{"mine", "other"} {
			ok(t, store.CreateSession(ctx, &models.Session{ID: id, PersonID: person.ID, AccountID: person.AccountID, CreatedAt: now, LastSeenAt: now, ExpiresAt: now.Add(time.Hour)}))
		}
		keep := func(mark string) {
			t.Helper()
			ok(t, store.KeepDrawnForm(ctx, &models.DrawnForm{SessionID: "mine", Mark: mark, Sealed: "sealed " + mark, MadeAt: now},
				models.DrawnFormLimits{All: 3, OfAccount: 2}))
			now = now.Add(time.Second)
		}
		reads := func(session, mark string, want bool) {
			t.Helper()
			form, err := store.DrawnForm(ctx, session, mark)
			if want && (err != nil || form.Sealed != "sealed "+mark) || !want && !errors.Is(err, models.ErrNotFound) {
				t.Errorf("%s reads %q as %q, want it there %t: %v", session, mark, form.Sealed, want, err)
			}
		}
		keep("a")
		reads("mine", "a", true)
		reads("mine", "a", true)
		reads("other", "a", false)
		reads("mine", "b", false)
		keep("b")
		keep("c") // a third makes the first go
		reads("mine", "a", false)
		reads("mine", "b", true)
		ok(t, store.DropDrawnForms(ctx, now.Add(-time.Second)))
		reads("mine", "b", false)
		reads("mine", "c", true)
		ok(t, store.DeleteSession(ctx, "mine"))
		reads("mine", "c", false)
	})
}

// Attack: somebody signs in again and again, and has forms kept until the disk is full.
func TestDrawnFormsAreBoundedByAccountAndOverAll(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		now := store.Now()
		people := []models.Person{modelstest.Person(t, store, "maker@example.com"), modelstest.Person(t, store, "other@example.com"), modelstest.Person(t, store, "third@example.com")}
		for session, person := range map[string]models.Person{"one": people[0], "two": people[0], "other": people[1], "third": people[2]} {
			ok(t, store.CreateSession(ctx, &models.Session{ID: session, PersonID: person.ID, AccountID: person.AccountID, CreatedAt: now, LastSeenAt: now, ExpiresAt: now.Add(time.Hour)}))
		}
		keep := func(session, mark string) error {
			now = now.Add(time.Second)
			return store.KeepDrawnForm(ctx, &models.DrawnForm{SessionID: session, Mark: mark, Sealed: "sealed", MadeAt: now}, models.DrawnFormLimits{All: 3, OfAccount: 2})
		}
		there := func(want string) {
			t.Helper()
			got := ""
			for _, form := range []string{"one a", "two b", "one c", "other d", "other e", "third f"} {
				session, mark, _ := strings.Cut(form, " ")
				if _, err := store.DrawnForm(ctx, session, mark); err == nil {
					got += mark
				}
			}
			if got != want {
				t.Errorf("kept are %q, want %q", got, want)
			}
		}
		ok(t, keep("one", "a"))
		ok(t, keep("two", "b"))
		ok(t, keep("one", "c"))
		there("bc")
		ok(t, keep("other", "d"))
		if err := keep("third", "f"); !errors.Is(err, models.ErrNoRoom) {
			t.Errorf("one too many over all: %v", err)
		}
		there("bcd")
		ok(t, keep("two", "a2")) // in place of the account's oldest
		there("cd")
	})
}
