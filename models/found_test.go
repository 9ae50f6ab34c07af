package models_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/names"
)

// syllables make names that have much in common.
var syllables = []string{"é", "e", "co", "le", " ", " ", "Ä", "hre", "zo", "-", "'", "12", "ß", "中", "%", "_", "S"}

func babble(r *rand.Rand, most int) string {
	name := "n"
	for range r.IntN(most) {
		name += syllables[r.IntN(len(syllables))]
	}
	return name
}

// Lists find and sort by words as the slow way over all names says, on both databases alike.
func TestListsFindWhatTheSlowWayFinds(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		r := rand.New(rand.NewPCG(7, 7))
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")
		all, people := make([]models.Resource, 400), make([]models.Person, 100)
		for i := range all {
			all[i] = models.Resource{Domain: sources, Key: fmt.Sprintf("k%03d", i), Name: babble(r, 9)}
		}
		for i := range people {
			people[i] = models.Person{Email: fmt.Sprintf("p%03d@example.com", i), Name: babble(r, 9)}
		}
		ok(t, org.CreateResources(ctx, all))
		ok(t, store.CreatePeople(ctx, people))
		ok(t, other.CreateResources(ctx, []models.Resource{{Domain: sources, Key: "k", Name: "n co le"}}))
		group := modelstest.Group(t, org, "n-le", nil, people...)
		modelstest.Group(t, other, "n-le", nil, people[0])
		for i := range all[:40] { // some have another name afterwards, some are gone
			if all[i].Name = babble(r, 9); i%4 == 0 {
				ok(t, org.EndResource(ctx, sources, all[i].ID, store.Now()))
				all[i].Domain = ""
			} else {
				ok(t, org.UpdateResource(ctx, &all[i], "name"))
			}
		}
		for i := range people[:10] {
			people[i].Name = babble(r, 9)
			ok(t, store.SetPersonName(ctx, people[i].ID, people[i].Name))
		}
		slices.SortFunc(all, func(a, b models.Resource) int {
			return cmp.Or(cmp.Compare(names.SortKey(a.Name), names.SortKey(b.Name)), cmp.Compare(a.ID, b.ID))
		})
		hits := 0
		for range 150 {
			typed := babble(r, 3)[1:]
			var want []string
			for _, one := range all {
				if one.Domain == sources && names.Matches(typed, one.Name) {
					want = append(want, one.Key)
				}
			}
			page := models.Page{Query: typed, Limit: 500}
			if got := keys(get(org.Resources(ctx, sources, models.ResourceFilter{Page: page}))(t).Rows, resourceKey); !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", typed, got, want)
			}
			hits += len(want)
			var members []string
			for _, p := range people {
				if names.Matches(typed, p.Name, p.Email) {
					members = append(members, p.Email)
				}
			}
			for what, found := range map[string][]string{
				"members": keys(get(org.Members(ctx, models.MemberFilter{Page: page}, store.Now()))(t).Rows, func(m models.Member) string { return m.Email }),
				"members of a group": keys(get(org.Members(ctx, models.MemberFilter{Page: page, Group: access.GranteeID(group.ID)}, store.Now()))(t).Rows,
					func(m models.Member) string { return m.Email }),
				"a group's tab": keys(get(org.GroupMembers(ctx, access.GranteeID(group.ID), page))(t).Rows, func(m models.Membership) string { return m.Email }),
			} {
				slices.Sort(found)
				if !slices.Equal(found, members) {
					t.Errorf("%s: %q finds %v, want %v", what, typed, found, members)
				}
			}
		}
		if hits < 1000 {
			t.Errorf("only %d were found: this shows little", hits)
		}
	})
}
