package services_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// armed is a console whose administrator has a second factor.
type armed struct {
	*services.Console
	t        *testing.T
	store    *models.Store
	clock    *modelstest.Clock
	session  services.Session // of the administrator, with the second factor
	secret   string
	recovery []string
}

// codeAt is what the app of the administrator shows then.
func (a armed) codeAt(at time.Time) string {
	a.t.Helper()
	code, err := totp.GenerateCode(a.secret, at)
	must(a.t, err)
	return code
}

func (a armed) code() string { return a.codeAt(a.clock.Now()) }

func signedIn(t *testing.T, c *services.Console, password string) services.Session {
	t.Helper()
	token, _, err := c.SignIn(context.Background(), services.Credentials{Email: administrator, Password: password, Address: "192.0.2.1"})
	must(t, err)
	session, err := c.Session(context.Background(), token)
	must(t, err)
	return session
}

func onArmed(t *testing.T, body func(t *testing.T, a armed)) {
	t.Helper()
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		a := armed{Console: c, t: t, store: store, clock: clock}
		before := signedIn(t, c, passphrase)
		key, err := c.NewSecondFactor(before.Person, "")
		must(t, err)
		a.secret = key.Secret
		renewed, err := c.TurnOnSecondFactor(ctx, before, services.FirstCode{
			Secret: key.Secret, Code: a.code(), Password: passphrase, Address: "192.0.2.1",
		})
		must(t, err)
		a.recovery = renewed.RecoveryCodes
		a.session, err = c.Session(ctx, renewed.Session)
		must(t, err)
		clock.Advance(time.Minute) // the code of the set-up is over
		body(t, a)
	})
}

// step signs in by password as far as the second factor.
func (a armed) step() string {
	a.t.Helper()
	_, _, err := a.SignIn(context.Background(), services.Credentials{Email: administrator, Password: passphrase, Address: "192.0.2.1"})
	var owes services.OwesSecondFactor
	if !errors.As(err, &owes) {
		a.t.Fatalf("signed in by password alone: %v", err)
	}
	return owes.Step
}

func (a armed) give(step, code string) error {
	_, err := a.GiveSecondFactor(context.Background(), step, code, "192.0.2.1", "")
	return err
}

func TestSigningInTakesBothFactors(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		ctx, step := context.Background(), a.step()
		if _, err := a.Session(ctx, step); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the first factor alone opens a session: %v", err)
		}
		if err := a.give(step, "000000"); !errors.Is(err, services.ErrWrongCode) {
			t.Errorf("a wrong code: %v", err)
		}
		token, err := a.GiveSecondFactor(ctx, step, " "+a.code()[:3]+" "+a.code()[3:], "192.0.2.1", "a browser")
		must(t, err)
		session, err := a.Session(ctx, token)
		if err != nil || !session.SecondFactor || session.Provider != services.ProviderPassword {
			t.Errorf("the session is %+v, %v", session, err)
		}
		if err := a.give(step, a.recovery[0]); !errors.Is(err, services.ErrGone) {
			t.Errorf("one password for two sessions: %v", err)
		}
	})
}

func TestACodeCountsOnceAndOnlyAroundItsTime(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		code := a.code()
		must(t, a.give(a.step(), code))
		if err := a.give(a.step(), code); !errors.Is(err, services.ErrWrongCode) {
			t.Errorf("a code that was used: %v", err)
		}
		if err := a.give(a.step(), a.codeAt(a.clock.Now().Add(-30*time.Second))); !errors.Is(err, services.ErrWrongCode) {
			t.Errorf("a code older than one that was used: %v", err)
		}
		must(t, a.give(a.step(), a.codeAt(a.clock.Now().Add(30*time.Second)))) // a clock that is fast
		a.clock.Advance(5 * time.Minute)
		for _, off := range []time.Duration{-time.Minute, time.Minute} {
			if err := a.give(a.step(), a.codeAt(a.clock.Now().Add(off))); !errors.Is(err, services.ErrWrongCode) {
				t.Errorf("a code that is %v off: %v", off, err)
			}
		}
		must(t, a.give(a.step(), a.codeAt(a.clock.Now().Add(-30*time.Second)))) // a clock that is slow
	})
}

// Attack: read a code over somebody's shoulder and send it at the same time.
func TestOfManyWhoSendOneCodeAtOnceOneIsSignedIn(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		for _, code := range []string{a.code(), a.recovery[3]} {
			steps := make([]string, 8)
			for i := range steps {
				steps[i] = a.step()
			}
			outcomes := make([]error, len(steps))
			var all sync.WaitGroup
			for i := range steps {
				all.Go(func() { outcomes[i] = a.give(steps[i], code) })
			}
			all.Wait()
			signedIn := 0
			for _, err := range outcomes {
				if err == nil {
					signedIn++
				}
			}
			if signedIn != 1 {
				t.Errorf("%d were signed in with one code: %v", signedIn, outcomes)
			}
			a.clock.Advance(time.Hour)
		}
	})
}

func TestARecoveryCodeCountsOnceAndIsNotStored(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		ctx := context.Background()
		if len(a.recovery) != 10 {
			t.Fatalf("there are %d recovery codes", len(a.recovery))
		}
		code := a.recovery[0]
		must(t, a.give(a.step(), strings.ToUpper(strings.ReplaceAll(code, "-", " "))))
		if err := a.give(a.step(), code); !errors.Is(err, services.ErrWrongCode) {
			t.Errorf("used twice: %v", err)
		}
		for _, stored := range []string{a.recovery[1], strings.ReplaceAll(a.recovery[1], "-", "")} {
			if err := a.store.UseRecoveryCode(ctx, a.session.Person.AccountID, stored, a.clock.Now()); !errors.Is(err, models.ErrConflict) {
				t.Errorf("a code is found by itself, not by its hash: %v", err)
			}
		}
		about, err := a.SecondFactor(ctx, a.session.Person)
		if err != nil || about.RecoveryCodes != 9 {
			t.Errorf("%d codes are left, %v", about.RecoveryCodes, err)
		}
		fresh, err := a.RenewRecoveryCodes(ctx, a.session, a.code(), "192.0.2.1")
		must(t, err)
		if err := a.give(a.step(), a.recovery[1]); !errors.Is(err, services.ErrWrongCode) {
			t.Errorf("a code from before the new ones: %v", err)
		}
		must(t, a.give(a.step(), fresh[1]))
	})
}

func TestCodesAreThrottledLikePasswords(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		step := a.step()
		outcomes := make([]error, 40)
		var all sync.WaitGroup
		for i := range outcomes {
			all.Go(func() {
				_, outcomes[i] = a.GiveSecondFactor(context.Background(), step, fmt.Sprintf("%06d", i), fmt.Sprintf("192.0.2.%d", i), "")
			})
		}
		all.Wait()
		checked := 0
		for _, err := range outcomes {
			var throttled services.Throttled
			switch {
			case errors.Is(err, services.ErrWrongCode):
				checked++
			case !errors.As(err, &throttled):
				t.Errorf("ended with %v", err)
			}
		}
		if checked == 0 || checked > 10 {
			t.Errorf("%d codes were checked, want 10 at most", checked)
		}
	})
}

func TestAStepToTheSecondFactorEndsWithItsTimeAndWithThePassword(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		late := a.step()
		a.clock.Advance(services.StepLife)
		if err := a.give(late, a.code()); !errors.Is(err, services.ErrGone) {
			t.Errorf("too late: %v", err)
		}
		must(t, a.Tidy(context.Background()))
		early := a.step()
		must(t, a.SetPassword(context.Background(), "acme", administrator, passphrase+" too"))
		if err := a.give(early, a.code()); !errors.Is(err, services.ErrGone) {
			t.Errorf("after a new password: %v", err)
		}
	})
}

// Attack: find a session open and bind it to an app of one's own.
func TestTurningTheSecondFactorOnTakesPasswordAndCodeAndEndsOtherSessions(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		ctx := context.Background()
		other := setUp(t, c)
		session := signedIn(t, c, passphrase)
		key, err := c.NewSecondFactor(session.Person, "no secret of ours")
		must(t, err)
		code, err := totp.GenerateCode(key.Secret, clock.Now())
		must(t, err)
		for field, first := range map[string]services.FirstCode{
			"Password": {Secret: key.Secret, Code: code, Password: "wrong"},
			"Code":     {Secret: key.Secret, Code: "000000", Password: passphrase},
			"Code ":    {Secret: "AAAA", Code: code, Password: passphrase},
		} {
			var invalid services.Invalid
			if _, err := c.TurnOnSecondFactor(ctx, session, first); !errors.As(err, &invalid) || invalid.Text(strings.TrimSpace(field)) == "" {
				t.Errorf("%s: %v", field, err)
			}
		}
		first := services.FirstCode{Secret: key.Secret, Code: code, Password: passphrase, Address: "192.0.2.1"}
		renewed, err := c.TurnOnSecondFactor(ctx, session, first)
		must(t, err)
		if _, err := c.Session(ctx, other); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a session without the second factor lives on: %v", err)
		}
		again, err := c.Session(ctx, renewed.Session)
		must(t, err)
		if _, err := c.TurnOnSecondFactor(ctx, again, first); !errors.Is(err, models.ErrConflict) {
			t.Errorf("turned on twice: %v", err)
		}
	})
}

func TestAShortPasswordIsEnoughBesideASecondFactorOnly(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		ctx := context.Background()
		const short = "quayside"
		change := services.PasswordChange{Present: passphrase, NewPassword: services.NewPassword{Password: short, Again: short}, Address: "192.0.2.1"}
		renewed, err := a.ChangePassword(ctx, a.session, change)
		must(t, err)
		session, err := a.Session(ctx, renewed.Session)
		if err != nil || !session.SecondFactor {
			t.Fatalf("the session that goes on is %+v, %v", session, err)
		}
		var invalid services.Invalid
		if _, err := a.TurnOffSecondFactor(ctx, session, a.code(), "192.0.2.1", ""); !errors.As(err, &invalid) {
			t.Errorf("turned off with a short password: %v", err)
		}
		change = services.PasswordChange{Present: short, NewPassword: services.NewPassword{Password: passphrase, Again: passphrase}, Address: "192.0.2.1"}
		renewed, err = a.ChangePassword(ctx, session, change)
		must(t, err)
		session, err = a.Session(ctx, renewed.Session)
		must(t, err)
		if _, err := a.TurnOffSecondFactor(ctx, session, "000000", "192.0.2.1", ""); !errors.As(err, &invalid) || invalid.Text("Code") == "" {
			t.Errorf("turned off with a wrong code: %v", err)
		}
		renewed, err = a.TurnOffSecondFactor(ctx, session, a.code(), "192.0.2.1", "")
		must(t, err)
		session, err = a.Session(ctx, renewed.Session)
		if err != nil || session.SecondFactor {
			t.Errorf("the session that goes on is %+v, %v", session, err)
		}
		if signedIn(t, a.Console, passphrase).Person.TOTPSecret != "" {
			t.Error("the secret is still there")
		}
	})
}

func TestALostSecondFactorIsTakenAwayOnTheCommandLine(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		ctx := context.Background()
		if _, err := a.ResetSecondFactor(ctx, "acme", "nobody@example.com", false); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("of nobody: %v", err)
		}
		passwordEnded, err := a.ResetSecondFactor(ctx, "acme", "Administrator@example.com", false)
		if err != nil || passwordEnded {
			t.Fatalf("password ended %t, %v", passwordEnded, err)
		}
		if _, err := a.store.SessionByID(ctx, a.session.ID); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the session lives on: %v", err)
		}
		if signedIn(t, a.Console, passphrase).SecondFactor {
			t.Error("the session says that a second factor was given")
		}
		if last := activities(t, a.store)[0]; last.Operation != "member.second-factor-reset" || last.ActorName != "Operator" {
			t.Errorf("recorded as %+v", last)
		}
		if _, err := a.ResetSecondFactor(ctx, "acme", administrator, false); !errors.Is(err, models.ErrConflict) {
			t.Errorf("of somebody who has none: %v", err)
		}
	})
}

func TestAnOrganizationThatRequiresASecondFactorIsClosedToSessionsWithoutOne(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		ctx := context.Background()
		by, err := a.Identify(ctx, a.session, "acme", "192.0.2.1")
		must(t, err)
		var confirm services.NeedsConfirmation
		if err := a.RequireSecondFactor(ctx, by, true, false); !errors.As(err, &confirm) {
			t.Errorf("closed without a question: %v", err)
		}
		must(t, a.RequireSecondFactor(ctx, by, true, true))
		if _, err := a.Identify(ctx, a.session, "acme", ""); err != nil {
			t.Errorf("with a second factor: %v", err)
		}
		without := a.session
		without.SecondFactor = false
		var missing services.SecondFactorMissing
		if _, err := a.Identify(ctx, without, "acme", ""); !errors.As(err, &missing) || missing.Organization.Key != "acme" {
			t.Errorf("without: %v", err)
		}
		must(t, a.RequireSecondFactor(ctx, by, false, false))
		if _, err := a.Identify(ctx, without, "acme", ""); err != nil {
			t.Errorf("when it is required no longer: %v", err)
		}
	})
}
