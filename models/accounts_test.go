package models_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// together runs so many at once and gives how many succeeded; the others have to fail with ErrConflict.
func together(t *testing.T, n int, do func() error) (succeeded int) {
	t.Helper()
	outcomes := make([]error, n)
	var all sync.WaitGroup
	for i := range outcomes {
		all.Go(func() { outcomes[i] = do() })
	}
	all.Wait()
	for _, err := range outcomes {
		if err == nil {
			succeeded++
			continue
		}
		wantError(t, err, models.ErrConflict)
	}
	return succeeded
}

func TestAOneTimeLinkIsUsedOnceAndTheOthersOfItsKindWithIt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		one, two := modelstest.Person(t, store, "one@example.com"), modelstest.Person(t, store, "two@example.com")
		now := store.Now()
		for _, link := range []models.OneTimeLink{
			{ID: "a", Kind: models.LinkSignIn, PersonID: one.ID, Next: "/o/acme"}, {ID: "b", Kind: models.LinkSignIn, PersonID: one.ID},
			{ID: "c", Kind: models.LinkPassword, PersonID: one.ID}, {ID: "d", Kind: models.LinkSignIn, PersonID: two.ID},
		} {
			link.CreatedAt, link.ExpiresAt = now, now.Add(time.Minute)
			ok(t, store.CreateOneTimeLink(ctx, &link))
		}
		wantError(t, store.UseOneTimeLink(ctx, models.LinkPassword, "a", now), models.ErrConflict)
		wantError(t, store.UseOneTimeLink(ctx, models.LinkSignIn, "a", now.Add(time.Minute)), models.ErrConflict)
		wantError(t, store.UseOneTimeLink(ctx, models.LinkSignIn, "none", now), models.ErrConflict)
		if n := together(t, 10, func() error { return store.UseOneTimeLink(ctx, models.LinkSignIn, "a", now) }); n != 1 {
			t.Errorf("%d used the link", n)
		}
		if got := get(store.OneTimeLink(ctx, models.LinkSignIn, "a"))(t); got.Next != "/o/acme" || got.UsedAt == nil || !got.UsedAt.Equal(now) {
			t.Errorf("got %+v", got)
		}
		open := read[string](t, store, "SELECT id FROM one_time_links WHERE used_at IS NULL ORDER BY id")
		if !slices.Equal(open, []string{"c", "d"}) {
			t.Errorf("open are %v, want those of another kind and of somebody else", open)
		}
		ok(t, store.SetPassword(ctx, one.ID, "hash", false))
		if open = read[string](t, store, "SELECT id FROM one_time_links WHERE used_at IS NULL"); !slices.Equal(open, []string{"d"}) {
			t.Errorf("after a new password open are %v", open)
		}
		ok(t, store.DeleteOneTimeLinks(ctx, now.Add(time.Hour)))
		if left := read[string](t, store, "SELECT id FROM one_time_links"); len(left) != 0 {
			t.Errorf("left are %v", left)
		}
	})
}

func TestASecondFactorIsTurnedOnOnceAndItsStepsCountOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		p := modelstest.Person(t, store, "one@example.com")
		wantError(t, store.TurnOffTOTP(ctx, p.ID), models.ErrConflict)
		wantError(t, store.SetPassword(ctx, p.ID, "short", true), models.ErrConflict)
		if n := together(t, 10, func() error { return store.TurnOnTOTP(ctx, p.ID, "SECRET", 7) }); n != 1 {
			t.Errorf("%d turned it on", n)
		}
		wantError(t, store.AcceptTOTP(ctx, p.ID, "SECRET", 7), models.ErrConflict)
		wantError(t, store.AcceptTOTP(ctx, p.ID, "OTHER", 8), models.ErrConflict)
		if n := together(t, 10, func() error { return store.AcceptTOTP(ctx, p.ID, "SECRET", 9) }); n != 1 {
			t.Errorf("%d were accepted with one code", n)
		}
		wantError(t, store.AcceptTOTP(ctx, p.ID, "SECRET", 8), models.ErrConflict)
		ok(t, store.SetPassword(ctx, p.ID, "short", true))
		wantError(t, store.TurnOffTOTP(ctx, p.ID), models.ErrConflict)
		ok(t, store.SetPassword(ctx, p.ID, "long", false))
		ok(t, store.ReplaceRecoveryCodes(ctx, p.ID, []string{"a", "b"}, store.Now()))
		ok(t, store.TurnOffTOTP(ctx, p.ID))
		got := get(store.PersonByID(ctx, p.ID))(t)
		if got.TOTPSecret != "" || got.TOTPStep != 0 || get(store.RecoveryCodesLeft(ctx, p.ID))(t) != 0 {
			t.Errorf("left is %+v", got)
		}
	})
}

func TestRecoveryCodesAreReplacedAndUsedOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		one, two := modelstest.Person(t, store, "one@example.com"), modelstest.Person(t, store, "two@example.com")
		ok(t, store.ReplaceRecoveryCodes(ctx, one.ID, []string{"old"}, store.Now()))
		ok(t, store.ReplaceRecoveryCodes(ctx, one.ID, []string{"a", "b", "c"}, store.Now()))
		ok(t, store.ReplaceRecoveryCodes(ctx, two.ID, []string{"d"}, store.Now()))
		wantError(t, store.UseRecoveryCode(ctx, one.ID, "old", store.Now()), models.ErrConflict)
		wantError(t, store.UseRecoveryCode(ctx, one.ID, "d", store.Now()), models.ErrConflict)
		if n := together(t, 10, func() error { return store.UseRecoveryCode(ctx, one.ID, "b", store.Now()) }); n != 1 {
			t.Errorf("%d used one code", n)
		}
		if left := get(store.RecoveryCodesLeft(ctx, one.ID))(t); left != 2 {
			t.Errorf("%d are left", left)
		}
	})
}

func TestASignInStepIsTakenOnceAndEndsWithTheSessions(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		p, now := modelstest.Person(t, store, "one@example.com"), store.Now()
		for _, id := range []string{"a", "b", "c"} {
			ok(t, store.CreateSignInStep(ctx, &models.SignInStep{ID: id, PersonID: p.ID, Provider: "password", CreatedAt: now, ExpiresAt: now.Add(time.Minute)}))
		}
		if n := together(t, 10, func() error { return store.TakeSignInStep(ctx, "a") }); n != 1 {
			t.Errorf("%d took the step", n)
		}
		ok(t, store.DeleteSignInSteps(ctx, now))
		if got := get(store.SignInStep(ctx, "b"))(t); got.Provider != "password" || got.PersonID != p.ID {
			t.Errorf("got %+v", got)
		}
		ok(t, store.DeleteSessionsOf(ctx, p.ID))
		_, err := store.SignInStep(ctx, "b")
		wantError(t, err, models.ErrNotFound)
	})
}

func TestProvingAnEmailEndsWhatWasMadeBefore(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		now := store.Now()
		for _, unproven := range []bool{true, false} {
			p := models.Person{Email: map[bool]string{true: "new@example.com", false: "old@example.com"}[unproven], PasswordHash: "hash", Unproven: unproven, CreatedAt: now}
			ok(t, store.CreatePerson(ctx, &p))
			ok(t, store.TurnOnTOTP(ctx, p.ID, "secret", 7))
			ok(t, store.ReplaceRecoveryCodes(ctx, p.ID, []string{"code of " + p.Email}, now))
			ok(t, store.CreateSession(ctx, &models.Session{ID: p.Email, PersonID: p.ID, CreatedAt: now, LastSeenAt: now, ExpiresAt: now.Add(time.Hour)}))
			ok(t, store.ProveEmail(ctx, p.ID))
			got := get(store.PersonByID(ctx, p.ID))(t)
			_, err := store.SessionByID(ctx, p.Email)
			if got.Unproven || (got.PasswordHash == "") != unproven || (err != nil) != unproven {
				t.Errorf("unproven %t: %+v, session %v", unproven, got, err)
			}
			codes := get(store.RecoveryCodesLeft(ctx, p.ID))(t)
			if (got.TOTPSecret == "") != unproven || (got.TOTPStep == 0) != unproven || (codes == 0) != unproven {
				t.Errorf("unproven %t: the second factor is %q at step %d with %d recovery codes", unproven, got.TOTPSecret, got.TOTPStep, codes)
			}
		}
	})
}

func TestAnEntrySaysWithWhichProviderSomebodyComesIn(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")
		member, guest := modelstest.Person(t, store, "one@example.com"), modelstest.Person(t, store, "two@example.com")
		modelstest.Group(t, org, "team", nil, member)
		modelstest.Group(t, other, "team", nil, guest)
		ok(t, org.SetRequireSecondFactor(ctx, true))
		for _, want := range []struct {
			key      string
			person   models.PersonID
			provider string
			required bool
		}{{"acme", member.ID, "password", true}, {"acme", guest.ID, "", true}, {"other", guest.ID, "password", false}, {"other", member.ID, "", false}} {
			got := get(store.Entry(ctx, want.key, want.person))(t)
			if got.Key != want.key || got.Provider != want.provider || got.RequireSecondFactor != want.required {
				t.Errorf("%+v: got %+v", want, got)
			}
		}
		for _, key := range []string{"none", "\x00"} {
			_, err := store.Entry(ctx, key, member.ID)
			wantError(t, err, models.ErrNotFound)
		}
		if n := get(org.WithoutSecondFactor(ctx, 10))(t); n != 1 {
			t.Errorf("%d members lack a second factor", n)
		}
		ok(t, store.TurnOnTOTP(context.Background(), member.ID, "SECRET", 1))
		if n := get(org.WithoutSecondFactor(ctx, 10))(t); n != 0 {
			t.Errorf("%d members lack a second factor", n)
		}
	})
}
