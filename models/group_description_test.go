package models_test

import (
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// A group is found by what it is for, in the order of any words, whatever became of its name and description meanwhile.
func TestAGroupIsFoundByItsDescription(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")
		g := models.Group{Description: "Looks after the quarterly zebra review"}
		g.Key, g.Name, g.CreatedAt, g.ModifiedAt = "reviewers", "Reviewers", store.Now(), store.Now()
		ok(t, org.CreateGroup(ctx, &g))
		modelstest.Group(t, org, "zebras", nil)
		apart := modelstest.Group(t, other, "reviewers", nil)
		ok(t, other.DescribeGroup(ctx, apart.Grantee().ID, "Looks after zebra review"))

		found := func(typed string, want ...string) {
			t.Helper()
			listed := keys(get(org.Groups(ctx, models.GroupFilter{Page: models.Page{Query: typed}}))(t).Rows, func(g models.Group) string { return g.Key })
			if !slices.Equal(listed, want) {
				t.Errorf("%q lists %q, want %q", typed, listed, want)
			}
			hits := get(org.FindResources(ctx, typed, []access.DomainKey{access.GroupsDomain}, 5))(t)[access.GroupsDomain]
			if hits.Count != len(want) || len(hits.First) != len(want) {
				t.Errorf("%q finds %+v, want %q", typed, hits, want)
			}
		}
		found("zebra", "reviewers", "zebras")
		found("review zeb LOOKS", "reviewers")

		g = get(org.Group(ctx, "reviewers"))(t)
		g.Name = "Inspectors"
		ok(t, org.UpdateResource(ctx, &g.Resource, "name"))
		found("zebra inspectors", "reviewers")
		found("reviewers")

		ok(t, org.DescribeGroup(ctx, g.Grantee().ID, "Keeps the cafe\u0301 open"))
		found("inspectors caf\u00e9", "reviewers")
		found("zebra", "zebras")
		ok(t, org.DescribeGroup(ctx, g.Grantee().ID, ""))
		found("inspectors", "reviewers")
		found("cafe")

		// Nor does one organization write what another's are found by.
		ok(t, org.DescribeGroup(ctx, apart.Grantee().ID, "Giraffes"))
		still := get(other.Groups(ctx, models.GroupFilter{Page: models.Page{Query: "zebra"}}))(t).Rows
		if len(still) != 1 || still[0].Description != "Looks after zebra review" {
			t.Errorf("another organization's groups are %+v", still)
		}
	})
}

// The words of groups that an earlier version wrote had no description in them: they are written anew, and those of other resources,
// which may be a million, are left as they are.
func TestDescriptionsFromBeforeAreFound(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		g := modelstest.Group(t, org, "reviewers", nil)
		modelstest.Resource(t, org, sources, "web")
		ok(t, store.FillKeys(ctx))
		before := g.Words
		ok(t, org.DescribeGroup(ctx, g.Grantee().ID, "Looks after the zebra review"))
		ok(t, models.Exec(ctx, store, "UPDATE resources SET words = ? WHERE id = ?", before, g.ID))
		ok(t, models.Exec(ctx, store, "UPDATE resources SET words = 'kept' WHERE domain = ?", sources))
		ok(t, models.Exec(ctx, store, "DELETE FROM keys WHERE list = 'groups'"))
		found := func() int {
			return len(get(org.Groups(ctx, models.GroupFilter{Page: models.Page{Query: "zebra"}}))(t).Rows)
		}
		if n := found(); n != 0 {
			t.Fatalf("before it is written anew %d groups are found", n)
		}
		ok(t, store.FillKeys(ctx))
		if n := found(); n != 1 {
			t.Errorf("when it is written anew %d groups are found", n)
		}
		if got := read[string](t, store, "SELECT words FROM resources WHERE domain = ?", sources); !slices.Equal(got, []string{"kept"}) {
			t.Errorf("a source is found by %q", got)
		}
		// A new version of all keys keeps the description.
		ok(t, models.Exec(ctx, store, "UPDATE keys SET version = 'cldr-0/0'"))
		ok(t, store.FillKeys(ctx))
		if n := found(); n != 1 {
			t.Errorf("under a new version %d groups are found", n)
		}
	})
}
