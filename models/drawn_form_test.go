package models_test

import (
	"errors"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// A form that was drawn again is its session's alone, as long as there is room for it, it is not too old, and the session lasts.
func TestADrawnFormIsItsSessionsAlone(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		person, now := modelstest.Person(t, store, "maker@example.com"), store.Now()
		for _, id := range []string{"mine", "other"} {
			ok(t, store.CreateSession(ctx, &models.Session{ID: id, PersonID: person.ID, AccountID: person.AccountID, CreatedAt: now, LastSeenAt: now, ExpiresAt: now.Add(time.Hour)}))
		}
		keep := func(mark string) {
			t.Helper()
			ok(t, store.KeepDrawnForm(ctx, &models.DrawnForm{SessionID: "mine", Mark: mark, Sealed: "sealed " + mark, MadeAt: now}, 2))
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
