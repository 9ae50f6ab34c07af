package models_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// administered is what a test knows of some people in some organizations.
type administered struct {
	store     *models.Store
	orgs      []*models.Scope
	keys      []string
	groups    []models.Group // Administrators of each
	people    []models.Person
	passwords map[models.PersonID]bool
	providers map[[2]int]string     // of organization and person
	ends      map[[2]int]*time.Time // of who is an administrator of the organization
}

func newAdministered(t *testing.T, store *models.Store) *administered {
	t.Helper()
	a := &administered{store: store, passwords: map[models.PersonID]bool{}, providers: map[[2]int]string{}, ends: map[[2]int]*time.Time{}}
	for i := range 5 {
		a.people = append(a.people, modelstest.Person(t, store, fmt.Sprintf("p%d@example.com", i)))
	}
	for i := range 3 {
		a.keys = append(a.keys, fmt.Sprintf("org-%d", i))
		a.orgs = append(a.orgs, modelstest.Organization(t, store, a.keys[i]))
		a.groups = append(a.groups, modelstest.Administrators(t, a.orgs[i]))
		modelstest.Group(t, a.orgs[i], "staff", nil, a.people...)
		for p := range a.people {
			a.providers[[2]int{i, p}] = "password"
		}
	}
	return a
}

// step changes something at random.
func (a *administered) step(t *testing.T, r *rand.Rand, clock *modelstest.Clock) {
	t.Helper()
	at := [2]int{r.IntN(len(a.orgs)), r.IntN(len(a.people))}
	org, person, group := a.orgs[at[0]], a.people[at[1]], a.groups[at[0]].Grantee().ID
	end := (*time.Time)(nil)
	if r.IntN(2) == 0 {
		until := a.store.Now().Add(time.Duration(1+r.IntN(90)) * time.Minute)
		end = &until
	}
	was, in := a.ends[at]
	in = in && (was == nil || was.After(a.store.Now()))
	switch r.IntN(6) {
	case 0:
		a.passwords[person.ID] = !a.passwords[person.ID]
		hash := ""
		if a.passwords[person.ID] {
			hash = "a hash"
		}
		ok(t, a.store.SetPassword(ctx, person.AccountID, hash, false))
	case 1:
		a.providers[at] = []string{"password", "email-link", "any", "elsewhere"}[r.IntN(4)]
		ok(t, a.store.Change(ctx, org.ID(), func(tx *models.Scope) error {
			return tx.SetMemberProvider(ctx, person.ID, a.providers[at])
		}))
	case 2:
		clock.Set(a.store.Now().Add(20 * time.Minute))
	case 3, 4:
		ok(t, a.store.Change(ctx, org.ID(), func(tx *models.Scope) error {
			tx.ActsFor(modelstest.Somebody)
			if in {
				return tx.SetMembershipEnd(ctx, group, person.ID, end, a.store.Now())
			}
			return tx.AddMembership(ctx, group, person, end, a.store.Now())
		}))
		a.ends[at] = end
	case 5:
		if in {
			ok(t, a.store.Change(ctx, org.ID(), func(tx *models.Scope) error {
				tx.ActsFor(modelstest.Somebody)
				return tx.EndMembership(ctx, group, person.ID, a.store.Now())
			}))
			delete(a.ends, at)
		}
	}
}

// enters is the rule, said once more: a password opens for who is bound to it, a mail for who is bound to a local account.
func (a *administered) enters(org, person int, mails bool) bool {
	switch a.providers[[2]int{org, person}] {
	case "password", "any":
		return mails || a.passwords[a.people[person].ID]
	case "email-link":
		return mails
	}
	return false
}

// count goes through everybody.
func (a *administered) count(org int, mails bool, without models.PersonID) models.Administration {
	var n models.Administration
	for p, person := range a.people {
		end, in := a.ends[[2]int{org, p}]
		if !in || end != nil && !end.After(a.store.Now()) || person.ID == without {
			continue
		}
		n.Now++
		if end == nil {
			n.ForGood++
		}
		if !a.enters(org, p, mails) {
			continue
		}
		n.EnterNow++
		if end == nil {
			n.EnterForGood++
		}
	}
	return n
}

func TestAdministratorsWhoCouldSignInAreThoseWhomGoingThroughEverybodyFinds(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		a := newAdministered(t, store)
		seed := uint64(20260729)
		r := rand.New(rand.NewPCG(seed, 1))
		seen := map[models.Administration]bool{}
		for step := range 120 {
			a.step(t, r, clock)
			for _, mails := range []bool{false, true} {
				a.check(t, fmt.Sprintf("seed %d, step %d, mails %v", seed, step, mails), mails)
			}
			seen[a.count(0, false, 0)] = true
		}
		if len(seen) < 5 {
			t.Errorf("only %d different counts came up", len(seen))
		}
	})
}

func (a *administered) check(t *testing.T, name string, mails bool) {
	t.Helper()
	now := a.store.Now()
	var unentered []string
	for i, org := range a.orgs {
		for _, without := range []models.PersonID{0, a.people[0].ID, a.people[1].ID} {
			if got, want := get(org.Administered(ctx, now, mails, without))(t), a.count(i, mails, without); got != want {
				t.Fatalf("%s: %s without %d: got %+v, want %+v", name, a.keys[i], without, got, want)
			}
		}
		var entering []string
		for p, person := range a.people {
			if a.enters(i, p, mails) {
				entering = append(entering, person.Email)
			}
		}
		if got := get(org.SigningIn(ctx, mails))(t); !slices.Equal(got, entering) {
			t.Fatalf("%s: %v could sign in to %s, want %v", name, got, a.keys[i], entering)
		}
		if a.count(i, mails, 0).EnterNow == 0 {
			unentered = append(unentered, a.keys[i])
		}
	}
	around := map[string]models.Administration{}
	for _, o := range get(a.store.AdministeredAround(ctx, a.people[0].ID, now, mails))(t) {
		around[o.Key] = o.Administration
	}
	want := map[string]models.Administration{}
	for i, key := range a.keys {
		if n := a.count(i, mails, 0); n.Now > 0 {
			want[key] = n
		}
	}
	if !reflect.DeepEqual(around, want) {
		t.Fatalf("%s: around the first: got %+v, want %+v", name, around, want)
	}
	var got []string
	for _, o := range get(a.store.Unentered(ctx, now, mails, 9))(t) {
		got = append(got, o.Key)
		if o.Total != len(unentered) {
			t.Fatalf("%s: a total of %d, want %d", name, o.Total, len(unentered))
		}
	}
	if !slices.Equal(got, unentered) {
		t.Fatalf("%s: nobody could enter %v, want %v", name, got, unentered)
	}
}

func TestOrganizationsThatNobodyCouldEnterAreNamedUpToALimitWithWhomAPasswordLetsIn(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		person := modelstest.Person(t, store, "john.smith@example.com")
		for i := range 4 {
			org := modelstest.Organization(t, store, fmt.Sprintf("org-%d", i))
			group := modelstest.Administrators(t, org)
			if i > 0 {
				ok(t, org.AddMembership(ctx, group.Grantee().ID, person, nil, store.Now()))
			}
			if i == 3 {
				ok(t, org.SetMemberProvider(ctx, person.ID, "email-link"))
			}
		}
		want := []models.Unentered{{"org-0", "", 4}, {"org-1", person.Email, 4}, {"org-2", person.Email, 4}}
		if got := get(store.Unentered(ctx, store.Now(), false, 3))(t); !slices.Equal(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		want = []models.Unentered{{"org-0", "", 1}}
		if got := get(store.Unentered(ctx, store.Now(), true, 3))(t); !slices.Equal(got, want) {
			t.Errorf("with a mail server: got %+v, want %+v", got, want)
		}
		ok(t, store.SetPassword(ctx, person.AccountID, "a hash", false))
		want = []models.Unentered{{"org-0", "", 2}, {"org-3", "", 2}} // a link to sign in is the only way into the last
		if got := get(store.Unentered(ctx, store.Now(), false, 3))(t); !slices.Equal(got, want) {
			t.Errorf("with a password: got %+v, want %+v", got, want)
		}
	})
}
