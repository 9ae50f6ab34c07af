package models_test

import (
	"errors"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestWhatIsShownOnceIsTakenOnceByItsSessionAndPage(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		person, now := modelstest.Person(t, store, "maker@example.com"), store.Now()
		for _, id := range []string{"mine", "other"} {
			ok(t, store.CreateSession(ctx, &models.Session{ID: id, PersonID: person.ID, AccountID: person.AccountID, CreatedAt: now, LastSeenAt: now, ExpiresAt: now.Add(time.Hour)}))
		}
		keep := func(path, sealed string) {
			t.Helper()
			ok(t, store.KeepShownOnce(ctx, &models.ShownOnce{SessionID: "mine", Path: path, Sealed: sealed, MadeAt: now}, 2))
			now = now.Add(time.Second)
		}
		takes := func(session, path, want string) {
			t.Helper()
			shown, err := store.ShownOnce(ctx, session, path)
			if shown.Sealed != want || (want == "") != errors.Is(err, models.ErrNotFound) {
				t.Errorf("%s reads %q at %s, want %q: %v", session, shown.Sealed, path, want, err)
			}
			if want == "" {
				return
			}
			ok(t, store.TakeShownOnce(ctx, shown))
			if err := store.TakeShownOnce(ctx, shown); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("%s takes %q at %s twice: %v", session, want, path, err)
			}
		}
		keep("/a", "first")
		keep("/a", "second")
		takes("other", "/a", "")
		takes("mine", "/b", "")
		takes("mine", "/a", "second")
		takes("mine", "/a", "")
		keep("/a", "a")
		keep("/b", "b")
		keep("/c", "c") // a third makes the first go
		takes("mine", "/a", "")
		takes("mine", "/b", "b")
		ok(t, store.DropShownOnce(ctx, now))
		takes("mine", "/c", "")
		keep("/d", "d")
		ok(t, store.DeleteSession(ctx, "mine"))
		takes("mine", "/d", "")
	})
}
