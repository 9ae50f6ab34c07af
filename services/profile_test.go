package services_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

func TestChangingThePasswordTakesThePresentOneAndEndsOtherSessions(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		ctx := context.Background()
		other := setUp(t, c)
		session := signedIn(t, c, passphrase)
		next := services.NewPassword{Password: passphrase + " too", Again: passphrase + " too"}
		var invalid services.Invalid
		for field, change := range map[string]services.PasswordChange{
			"Present":  {Present: "wrong", NewPassword: next},
			"Password": {Present: passphrase, NewPassword: services.NewPassword{Password: "quayside", Again: "quayside"}},
			"Again":    {Present: passphrase, NewPassword: services.NewPassword{Password: next.Password, Again: "another"}},
		} {
			if _, err := c.ChangePassword(ctx, session, change); !errors.As(err, &invalid) || invalid.Text(field) == "" {
				t.Errorf("%s: %v", field, err)
			}
		}
		renewed, err := c.ChangePassword(ctx, session, services.PasswordChange{Present: passphrase, NewPassword: next, Address: "192.0.2.1"})
		must(t, err)
		if _, err := c.Session(ctx, other); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("another session lives on: %v", err)
		}
		if here, err := c.Session(ctx, renewed.Session); err != nil || here.ID == session.ID {
			t.Errorf("the session that goes on is %q, %v; want a new secret", here.ID, err)
		}
		if a := activities(t, store)[0]; a.Operation != "member.password-changed" || a.ResourceKey != administrator {
			t.Errorf("recorded as %+v", a)
		}
	})
}

// Attack: guess the password on the profile of a session that was left open, where nobody counts.
func TestGuessingThePresentPasswordIsThrottled(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		session := signedIn(t, c, passphrase)
		change := services.PasswordChange{Present: "wrong", NewPassword: services.NewPassword{Password: passphrase + " too", Again: passphrase + " too"}}
		var throttled services.Throttled
		for i := range 11 {
			_, err := c.ChangePassword(context.Background(), session, change)
			if errors.As(err, &throttled) != (i == 10) {
				t.Errorf("guess %d: %v", i+1, err)
			}
		}
	})
}

func TestANameIsChangedInAllOrganizationsAndRecordedInEach(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		ctx := context.Background()
		apply(t, c, "version: 1\norganization: {key: other, name: Other}\nmembers:\n  - {email: "+administrator+", groups: [administrators]}\n", services.ApplyOptions{})
		session := signedIn(t, c, passphrase)
		var invalid services.Invalid
		for _, name := range []string{"", " ", "a\r\nBcc: b", "a\u202eb"} {
			if err := c.RenameSelf(ctx, session, name, ""); !errors.As(err, &invalid) || invalid.Text("Name") == "" {
				t.Errorf("%q: %v", name, err)
			}
		}
		must(t, c.RenameSelf(ctx, session, " Harbour Master ", "192.0.2.1"))
		for _, key := range []string{"acme", "other"} {
			o, err := store.OrganizationByKey(ctx, key)
			must(t, err)
			m, err := store.In(o.ID).MemberByEmail(ctx, administrator)
			if err != nil || m.Name != "Harbour Master" {
				t.Errorf("in %s the member is %q, %v", key, m.Name, err)
			}
			list, err := store.In(o.ID).Activities(ctx, models.ActivityFilter{})
			must(t, err)
			if a := list.Rows[0]; a.Operation != "member.renamed" || a.Before != `{"name":"Administrator"}` || a.After != `{"name":"Harbour Master"}` {
				t.Errorf("%s records %+v", key, a)
			}
			must(t, modelstest.VerifyActivities(ctx, store.In(o.ID)))
		}
	})
}

func TestSomebodySeesAndEndsTheirOwnSessionsOnly(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		first := setUp(t, c)
		clock.Advance(20 * time.Minute)
		if _, err := c.Session(ctx, first); err != nil {
			t.Fatal(err)
		}
		must(t, c.Tidy(ctx)) // writes the use down
		session := signedIn(t, c, passphrase)
		stranger := modelstest.Person(t, store, "stranger@example.com")
		must(t, store.CreateSession(ctx, &models.Session{ID: "theirs", PersonID: stranger.ID, AccountID: stranger.AccountID, CreatedAt: clock.Now(), LastSeenAt: clock.Now(), ExpiresAt: clock.Now().Add(time.Hour)}))
		clock.Advance(15 * time.Minute)
		all, err := c.SessionsOf(ctx, session.Person.AccountID)
		if err != nil || len(all) != 2 || all[0].LastSeenAt.Before(all[1].LastSeenAt) {
			t.Fatalf("sessions are %+v, %v", all, err)
		}
		must(t, c.EndOwnSession(ctx, session, "theirs"))
		if _, err := store.SessionByID(ctx, "theirs"); err != nil {
			t.Errorf("somebody else’s session was ended: %v", err)
		}
		for _, s := range all {
			if s.ID != session.ID {
				must(t, c.EndOwnSession(ctx, session, s.ID))
			}
		}
		if _, err := c.Session(ctx, first); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the ended session lives on: %v", err)
		}
		must(t, c.EndAllSessions(ctx, session))
		if left, err := c.SessionsOf(ctx, session.Person.AccountID); err != nil || len(left) != 0 {
			t.Errorf("left are %+v, %v", left, err)
		}
		if _, err := store.SessionByID(ctx, "theirs"); err != nil {
			t.Errorf("somebody else was signed out: %v", err)
		}
	})
}
