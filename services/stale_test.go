package services_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/credential"
	"bailiwick/services/files"
)

// interrupted is a console in which something happens when it next looks at the clock.
func interrupted(store *models.Store, clock *modelstest.Clock) (c *services.Console, by *func()) {
	by = new(func())
	now := func() time.Time {
		if happen := *by; happen != nil {
			*by = nil
			happen()
		}
		return clock.Now()
	}
	return services.New(services.Config{
		Store: store, Catalog: files.DefaultCatalog(), Now: now, PasswordCost: credential.Cost{Memory: 64, Time: 1},
		SecretKeys: oneKey(),
	}), by
}

// Attack: send the old password, with many others in the queue for the hash, while its owner replaces it; or while the
// owner turns the second factor on.
func TestASignInThatIsOvertakenOpensNothing(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		c, by := interrupted(store, clock)
		setUp(t, c)
		owner, err := store.PersonByEmail(ctx, administrator)
		must(t, err)
		with := services.Credentials{Email: administrator, Password: passphrase, Address: "192.0.2.66"}
		*by = func() { must(t, store.TurnOnTOTP(ctx, owner.AccountID, "a secret", 1)) }
		var owes services.OwesSecondFactor
		if token, _, err := c.SignIn(ctx, with); !errors.As(err, &owes) {
			t.Errorf("while the second factor is turned on: %q, %v", token, err)
		}
		*by = func() { must(t, store.SetPassword(ctx, owner.AccountID, "of another password", false)) }
		if token, _, err := c.SignIn(ctx, with); !errors.Is(err, services.ErrWrongCredentials) {
			t.Errorf("while the password is replaced: %q, %v", token, err)
		}
	})
}

// Attack: find a session open and go on with it while its owner signs out everywhere.
func TestASessionThatHasEndedChangesNothingOfTheSecondFactor(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		ctx := context.Background()
		must(t, a.EndAllSessions(ctx, a.session))
		if _, err := a.TurnOffSecondFactor(ctx, a.session, a.code(), "192.0.2.66", ""); !errors.Is(err, services.ErrSignedOut) {
			t.Errorf("turned off: %v", err)
		}
		a.clock.Advance(time.Minute)
		if _, err := a.RenewRecoveryCodes(ctx, a.session, a.code(), "192.0.2.66"); !errors.Is(err, services.ErrSignedOut) {
			t.Errorf("recovery codes: %v", err)
		}
		must(t, a.give(a.step(), a.recovery[0]))
	})
}
