package models_test

import (
	"fmt"
	"slices"
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

func resourceName(r models.Resource) string { return r.Name }

// What stands beyond all that one page looks at is found at once.
func TestWordsAreFoundWhereverTheyStand(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		needles := beyondOnePage(t, org)
		filter := models.ResourceFilter{Page: models.Page{Query: "Needle", Limit: 2}}
		first := get(org.Resources(ctx, sources, filter))(t)
		if got := keys(first.Rows, resourceName); !slices.Equal(got, needles[:2]) || first.Looked != 0 || first.Next == "" || first.Previous != "" {
			t.Fatalf("the first page has %q", got)
		}
		filter.After = first.Next
		second := get(org.Resources(ctx, sources, filter))(t)
		if got := keys(second.Rows, resourceName); !slices.Equal(got, needles[2:]) || second.Next != "" {
			t.Fatalf("the second page has %q", got)
		}
		filter.After, filter.Before = "", second.Previous
		if got := keys(get(org.Resources(ctx, sources, filter))(t).Rows, resourceName); !slices.Equal(got, needles[:2]) {
			t.Errorf("going back has %q", got)
		}
	})
}

// Words that more rows have than are fetched by number, all of which stand behind very many others.
func TestCommonWordsAreFoundBehindAllThatOnePageLooksAt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		all := make([]models.Resource, models.WalkLimit+models.DrivenByList+100)
		for i := range all {
			all[i] = models.Resource{Domain: sources, Key: fmt.Sprintf("r%06d", i), Name: fmt.Sprintf("A %06d", i)}
			if i > models.WalkLimit+10 {
				all[i].Name = fmt.Sprintf("École %06d", i)
			}
		}
		ok(t, org.CreateResources(ctx, all))
		filter := models.ResourceFilter{Page: models.Page{Query: "ecole", Limit: 3}}
		var got []string
		for range 3 {
			page := get(org.Resources(ctx, sources, filter))(t)
			got = append(got, keys(page.Rows, resourceName)...)
			filter.After = page.Next
		}
		if want := keys(all[models.WalkLimit+11:models.WalkLimit+20], resourceName); !slices.Equal(got, want) {
			t.Errorf("found %q, want %q", got, want)
		}
		filter.Page = models.Page{Query: "ecole", Limit: 2, Sort: "-name"}
		if got, want := keys(get(org.Resources(ctx, sources, filter))(t).Rows, resourceName), []string{all[len(all)-1].Name, all[len(all)-2].Name}; !slices.Equal(got, want) {
			t.Errorf("from the end %q, want %q", got, want)
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
