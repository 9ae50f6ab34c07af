package models_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestFirstGroupByNameAndHowManyThereAre(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		several, none := modelstest.Person(t, store, "several@example.com"), modelstest.Person(t, store, "none@example.com")
		for _, key := range []string{"zebra", "ant"} {
			modelstest.Group(t, org, key, nil, several)
		}
		until := store.Now().Add(time.Hour)
		aardvark := modelstest.Group(t, org, "aardvark", nil).Grantee().ID
		ok(t, org.AddMembership(ctx, aardvark, several, &until, store.Now()))
		people := []models.PersonID{several.ID, none.ID}
		for _, want := range []models.FirstGroup{
			{PersonID: several.ID, Key: "aardvark", Name: "aardvark", Total: 3, Ends: &until, Ending: 1},
			{PersonID: several.ID, Key: "ant", Name: "ant", Total: 2},
		} {
			got := get(org.FirstGroupsOf(ctx, people, store.Now()))(t)
			if len(got) != 1 || !reflect.DeepEqual(got[several.ID], want) {
				t.Errorf("at %v: got %+v, want %+v", store.Now(), got, want)
			}
			if n := get(org.CountMemberships(ctx, several.ID, store.Now()))(t); n != want.Total {
				t.Errorf("at %v: counted %d, want %d", store.Now(), n, want.Total)
			}
			clock.Set(until)
		}
	})
}

// The role says which built-in group somebody is in, so the first group is another where there is one.
func TestTheFirstGroupIsABuiltInOneWhereThereIsNoOther(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		both, one := modelstest.Person(t, store, "both@example.com"), modelstest.Person(t, store, "one@example.com")
		built := models.Group{Resource: models.Resource{Key: "aardvarks", Name: "Aardvarks"}, BuiltIn: "aardvarks"}
		ok(t, org.CreateGroup(ctx, &built))
		ok(t, org.AddMemberships(ctx, built.Grantee().ID, []models.Person{both, one}, store.Now()))
		modelstest.Group(t, org, "zebra", nil, both)
		got := get(org.FirstGroupsOf(ctx, []models.PersonID{both.ID, one.ID}, store.Now()))(t)
		for id, want := range map[models.PersonID]string{both.ID: "zebra of 2, Aardvarks", one.ID: "Aardvarks of 1, Aardvarks"} {
			if first := fmt.Sprintf("%s of %d, %s", got[id].Name, got[id].Total, got[id].Role); first != want {
				t.Errorf("got %q, want %q", first, want)
			}
		}
	})
}

func TestGroupsOfAMemberAreAllGroupsWithTheirOwnMarked(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		person, other := modelstest.Person(t, store, "john.smith@example.com"), modelstest.Person(t, store, "other@example.com")
		until := store.Now().Add(time.Hour)
		for i := range 7 {
			g := modelstest.Group(t, org, fmt.Sprintf("group%d", i), nil, other)
			if i%3 == 0 {
				ok(t, org.AddMembership(ctx, g.Grantee().ID, person, &until, store.Now()))
			}
		}
		show := func(f models.MemberGroupFilter) []string {
			return walk(t, func(p models.Page) (models.Listing[models.MemberGroup], error) {
				f.Page = p
				return org.GroupsOfMember(ctx, person.ID, f)
			}, models.Page{Limit: 2}, func(g models.MemberGroup) string {
				return fmt.Sprintf("%s %t", g.Key, g.In(store.Now()))
			})
		}
		all := []string{"group0 true", "group1 false", "group2 false", "group3 true", "group4 false", "group5 false", "group6 true"}
		if got := show(models.MemberGroupFilter{}); !slices.Equal(got, all) {
			t.Errorf("got %v, want %v", got, all)
		}
		mine := []string{"group0 true", "group3 true", "group6 true"}
		if got := show(models.MemberGroupFilter{Joined: true}); !slices.Equal(got, mine) {
			t.Errorf("got %v, want %v", got, mine)
		}
		byKeys := get(org.GroupsOfMemberByKeys(ctx, person.ID, []string{"group3", "none", "group1"}))(t)
		if len(byKeys) != 2 || byKeys[0].Joined || !byKeys[1].Joined || !byKeys[1].ExpiresAt.Equal(until) {
			t.Errorf("got %+v, want group1, and group3 with its end", byKeys)
		}
		clock.Set(until)
		if byKeys[1].In(store.Now()) {
			t.Error("is in a group at the very instant the membership expires")
		}
	})
}

func TestListsBeyondAreThoseWithAResourceThatIsInNoneOfMine(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		a, b, c := modelstest.Resource(t, org, sources, "a").ID, modelstest.Resource(t, org, sources, "b").ID, modelstest.Resource(t, org, sources, "c").ID
		id := func(key string, set access.PrivilegeSet) access.GranteeID {
			return modelstest.Group(t, org, key, set).Grantee().ID
		}
		mine := []access.GranteeID{id("mine1", access.PrivilegeSet{sources: custom(a)}), id("mine2", access.PrivilegeSet{sources: custom(b)})}
		within := id("within", access.PrivilegeSet{sources: custom(a, b)})
		beyond := id("beyond", access.PrivilegeSet{sources: custom(a, c)})
		views := id("views", access.PrivilegeSet{sources: level(access.LevelView), fields: level(access.LevelEdit)})
		empty := id("empty", access.PrivilegeSet{sources: custom()})
		all := []access.GranteeID{within, beyond, views, empty}

		got := get(org.ListsBeyond(ctx, all, mine))(t)
		if want := []models.ListLength{{GranteeID: beyond, Domain: sources}}; !slices.Equal(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		lengths := get(org.ListLengthsOf(ctx, all))(t)
		if want := []models.ListLength{{within, sources, 2}, {beyond, sources, 2}}; !slices.Equal(lengths, want) {
			t.Errorf("got lengths %+v, want %+v", lengths, want)
		}
		if counts := get(org.CountListedByDomain(ctx, all))(t); len(counts) != 1 || counts[sources] != 3 {
			t.Errorf("together they list %v, want 3 sources", counts)
		}
	})
}

func TestStampOfAMemberIsToTheMinuteAndNeverGoesBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")
		person := modelstest.Person(t, store, "john.smith@example.com")
		for _, o := range []*models.Scope{org, other} {
			modelstest.Group(t, o, "leads", nil, person)
		}
		at := time.Date(2027, time.March, 1, 9, 30, 59, 999, time.UTC)
		for _, stamp := range []time.Time{at, at.Add(-time.Hour)} {
			ok(t, org.StampMembers(ctx, []models.PersonID{person.ID, 999}, stamp))
			if got := get(org.MemberOf(ctx, person.ID))(t).LastUsed(); !got.Equal(at.Truncate(time.Minute)) {
				t.Errorf("last used %v, want %v", got, at.Truncate(time.Minute))
			}
		}
		if got := get(other.MemberOf(ctx, person.ID))(t).LastUsed(); !got.IsZero() {
			t.Errorf("in the other organization last used %v, want never", got)
		}
	})
}

func TestMembersAreListedByTheirLastUse(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		var people []models.Person
		for i := range 5 {
			people = append(people, modelstest.Person(t, store, fmt.Sprintf("p%d@example.com", i)))
		}
		group := modelstest.Group(t, org, "leads", nil).Grantee().ID
		for _, p := range people { // one after the other, for the order of their numbers
			ok(t, org.AddMembership(ctx, group, p, nil, store.Now()))
		}
		for i, p := range people[:3] {
			ok(t, org.StampMembers(ctx, []models.PersonID{p.ID}, modelstest.Start.Add(time.Duration(-i/2)*time.Hour)))
		}
		by := func(f models.MemberFilter) []string {
			return walk(t, func(p models.Page) (models.Listing[models.Member], error) {
				f.Page = p
				return org.Members(ctx, f, store.Now())
			}, models.Page{Limit: 2, Sort: f.Sort}, func(m models.Member) string { return m.Email[:2] })
		}
		for _, c := range []struct {
			filter models.MemberFilter
			want   []string
		}{
			{models.MemberFilter{Page: models.Page{Sort: "used"}}, []string{"p3", "p4", "p2", "p0", "p1"}},
			{models.MemberFilter{Page: models.Page{Sort: "-used"}}, []string{"p1", "p0", "p2", "p4", "p3"}},
			{models.MemberFilter{Page: models.Page{Sort: "-used"}, Group: group}, []string{"p0", "p1", "p2", "p3", "p4"}},
		} {
			if got := by(c.filter); !slices.Equal(got, c.want) {
				t.Errorf("%+v: got %v, want %v", c.filter, got, c.want)
			}
		}
	})
}
