package models_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestLastGroupMakesAndUnmakesTheMember(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		person := modelstest.Person(t, store, "john.smith@example.com")
		one, two := modelstest.Group(t, org, "one", nil, person), modelstest.Group(t, org, "two", nil, person)
		r := modelstest.Resource(t, org, sources, "web")
		r.OwnerID = &person.ID
		ok(t, org.UpdateResource(ctx, &r, "owner_id"))
		m := get(org.MemberByEmail(ctx, person.Email))(t)
		if m.Groups != 2 || m.Name != person.Name || m.Since != modelstest.Start {
			t.Errorf("got member %+v", m)
		}

		clock.Advance(time.Hour)
		ok(t, org.EndMembership(ctx, one.Grantee().ID, person.ID, store.Now()))
		wantError(t, org.EndMembership(ctx, one.Grantee().ID, person.ID, store.Now()), models.ErrNotFound)
		if owned, total, err := org.OwnedResources(ctx, person.ID, []access.DomainKey{sources}, 5); err != nil || total != 1 || owned[0].Key != "web" {
			t.Errorf("a member with a group left owns %v (%d), %v", owned, total, err)
		}
		leavers, total, err := org.Leavers(ctx, two.Grantee().ID, store.Now(), 5)
		if err != nil || total != 1 || leavers[0].PersonID != person.ID {
			t.Errorf("got leavers %v (%d), %v", leavers, total, err)
		}
		owned, total, err := org.OwnedByLeavers(ctx, two.Grantee().ID, store.Now(), []access.DomainKey{sources}, 5)
		if err != nil || total != 1 || owned[0].Key != "web" || owned[0].OwnerEmail != person.Email {
			t.Errorf("leavers own %v (%d), %v", owned, total, err)
		}

		ok(t, org.EndMembership(ctx, two.Grantee().ID, person.ID, store.Now()))
		_, err = org.MemberByEmail(ctx, person.Email)
		wantError(t, err, models.ErrNotFound)
		if got := get(org.Resource(ctx, sources, "web"))(t); got.OwnerID != nil || got.Revision != r.Revision {
			t.Errorf("got %+v, want no owner and the same revision", got)
		}
		if n := get(org.MemberCount(ctx))(t); n != 0 {
			t.Errorf("counted %d members, want 0", n)
		}
		ended := read[models.Member](t, store, "SELECT * FROM members WHERE ended_at IS NOT NULL")
		if len(ended) != 1 {
			t.Errorf("%d ended member rows are kept, want 1", len(ended))
		}
		ok(t, org.AddMembership(ctx, two.Grantee().ID, person, nil, store.Now()))
		if m := get(org.MemberByEmail(ctx, person.Email))(t); m.Since != store.Now() || m.Groups != 1 {
			t.Errorf("who returns is %+v, want a new member", m)
		}
	})
}

func TestDeletedGroupLeavesNothingBehind(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		stays := modelstest.Person(t, store, "stays@example.com")
		leaves := modelstest.Person(t, store, "leaves@example.com")
		r := modelstest.Resource(t, org, sources, "web")
		modelstest.Group(t, org, "other", nil, stays)
		group := modelstest.Group(t, org, "leads", access.PrivilegeSet{sources: custom(r.ID)}, stays, leaves)
		boss := modelstest.Group(t, org, "boss", access.PrivilegeSet{access.GroupsDomain: custom(group.ID)})

		ok(t, org.EndResource(ctx, access.GroupsDomain, group.ID, store.Now()))

		_, err := org.Group(ctx, "leads")
		wantError(t, err, models.ErrNotFound)
		if got := get(org.GrantsOf(ctx, leaves.ID, store.Now()))(t); len(got) != 0 {
			t.Errorf("a deleted group grants %+v", got)
		}
		all := get(org.AllMembers(ctx))(t)
		if len(all) != 1 || all[0].PersonID != stays.ID || !slices.Equal(all[0].GroupKeys, []string{"other"}) {
			t.Errorf("got members %+v, want the one with another group", all)
		}
		if set := get(org.PrivilegesOf(ctx, boss.Grantee().ID))(t); len(set[access.GroupsDomain].Editors) != 0 {
			t.Errorf("the deleted group is in an editor list: %v", set)
		}
		if got := get(org.EntriesOf(ctx, []access.GranteeID{group.Grantee().ID}, sources))(t); len(got) != 0 {
			t.Errorf("the deleted group has an editor list: %v", got)
		}
		wantError(t, org.AddMembership(ctx, group.Grantee().ID, leaves, nil, store.Now()), models.ErrNotFound)
		wantError(t, org.AddMemberships(ctx, group.Grantee().ID, []models.Person{leaves}, store.Now()), models.ErrNotFound)
		wantError(t, org.SetLevel(ctx, group.Grantee().ID, sources, level(access.LevelEdit), store.Now()), models.ErrNotFound)
		wantError(t, org.ReplacePrivileges(ctx, group.Grantee().ID, nil, nil, store.Now()), models.ErrNotFound)
		checkCounters(t, store)
	})
}

func TestMembersAreListedAndFoundByNameAndEmail(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		var people []models.Person
		for i := range 7 {
			people = append(people, models.Person{Email: fmt.Sprintf("p%d@example.com", i), Name: []string{"Same", "same", ""}[i%3]})
		}
		ok(t, store.CreatePeople(ctx, people))
		group := modelstest.Group(t, org, "leads", nil, people...)
		members := walk(t, func(p models.Page) (models.Listing[models.Member], error) {
			return org.Members(ctx, models.MemberFilter{Page: p}, store.Now())
		},
			models.Page{Limit: 2}, func(m models.Member) string { return m.Email })
		inGroup := walk(t, func(p models.Page) (models.Listing[models.Membership], error) {
			return org.GroupMembers(ctx, group.Grantee().ID, p)
		}, models.Page{Limit: 2}, func(m models.Membership) string { return m.Email })
		want := []string{"p2@example.com", "p5@example.com", "p1@example.com", "p4@example.com", // small letters come first
			"p0@example.com", "p3@example.com", "p6@example.com"}
		if !slices.Equal(inGroup, want) {
			t.Errorf("got members of the group %v, want %v", inGroup, want)
		}
		slices.Sort(members)
		slices.Sort(want)
		if !slices.Equal(members, want) {
			t.Errorf("got members %v, want %v", members, want)
		}
		for query, n := range map[string]int{"P3@": 1, "SAME": 5, "nobody": 0} {
			if l := get(org.Members(ctx, models.MemberFilter{Page: models.Page{Query: query}}, store.Now()))(t); len(l.Rows) != n {
				t.Errorf("query %q finds %d members, want %d", query, len(l.Rows), n)
			}
			if l := get(org.GroupMembers(ctx, group.Grantee().ID, models.Page{Query: query}))(t); len(l.Rows) != n {
				t.Errorf("query %q finds %d in the group, want %d", query, len(l.Rows), n)
			}
		}
	})
}

// Five people of one name stand in the order of their addresses, whoever came first, in every list of members and over its pages.
func TestNamesakesAreListedByTheirAddresses(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		var of []models.Person
		for _, n := range []string{"4", "2", "5", "1", "3"} {
			of = append(of, models.Person{Email: "buyer" + n + "@example.com", Name: "Buyer"})
		}
		ok(t, store.CreatePeople(ctx, of))
		group := modelstest.Group(t, org, "buyers", nil, of...).Grantee().ID
		want := []string{"buyer1@example.com", "buyer2@example.com", "buyer3@example.com", "buyer4@example.com", "buyer5@example.com"}
		for name, f := range map[string]models.MemberFilter{"all": {}, "of a group": {Group: group}, "found": {Page: models.Page{Query: "buyer"}}} {
			got := walk(t, func(p models.Page) (models.Listing[models.Member], error) {
				f := f
				p.Query, f.Page = f.Query, p
				return org.Members(ctx, f, store.Now())
			}, models.Page{Limit: 2, Query: f.Query}, func(m models.Member) string { return m.Email })
			if !slices.Equal(got, want) {
				t.Errorf("%s: %q", name, got)
			}
		}
	})
}

func TestRenamedPersonHasTheNewNameEverywhere(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		person := modelstest.Person(t, store, "john.smith@example.com")
		orgs := []*models.Scope{modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")}
		var groups []models.Group
		for _, org := range orgs {
			groups = append(groups, modelstest.Administrators(t, org, person))
		}
		ok(t, store.SetPersonName(ctx, person.ID, "John Smith"))
		for i, org := range orgs {
			if m := get(org.MemberByEmail(ctx, person.Email))(t); m.Name != "John Smith" {
				t.Errorf("the member is called %q", m.Name)
			}
			if l := get(org.GroupMembers(ctx, groups[i].Grantee().ID, models.Page{Query: "john s"}))(t); len(l.Rows) != 1 {
				t.Errorf("found %d members of the group by the new name", len(l.Rows))
			}
			if all := get(org.Administrators(ctx, store.Now()))(t); len(all) != 1 || all[0].Name != "John Smith" {
				t.Errorf("the administrators are %+v", all)
			}
		}
		wantError(t, store.SetPersonName(ctx, 999, "x"), models.ErrNotFound)
	})
}

func TestOneOpenRowIsAllTheDatabaseTakes(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		person := modelstest.Person(t, store, "john.smith@example.com")
		r := modelstest.Resource(t, org, sources, "web")
		modelstest.Group(t, org, "leads", access.PrivilegeSet{sources: custom(r.ID)}, person)
		for table, columns := range map[string]string{
			"privileges":     "organization_id, grantee_id, domain, level, since",
			"editor_entries": "organization_id, grantee_id, domain, resource_id, since",
			"memberships":    "organization_id, group_id, person_id, sort_key, since",
			"members":        "organization_id, person_id, name, sort_key, email, since",
		} {
			copyRow := fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s", table, columns, columns, table)
			if err := models.Exec(ctx, store, copyRow); err == nil {
				t.Errorf("%s takes a second open row", table)
			}
			ok(t, models.Exec(ctx, store, "UPDATE "+table+" SET ended_at = since"))
			ok(t, models.Exec(ctx, store, copyRow))
		}
	})
}
