package models_test

import (
	"fmt"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// beyondOnePage is a domain in which one page can't look at everything: what is looked for stands near both ends.
func beyondOnePage(t *testing.T, org *models.Scope) (needles []string) {
	t.Helper()
	all := make([]models.Resource, models.WalkLimit+1000)
	for i := range all {
		name := fmt.Sprintf("r%06d", i)
		if i == 10 || i == models.WalkLimit+500 || i == models.WalkLimit+501 {
			name += " needle"
			needles = append(needles, name)
		}
		all[i] = models.Resource{Domain: sources, Key: fmt.Sprintf("r%06d", i), Name: name}
	}
	ok(t, org.CreateResources(ctx, all))
	return needles
}

func names(rows []models.Resource) []string {
	return keys(rows, func(r models.Resource) string { return r.Name })
}

// A filter that no index knows looks at so many rows and says so; going on finds the rest, and going back finds the first
// again, nothing twice and nothing left out.
func TestAFilterOfALargeListIsLookedForInParts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		needles := beyondOnePage(t, org)
		filter := models.ResourceFilter{Page: models.Page{Query: "Needle"}}
		first := get(org.Resources(ctx, sources, filter))(t)
		if got := names(first.Rows); len(got) != 1 || got[0] != needles[0] || first.Looked != models.WalkLimit || first.Next == "" || first.Previous != "" {
			t.Fatalf("the first part has %q, looked at %d", got, first.Looked)
		}
		filter.After = first.Next
		second := get(org.Resources(ctx, sources, filter))(t)
		if got := names(second.Rows); len(got) != 2 || got[0] != needles[1] || got[1] != needles[2] || second.Looked != 0 || second.Next != "" {
			t.Fatalf("the second part has %q, looked at %d", got, second.Looked)
		}
		filter.After, filter.Before = "", second.Previous
		back := get(org.Resources(ctx, sources, filter))(t)
		if got := names(back.Rows); len(got) != 0 || back.Looked != models.WalkLimit || back.Previous == "" {
			t.Fatalf("going back has %q, looked at %d", got, back.Looked)
		}
		filter.Before = back.Previous
		if got := names(get(org.Resources(ctx, sources, filter))(t).Rows); len(got) != 1 || got[0] != needles[0] {
			t.Fatalf("going back to the beginning has %q", got)
		}
	})
}

// Anyone who types how a name begins need not go through all that comes before it.
func TestTheNameThatWasTypedIsOnePageAhead(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		beyondOnePage(t, org)
		last := fmt.Sprintf("R%06d", models.WalkLimit+999)
		filter := models.ResourceFilter{Page: models.Page{Query: last}}
		page := get(org.Resources(ctx, sources, filter))(t)
		if len(page.Rows) != 0 || page.Ahead == "" {
			t.Fatalf("%q, ahead %q", names(page.Rows), page.Ahead)
		}
		filter.After = page.Ahead
		if got := get(org.Resources(ctx, sources, filter))(t); len(got.Rows) != 1 || got.Looked != 0 || got.Ahead != "" {
			t.Errorf("ahead is %q", names(got.Rows))
		}
	})
}

// Somebody who may edit nearly everything asks what they may only view.
func TestWhatIsInNoListIsLookedForInParts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		beyondOnePage(t, org)
		all := get(org.AllResources(ctx, sources))(t)
		var listed []access.ResourceID
		for _, r := range all[:models.WalkLimit+900] {
			listed = append(listed, r.ID)
		}
		group := modelstest.Group(t, org, "nearly-all", access.PrivilegeSet{sources: {Level: access.LevelCustom, Editors: listed}})
		mine := []access.GranteeID{group.Grantee().ID}
		filter := models.ResourceFilter{NotIDsOf: mine}
		page := get(org.Resources(ctx, sources, filter))(t)
		if len(page.Rows) != 0 || page.Looked != models.WalkLimit || page.Next == "" {
			t.Fatalf("%d rows, looked at %d", len(page.Rows), page.Looked)
		}
		filter.After = page.Next
		if page = get(org.Resources(ctx, sources, filter))(t); len(page.Rows) != 50 || page.Rows[0].ID != all[models.WalkLimit+900].ID || page.Looked != 0 {
			t.Errorf("going on has %d rows", len(page.Rows))
		}
		if n := get(org.CountListed(ctx, mine, sources))(t); n <= models.DrivenByList {
			t.Errorf("%d resources are counted", n)
		}
		if few := get(org.Resources(ctx, sources, models.ResourceFilter{OnlyIDsOf: mine}))(t); len(few.Rows) != 50 || few.Looked != 0 {
			t.Errorf("of those in the list %d are on the page", len(few.Rows))
		}
	})
}
