package models_test

import (
	"errors"
	"go/ast"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/sourcetest"
)

func TestKeptFormsAreBoundedAndTheLastOfASessionCounts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		account, now := modelstest.Person(t, store, "sender@example.com").AccountID, store.Now()
		limits := models.KeptFormLimits{All: 3, OfAccount: 2, Sent: 2}
		keep := func(id, session string) error {
			return store.KeepForm(ctx, &models.KeptForm{ID: id, SessionID: session, AccountID: account, Path: "/o/acme", Sealed: "sealed", KeptAt: now}, limits)
		}
		there := func(want string) {
			t.Helper()
			got := ""
			for _, id := range []string{"a", "b", "c", "d"} {
				if _, err := store.KeptForm(ctx, account, id); err == nil {
					got += id
				} else if !errors.Is(err, models.ErrNotFound) {
					t.Fatal(err)
				}
			}
			if got != want {
				t.Errorf("kept: %q, want %q", got, want)
			}
		}
		ok(t, keep("a", "first"))
		ok(t, keep("b", "first"))
		there("b")
		if err := keep("c", "first"); !errors.Is(err, models.ErrNoRoom) {
			t.Errorf("a third form of one session: %v", err)
		}
		now = now.Add(time.Minute)
		ok(t, keep("c", "second"))
		ok(t, keep("d", "third"))
		there("cd")
		limits.All = 2
		if err := keep("a", "fourth"); !errors.Is(err, models.ErrNoRoom) {
			t.Errorf("one more than there may be in all: %v", err)
		}
		if _, err := store.KeptForm(ctx, account+1, "c"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("another account's: %v", err)
		}
		ok(t, store.DropKeptForm(ctx, account+1, "c"))
		there("cd")
		ok(t, store.DropKeptForm(ctx, account, "c"))
		there("d")
		ok(t, store.DropKeptForms(ctx, now.Add(time.Second)))
		there("")
	})
}

// Sessions end in one place, which remembers whose they were. What ends with an account or when a backup is restored is forgotten.
func TestSessionsEndInOnePlace(t *testing.T) {
	for path, file := range sourcetest.Files(t, "*.go", 80) {
		ast.Inspect(file, func(n ast.Node) bool {
			text, found := sourcetest.Literal(n)
			if found && strings.Contains(text, "DELETE FROM sessions") && path != "session_ended.go" && path != "restored.go" && path != "account_proof.go" {
				t.Errorf("%s: end sessions by endSessions", path)
			}
			return true
		})
	}
}
