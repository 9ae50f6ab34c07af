package models_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// walk goes through all pages forward and back again, and fails where the two disagree or an end has a neighbour.
func walk[T any](t *testing.T, page func(models.Page) (models.Listing[T], error), p models.Page, key func(T) string) []string {
	t.Helper()
	var forward, backward []string
	l := get(page(p))(t)
	if l.Previous != "" {
		t.Error("the first page has one before it")
	}
	for {
		if len(l.Rows) > p.Limit {
			t.Fatalf("a page has %d rows, want at most %d", len(l.Rows), p.Limit)
		}
		forward = append(forward, keys(l.Rows, key)...)
		if l.Next == "" {
			break
		}
		p.After, p.Before = l.Next, ""
		l = get(page(p))(t)
	}
	for {
		page1 := keys(l.Rows, key)
		slices.Reverse(page1)
		backward = append(backward, page1...)
		if l.Previous == "" {
			break
		}
		p.After, p.Before = "", l.Previous
		l = get(page(p))(t)
	}
	slices.Reverse(backward)
	if !slices.Equal(forward, backward) {
		t.Errorf("forward %v, backward %v", forward, backward)
	}
	return forward
}

func TestPagesShowEveryRowOnceForwardAndBackWithEqualNames(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		var all []models.Resource
		for i := range 11 {
			at := modelstest.Start.Add(time.Duration(i%3) * time.Millisecond)
			all = append(all, models.Resource{
				Domain: sources, Key: fmt.Sprintf("k%02d", i), Name: []string{"Web", "web", "Élan", "a_b", "A%B"}[i%5],
				Type: []string{"", "jira", "Web"}[i%3], CreatedAt: at, ModifiedAt: at,
			})
		}
		ok(t, org.CreateResources(ctx, all))
		page := func(p models.Page) (models.Listing[models.Resource], error) {
			return org.Resources(ctx, sources, models.ResourceFilter{Page: p})
		}
		for _, sort := range []string{"", "name", "-name", "type", "-type", "modified", "-modified", "key; DROP TABLE people"} {
			for _, limit := range []int{1, 3, 5, 11, 50} {
				got := walk(t, page, models.Page{Sort: sort, Limit: limit}, resourceKey)
				once := slices.Clone(got)
				slices.Sort(once)
				if !slices.Equal(once, keys(all, resourceKey)) {
					t.Errorf("sort %q, %d a page: got %v", sort, limit, got)
				}
			}
		}
		// By name as in a dictionary, on both databases alike: a_b, A%B, Élan, web, Web.
		want := []string{"k03", "k08", "k04", "k09", "k02", "k07", "k01", "k06", "k00", "k05", "k10"}
		if got := walk(t, page, models.Page{Limit: 4}, resourceKey); !slices.Equal(got, want) {
			t.Errorf("by name: got %v, want %v", got, want)
		}
		slices.Reverse(want)
		if got := walk(t, page, models.Page{Limit: 4, Sort: "-name"}, resourceKey); !slices.Equal(got, want) {
			t.Errorf("by name down: got %v, want %v", got, want)
		}
	})
}

func TestFilterTakesWhatIsTypedLiterally(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		for key, name := range map[string]string{"a": "50% off", "b": "50 off", "c": `back\slash`, "d": "under_score", "e": "ÉLAN"} {
			r := models.Resource{Domain: sources, Key: key, Name: name}
			ok(t, org.CreateResource(ctx, &r))
		}
		for query, want := range map[string][]string{
			"50%": {"a"}, "50": {"a", "b"}, "OFF": {"a", "b"}, `k\s`: {"c"}, "r_s": {"d"}, "r%s": nil, `\`: nil, "_": nil, "élan": {"e"}, " élan ": {"e"},
			"x": nil, "a\x00": nil, "\xff": nil, "'": nil, "?": nil, "@name": nil, "": {"a", "b", "c", "d", "e"},
		} {
			l := get(org.Resources(ctx, sources, models.ResourceFilter{Page: models.Page{Query: query}}))(t)
			got := keys(l.Rows, resourceKey)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("query %q: got %v, want %v", query, got, want)
			}
		}
	})
}

func TestCursorThatCannotBeReadIsTheFirstPage(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		modelstest.Resources(t, org, sources, 5)
		list := func(p models.Page) models.Listing[models.Resource] {
			p.Limit = 2
			return get(org.Resources(ctx, sources, models.ResourceFilter{Page: p}))(t)
		}
		encode := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
		byName := list(models.Page{}).Next
		for _, cursor := range []string{
			"garbage", "%%%", encode("[]"), encode(`["name","x"]`), encode(`["name",1,1]`), encode(`["name","x","y"]`),
			encode(`["name","\u0000",1]`), encode(`["key","x",1]`), encode(`{"name":1}`), encode("null"),
		} {
			for _, p := range []models.Page{{After: cursor}, {Before: cursor}, {After: byName, Sort: "modified"}} {
				got := list(p)
				if !slices.Equal(keys(got.Rows, resourceKey), []string{"r00000", "r00001"}) || got.Previous != "" {
					t.Errorf("%+v: got %v, want the first page", p, keys(got.Rows, resourceKey))
				}
			}
		}
	})
}

func TestPageBeyondWhichEverythingIsGoneIsTheFirst(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		all := modelstest.Resources(t, org, sources, 4)
		f := models.ResourceFilter{Page: models.Page{Limit: 2}}
		f.After = get(org.Resources(ctx, sources, f))(t).Next
		for _, r := range all[2:] {
			ok(t, org.EndResource(ctx, sources, r.ID, store.Now()))
		}
		got := get(org.Resources(ctx, sources, f))(t)
		if len(got.Rows) != 2 || got.Next != "" || got.Previous != "" {
			t.Errorf("got %d rows, next %q, previous %q; want the one page there is", len(got.Rows), got.Next, got.Previous)
		}
	})
}

// fill makes n each of groups with a member, resources, and activities.
func fill(t *testing.T, org *models.Scope, n int) (group access.GranteeID, person models.PersonID, all []models.Resource) {
	t.Helper()
	all = modelstest.Resources(t, org, sources, n)
	for i := range n {
		member := modelstest.Person(t, org.Store(), fmt.Sprintf("p%d-%d@example.com", org.ID(), i))
		g := modelstest.Group(t, org, fmt.Sprintf("g%03d", i), access.PrivilegeSet{sources: custom(all[i].ID)}, member)
		ok(t, org.Append(ctx, []models.Activity{{At: org.Store().Now(), Outcome: models.OutcomeDone}}))
		group, person = g.Grantee().ID, member.ID
	}
	everybody := get(org.AllMembers(ctx))(t)
	var people []models.Person
	for _, m := range everybody {
		people = append(people, models.Person{ID: m.PersonID})
	}
	ok(t, org.AddMemberships(ctx, group, people, org.Store().Now()))
	return group, person, all
}

func TestPageCostsTheSameStatementsWhateverItsRows(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		var small, large map[string]int
		for n, counts := range map[int]*map[string]int{2: &small, 60: &large} {
			org := modelstest.Organization(t, store, fmt.Sprintf("org%d", n))
			group, person, all := fill(t, org, n)
			*counts = countStatements(t, org, group, person, all)
		}
		for name, n := range small {
			if large[name] != n || n == 0 {
				t.Errorf("%s takes %d statements with few rows and %d with many", name, n, large[name])
			}
		}
	})
}

func countStatements(
	t *testing.T, org *models.Scope, group access.GranteeID, person models.PersonID, all []models.Resource,
) map[string]int {
	t.Helper()
	var ids []access.ResourceID
	for _, r := range all {
		ids = append(ids, r.ID)
	}
	mine, now := []access.GranteeID{group}, org.Store().Now()
	counts := map[string]int{}
	count := func(name string, call func(c context.Context) error) {
		counted, counter := org.Store().CountStatements(ctx)
		ok(t, call(counted))
		counts[name] = counter.Count()
	}
	ignore := func(_ any, err error) error { return err }
	only := models.ResourceFilter{OnlyIDsOf: mine}
	not := models.ResourceFilter{NotIDsOf: mine}
	count("Groups", func(c context.Context) error { return ignore(org.Groups(c, models.GroupFilter{})) })
	count("Resources", func(c context.Context) error { return ignore(org.Resources(c, sources, models.ResourceFilter{})) })
	count("Resources only", func(c context.Context) error { return ignore(org.Resources(c, sources, only)) })
	count("Resources not", func(c context.Context) error { return ignore(org.Resources(c, sources, not)) })
	count("AccessRows", func(c context.Context) error {
		return ignore(org.AccessRows(c, sources, ids[0], models.AccessFilter{}))
	})
	count("Members", func(c context.Context) error { return ignore(org.Members(c, models.MemberFilter{}, now)) })
	count("AllMembers", func(c context.Context) error { return ignore(org.AllMembers(c)) })
	count("GroupMembers", func(c context.Context) error { return ignore(org.GroupMembers(c, group, models.Page{})) })
	count("Activities", func(c context.Context) error { return ignore(org.Activities(c, models.ActivityFilter{})) })
	count("GrantsOf", func(c context.Context) error { return ignore(org.GrantsOf(c, person, now)) })
	count("EntriesAmong", func(c context.Context) error { return ignore(org.EntriesAmong(c, mine, sources, ids)) })
	count("LevelsOf", func(c context.Context) error { return ignore(org.LevelsOf(c, mine)) })
	count("CountLevels", func(c context.Context) error { return ignore(org.CountLevels(c, sources, ids[0])) })
	return counts
}

// Who comes from a form that added a row sees that row, wherever its name puts it.
func TestAPageHasTheRowThatIsAskedForBelowThoseBeforeItUnlessTheFirstOneHasIt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		var all []models.Resource
		for _, key := range []string{"a", "b", "c", "d", "e", "f"} {
			all = append(all, models.Resource{Domain: sources, Key: key, Name: "Name " + key})
		}
		all[3].Name = all[2].Name // c and d
		ok(t, org.CreateResources(ctx, all))
		for _, c := range []struct{ with, sort, query, want string }{
			{"b", "", "", "ab"}, {"c", "", "", "bc"}, {"d", "", "", "cd"}, {"f", "", "", "ef"}, {"a", "-name", "", "ba"}, {"c", "-name", "", "dc"},
			{"none", "", "", "ab"}, {"f", "", "name", "ab"}, {"f\x00", "", "", "ab"},
		} {
			p := models.Page{Limit: 2, With: c.with, Sort: c.sort, Query: c.query}
			l := get(org.Resources(ctx, sources, models.ResourceFilter{Page: p}))(t)
			if got := strings.Join(keys(l.Rows, func(r models.Resource) string { return r.Key }), ""); got != c.want {
				t.Errorf("%+v: %q", p, got)
			} else if (l.Previous == "") != strings.HasPrefix(got, "ab") {
				t.Errorf("%+v: what stands before is %q", p, l.Previous)
			}
		}
	})
}
