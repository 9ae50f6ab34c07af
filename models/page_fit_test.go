package models_test

import (
	"fmt"
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// What is called just as it was typed comes first, then what begins so, and then what has the words elsewhere, page by page and both ways.
func TestNamesThatFitBestComeFirst(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		want := []string{"Legal Counsel", "Légal counsel EMEA", "Legal Counselor", "A Legal Counsel", "Deputy Legal Counsel", "Deputy Legal Counsel – APAC", "Legal and Counsel"}
		for i, name := range want {
			r := models.Resource{Domain: access.GroupsDomain, Key: fmt.Sprintf("g%d", (i*5)%7), Name: name}
			ok(t, org.CreateGroup(ctx, &models.Group{Resource: r}))
			r.Domain = sources
			ok(t, org.CreateResources(ctx, []models.Resource{r}))
		}
		for _, limit := range []int{1, 2, 50} {
			page := models.Page{Query: "legal counsel", Limit: limit, Fitting: true}
			groups := walk(t, func(p models.Page) (models.Listing[models.Group], error) {
				p.Query, p.Fitting = page.Query, true
				return org.Groups(ctx, models.GroupFilter{Page: p})
			}, page, func(g models.Group) string { return g.Name })
			found := walk(t, func(p models.Page) (models.Listing[models.Resource], error) {
				p.Query, p.Fitting = page.Query, true
				return org.Resources(ctx, sources, models.ResourceFilter{Page: p})
			}, page, resourceName)
			given := walk(t, func(p models.Page) (models.Listing[models.AccessRow], error) {
				p.Query, p.Fitting = page.Query, true
				return org.AccessRows(ctx, sources, 0, models.AccessFilter{Page: p, Kind: access.Group})
			}, page, func(r models.AccessRow) string { return r.Grantee.Name })
			for kind, got := range map[string][]string{"groups": groups, "sources": found, "groups to give access": given} {
				if !slices.Equal(got, want) {
					t.Errorf("%s, %d a page: %q", kind, limit, got)
				}
			}
		}
	})
}

// Whose address was typed comes before people whose address goes on, or whose name begins so.
func TestTheMemberOfAnAddressComesFirst(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		people := []models.Person{
			{Email: "a.john.smith@example.com", Name: "Aaron"}, {Email: "john.smith@example.com", Name: "John Smith"},
			{Email: "z@example.com", Name: "john.smith@example.com too"}, {Email: "john.smith2@example.com", Name: "John Smith"},
			{Email: "deputy@example.com", Name: "Deputy John Smith"},
		}
		ok(t, store.CreatePeople(ctx, people))
		modelstest.Group(t, org, "everybody", nil, people...)
		for typed, want := range map[string][]string{
			"John.Smith@example.com": {"john.smith@example.com", "z@example.com", "a.john.smith@example.com"},
			"john smith":             {"john.smith@example.com", "john.smith2@example.com", "a.john.smith@example.com", "deputy@example.com", "z@example.com"},
		} {
			got := walk(t, func(p models.Page) (models.Listing[models.Member], error) {
				p.Query, p.Fitting = typed, true
				return org.Members(ctx, models.MemberFilter{Page: p}, store.Now())
			}, models.Page{Limit: 2}, func(m models.Member) string { return m.Email })
			if !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", typed, got, want)
			}
		}
	})
}

// The best are first also where more have the words than are sorted.
func TestNamesThatFitBestComeFirstAmongVeryMany(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		all := make([]models.Resource, models.DrivenByList+100)
		for i := range all {
			all[i] = models.Resource{Domain: sources, Key: fmt.Sprintf("r%06d", i), Name: fmt.Sprintf("Deputy Counsel %06d", i)}
		}
		all[700].Name, all[20].Name, all[3].Name = "Counsel", "Counsel EMEA", "Zonal counsel"
		ok(t, org.CreateResources(ctx, all))
		want := []string{"Counsel", "Counsel EMEA", "Deputy Counsel 000000", "Deputy Counsel 000001", "Deputy Counsel 000002"}
		page, got := models.Page{Query: "counsel", Limit: 1, Fitting: true}, []string(nil)
		for range want {
			found := get(org.Resources(ctx, sources, models.ResourceFilter{Page: page}))(t)
			got, page.After = append(got, keys(found.Rows, resourceName)...), found.Next
		}
		if !slices.Equal(got, want) {
			t.Errorf("found %q, want %q", got, want)
		}
	})
}
