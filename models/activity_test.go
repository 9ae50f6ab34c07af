package models_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func operation(a models.Activity) string { return a.Operation }

func record(n int) models.Activity {
	return models.Activity{
		At: modelstest.Start.Add(time.Duration(n) * time.Nanosecond * 1500), ActorName: "John Smith", Operation: fmt.Sprint("op", n),
		Outcome: models.OutcomeDone, Domain: sources, ResourceName: "Jira & <Web>", Before: `{"level":"view"}`, ResourceID: 1,
	}
}

// checkChain fails where a row's hash is not that of its content, or does not follow from the row before.
func checkChain(t *testing.T, rows []models.Activity) {
	t.Helper()
	previous := ""
	for _, a := range rows {
		if a.PreviousHash != previous || a.Hash != a.Digest() {
			t.Errorf("the chain breaks at %d", a.ID)
		}
		previous = a.Hash
	}
}

func TestActivitiesFormOneChainPerOrganizationAlsoWhenAppendedAtOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")
		var group sync.WaitGroup
		errs := make(chan error, 24)
		for i := range 8 {
			group.Go(func() { errs <- org.Append(ctx, []models.Activity{record(i), record(i)}) })
			group.Go(func() { errs <- other.Append(ctx, []models.Activity{record(i)}) })
			group.Go(func() { errs <- store.AppendGlobal(ctx, []models.Activity{record(i)}) })
		}
		group.Wait()
		for range cap(errs) {
			ok(t, <-errs)
		}
		for which, n := range map[string]int{
			fmt.Sprintf("organization_id = %d", org.ID()): 16, fmt.Sprintf("organization_id = %d", other.ID()): 8,
			"organization_id IS NULL": 8,
		} {
			all := read[models.Activity](t, store, "SELECT * FROM activities WHERE "+which+" ORDER BY id")
			if len(all) != n {
				t.Errorf("%d activities where %s, want %d", len(all), which, n)
			}
			checkChain(t, all)
		}
	})
}

func TestChangedActivityNoLongerMatchesItsHash(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		ok(t, org.Append(ctx, []models.Activity{record(1)}))
		ok(t, models.Exec(ctx, store, "UPDATE activities SET actor_name = 'Somebody Else'"))
		a := read[models.Activity](t, store, "SELECT * FROM activities")[0]
		if a.Hash == a.Digest() {
			t.Error("the change does not show")
		}
	})
}

func TestActivitiesAreListedNewestFirst(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		for i := range 5 {
			a := record(i)
			if i == 3 {
				a.Domain, a.ResourceID, a.ResourceName = fields, 7, "Author"
			}
			ok(t, org.Append(ctx, []models.Activity{a}))
		}
		list := func(f models.ActivityFilter) []string {
			return walk(t, func(p models.Page) (models.Listing[models.Activity], error) {
				p.Query = f.Query
				f.Page = p
				return org.Activities(ctx, f)
			}, models.Page{Limit: 2}, operation)
		}
		for _, c := range []struct {
			filter models.ActivityFilter
			want   []string
		}{
			{models.ActivityFilter{}, []string{"op4", "op3", "op2", "op1", "op0"}},
			{models.ActivityFilter{Domain: sources}, []string{"op4", "op2", "op1", "op0"}},
			{models.ActivityFilter{Domain: fields, Resource: 7}, []string{"op3"}},
			{models.ActivityFilter{Domain: sources, Resource: 7}, nil},
			{models.ActivityFilter{Page: models.Page{Query: "AUTHOR"}}, []string{"op3"}},
		} {
			if got := list(c.filter); !slices.Equal(got, c.want) {
				t.Errorf("%+v: got %v, want %v", c.filter, got, c.want)
			}
		}
	})
}
