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
		ok(t, store.SetPassword(ctx, one.AccountID, "hash", false))
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
		wantError(t, store.TurnOffTOTP(ctx, p.AccountID), models.ErrConflict)
		wantError(t, store.SetPassword(ctx, p.AccountID, "short", true), models.ErrConflict)
		if n := together(t, 10, func() error { return store.TurnOnTOTP(ctx, p.AccountID, "SECRET", 7) }); n != 1 {
			t.Errorf("%d turned it on", n)
		}
		wantError(t, store.AcceptTOTP(ctx, p.AccountID, "SECRET", 7), models.ErrConflict)
		wantError(t, store.AcceptTOTP(ctx, p.AccountID, "OTHER", 8), models.ErrConflict)
		if n := together(t, 10, func() error { return store.AcceptTOTP(ctx, p.AccountID, "SECRET", 9) }); n != 1 {
			t.Errorf("%d were accepted with one code", n)
		}
		wantError(t, store.AcceptTOTP(ctx, p.AccountID, "SECRET", 8), models.ErrConflict)
		ok(t, store.SetPassword(ctx, p.AccountID, "short", true))
		wantError(t, store.TurnOffTOTP(ctx, p.AccountID), models.ErrConflict)
		ok(t, store.SetPassword(ctx, p.AccountID, "long", false))
		ok(t, store.ReplaceRecoveryCodes(ctx, p.AccountID, []string{"a", "b"}, store.Now()))
		ok(t, store.TurnOffTOTP(ctx, p.AccountID))
		got := get(store.PersonByID(ctx, p.ID))(t)
		if got.TOTPSecret != "" || got.TOTPStep != 0 || get(store.RecoveryCodesLeft(ctx, p.AccountID))(t) != 0 {
			t.Errorf("left is %+v", got)
		}
	})
}

func TestRecoveryCodesAreReplacedAndUsedOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		one, two := modelstest.Person(t, store, "one@example.com"), modelstest.Person(t, store, "two@example.com")
		ok(t, store.ReplaceRecoveryCodes(ctx, one.AccountID, []string{"old"}, store.Now()))
		ok(t, store.ReplaceRecoveryCodes(ctx, one.AccountID, []string{"a", "b", "c"}, store.Now()))
		ok(t, store.ReplaceRecoveryCodes(ctx, two.AccountID, []string{"d"}, store.Now()))
		wantError(t, store.UseRecoveryCode(ctx, one.AccountID, "old", store.Now()), models.ErrConflict)
		wantError(t, store.UseRecoveryCode(ctx, one.AccountID, "d", store.Now()), models.ErrConflict)
		if n := together(t, 10, func() error { return store.UseRecoveryCode(ctx, one.AccountID, "b", store.Now()) }); n != 1 {
			t.Errorf("%d used one code", n)
		}
		if left := get(store.RecoveryCodesLeft(ctx, one.AccountID))(t); left != 2 {
			t.Errorf("%d are left", left)
		}
	})
}

func TestASignInStepIsTakenOnceAndEndsWithTheSessions(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		p, now := modelstest.Person(t, store, "one@example.com"), store.Now()
		for _, id := range []string{"a", "b", "c"} {
			ok(t, store.CreateSignInStep(ctx, &models.SignInStep{ID: id, PersonID: p.ID, AccountID: p.AccountID, Provider: "password", CreatedAt: now, ExpiresAt: now.Add(time.Minute)}))
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

func TestProvingAnEmailEndsWhatOthersMadeForIt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		now := store.Now()
		for _, unproven := range []bool{true, false} {
			var p models.Person
			if unproven {
				p = modelstest.Unproven(t, store, "new@example.com", "hash")
			} else {
				p = modelstest.Person(t, store, "old@example.com")
				ok(t, store.SetPassword(ctx, p.AccountID, "hash", false))
			}
			ok(t, store.TurnOnTOTP(ctx, p.AccountID, "secret", 7))
			ok(t, store.ReplaceRecoveryCodes(ctx, p.AccountID, []string{"code of " + p.Email}, now))
			ok(t, store.CreateSession(ctx, &models.Session{
				ID: p.Email, PersonID: p.ID, AccountID: p.AccountID, CreatedAt: now, LastSeenAt: now, ExpiresAt: now.Add(time.Hour)}))
			got := get(store.ProveEmail(ctx, p.ID))(t)
			if read := get(store.PersonByID(ctx, p.ID))(t); read != got {
				t.Errorf("proven is %+v, read is %+v", got, read)
			}
			_, err := store.SessionByID(ctx, p.Email)
			if got.Unproven || (got.PasswordHash == "") != unproven || (err != nil) != unproven || (got.AccountID == p.AccountID) == unproven {
				t.Errorf("unproven %t: %+v, session %v", unproven, got, err)
			}
			codes := get(store.RecoveryCodesLeft(ctx, p.AccountID))(t)
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
			person   models.Person
			provider string
			required bool
		}{{"acme", member, "password", true}, {"acme", guest, "", true}, {"other", guest, "password", false}, {"other", member, "", false}} {
			got := get(store.Entry(ctx, want.key, want.person, ""))(t)
			if got.Key != want.key || got.Provider != want.provider || got.RequireSecondFactor != want.required {
				t.Errorf("%+v: got %+v", want, got)
			}
		}
		for _, key := range []string{"none", "\x00"} {
			_, err := store.Entry(ctx, key, member, "")
			wantError(t, err, models.ErrNotFound)
		}
		if n := get(org.WithoutSecondFactor(ctx, 10))(t); n != 1 {
			t.Errorf("%d members lack a second factor", n)
		}
		ok(t, store.TurnOnTOTP(context.Background(), member.AccountID, "SECRET", 1))
		if n := get(org.WithoutSecondFactor(ctx, 10))(t); n != 0 {
			t.Errorf("%d members lack a second factor", n)
		}
	})
}

// Who leaves and comes back begins anew: an account that an organization let in opens what there was then.
func TestAnAccountThatProvesNothingOpensTheMembershipThatItWasLetInto(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")
		account := modelstest.Unproven(t, store, "one@example.com", "hash")
		group := modelstest.Group(t, org, "team", nil, account)
		modelstest.Group(t, other, "team", nil, account)
		check := func(when string, open bool) {
			t.Helper()
			if e := get(store.Entry(ctx, "acme", account, ""))(t); e.Open != open {
				t.Errorf("%s it is open: %t", when, e.Open)
			}
			if e := get(store.Entry(ctx, "other", account, ""))(t); e.Open {
				t.Errorf("%s the other organization is open", when)
			}
			accounts := get(org.AccountsOf(ctx, account.ID))(t)
			organizations := get(store.OpenOrganizationsOf(ctx, account, store.Now()))(t)
			if (len(accounts) == 1) != open || (len(byPassword(t, org, account.ID)) == 1) != open || (len(organizations) == 1) != open {
				t.Errorf("%s accounts are %+v, open are %+v", when, accounts, organizations)
			}
			if marks := get(org.MarksOf(ctx, []models.PersonID{account.ID}))(t); marks[account.ID].Unproven != open {
				t.Errorf("%s the member is marked as %+v", when, marks)
			}
		}
		check("before", false)
		clock.Advance(time.Minute)
		ok(t, org.LetIn(ctx, account, store.Now()))
		check("after", true)
		clock.Advance(time.Minute)
		ok(t, store.Change(ctx, org.ID(), func(tx *models.Scope) error {
			tx.ActsFor(modelstest.Somebody)
			return tx.EndMembership(ctx, group.Grantee().ID, account.ID, store.Now())
		}))
		check("having left", false)
		ok(t, store.EndIdleAccounts(ctx, account.ID))
		if all := get(store.AccountsByEmail(ctx, account.Email))(t); len(all) != 0 {
			t.Errorf("what opens nothing is left: %+v", all)
		}
	})
}

func TestAllPasswordsOfAnAddressHaveOneSalt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		owner := modelstest.Person(t, store, "one@example.com")
		ok(t, store.SetPassword(ctx, owner.AccountID, "$a$salt$sum", false))
		other := models.Account{PersonID: owner.ID, PasswordHash: "$a$pepper$sum", CreatedAt: store.Now()}
		wantError(t, store.CreateAccount(ctx, &other), models.ErrConflict)
		other.PasswordHash = "$a$salt$another"
		ok(t, store.CreateAccount(ctx, &other))
		wantError(t, store.SetPassword(ctx, owner.AccountID, "$a$pepper$sum", false), models.ErrConflict)
		wantError(t, store.CreateAccount(ctx, &models.Account{PersonID: owner.ID, Proven: true, CreatedAt: store.Now()}), models.ErrDuplicate)
		all := get(store.AccountsByEmail(ctx, owner.Email))(t)
		if len(all) != 2 || all[0].Unproven || !all[1].Unproven || all[0].Name != owner.Name || all[1].Name != owner.Name {
			t.Errorf("accounts are %+v", all)
		}
		if none := get(store.AccountsByEmail(ctx, "\x00"))(t); len(none) != 0 {
			t.Errorf("of no address: %+v", none)
		}
	})
}

// byPassword are those of the people who can enter by an account with a password.
func byPassword(t *testing.T, scope *models.Scope, people ...models.PersonID) (enter []models.PersonID) {
	t.Helper()
	for _, person := range people {
		all := get(scope.AccountsOf(t.Context(), person))(t)
		if slices.ContainsFunc(all, func(a models.Person) bool { return a.PasswordHash != "" }) {
			enter = append(enter, person)
		}
	}
	return enter
}
