package models_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/names"
)

// A search for everything finds what the slow way over all names finds, by domain, and nothing of other domains or organizations.
func TestFinderFindsWhatTheSlowWayFinds(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		r := rand.New(rand.NewPCG(3, 7))
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")
		var all []models.Resource
		for i := range 300 {
			for _, d := range []access.DomainKey{sources, fields, analysis} {
				all = append(all, models.Resource{Domain: d, Key: fmt.Sprintf("k%03d", i), Name: babble(r, 9)})
			}
		}
		people := make([]models.Person, 100)
		for i := range people {
			people[i] = models.Person{Email: fmt.Sprintf("p%03d@example.com", i), Name: babble(r, 9)}
		}
		ok(t, org.CreateResources(ctx, all))
		ok(t, store.CreatePeople(ctx, people))
		ok(t, other.CreateResources(ctx, []models.Resource{{Domain: sources, Key: "k", Name: "n co le"}}))
		modelstest.Group(t, org, "all", nil, people...)
		modelstest.Group(t, other, "all", nil, people[0])
		for _, gone := range all[:20] {
			ok(t, org.EndResource(ctx, gone.Domain, gone.ID, store.Now()))
		}
		all = all[20:]
		slices.SortFunc(all, func(a, b models.Resource) int {
			return cmp.Or(cmp.Compare(names.SortKey(a.Name), names.SortKey(b.Name)), cmp.Compare(a.ID, b.ID))
		})
		hits := 0
		for range 80 {
			typed := babble(r, 3)[1:]
			found := get(org.FindResources(ctx, typed, []access.DomainKey{sources, fields}, 5))(t)
			if _, asked := found[analysis]; asked {
				t.Errorf("%q is found in a domain that nobody asked for", typed)
			}
			for _, d := range []access.DomainKey{sources, fields} {
				var want []access.ResourceID
				for rank := range 3 {
					for _, one := range all {
						if one.Domain == d && rankOf(typed, one.Name) == rank {
							want = append(want, one.ID)
						}
					}
				}
				hits += len(want)
				if got := found[d]; got.Count != len(want) || !slices.Equal(got.First, want[:min(5, len(want))]) {
					t.Errorf("%q in %s: %v, want %d, the first of %v", typed, d, got, len(want), want)
				}
			}
			members := 0
			for _, p := range people {
				if len(names.Words(typed)) > 0 && names.Matches(typed, p.Name, p.Email) {
					members++
				}
			}
			if got := get(org.FindMembers(ctx, typed, 5))(t); got.Count != members || len(got.First) != min(members, 5) {
				t.Errorf("%q finds %v members, want %d", typed, got, members)
			}
		}
		if hits < 500 {
			t.Errorf("only %d were found: this shows little", hits)
		}
	})
}

// rankOf is how well a name fits: 0 to 2, or -1 where it lacks a word.
func rankOf(typed, name string) int {
	text := names.Text(name)
	switch {
	case len(names.Words(typed)) == 0 || !names.Has(text, names.Words(typed)):
		return -1
	case strings.HasPrefix(text, names.Text(typed)):
		return 0
	case names.Has(text, names.Beginnings(typed)):
		return 1
	}
	return 2
}

// Where very many have a word, those of each domain are found all the same, and counted no further than lists count.
func TestFinderLooksIntoEachDomainHoweverManyThereAre(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		modelstest.Resources(t, org, sources, 2_100)
		ok(t, org.CreateResources(ctx, []models.Resource{{Domain: fields, Key: "f", Name: "The last r"}}))
		ok(t, store.Analyze(ctx))
		found := get(org.FindResources(ctx, "r", []access.DomainKey{sources, fields, analysis}, 5))(t)
		if got := found[sources]; got.Count != models.FoundCounted+1 || len(got.First) != 5 {
			t.Errorf("of the many: %v", got)
		}
		if got := found[fields]; got.Count != 1 || len(got.First) != 1 {
			t.Errorf("of the one: %v", got)
		}
		if _, there := found[analysis]; there {
			t.Error("a domain without any is found")
		}
		if got := get(org.FindResources(ctx, "0177", []access.DomainKey{sources}, 5))(t)[sources]; got.Count != 11 {
			t.Errorf("of a few: %v", got)
		}
	})
}
