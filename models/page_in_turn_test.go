package models_test

import (
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// Every page size puts the border between the lists at another place: inside a page, at its end, and on a page of its own.
func TestAnEditorListHasWhatItGivesFirst(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		var all []models.Resource
		for _, key := range []string{"a", "b", "c", "d", "e", "f", "g"} {
			all = append(all, modelstest.Resource(t, org, sources, key))
		}
		ids := func(some []models.Resource) (ids []access.ResourceID) {
			for _, r := range some {
				ids = append(ids, r.ID)
			}
			return ids
		}
		group := modelstest.Group(t, org, "editors", access.PrivilegeSet{sources: custom(all[3].ID, all[5].ID)})
		mine := []access.GranteeID{group.Grantee().ID}
		for _, c := range []struct {
			name     string
			grantees []access.GranteeID
			filter   models.ResourceFilter
			want     string
		}{
			{"stored", mine, models.ResourceFilter{}, "d f a b c e g"},
			{"with a draft", mine, models.ResourceFilter{Given: ids(all[6:]), Taken: ids(all[3:4])}, "f g a b c d e"},
			{"what the draft changes", mine, models.ResourceFilter{Among: ids([]models.Resource{all[3], all[6]}), Given: ids(all[6:]), Taken: ids(all[3:4])}, "g d"},
			{"of nobody yet", nil, models.ResourceFilter{Given: ids(all[4:5])}, "e a b c d f g"},
			{"nothing given", nil, models.ResourceFilter{}, "a b c d e f g"},
			{"all given", nil, models.ResourceFilter{Given: ids(all)}, "a b c d e f g"},
			{"found", mine, models.ResourceFilter{Page: models.Page{Query: "d"}}, "d"},
			{"of no type", mine, models.ResourceFilter{Type: "rare"}, ""},
		} {
			for limit := 1; limit <= 8; limit++ {
				got := walk(t, func(p models.Page) (models.Listing[models.Resource], error) {
					c.filter.Page = p
					return org.ResourcesListedFirst(ctx, sources, c.grantees, c.filter)
				}, models.Page{Limit: limit, Query: c.filter.Query}, resourceKey)
				if strings.Join(got, " ") != c.want {
					t.Errorf("%s, %d a page: got %v, want %s", c.name, limit, got, c.want)
				}
			}
		}
		for _, strange := range []string{"x", "7.", "-1.", "0.zzz", "1.zzz"} {
			for _, page := range []models.Page{{After: strange}, {Before: strange}} {
				if got := get(org.ResourcesListedFirst(ctx, sources, mine, models.ResourceFilter{Page: page}))(t); len(got.Rows) == 0 {
					t.Errorf("a strange cursor %+v shows nothing", page)
				}
			}
		}
	})
}

func TestAnAccessTabHasTheHigherLevelFirst(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		web := modelstest.Resource(t, org, sources, "web")
		modelstest.Administrators(t, org)
		modelstest.Group(t, org, "a-nothing", access.PrivilegeSet{fields: level(access.LevelEdit)})
		modelstest.Group(t, org, "b-views", access.PrivilegeSet{sources: level(access.LevelView)})
		modelstest.Group(t, org, "c-edits", access.PrivilegeSet{sources: level(access.LevelEdit)})
		modelstest.Group(t, org, "d-unlisted", access.PrivilegeSet{sources: custom()})
		listed := modelstest.Group(t, org, "e-listed", access.PrivilegeSet{sources: custom(web.ID)})
		modelstest.APIKey(t, org, "f-none", nil)
		modelstest.APIKey(t, org, "g-key", access.PrivilegeSet{sources: level(access.LevelEdit)})
		for _, c := range []struct {
			name   string
			filter models.AccessFilter
			want   string
		}{
			{"all", models.AccessFilter{}, "administrators c-edits e-listed b-views d-unlisted a-nothing g-key f-none"},
			{"groups", models.AccessFilter{Kind: access.Group}, "administrators c-edits e-listed b-views d-unlisted a-nothing"},
			{"granted", models.AccessFilter{Show: models.AccessAny}, "administrators c-edits e-listed b-views d-unlisted g-key"},
			{"Custom", models.AccessFilter{Show: models.AccessCustom}, "e-listed d-unlisted"},
			{"View", models.AccessFilter{Show: models.AccessView}, "b-views d-unlisted"},
			{"mine", models.AccessFilter{OnlyGrantees: []access.GranteeID{listed.Grantee().ID}}, "e-listed"},
			{"found", models.AccessFilter{Page: models.Page{Query: "d"}}, "d-unlisted"},
		} {
			c.filter.ByLevel = true
			for _, limit := range []int{1, 2, 3, 9} {
				got := walk(t, func(p models.Page) (models.Listing[models.AccessRow], error) {
					f := c.filter
					f.Page = p
					return org.AccessRows(ctx, sources, web.ID, f)
				}, models.Page{Limit: limit, Query: c.filter.Query}, func(r models.AccessRow) string { return r.Grantee.Key })
				if !slices.Equal(got, strings.Fields(c.want)) {
					t.Errorf("%s, %d a page: got %v, want %s", c.name, limit, got, c.want)
				}
			}
		}
	})
}
