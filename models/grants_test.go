package models_test

import (
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func custom(ids ...access.ResourceID) access.Privilege {
	return access.Privilege{Level: access.LevelCustom, Editors: ids}
}

func level(l access.Level) access.Privilege { return access.Privilege{Level: l} }

func TestGrantsOfAPersonAreThoseOfEveryGroupInOneStatement(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		person := modelstest.Person(t, store, "john.smith@example.com")
		leads := modelstest.Group(t, org, "leads", access.PrivilegeSet{
			sources: {Level: access.LevelView, CanCreate: true}, fields: level(access.LevelEdit)}, person)
		bare := modelstest.Group(t, org, "bare", nil, person)
		administrators := modelstest.Administrators(t, org, person)
		modelstest.Group(t, org, "others", access.PrivilegeSet{sources: level(access.LevelEdit)})

		counted, counter := store.CountStatements(ctx)
		got := get(org.GrantsOf(counted, person.ID, store.Now()))(t)

		want := []access.Grant{
			{Via: administrators.Grantee(), Level: access.LevelNone},
			{Via: bare.Grantee(), Level: access.LevelNone},
			{Via: leads.Grantee(), Domain: fields, Level: access.LevelEdit},
			{Via: leads.Grantee(), Domain: sources, Level: access.LevelView, CanCreate: true},
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
		if counter.Count() != 1 {
			t.Errorf("took %d statements, want 1", counter.Count())
		}
	})
}

func TestMembershipEndsAtTheVeryInstantItExpires(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		person := modelstest.Person(t, store, "john.smith@example.com")
		group := modelstest.Group(t, org, "leads", access.PrivilegeSet{sources: level(access.LevelView)})
		boss := modelstest.Administrators(t, org)
		// Given in another zone and finer than stored, which must not matter.
		expires := modelstest.Start.Add(time.Hour).In(time.FixedZone("", 5*3600))
		for _, g := range []models.Group{group, boss} {
			ok(t, org.AddMembership(ctx, g.Grantee().ID, person, &expires, store.Now()))
		}
		for _, c := range []struct {
			at     time.Time
			grants int
		}{
			{expires.Add(-time.Microsecond), 2}, {expires, 0}, {expires.Add(time.Hour), 0},
		} {
			clock.Set(c.at)
			got := get(org.GrantsOf(ctx, person.ID, store.Now()))(t)
			if len(got) != c.grants {
				t.Errorf("at %v: %d grants, want %d", c.at, len(got), c.grants)
			}
			for _, g := range got {
				if !g.Until.Equal(expires) || g.Until.Location() != time.UTC {
					t.Errorf("grant ends %v, want %v in UTC", g.Until, expires)
				}
			}
			if admins := get(org.Administrators(ctx, c.at))(t); len(admins) != c.grants/2 {
				t.Errorf("at %v: %d administrators, want %d", c.at, len(admins), c.grants/2)
			}
			if orgs := get(store.OrganizationsOf(ctx, person.ID, c.at))(t); len(orgs) != c.grants/2 {
				t.Errorf("at %v: member of %d organizations, want %d", c.at, len(orgs), c.grants/2)
			}
		}
	})
}

func TestExpiredMembershipStandsInNobodysWay(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		person := modelstest.Person(t, store, "john.smith@example.com")
		group := modelstest.Group(t, org, "leads", nil)
		expires := store.Now().Add(time.Hour)
		ok(t, org.AddMembership(ctx, group.Grantee().ID, person, &expires, store.Now()))
		wantError(t, org.AddMembership(ctx, group.Grantee().ID, person, nil, store.Now()), models.ErrDuplicate)

		ok(t, org.AddMembership(ctx, group.Grantee().ID, person, nil, expires))

		if got := get(org.GrantsOf(ctx, person.ID, expires))(t); len(got) != 1 {
			t.Errorf("got %d grants, want 1", len(got))
		}
		checkCounters(t, store)
	})
}

func TestGrantsOfAKeyAreThereOnlyWhileItIsEnabledAndNotExpired(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		key := modelstest.APIKey(t, org, "push", access.PrivilegeSet{sources: level(access.LevelEdit)})
		now := store.Now()
		expires := now.Add(time.Hour)
		grants := func(at time.Time) int {
			return len(get(org.GrantsOfGrantee(ctx, key.Grantee().ID, at))(t))
		}
		if grants(now) != 1 {
			t.Error("an enabled key holds nothing")
		}
		key.ExpiresAt = &expires
		ok(t, org.UpdateAPIKey(ctx, &key, "expires_at"))
		if grants(expires.Add(-time.Microsecond)) != 1 || grants(expires) != 0 {
			t.Error("a key does not end at the instant it expires")
		}
		key.Enabled = false
		ok(t, org.UpdateAPIKey(ctx, &key, "enabled"))
		if grants(now) != 0 {
			t.Error("a disabled key holds something")
		}
		ok(t, org.EndResource(ctx, access.APIKeysDomain, key.ID, now))
		if grants(now) != 0 {
			t.Error("a deleted key holds something")
		}
	})
}

func TestGrantsOfAGroupNameItsKindAndItsPrivileges(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		group := modelstest.Group(t, org, "leads", access.PrivilegeSet{sources: level(access.LevelEdit)})
		got := get(org.GrantsOfGrantee(ctx, group.Grantee().ID, store.Now()))(t)
		want := []access.Grant{{Via: group.Grantee(), Domain: sources, Level: access.LevelEdit}}
		if !slices.Equal(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		thing := modelstest.Resource(t, org, sources, "web")
		if got := get(org.GrantsOfGrantee(ctx, access.GranteeID(thing.ID), store.Now()))(t); len(got) != 0 {
			t.Errorf("a source is no grantee, but holds %+v", got)
		}
	})
}

func TestLevelThatNobodyKnowsCountsForNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		person := modelstest.Person(t, store, "john.smith@example.com")
		group := modelstest.Group(t, org, "leads", access.PrivilegeSet{
			sources: level(access.LevelEdit), fields: level(access.LevelView)}, person)
		ok(t, models.Exec(ctx, store, "UPDATE privileges SET level = 'owner' WHERE domain = ?", sources))

		got := get(org.GrantsOf(ctx, person.ID, store.Now()))(t)
		if len(got) != 1 || got[0].Domain != fields {
			t.Errorf("got grants %+v, want the one on fields", got)
		}
		set := get(org.PrivilegesOf(ctx, group.Grantee().ID))(t)
		if _, there := set[sources]; there || len(set) != 1 {
			t.Errorf("got privileges %+v, want the one on fields", set)
		}
	})
}

func TestEntriesAmongAreThoseOfTheseGranteesAndResources(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		all := modelstest.Resources(t, org, sources, 4)
		one := modelstest.Group(t, org, "one", access.PrivilegeSet{sources: custom(all[0].ID, all[1].ID)})
		two := modelstest.Group(t, org, "two", access.PrivilegeSet{sources: custom(all[1].ID, all[2].ID)})
		modelstest.Group(t, org, "three", access.PrivilegeSet{sources: custom(all[1].ID)})
		both := []access.GranteeID{one.Grantee().ID, two.Grantee().ID}

		got := get(org.EntriesAmong(ctx, both, sources, []access.ResourceID{all[1].ID, all[3].ID}))(t)
		want := []access.Entry{
			{Grantee: one.Grantee().ID, Domain: sources, Resource: all[1].ID},
			{Grantee: two.Grantee().ID, Domain: sources, Resource: all[1].ID},
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if got := get(org.EntriesOf(ctx, both, sources))(t); len(got) != 4 {
			t.Errorf("the whole lists are %+v, want four rows", got)
		}
		if got := get(org.EntriesOf(ctx, both, fields))(t); len(got) != 0 {
			t.Errorf("another domain has %+v", got)
		}
		if n := get(org.CountListed(ctx, both, sources))(t); n != 3 {
			t.Errorf("counted %d listed resources, want 3", n)
		}
	})
}
