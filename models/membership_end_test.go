package models_test

import (
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestEndOfAMembershipIsANewRow(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		person := modelstest.Person(t, store, "john.smith@example.com")
		group := modelstest.Group(t, org, "leads", nil, person).Grantee().ID
		before := get(org.MemberOf(ctx, person.ID))(t)
		clock.Advance(time.Minute)
		until := store.Now().Add(time.Hour)
		ok(t, org.SetMembershipEnd(ctx, group, person.ID, &until, store.Now()))

		got := get(org.MembershipsOf(ctx, person.ID))(t)
		if len(got) != 1 || got[0].ExpiresAt == nil || !got[0].ExpiresAt.Equal(until) || !got[0].Since.Equal(store.Now()) {
			t.Errorf("got %+v, want one that begins now and ends at %v", got, until)
		}
		after := get(org.MemberOf(ctx, person.ID))(t)
		if after.ID != before.ID || after.Groups != 1 || after.Revision == before.Revision {
			t.Errorf("the member was %+v and is %+v, want the same with another revision", before, after)
		}
		ended := read[models.Membership](t, store, "SELECT * FROM memberships WHERE ended_at IS NOT NULL")
		if len(ended) != 1 || ended[0].ExpiresAt != nil {
			t.Errorf("the past is %+v, want the membership without an end", ended)
		}
		wantError(t, org.SetMembershipEnd(ctx, group, 999, nil, store.Now()), models.ErrNotFound)
		checkCounters(t, store)
	})
}

// A file lists who is in a group for good. Applying it must not leave them there until some day only.
func TestWhoIsAddedForGoodStaysBeyondAnEarlierEnd(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		var people []models.Person
		for _, email := range []string{"good@example.com", "later@example.com", "over@example.com"} {
			people = append(people, modelstest.Person(t, store, email))
		}
		group := modelstest.Group(t, org, "leads", nil, people[0]).Grantee().ID
		later, soon := store.Now().Add(time.Hour), store.Now().Add(time.Minute)
		ok(t, org.AddMembership(ctx, group, people[1], &later, store.Now()))
		ok(t, org.AddMembership(ctx, group, people[2], &soon, store.Now()))
		clock.Advance(time.Minute)

		ok(t, org.AddMemberships(ctx, group, people, store.Now()))

		for _, p := range people {
			got := get(org.MembershipsOf(ctx, p.ID))(t)
			if len(got) != 1 || got[0].ExpiresAt != nil {
				t.Errorf("%s: got %+v, want one without an end", p.Email, got)
			}
		}
		past := read[models.Membership](t, store, "SELECT person_id, ended_at AS since FROM memberships WHERE ended_at IS NOT NULL ORDER BY person_id")
		if len(past) != 2 || !past[0].Since.Equal(store.Now()) || !past[1].Since.Equal(soon) {
			t.Errorf("got past %+v, want one that ended now and one that ended when it expired", past)
		}
		checkCounters(t, store)
	})
}

func TestMemberWhoIsEndedIsInNoGroupAndOwnsNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")
		person, stays := modelstest.Person(t, store, "john.smith@example.com"), modelstest.Person(t, store, "stays@example.com")
		modelstest.Group(t, org, "one", nil, person, stays)
		modelstest.Group(t, org, "two", nil, person)
		modelstest.Group(t, other, "one", nil, person)
		r := modelstest.Resource(t, org, sources, "web")
		r.OwnerID = &person.ID
		ok(t, org.UpdateResource(ctx, &r, "owner_id"))

		ok(t, org.EndMembers(ctx, []models.PersonID{person.ID}, store.Now()))

		wantError(t, org.EndMembers(ctx, []models.PersonID{person.ID}, store.Now()), models.ErrNotFound)
		if got := get(org.MembershipsOf(ctx, person.ID))(t); len(got) != 0 {
			t.Errorf("still in %+v", got)
		}
		if got := get(other.MembershipsOf(ctx, person.ID))(t); len(got) != 1 {
			t.Errorf("in the other organization in %+v, want one group", got)
		}
		if got := get(org.Resource(ctx, sources, "web"))(t); got.OwnerID != nil {
			t.Error("still owns a resource")
		}
		if n := get(org.MemberCount(ctx))(t); n != 1 {
			t.Errorf("counted %d members, want 1", n)
		}
		checkCounters(t, store)
	})
}

func TestExpiredMembershipsAreFoundUntilTheyAreEnded(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		modelstest.Organization(t, store, "other")
		person, stays := modelstest.Person(t, store, "john.smith@example.com"), modelstest.Person(t, store, "stays@example.com")
		group := modelstest.Group(t, org, "leads", nil, stays).Grantee().ID
		until := store.Now().Add(time.Hour)
		ok(t, org.AddMembership(ctx, group, person, &until, store.Now()))
		for _, c := range []struct {
			at   time.Time
			want int
		}{{until.Add(-time.Microsecond), 0}, {until, 1}} {
			clock.Set(c.at)
			if got := get(org.ExpiredMemberships(ctx, store.Now(), 10))(t); len(got) != c.want {
				t.Errorf("at %v: %+v have expired, want %d", c.at, got, c.want)
			}
			if got := get(store.OrganizationsWithExpired(ctx, store.Now()))(t); len(got) != c.want {
				t.Errorf("at %v: in the organizations %+v, want %d", c.at, got, c.want)
			}
			if got := get(org.Members(ctx, models.MemberFilter{Group: group}, store.Now()))(t); len(got.Rows) != 2-c.want {
				t.Errorf("at %v: the members of the group are %+v, want %d", c.at, got.Rows, 2-c.want)
			}
		}
		// What has expired holds nobody in the organization.
		if _, n, err := org.Leavers(ctx, group, store.Now(), 10); err != nil || n != 2 {
			t.Errorf("%d would leave with the group, %v; want 2", n, err)
		}
		ok(t, org.EndMembership(ctx, group, person.ID, until))
		if got := get(org.ExpiredMemberships(ctx, store.Now(), 10))(t); len(got) != 0 {
			t.Errorf("%+v have expired, want none", got)
		}
		checkCounters(t, store)
	})
}

func TestMemberHeldByAnExpiredMembershipAloneCountsAsLeaving(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		person := modelstest.Person(t, store, "john.smith@example.com")
		group := modelstest.Group(t, org, "leads", nil, person).Grantee().ID
		until := store.Now().Add(time.Hour)
		ok(t, org.AddMembership(ctx, modelstest.Group(t, org, "helpers", nil).Grantee().ID, person, &until, store.Now()))
		r := modelstest.Resource(t, org, sources, "web")
		r.OwnerID = &person.ID
		ok(t, org.UpdateResource(ctx, &r, "owner_id"))
		for _, want := range []int{0, 1} {
			if _, n, err := org.Leavers(ctx, group, store.Now(), 10); err != nil || n != want {
				t.Errorf("at %v: %d would leave, %v; want %d", store.Now(), n, err, want)
			}
			if _, n, err := org.OwnedByLeavers(ctx, group, store.Now(), []access.DomainKey{sources}, 10); err != nil || n != want {
				t.Errorf("at %v: they own %d, %v; want %d", store.Now(), n, err, want)
			}
			clock.Set(until)
		}
	})
}

func TestAdministratorWithAnEndIsNoneForGood(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		one, two := modelstest.Person(t, store, "one@example.com"), modelstest.Person(t, store, "two@example.com")
		group := modelstest.Administrators(t, org).Grantee().ID
		until := store.Now().Add(time.Hour)
		type answer struct{ now, forGood, oneIsLast, twoIsLast bool }
		for _, step := range []struct {
			name string
			do   func() error
			want answer
		}{
			{"nobody", func() error { return nil }, answer{}},
			{"one until some day", func() error { return org.AddMembership(ctx, group, one, &until, store.Now()) }, answer{now: true}},
			{"two for good", func() error { return org.AddMembership(ctx, group, two, nil, store.Now()) }, answer{true, true, false, true}},
			{"both for good", func() error { return org.SetMembershipEnd(ctx, group, one.ID, nil, store.Now()) }, answer{now: true, forGood: true}},
			{"two until some day", func() error { return org.SetMembershipEnd(ctx, group, two.ID, &until, store.Now()) }, answer{true, true, true, false}},
			{"one gone", func() error { return org.EndMembership(ctx, group, one.ID, store.Now()) }, answer{now: true}},
			{"that day", func() error { clock.Set(until); return nil }, answer{}},
		} {
			ok(t, step.do())
			var got answer
			all := get(org.Administered(ctx, store.Now(), false, 0))(t)
			got.now, got.forGood = all.Now > 0, all.ForGood > 0
			got.oneIsLast = got.forGood && get(org.Administered(ctx, store.Now(), false, one.ID))(t).ForGood == 0
			got.twoIsLast = got.forGood && get(org.Administered(ctx, store.Now(), false, two.ID))(t).ForGood == 0
			if got != step.want {
				t.Errorf("%s: got %+v, want %+v", step.name, got, step.want)
			}
		}
	})
}

// Each way of changing who is in a group says who does it, or changes nothing.
func TestWhoIsInAGroupChangesInSomebodysNameOrNotAtAll(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		in, out := modelstest.Person(t, store, "in@example.com"), modelstest.Person(t, store, "out@example.com")
		group := modelstest.Group(t, org, "leads", nil, in).Grantee().ID
		nobody := store.In(org.ID())
		for name, err := range map[string]error{
			"added":   nobody.AddMemberships(ctx, group, []models.Person{out}, store.Now()),
			"an end":  nobody.SetMembershipEnd(ctx, group, in.ID, nil, store.Now()),
			"ended":   nobody.EndMembership(ctx, group, in.ID, store.Now()),
			"removed": nobody.EndMembers(ctx, []models.PersonID{in.ID}, store.Now()),
			"deleted": nobody.EndResource(ctx, access.GroupsDomain, access.ResourceID(group), store.Now()),
		} {
			if err == nil {
				t.Errorf("%s in nobody's name", name)
			}
		}
		if g := get(org.GroupByID(ctx, group))(t); g.Members != 1 || g.ModifiedBy != modelstest.Somebody() {
			t.Errorf("the group has %d members, changed by %q", g.Members, g.ModifiedBy)
		}
		checkCounters(t, store)
	})
}
