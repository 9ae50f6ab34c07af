package models_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func operation(a models.Activity) string { return string(a.Operation) }

func record(n int) models.Activity {
	return models.Activity{
		At: modelstest.Start.Add(time.Duration(n) * time.Nanosecond * 1500), ActorName: "John Smith", Operation: models.Operation(fmt.Sprint("op", n)),
		Outcome: models.OutcomeDone, Domain: sources, ResourceName: "Jira & <Web>", Before: `{"level":"view"}`, ResourceID: 1,
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
		}
		ok(t, modelstest.VerifyActivities(ctx, org))
		ok(t, modelstest.VerifyActivities(ctx, other))
		ok(t, modelstest.VerifyGlobalActivities(ctx, store))
	})
}

// Attack: somebody with the database in their hands makes the record say something else.
func TestTamperingWithTheRecordShows(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		for name, damage := range map[string]string{
			"a changed line":        "UPDATE activities SET actor_name = 'Somebody Else' WHERE operation = 'op2' AND organization_id = %d",
			"a changed moment":      "UPDATE activities SET at = at_of_other WHERE organization_id = %d",
			"a line taken out":      "DELETE FROM activities WHERE operation = 'op2' AND organization_id = %d",
			"the first line gone":   "DELETE FROM activities WHERE operation = 'op0' AND organization_id = %d",
			"lines in other places": "UPDATE activities SET id = -id WHERE organization_id = %d",
		} {
			org := modelstest.Organization(t, store, strings.ReplaceAll(name, " ", "-"))
			for i := range 4 {
				ok(t, org.Append(ctx, []models.Activity{record(i)}))
			}
			ok(t, modelstest.VerifyActivities(ctx, org))
			damage = strings.Replace(damage, "at_of_other", "(SELECT max(b.at) FROM activities b)", 1)
			ok(t, models.Exec(ctx, store, fmt.Sprintf(damage, org.ID())))
			if err := modelstest.VerifyActivities(ctx, org); !errors.Is(err, models.ErrTampered) {
				t.Errorf("%s: the record passes as it was: %v", name, err)
			}
		}
	})
}

func TestActivityTellsTheRevisionOfItsChange(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		for range 2 {
			ok(t, store.Change(ctx, org.ID(), func(tx *models.Scope) error { return tx.Append(ctx, []models.Activity{record(1)}) }))
		}
		ok(t, org.Append(ctx, []models.Activity{record(2)})) // outside of a change: at the revision as it stands
		var revisions []int64
		for _, a := range get(org.Activities(ctx, models.ActivityFilter{}))(t).Rows {
			revisions = append(revisions, a.Revision)
		}
		if !slices.Equal(revisions, []int64{2, 2, 1}) {
			t.Errorf("the revisions are %v, want 2, 2, 1", revisions)
		}
		if got := get(org.Organization(ctx))(t).Revision; got != 2 {
			t.Errorf("the organization's revision is %d: only changes raise it", got)
		}
	})
}

func TestActivitiesAreFoundByWhenTheyHappened(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "globex")
		for i, minute := range []int{0, 60, 120, 90, 180, 240} { // the clock went back once
			a := record(i)
			a.At = modelstest.Start.Add(time.Duration(minute) * time.Minute)
			ok(t, org.Append(ctx, []models.Activity{a}))
			ok(t, other.Append(ctx, []models.Activity{a}))
		}
		at := func(minute int) time.Time { return modelstest.Start.Add(time.Duration(minute) * time.Minute) }
		for _, c := range []struct {
			from, until time.Time
			want        []string
		}{
			{at(0), at(1000), []string{"op5", "op4", "op3", "op2", "op1", "op0"}},
			{at(100), time.Time{}, []string{"op5", "op4", "op2"}},
			{at(120), at(240), []string{"op4", "op2"}},
			{time.Time{}, at(100), []string{"op3", "op1", "op0"}},
			{at(500), time.Time{}, nil},
			{time.Time{}, at(0), nil},
		} {
			for _, outcome := range []bool{false, true} {
				found := walk(t, func(p models.Page) (models.Listing[models.Activity], error) {
					return org.Activities(ctx, models.ActivityFilter{Page: p, From: c.from, Until: c.until, Refused: outcome})
				}, models.Page{Limit: 2}, operation)
				if want := c.want; outcome && len(found) != 0 || !outcome && !slices.Equal(found, want) {
					t.Errorf("refused %t, from %s until %s: %q, want %q", outcome, c.from, c.until, found, want)
				}
			}
		}
	})
}

func TestActivitiesAreListedNewestFirst(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		for i := range 5 {
			a := record(i)
			a.ActorKind, a.ActorID = "member", int64(i)
			switch i {
			case 1:
				a.ActorName, a.Outcome = "Émile", models.OutcomeRefused
			case 2:
				a.ActorKind, a.ActorName = "operator", "Operator"
			case 3:
				a.Domain, a.ResourceID, a.ResourceKey, a.ResourceName = fields, 7, "author-1", "Author"
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
		two, four := models.PersonID(2), models.PersonID(4)
		for _, c := range []struct {
			filter models.ActivityFilter
			want   []string
		}{
			{models.ActivityFilter{Actor: &four}, []string{"op4"}},
			{models.ActivityFilter{Actor: &two}, nil}, // the operator has no number, whatever stands in the row
			{models.ActivityFilter{Named: "OPER"}, []string{"op2"}},
			{models.ActivityFilter{Refused: true}, []string{"op1"}},
			{models.ActivityFilter{Refused: true, Domain: fields}, nil},
			{models.ActivityFilter{Domain: "content/\x00"}, nil},
			{models.ActivityFilter{Page: models.Page{Query: "author-1"}}, []string{"op3"}},
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

func TestStatesTooLongForAListAreLeftOutOfIt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		long := record(1)
		long.After = strings.Repeat("é", 70_000)
		ok(t, org.Append(ctx, []models.Activity{record(0), long}))
		listed := get(org.Activities(ctx, models.ActivityFilter{}))(t).Rows
		if !listed[0].Cut || listed[0].Before != "" || listed[0].After != "" {
			t.Errorf("of the long one %d and %d bytes are listed, cut is %t", len(listed[0].Before), len(listed[0].After), listed[0].Cut)
		}
		if listed[1].Cut || listed[1].Before != record(0).Before {
			t.Errorf("the short one is listed with %q before, cut is %t", listed[1].Before, listed[1].Cut)
		}
		ok(t, modelstest.VerifyActivities(ctx, org)) // it is all there
	})
}

func TestNamesOutliveWhatTheyName(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		web, jira := modelstest.Resource(t, org, sources, "web"), modelstest.Resource(t, org, sources, "jira")
		ok(t, org.EndResource(ctx, sources, jira.ID, store.Now()))
		names := get(org.NamesOf(ctx, []access.ResourceID{web.ID, jira.ID, jira.ID + 1000}))(t)
		want := map[access.ResourceID]models.Named{
			web.ID:  {ID: web.ID, Domain: sources, Key: "web", Name: "web"},
			jira.ID: {ID: jira.ID, Domain: sources, Key: "jira", Name: "jira", Ended: true},
		}
		if !maps.Equal(names, want) {
			t.Errorf("got %v, want %v", names, want)
		}
	})
}
