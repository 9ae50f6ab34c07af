package models_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestPersonHasOneCanonicalEmail(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		person := modelstest.Person(t, store, "john.smith@example.com")
		wantError(t, store.CreatePerson(ctx, &models.Person{Email: person.Email}), models.ErrDuplicate)
		wantError(t, store.CreatePeople(ctx, []models.Person{{Email: "new@example.com"}, {Email: person.Email}}), models.ErrDuplicate)
		if got := get(store.PersonByEmail(ctx, person.Email))(t); got != person {
			t.Errorf("got %+v, want %+v", got, person)
		}
		if got := get(store.PersonByID(ctx, person.ID))(t); got != person {
			t.Errorf("got %+v, want %+v", got, person)
		}
		for _, email := range []string{"new@example.com", "JOHN.SMITH@example.com", "", "\x00", "1 OR 1=1"} {
			_, err := store.PersonByEmail(ctx, email)
			wantError(t, err, models.ErrNotFound)
		}
		if all := get(store.PeopleByEmails(ctx, []string{"x", person.Email}))(t); !slices.Equal(all, []models.Person{person}) {
			t.Errorf("got %+v", all)
		}
	})
}

func TestSessionsEndWithThePassword(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		one, two := modelstest.Person(t, store, "one@example.com"), modelstest.Person(t, store, "two@example.com")
		now := store.Now()
		for id, person := range map[string]models.Person{"a": one, "b": one, "c": two} {
			ok(t, store.CreateSession(ctx, &models.Session{
				ID: id, PersonID: person.ID, AccountID: person.AccountID, CreatedAt: now, LastSeenAt: now, ExpiresAt: now.Add(12 * time.Hour), Device: "Chromium"}))
		}
		ok(t, store.TouchSession(ctx, "a", now.Add(time.Minute)))
		ok(t, store.SetFlash(ctx, "a", `{"text":"Saved"}`))
		got := get(store.SessionByID(ctx, "a"))(t)
		want := models.Session{ID: "a", PersonID: one.ID, AccountID: one.AccountID, CreatedAt: now, LastSeenAt: now.Add(time.Minute),
			ExpiresAt: now.Add(12 * time.Hour), Device: "Chromium", Flash: `{"text":"Saved"}`}
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		ok(t, store.SetPassword(ctx, one.AccountID, "hash", false))
		for id, alive := range map[string]bool{"a": false, "b": false, "c": true} {
			if _, err := store.SessionByID(ctx, id); (err == nil) != alive {
				t.Errorf("session %s: %v", id, err)
			}
		}
		if p := get(store.PersonByID(ctx, one.ID))(t); p.PasswordHash != "hash" || p.Revision != 1 {
			t.Errorf("got %+v", p)
		}
		wantError(t, store.SetPassword(ctx, 999, "x", false), models.ErrNotFound)
		ok(t, store.DeleteSession(ctx, "c"))
		_, err := store.SessionByID(ctx, "c")
		wantError(t, err, models.ErrNotFound)
	})
}

func TestExpiredAndIdleSessionsAreTidiedUp(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		p, now := modelstest.Person(t, store, "one@example.com"), store.Now()
		for id, s := range map[string]models.Session{
			"idle":    {LastSeenAt: now.Add(-31 * time.Minute), ExpiresAt: now.Add(time.Hour)},
			"expired": {LastSeenAt: now, ExpiresAt: now},
			"alive":   {LastSeenAt: now.Add(-30 * time.Minute), ExpiresAt: now.Add(time.Microsecond)},
		} {
			s.ID, s.PersonID, s.AccountID, s.CreatedAt = id, p.ID, p.AccountID, now
			ok(t, store.CreateSession(ctx, &s))
		}
		ok(t, store.DeleteExpiredSessions(ctx, now.Add(-30*time.Minute), now))
		if left := read[string](t, store, "SELECT id FROM sessions"); !slices.Equal(left, []string{"alive"}) {
			t.Errorf("left are %v", left)
		}
	})
}

func TestFailedAttemptsCountPerAccountAndPerAddress(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		var last int64
		for _, a := range [][2]string{{"one", "10.0.0.1"}, {"one", "10.0.0.2"}, {"two", "10.0.0.1"}, {"one", "10.0.0.1"}} {
			clock.Advance(time.Second)
			last = get(store.RecordAttempt(ctx, a[0], a[1], store.Now()))(t)
		}
		seconds := func(all []time.Time) (s []int) {
			for _, at := range all {
				s = append(s, int(at.Sub(modelstest.Start).Seconds()))
			}
			return s
		}
		check := func(since int, account, address []int) {
			t.Helper()
			a, b, err := store.Failures(ctx, "one", "10.0.0.1", modelstest.Start.Add(time.Duration(since)*time.Second))
			ok(t, err)
			if !slices.Equal(seconds(a), account) || !slices.Equal(seconds(b), address) {
				t.Errorf("since %d: got %v and %v, want %v and %v", since, seconds(a), seconds(b), account, address)
			}
		}
		check(0, []int{4, 2, 1}, []int{4, 3, 1})
		check(2, []int{4, 2}, []int{4, 3})
		if _, unknown, err := store.Failures(ctx, "one", "", modelstest.Start); err != nil || len(unknown) > 0 {
			t.Errorf("failures from no address: %v, %v", unknown, err)
		}
		ok(t, store.SucceedAttempt(ctx, last))
		check(0, []int{2, 1}, []int{3, 1})
		ok(t, store.DeleteAttempts(ctx, modelstest.Start.Add(2*time.Second)))
		check(0, []int{2}, []int{3})
	})
}

func TestManyWhoNeedAnInstallationKeyFirstGetTheSame(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		got := make([]string, 12)
		var all sync.WaitGroup
		for i := range got {
			all.Go(func() {
				key, err := store.InstallationKey(ctx, "seal", fmt.Sprintf("secret %d", i))
				if err != nil {
					t.Error(err)
				}
				got[i] = key
			})
		}
		all.Wait()
		if slices.Sort(got); got[0] == "" || got[0] != got[len(got)-1] {
			t.Errorf("got %q", got)
		}
		if other := get(store.InstallationKey(ctx, "other", "another secret"))(t); other != "another secret" {
			t.Errorf("the key for something else is %q", other)
		}
	})
}

func TestSetupLinkIsUsedOnceByOneOfMany(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		now := store.Now()
		ok(t, store.CreateSetupLink(ctx, &models.SetupLink{ID: "hash", CreatedAt: now, ExpiresAt: now.Add(time.Hour)}))
		wantError(t, store.UseSetupLink(ctx, "hash", now.Add(time.Hour)), models.ErrConflict)
		wantError(t, store.UseSetupLink(ctx, "other", now), models.ErrConflict)
		var group sync.WaitGroup
		errs := make(chan error, 8)
		for range cap(errs) {
			group.Go(func() { errs <- store.UseSetupLink(ctx, "hash", now) })
		}
		group.Wait()
		used := 0
		for range cap(errs) {
			if err := <-errs; err == nil {
				used++
			} else {
				wantError(t, err, models.ErrConflict)
			}
		}
		if link := get(store.SetupLink(ctx, "hash"))(t); used != 1 || link.UsedAt == nil || *link.UsedAt != now {
			t.Errorf("used %d times, link %+v", used, link)
		}
	})
}
