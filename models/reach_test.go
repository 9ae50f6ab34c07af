package models_test

import (
	"fmt"
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// Where so many groups give something that they are not read side by side, the answer is the same: each person once, who has the
// more ahead, whichever groups they have it through.
func TestWhoCanReachSomethingThroughVeryManyGroups(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		thing := modelstest.Resource(t, org, sources, "web")
		var people []models.Person
		for i := range 30 {
			people = append(people, modelstest.Person(t, store, fmt.Sprintf("p%02d@example.com", i)))
		}
		for i := range 205 {
			modelstest.Group(t, org, fmt.Sprintf("v%03d", i), access.PrivilegeSet{sources: level(access.LevelView)}, people[i%20], people[(i+1)%20])
		}
		editors := modelstest.Group(t, org, "editors", access.PrivilegeSet{sources: custom(thing.ID)}, people[3], people[25])
		modelstest.Group(t, org, "others", access.PrivilegeSet{sources: custom()}, people[26])
		modelstest.Group(t, org, "nothing", nil, people[27])
		ok(t, org.SuspendMembers(ctx, []models.PersonID{people[4].ID}, store.Now()))

		q := models.Reach{Domain: sources, Resource: thing.ID, Full: []string{"edit"}, Part: []string{"view", "custom"}}
		listed := func(f models.ReachFilter) (names []string) {
			f.Limit = 4
			for {
				page := get(get(org.Reached(ctx, q, store.Now()))(t).Page(ctx, f))(t)
				for _, r := range page.Rows {
					names = append(names, r.Name)
				}
				if f.After = page.Next; f.After == "" {
					return names
				}
			}
		}
		want := []string{"p03", "p25"}
		for i := range 20 {
			if i != 3 && i != 4 {
				want = append(want, fmt.Sprintf("p%02d", i))
			}
		}
		want = append(want, "p26")
		if got := listed(models.ReachFilter{}); !slices.Equal(got, want) {
			t.Errorf("listed %q, want %q", got, want)
		}
		slices.Sort(want)
		if got := listed(models.ReachFilter{Page: models.Page{Sort: "name"}}); !slices.Equal(got, want) {
			t.Errorf("by name %q, want %q", got, want)
		}
		if got := listed(models.ReachFilter{Group: editors.Grantee().ID}); !slices.Equal(got, []string{"p03", "p25"}) {
			t.Errorf("through one group %q", got)
		}
		if got := listed(models.ReachFilter{Page: models.Page{Query: "p1"}, Level: models.ReachPart}); len(got) != 10 {
			t.Errorf("viewers with p1 are %q", got)
		}
		n := get(get(org.Reached(ctx, q, store.Now()))(t).Count(ctx, models.ReachFilter{}, 1000))(t)
		if n.People != 21 || n.FullPeople != 2 {
			t.Errorf("counted %+v, want 21 and 2", n)
		}
		if n = get(get(org.Reached(ctx, q, store.Now()))(t).Count(ctx, models.ReachFilter{}, 10))(t); n.People != 13 || n.FullPeople != 2 {
			t.Errorf("counted %+v as far as 10, and those who have the more beyond", n)
		}
	})
}
