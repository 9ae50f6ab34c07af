package models_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/names"
)

// What more rows have than a page is made from by number is found all the same, in the order of the list and page by page, though it
// begins far beyond the rows that a page walks through; and what only has parts of it is not.
func TestListsFindCommonWordsFarDown(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")
		var all []models.Resource
		for i := range 2_500 {
			all = append(all, models.Resource{Domain: sources, Key: fmt.Sprintf("a%04d", i), Name: fmt.Sprintf("Alpha lake %d", i)})
		}
		for i := range 7_200 { // of which every tenth has the parts of “zephyr”, but not the word
			name := fmt.Sprintf("Omega zephyr %d", i*7919%7_200)
			if i%100 == 0 {
				name = fmt.Sprintf("Omega hyr zep %d", i)
			}
			all = append(all, models.Resource{Domain: sources, Key: fmt.Sprintf("z%04d", i), Name: name})
		}
		ok(t, org.CreateResources(ctx, all))
		ok(t, other.CreateResources(ctx, []models.Resource{{Domain: sources, Key: "k", Name: "Omega zephyr"}}))
		ok(t, store.Analyze(ctx))
		slices.SortFunc(all, func(a, b models.Resource) int {
			return cmp.Or(cmp.Compare(names.SortKey(a.Name), names.SortKey(b.Name)), cmp.Compare(a.ID, b.ID))
		})
		for typed, want := range map[string]int{"zephyr": 7_128, "mega hyr": 7_200, "omega 77": -1, "a zep": -1, "gaze": 0, "lake omega": 0} {
			var wanted []string
			for _, one := range all {
				if names.Matches(typed, one.Name) {
					wanted = append(wanted, one.Key)
				}
			}
			if want >= 0 && len(wanted) != want {
				t.Errorf("%q is in %d names, want %d: this shows little", typed, len(wanted), want)
			}
			page := models.Page{Query: typed, Limit: 40}
			for from := 0; from < min(len(wanted), 120) || from == 0; from += 40 {
				l := get(org.Resources(ctx, sources, models.ResourceFilter{Page: page}))(t)
				if got := keys(l.Rows, resourceKey); !slices.Equal(got, wanted[min(from, len(wanted)):min(from+40, len(wanted))]) {
					t.Fatalf("%q, from %d: %v", typed, from, got)
				}
				page.After = l.Next
			}
			last := get(org.Resources(ctx, sources, models.ResourceFilter{Page: models.Page{Query: typed, Limit: 7, Sort: "-name"}}))(t)
			backward := slices.Clone(wanted)
			slices.Reverse(backward)
			if got := keys(last.Rows, resourceKey); !slices.Equal(got, backward[:min(7, len(backward))]) {
				t.Errorf("%q, from the end: %v", typed, got)
			}
			if got := get(org.FindResources(ctx, typed, []access.DomainKey{sources, fields}, 5))(t)[sources]; got.Count != min(len(wanted), models.FoundCounted+1) {
				t.Errorf("%q: %d are counted, want %d", typed, got.Count, len(wanted))
			}
		}
	})
}

// Members are read by their numbers, however many others there are: on SQLite, where the statement alone decides that.
func TestMembersByNumberAreLookedUp(t *testing.T) {
	store := modelstest.New(t, modelstest.Options{})
	org := modelstest.Organization(t, store, "acme")
	var seen []string
	explaining := false
	ok(t, store.Queries(func(sql string, args []any) {
		if !explaining {
			explaining = true
			seen = append(seen, models.Plan(t.Context(), store, sql, args)...)
			explaining = false
		}
	}))
	get(org.MembersByIDs(ctx, []models.MemberID{1, 2}))(t)
	if plan := strings.Join(seen, "\n"); !strings.Contains(plan, "INTEGER PRIMARY KEY") {
		t.Errorf("all members are gone through:\n%s", plan)
	}
}
