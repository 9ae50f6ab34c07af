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
	"bailiwick/services/credential"
	"bailiwick/services/files"
)

// oneKey is a source of one key that nobody else has.
func oneKey() services.KeySource { return holding(credential.NewSecretKey()) }

func holding(keys ...credential.SecretKey) services.KeySource {
	return func() ([]credential.SecretKey, error) { return keys, nil }
}

// keyFile is a key file that somebody changes while consoles run.
type keyFile struct {
	mu   sync.Mutex
	keys []credential.SecretKey
}

func (f *keyFile) read() ([]credential.SecretKey, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]credential.SecretKey{}, f.keys...), nil
}

func (f *keyFile) add(key credential.SecretKey) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.keys = append(f.keys, key)
}

// instance is another console on the same database.
func (a armed) instance(keys services.KeySource) armed {
	a.Console = services.New(services.Config{
		Store: a.store, Catalog: files.DefaultCatalog(), Now: a.clock.Now, PasswordCost: credential.Cost{Memory: 64, Time: 1}, SecretKeys: keys,
	})
	return a
}

func (a armed) stored(email string) models.Person {
	a.t.Helper()
	p, err := a.store.PersonByEmail(context.Background(), email)
	must(a.t, err)
	return p
}

// onKeys is onArmed with a key file.
func onKeys(t *testing.T, body func(t *testing.T, a armed, file *keyFile)) {
	t.Helper()
	onArmed(t, func(t *testing.T, a armed) {
		first := credential.NewSecretKey()
		file := &keyFile{keys: []credential.SecretKey{first}}
		plain := a.stored(administrator)
		must(t, a.store.TurnOffTOTP(context.Background(), plain.AccountID))
		must(t, a.store.TurnOnTOTP(context.Background(), plain.AccountID, a.secret, 0)) // as an older version stored it
		must(t, a.store.Tx(context.Background(), func(tx *models.Store) error { return tx.SetSecretKey(context.Background(), "") }))
		body(t, a.instance(file.read), file)
	})
}

// second makes somebody else with a password.
func (a armed) second(email string) models.Person {
	a.t.Helper()
	apply(a.t, a.Console, "version: 1\norganization: {key: acme, name: Acme}\nmembers: [{email: "+email+", name: Second, groups: [administrators]}]\n", services.ApplyOptions{})
	must(a.t, a.SetPassword(context.Background(), "acme", email, passphrase))
	return a.stored(email)
}

func (a armed) stepOf(email string) string {
	a.t.Helper()
	_, _, err := a.SignIn(context.Background(), services.Credentials{Email: email, Password: passphrase, Address: "192.0.2.7"})
	var owes services.OwesSecondFactor
	if !errors.As(err, &owes) {
		a.t.Fatalf("%s: %v, want to owe the second factor", email, err)
	}
	return owes.Step
}

// Attack: read the secret in a copy of the database; put the row of one's own app into somebody else's.
func TestTheSecretOfASecondFactorIsEncryptedAndBoundToItsPerson(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		stored := a.stored(administrator).TOTPSecret
		if !strings.HasPrefix(stored, "v1:") || strings.Contains(stored, a.secret) {
			t.Fatalf("stored as %q", stored)
		}
		other := a.second("second@example.com")
		must(t, a.store.TurnOnTOTP(context.Background(), other.AccountID, stored, 1))
		if err := a.give(a.stepOf(other.Email), a.code()); err == nil {
			t.Error("a secret copied to another row opens that account")
		}
		must(t, a.give(a.step(), a.code()))
	})
}

// Attack: guess while the key is gone, so that its owner is locked out when it is back.
func TestWithoutTheKeyCodesAreRefusedAndEverythingElseGoesOn(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		ctx := context.Background()
		other := a.second("second@example.com")
		broken := func() ([]credential.SecretKey, error) { return nil, errors.New("others can read it") }
		for name, source := range map[string]services.KeySource{"none": nil, "another": oneKey(), "unreadable": broken} {
			without := a.instance(source)
			for range 30 {
				if err := without.give(without.step(), "123456"); !errors.Is(err, services.ErrNoSecretKey) {
					t.Fatalf("%s: a code is answered with %v", name, err)
				}
				a.clock.Advance(time.Minute) // sign-ins are counted
			}
			if err := without.SealSecrets(ctx, true); !errors.Is(err, services.ErrNoSecretKey) {
				t.Errorf("%s: looking after secrets says %v", name, err)
			}
			if err := without.CanKeepSecrets(ctx); !errors.Is(err, services.ErrNoSecretKey) {
				t.Errorf("%s: a second factor could be turned on: %v", name, err)
			}
			acme, err := a.store.OrganizationByKey(ctx, "acme")
			must(t, err)
			if err := without.RequireSecondFactor(ctx, without.Operator(acme), true, true); !errors.Is(err, services.ErrNoSecretKey) {
				t.Errorf("%s: a second factor that nobody can set up is required: %v", name, err)
			}
			token, _, err := without.SignIn(ctx, services.Credentials{Email: other.Email, Password: passphrase, Address: "192.0.2.8"})
			must(t, err)
			session, err := without.Session(ctx, token)
			must(t, err)
			_, err = without.TurnOnSecondFactor(ctx, session, services.FirstCode{Secret: a.secret, Code: a.code(), Password: passphrase})
			if !errors.Is(err, services.ErrNoSecretKey) || a.stored(other.Email).TOTPSecret != "" {
				t.Errorf("%s: turning a second factor on: %v", name, err)
			}
			must(t, without.give(without.step(), a.recovery[0]))
			a.recovery = a.recovery[1:]
		}
		must(t, a.give(a.step(), a.code()))
	})
}

func TestSecretsFromBeforeAreEncryptedOnceThereIsAKey(t *testing.T) {
	onKeys(t, func(t *testing.T, a armed, file *keyFile) {
		ctx := context.Background()
		without := a.instance(nil)
		must(t, without.give(without.step(), a.code())) // an upgrade locks nobody out
		a.clock.Advance(time.Minute)
		var people []models.Person
		for i := range 450 {
			people = append(people, models.Person{Email: fmt.Sprintf("p%d@example.com", i), CreatedAt: a.clock.Now()})
		}
		must(t, a.store.CreatePeople(ctx, people))
		for i, p := range people {
			p, err := a.store.ProveEmail(ctx, p.ID)
			must(t, err)
			must(t, a.store.TurnOnTOTP(ctx, p.AccountID, fmt.Sprintf("PLAIN%d", i), 1))
		}
		step, code := a.step(), a.code()
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if err := a.instance(file.read).SealSecrets(ctx, true); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		left, err := a.store.TOTPSecrets(ctx, "v1:"+file.keys[0].ID()+":", 0, 1000)
		if err != nil || len(left) > 0 {
			t.Errorf("%d secrets are not encrypted, %v", len(left), err)
		}
		must(t, a.give(step, code)) // who was between the factors meanwhile
		before := a.stored(administrator).TOTPSecret
		must(t, a.SealSecrets(ctx, true))
		if a.stored(administrator).TOTPSecret != before {
			t.Error("a secret is encrypted again although nothing changed")
		}
	})
}

func TestRunningConsolesNoticeThatTheKeyWasChanged(t *testing.T) {
	onKeys(t, func(t *testing.T, a armed, file *keyFile) {
		ctx, running := context.Background(), a.instance(file.read)
		must(t, a.SealSecrets(ctx, false))
		must(t, running.SealSecrets(ctx, false))
		elsewhere := a.instance(holding(file.keys[0])) // whose file nobody changed
		step, other := running.step(), a.second("second@example.com")
		key := credential.NewSecretKey()
		if _, err := a.RotateSecretKey(ctx, key.ID()); !errors.Is(err, services.ErrNoSecretKey) {
			t.Errorf("a key that is in no file was taken: %v", err)
		}
		file.add(key)
		if sealed, err := a.RotateSecretKey(ctx, key.ID()); err != nil || sealed != 1 {
			t.Fatalf("encrypted %d secrets, %v", sealed, err)
		}
		if stored := a.stored(administrator).TOTPSecret; !strings.HasPrefix(stored, "v1:"+key.ID()+":") {
			t.Errorf("stored as %q after the change", stored)
		}
		if sealed, err := a.RotateSecretKey(ctx, key.ID()); err != nil || sealed != 0 {
			t.Errorf("once more: %d, %v", sealed, err)
		}
		must(t, running.give(step, a.code()))
		if err := elsewhere.give(elsewhere.step(), a.code()); !errors.Is(err, services.ErrNoSecretKey) {
			t.Errorf("where the new key is missing a code is answered with %v", err)
		}
		token, _, err := running.SignIn(ctx, services.Credentials{Email: other.Email, Password: passphrase, Address: "192.0.2.8"})
		must(t, err)
		session, err := running.Session(ctx, token)
		must(t, err)
		code, err := totp.GenerateCode(a.secret, a.clock.Now())
		must(t, err)
		_, err = running.TurnOnSecondFactor(ctx, session, services.FirstCode{Secret: a.secret, Code: code, Password: passphrase})
		must(t, err)
		if stored := a.stored(other.Email).TOTPSecret; !strings.HasPrefix(stored, "v1:"+key.ID()+":") {
			t.Errorf("a new secret is stored as %q", stored)
		}
	})
}

func TestAKeyIsNotChangedWhileSecretsCannotBeRead(t *testing.T) {
	onArmed(t, func(t *testing.T, a armed) {
		key, before := credential.NewSecretKey(), a.stored(administrator).TOTPSecret
		if _, err := a.instance(holding(key)).RotateSecretKey(context.Background(), key.ID()); !errors.Is(err, services.ErrNoSecretKey) {
			t.Errorf("the key was changed: %v", err)
		}
		if after := a.stored(administrator).TOTPSecret; after != before {
			t.Errorf("the secret changed to %q", after)
		}
		must(t, a.give(a.step(), a.code()))
	})
}

// Race: codes are given, factors turned on and off, while the key is changed again and again.
func TestNothingIsLostWhileTheKeyIsChanged(t *testing.T) {
	onKeys(t, func(t *testing.T, a armed, file *keyFile) {
		ctx := context.Background()
		must(t, a.SealSecrets(ctx, false))
		other := a.second("second@example.com")
		keys := make([]credential.SecretKey, 8)
		for i := range keys {
			keys[i] = credential.NewSecretKey()
			file.add(keys[i])
		}
		var all sync.WaitGroup
		all.Go(func() {
			for _, key := range keys {
				if _, err := a.RotateSecretKey(ctx, key.ID()); err != nil {
					t.Errorf("change the key: %v", err)
				}
			}
		})
		for range 5 {
			all.Go(func() { must(t, a.instance(file.read).SealSecrets(ctx, true)) })
		}
		token, _, err := a.SignIn(ctx, services.Credentials{Email: other.Email, Password: passphrase, Address: "192.0.2.8"})
		must(t, err)
		session, err := a.Session(ctx, token)
		must(t, err)
		_, err = a.TurnOnSecondFactor(ctx, session, services.FirstCode{Secret: a.secret, Code: a.code(), Password: passphrase})
		must(t, err)
		must(t, a.give(a.step(), a.code()))
		all.Wait()
		left, err := a.store.TOTPSecrets(ctx, "v1:"+keys[len(keys)-1].ID()+":", 0, 10)
		if err != nil || len(left) > 0 {
			t.Errorf("left with an old key: %d, %v", len(left), err)
		}
		a.clock.Advance(time.Minute)
		must(t, a.give(a.step(), a.code()))
	})
}

// Race: the key is changed each time that the secret was read and its code is about to be taken.
func TestACodeIsTakenHoweverOftenTheKeyIsChangedMeanwhile(t *testing.T) {
	onKeys(t, func(t *testing.T, a armed, file *keyFile) {
		ctx := context.Background()
		must(t, a.SealSecrets(ctx, false))
		left := 4
		late := a.instance(func() ([]credential.SecretKey, error) {
			had, err := file.read()
			if left > 0 {
				left--
				next := credential.NewSecretKey()
				file.add(next)
				if _, err := a.RotateSecretKey(ctx, next.ID()); err != nil {
					t.Errorf("change the key: %v", err)
				}
			}
			return had, err
		})
		code := a.code()
		must(t, late.give(a.step(), code))
		if left > 0 {
			t.Errorf("the key was not changed %d times", left)
		}
		if err := late.give(a.step(), code); !errors.Is(err, services.ErrWrongCode) {
			t.Errorf("the code once more: %v", err)
		}
	})
}

// Where no secret is stored nobody misses the key, and nothing is reported time and again.
func TestWithoutSecretsTheKeyIsNotMissed(t *testing.T) {
	onConsole(t, func(t *testing.T, _ *services.Console, store *models.Store, clock *modelstest.Clock) {
		without := services.New(services.Config{Store: store, Catalog: files.DefaultCatalog(), Now: clock.Now})
		must(t, without.SealSecrets(context.Background(), true))
		must(t, without.SealSecrets(context.Background(), false))
	})
}
