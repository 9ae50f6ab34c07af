package services_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/credential"
	"bailiwick/services/files"
)

const (
	administrator = "administrator@example.com"
	passphrase    = "nobody guesses this sentence"
)

// onConsole runs the body on an empty console on each database.
func onConsole(t *testing.T, body func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock)) {
	t.Helper()
	onConsoleWith(t, modelstest.Template{}, body)
}

// mailless is a console that sends no mail.
func mailless(store *models.Store, clock *modelstest.Clock) *services.Console {
	return services.New(services.Config{
		Store: store, Catalog: files.DefaultCatalog(), Now: clock.Finer, PasswordCost: credential.Cost{Memory: 64, Time: 1},
		SecretKeys: oneKey(),
	})
}

func firstSetup() services.Setup {
	return services.Setup{
		Organization: "Acme", Name: "Administrator", Email: administrator, Password: passphrase, Again: passphrase,
		Address: "192.0.2.1", Device: "a browser",
	}
}

// setUp makes the organization acme with one administrator.
func setUp(t testing.TB, c *services.Console) (session string) {
	t.Helper()
	session, _, err := c.SetUp(context.Background(), setupToken(t, c), firstSetup())
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func setupToken(t testing.TB, c *services.Console) string {
	t.Helper()
	path, err := c.NewSetupLink(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(path, "/setup/")
}

// Attack: send all guesses at the same time, so that none is counted before the others are checked.
func TestManyAttemptsAtOnceDoNotSlipThrough(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		const attempts = 40
		outcomes := make([]error, attempts)
		var all sync.WaitGroup
		for i := range attempts {
			all.Go(func() {
				with := services.Credentials{Email: administrator, Password: "wrong", Address: fmt.Sprintf("192.0.2.%d", i)}
				_, _, outcomes[i] = c.SignIn(context.Background(), with)
			})
		}
		all.Wait()
		checked := 0
		for _, err := range outcomes {
			var throttled services.Throttled
			switch {
			case errors.Is(err, services.ErrWrongCredentials):
				checked++
			case !errors.As(err, &throttled):
				t.Errorf("an attempt ended with %v", err)
			}
		}
		if checked > 10 {
			t.Errorf("%d guesses were checked, want 10 at most", checked)
		}
	})
}

func TestSetPasswordIsForMembersOfTheOrganization(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		ctx := context.Background()
		modelstest.Organization(t, store, "other")
		modelstest.Person(t, store, "stranger@example.com")
		for name, try := range map[string]struct{ organization, email string }{
			"no such organization": {"none", administrator}, "another organization": {"other", administrator},
			"not a member": {"acme", "stranger@example.com"}, "unknown": {"acme", "unknown@example.com"},
		} {
			if err := c.SetPassword(ctx, try.organization, try.email, passphrase); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		var invalid services.Invalid
		if err := c.SetPassword(ctx, "acme", administrator, "short"); !errors.As(err, &invalid) || invalid.Text("Password") == "" {
			t.Errorf("a short password: %v", err)
		}
		if err := c.SetPassword(ctx, "acme", "no address", passphrase); !errors.As(err, &invalid) || invalid.Text("Email") == "" {
			t.Errorf("no address: %v", err)
		}
	})
}

func TestSetPasswordEndsSessionsAndIsRecorded(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		ctx := context.Background()
		session := setUp(t, c)
		if err := c.SetPassword(ctx, "acme", "Administrator@Example.com", passphrase+" either"); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Session(ctx, session); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the session lives on: %v", err)
		}
		last := activities(t, store)[0]
		if last.Operation != "member.password-set" || last.ActorName != "Operator" || last.ResourceKey != administrator {
			t.Errorf("recorded as %+v", last)
		}
		for _, a := range activities(t, store) {
			if strings.Contains(fmt.Sprint(a), "argon2") || strings.Contains(fmt.Sprint(a), passphrase) {
				t.Errorf("an activity holds a secret: %+v", a)
			}
		}
	})
}

func activities(t *testing.T, store *models.Store) []models.Activity {
	t.Helper()
	o, err := store.OrganizationByKey(context.Background(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	list, err := store.In(o.ID).Activities(context.Background(), models.ActivityFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return list.Rows
}

func TestSetupMakesBuiltInGroupsAsTheCatalogueHasThem(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		o, err := store.OrganizationByKey(ctx, "acme")
		if err != nil || o.Name != "Acme" || o.Seats != services.DefaultSeats {
			t.Fatalf("%+v, %v", o, err)
		}
		for _, template := range c.Catalog().BuiltIn {
			group, err := store.In(o.ID).Group(ctx, template.Key)
			if err != nil || group.BuiltIn != template.Key || group.Administrators != template.Administrators {
				t.Errorf("%s: %+v, %v", template.Key, group, err)
				continue
			}
			set, err := store.In(o.ID).PrivilegesOf(ctx, group.Grantee().ID)
			if err != nil || !template.Administrators && !set.Equal(template.Privileges, c.Catalog()) {
				t.Errorf("%s holds %v, %v", template.Key, set, err)
			}
		}
		person, err := store.PersonByEmail(ctx, administrator)
		if err != nil {
			t.Fatal(err)
		}
		by, err := c.Identify(ctx, services.Session{Person: person, Provider: services.ProviderPassword}, "acme", "")
		if err != nil || !administers(by) || !by.Enters() {
			t.Errorf("the first administrator: %+v, %v", by, err)
		}
		if n := len(activities(t, store)); n != 2+len(c.Catalog().BuiltIn) {
			t.Errorf("%d activities", n)
		}
		clock.Advance(time.Hour)
		if err := c.Tidy(ctx); err != nil {
			t.Error(err)
		}
	})
}

func TestOfTwoSetupsAtOnceOneSucceeds(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		token := setupToken(t, c)
		outcomes := make([]error, 6)
		var all sync.WaitGroup
		for i := range outcomes {
			all.Go(func() {
				s := firstSetup()
				s.Key, s.Email = fmt.Sprintf("acme-%d", i), fmt.Sprintf("administrator%d@example.com", i)
				_, _, outcomes[i] = c.SetUp(context.Background(), token, s)
			})
		}
		all.Wait()
		done := 0
		for _, err := range outcomes {
			if err == nil {
				done++
			} else if !errors.Is(err, services.ErrGone) {
				t.Errorf("ended with %v", err)
			}
		}
		organizations, err := store.Organizations(context.Background())
		if done != 1 || err != nil || len(organizations) != 1 {
			t.Errorf("%d succeeded, organizations %v, %v", done, organizations, err)
		}
	})
}

func TestTidyKeepsWhatStillCounts(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		session := setUp(t, c)
		for range 10 {
			if _, _, err := c.SignIn(ctx, services.Credentials{Email: administrator, Password: "wrong"}); !errors.Is(err, services.ErrWrongCredentials) {
				t.Fatal(err)
			}
		}
		if err := c.Tidy(ctx); err != nil {
			t.Fatal(err)
		}
		var throttled services.Throttled
		if _, _, err := c.SignIn(ctx, services.Credentials{Email: administrator, Password: passphrase}); !errors.As(err, &throttled) {
			t.Errorf("tidying opened the door: %v", err)
		}
		if _, err := c.Session(ctx, session); err != nil {
			t.Errorf("tidying ended a session in use: %v", err)
		}
		clock.Advance(services.SessionLife)
		if err := c.Tidy(ctx); err != nil {
			t.Fatal(err)
		}
		clock.Set(modelstest.Start)
		if _, err := c.Session(ctx, session); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the row of an old session stays: %v", err)
		}
	})
}

// administers tells whether somebody is in the group Administrators.
func administers(by services.Caller) bool {
	return slices.ContainsFunc(by.Groups, func(g access.Grantee) bool { return g.Administrators })
}
