package models_test

import (
	"fmt"
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// ahead is how many rows stand before those that are asked for: more than a page looks at before it asks an index.
const ahead = 2_100

// What is in long editor lists, and what is of a type that very many have, is found at once behind all that is not.
func TestWhatIsHeldIsFoundWhereverItStands(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		all := make([]models.Resource, ahead+models.DrivenByList+100)
		for i := range all {
			all[i] = models.Resource{Domain: sources, Key: fmt.Sprintf("r%06d", i), Name: fmt.Sprintf("r%06d", i)}
			if i >= ahead {
				all[i].Type = "late"
			}
		}
		ok(t, org.CreateResources(ctx, all))
		var late []access.ResourceID
		for _, r := range get(org.AllResources(ctx, sources))(t)[ahead:] {
			late = append(late, r.ID)
		}
		group := modelstest.Group(t, org, "late", access.PrivilegeSet{sources: {Level: access.LevelCustom, Editors: late}})
		mine, second := []access.GranteeID{group.Grantee().ID}, all[ahead+1].Name
		for name, c := range map[string]struct {
			filter models.ResourceFilter
			want   []string
		}{
			"in a list":               {models.ResourceFilter{OnlyIDsOf: mine}, []string{all[ahead].Name, second, all[ahead+2].Name, all[ahead+3].Name}},
			"in a list and not taken": {models.ResourceFilter{OnlyIDsOf: mine, Taken: late[:1]}, []string{second, all[ahead+2].Name, all[ahead+3].Name, all[ahead+4].Name}},
			"of a type":               {models.ResourceFilter{Type: "late"}, []string{all[ahead].Name, second, all[ahead+2].Name, all[ahead+3].Name}},
			"in a list, of a type":    {models.ResourceFilter{OnlyIDsOf: mine, Type: "late"}, []string{all[ahead].Name, second, all[ahead+2].Name, all[ahead+3].Name}},
		} {
			var got []string
			filter := c.filter
			filter.Page = models.Page{Limit: 2, Count: true}
			for range 2 {
				page := get(org.Resources(ctx, sources, filter))(t)
				if page.Looked != 0 || page.Found != 0 && page.Found != models.FoundCounted+1 {
					t.Errorf("%s: looked at %d, counted %d", name, page.Looked, page.Found)
				}
				got, filter.After = append(got, keys(page.Rows, resourceName)...), page.Next
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
		filter := models.ResourceFilter{OnlyIDsOf: mine, Page: models.Page{Limit: 2, Sort: "-name"}}
		if got := keys(get(org.Resources(ctx, sources, filter))(t).Rows, resourceName); !slices.Equal(got, []string{all[len(all)-1].Name, all[len(all)-2].Name}) {
			t.Errorf("from the end %q", got)
		}
	})
}

// Who holds a level that very many hold is found at once behind all that hold none; who may edit one thing by their list among very many
// with a list that does not have it.
func TestWhoHoldsALevelIsFoundWhereverTheyStand(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		edited := modelstest.Resource(t, org, sources, "edited").ID
		groups := make([]models.Resource, ahead+models.DrivenByList+100)
		for i := range groups {
			groups[i] = models.Resource{Domain: access.GroupsDomain, Key: fmt.Sprintf("g%05d", i), Name: fmt.Sprintf("g%05d", i)}
		}
		ok(t, org.CreateResources(ctx, groups))
		for domain, level := range map[string]string{string(sources): "custom", "content/fields": "view"} {
			ok(t, models.Exec(ctx, store, `INSERT INTO privileges (organization_id, grantee_id, domain, level, can_create, since)
				SELECT organization_id, id, ?, ?, false, created_at FROM resources WHERE domain = 'organization/groups' AND name >= ?`, domain, level, groups[ahead].Name))
		}
		ok(t, models.Exec(ctx, store, `INSERT INTO editor_entries (organization_id, grantee_id, domain, resource_id, since)
			SELECT organization_id, id, ?, ?, created_at FROM resources WHERE name = ?`, sources, edited, groups[len(groups)-1].Name))
		for name, c := range map[string]struct {
			domain access.DomainKey
			show   models.AccessShow
			want   []string
		}{
			"view":               {"content/fields", models.AccessView, []string{groups[ahead].Name, groups[ahead+1].Name}},
			"any level":          {sources, models.AccessAny, []string{groups[ahead].Name, groups[ahead+1].Name}},
			"edit, by one list":  {sources, models.AccessEdit, []string{groups[len(groups)-1].Name}},
			"view, by all lists": {sources, models.AccessView, []string{groups[ahead].Name, groups[ahead+1].Name}},
		} {
			page := get(org.AccessRows(ctx, c.domain, edited, models.AccessFilter{Page: models.Page{Limit: 2}, Show: c.show}))(t)
			if got := keys(page.Rows, func(r models.AccessRow) string { return r.Grantee.Name }); !slices.Equal(got, c.want) || page.Looked != 0 {
				t.Errorf("%s: %q, looked at %d", name, got, page.Looked)
			}
		}
	})
}

// Who was never here is found at once behind very many who were, in the order of names and in a group.
func TestWhoIsNotHereIsFoundWhereverTheyStand(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		people := make([]models.Person, ahead+5)
		for i := range people {
			people[i] = models.Person{Email: fmt.Sprintf("p%05d@example.com", i)}
		}
		ok(t, store.CreatePeople(ctx, people))
		group := modelstest.Group(t, org, "everybody", nil, people...).Grantee().ID
		var here, suspended []models.PersonID
		for i, p := range people {
			if i < ahead {
				here = append(here, p.ID)
			}
			if i < ahead {
				suspended = append(suspended, p.ID)
			}
		}
		ok(t, org.StampMembers(ctx, here, store.Now()))
		ok(t, org.SuspendMembers(ctx, suspended, store.Now()))
		for name, f := range map[string]models.MemberFilter{
			"never used": {Unused: models.Unused{Never: true}}, "never used, of a group": {Unused: models.Unused{Never: true}, Group: group},
			"active": {Status: models.MemberActive}, "active, of a group": {Status: models.MemberActive, Group: group},
		} {
			page := get(org.Members(ctx, f, store.Now()))(t)
			if got := len(page.Rows); got != 5 || page.Rows[0].Email != people[ahead].Email || page.Looked != 0 {
				t.Errorf("%s: %d, looked at %d", name, got, page.Looked)
			}
		}
	})
}
