package models_test

import (
	"fmt"
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// Words that many members have are looked for in the order of names, and from their index where those who have them stand far off: the
// answer is the same, whether one large group gives it or very many do, and page by page from either end.
func TestWhoCanReachSomethingIsFoundByWordsThatManyHave(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		var people []models.Person
		for i := range 3_300 {
			p := models.Person{Email: fmt.Sprintf("p%04d@example.com", i), Name: fmt.Sprintf("Amber %04d", i), CreatedAt: store.Now()}
			switch {
			case i >= 2_700:
				p.Name = fmt.Sprintf("Thimble %04d", i)
			case i < 3:
				p.Name = fmt.Sprintf("Amber %04d Thimble", i)
			case i < 6:
				p.Name = fmt.Sprintf("Amber %04d Bobbin", i)
			}
			people = append(people, p)
		}
		ok(t, store.CreatePeople(ctx, people))
		modelstest.Group(t, org, "viewers", access.PrivilegeSet{sources: level(access.LevelView)}, people[:3_200]...)
		editors := modelstest.Group(t, org, "editors", access.PrivilegeSet{sources: level(access.LevelEdit)}, people[2_990:]...)
		ok(t, org.SuspendMembers(ctx, []models.PersonID{people[3_000].ID}, store.Now()))
		ok(t, store.Analyze(ctx))

		wanted := func(from, until int, all ...string) (emails []string) {
			emails = all
			for i := from; i < until; i++ {
				if i != 3_000 {
					emails = append(emails, people[i].Email)
				}
			}
			return emails
		}
		first := []string{people[0].Email, people[1].Email, people[2].Email}
		q := models.Reach{Domain: sources, Full: []string{"edit"}, Part: []string{"view", "custom"}}
		looked := func(t *testing.T) {
			t.Helper()
			n := get(get(org.Reached(ctx, q, store.Now()))(t).Count(ctx, models.ReachFilter{}, 1_000))(t)
			if n.FullPeople != 309 || n.People != 1_310 {
				t.Errorf("counted %+v, want 309 and as far as 1,000 beyond", n)
			}
			for _, c := range []struct {
				name string
				f    models.ReachFilter
				want []string
			}{
				{"by level", models.ReachFilter{Page: models.Page{Query: "thimble"}}, append(wanted(2_990, 3_300), wanted(2_700, 2_990, first...)...)},
				{"by name", models.ReachFilter{Page: models.Page{Query: "thimble", Sort: "name"}}, wanted(2_700, 3_300, first...)},
				{"viewers", models.ReachFilter{Page: models.Page{Query: "example thimble"}, Level: models.ReachPart}, wanted(2_700, 2_990, first...)},
				{"through a group", models.ReachFilter{Page: models.Page{Query: "thimble"}, Group: editors.Grantee().ID}, wanted(2_990, 3_300)},
				{"few have them", models.ReachFilter{Page: models.Page{Query: "bobbin"}}, []string{people[3].Email, people[4].Email, people[5].Email}},
				{"few have them, and none of the group", models.ReachFilter{Page: models.Page{Query: "bobbin"}, Group: editors.Grantee().ID}, nil},
				{"few have them, in a group", models.ReachFilter{Page: models.Page{Query: "3299"}, Group: editors.Grantee().ID}, wanted(3_299, 3_300)},
				{"nobody has them", models.ReachFilter{Page: models.Page{Query: "amber nowhere"}}, nil},
				{"no database holds them", models.ReachFilter{Page: models.Page{Query: "amber\x00"}}, nil},
			} {
				if got := reachedBy(t, store, org, q, c.f); !slices.Equal(got, c.want) {
					t.Errorf("%s: %d listed, %d wanted\n%.300q\n%.300q", c.name, len(got), len(c.want), got, c.want)
				}
			}
		}
		looked(t)
		for i := range 205 {
			modelstest.Group(t, org, fmt.Sprintf("v%03d", i), access.PrivilegeSet{sources: level(access.LevelView)}, people[i])
		}
		looked(t)
	})
}

// Where so many API keys have a level that they are no longer found by what they hold, the answer is the same.
func TestWhichOfVeryManyAPIKeysCanReachSomething(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		thing := modelstest.Resource(t, org, sources, "web")
		add := func(name string, domain access.DomainKey, p access.Privilege) string {
			modelstest.APIKey(t, org, name, access.PrivilegeSet{domain: p})
			return name
		}
		add("nothing", fields, level(access.LevelEdit))
		full := []string{add("editor", sources, level(access.LevelEdit)), add("listed", sources, custom(thing.ID))}
		part := []string{add("elsewhere", sources, custom())}
		q := models.Reach{Domain: sources, Resource: thing.ID, Full: []string{"edit"}, Part: []string{"view", "custom"}}
		looked := func(t *testing.T) {
			t.Helper()
			for _, c := range []struct {
				name string
				f    models.ReachFilter
				want []string
			}{
				{"all", models.ReachFilter{Kind: models.ReachKeys}, slices.Concat(full, part)},
				{"with the more", models.ReachFilter{Kind: models.ReachKeys, Level: models.ReachFull}, full},
				{"with the less", models.ReachFilter{Kind: models.ReachKeys, Level: models.ReachPart}, part},
				{"by words", models.ReachFilter{Kind: models.ReachKeys, Page: models.Page{Query: "else"}}, part[:1]},
			} {
				if got := reachedBy(t, store, org, q, c.f); !slices.Equal(got, c.want) {
					t.Errorf("%s: %q, want %q", c.name, got, c.want)
				}
			}
			n := get(get(org.Reached(ctx, q, store.Now()))(t).Count(ctx, models.ReachFilter{}, 1_000))(t)
			if n.FullKeys != len(full) || n.Keys != len(full)+len(part) {
				t.Errorf("counted %+v, want %d and %d", n, len(full), len(full)+len(part))
			}
		}
		looked(t)
		for i := range 205 {
			part = append(part, add(fmt.Sprintf("viewer-%03d", i), sources, level(access.LevelView)))
		}
		looked(t)
	})
}

// reachedBy are the addresses and keys of all pages, which have to be those of the pages on the way back.
func reachedBy(t *testing.T, store *models.Store, org *models.Scope, q models.Reach, f models.ReachFilter) (found []string) {
	t.Helper()
	f.Limit = 170
	var pages [][]string
	read := func() models.Listing[models.Reacher] {
		page := get(get(org.Reached(ctx, q, store.Now()))(t).Page(ctx, f))(t)
		pages = append(pages, keys(page.Rows, func(r models.Reacher) string { return r.Email + r.Slug }))
		return page
	}
	last := read()
	for last.Next != "" {
		f.After = last.Next
		last = read()
	}
	forth := slices.Concat(pages...)
	pages = pages[len(pages)-1:]
	for last.Previous != "" {
		f.After, f.Before = "", last.Previous
		last = read()
	}
	slices.Reverse(pages)
	if back := slices.Concat(pages...); !slices.Equal(forth, back) {
		t.Errorf("%q: on the way back %d, on the way there %d", f.Query, len(back), len(forth))
	}
	return forth
}
