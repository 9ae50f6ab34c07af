package models_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestAccessTabShowsWhatEachGranteeHoldsOnTheResource(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		web, jira := modelstest.Resource(t, org, sources, "web"), modelstest.Resource(t, org, sources, "jira")
		modelstest.Administrators(t, org)
		modelstest.Group(t, org, "edits", access.PrivilegeSet{sources: level(access.LevelEdit)})
		modelstest.Group(t, org, "listed", access.PrivilegeSet{sources: custom(web.ID)})
		modelstest.Group(t, org, "nothing", access.PrivilegeSet{fields: level(access.LevelEdit)})
		modelstest.Group(t, org, "unlisted", access.PrivilegeSet{sources: custom(jira.ID)})
		modelstest.Group(t, org, "views", access.PrivilegeSet{sources: {Level: access.LevelView, CanCreate: true}})
		modelstest.APIKey(t, org, "key", access.PrivilegeSet{sources: custom(web.ID)})

		type line struct {
			Ref    string
			Level  access.Level
			Create bool
			Listed bool
		}
		lines := func(rows []models.AccessRow) (lines []line) {
			for _, r := range rows {
				lines = append(lines, line{r.Grantee.Ref(), r.Level, r.CanCreate, r.Listed})
			}
			return lines
		}
		got := lines(get(org.AccessRows(ctx, sources, web.ID, models.AccessFilter{Kind: access.Group}))(t).Rows)
		want := []line{
			{"group:administrators", access.LevelNone, false, false},
			{"group:edits", access.LevelEdit, false, false},
			{"group:listed", access.LevelCustom, false, true},
			{"group:nothing", access.LevelNone, false, false},
			{"group:unlisted", access.LevelCustom, false, false},
			{"group:views", access.LevelView, true, false},
		}
		if !slices.Equal(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		got = lines(get(org.AccessRowsByKeys(ctx, sources, web.ID, access.APIKey, []string{"key", "edits", "none"}))(t))
		if !slices.Equal(got, []line{{"api-key:key", access.LevelCustom, false, true}}) {
			t.Errorf("by key: got %+v", got)
		}
		for _, row := range get(org.AccessRows(ctx, sources, 0, models.AccessFilter{}))(t).Rows {
			if row.Listed {
				t.Errorf("%s is listed on a resource that is being created", row.Grantee.Ref())
			}
		}
		counts := get(org.CountLevels(ctx, sources, web.ID))(t)
		wantCounts := map[access.GranteeKind]models.LevelCounts{access.Group: {Edit: 3, View: 2, None: 1, Custom: 2}, access.APIKey: {Edit: 1, Custom: 1}}
		if !reflect.DeepEqual(counts, wantCounts) {
			t.Errorf("got counts %+v, want %+v", counts, wantCounts)
		}
		for show, want := range map[models.AccessShow]string{
			models.AccessAny:    "group:administrators group:edits group:listed group:unlisted group:views api-key:key",
			models.AccessEdit:   "group:administrators group:edits group:listed api-key:key",
			models.AccessView:   "group:unlisted group:views",
			models.AccessCustom: "group:listed group:unlisted api-key:key",
		} {
			var refs []string
			for _, row := range get(org.AccessRows(ctx, sources, web.ID, models.AccessFilter{Show: show}))(t).Rows {
				refs = append(refs, row.Grantee.Ref())
			}
			if got := strings.Join(refs, " "); got != want {
				t.Errorf("%s shows %s, want %s", show, got, want)
			}
		}
		found := get(org.AccessRows(ctx, sources, web.ID, models.AccessFilter{Show: models.AccessAny, Kind: access.Group, Page: models.Page{Query: "list", Limit: 1}}))(t)
		if len(found.Rows) != 1 || found.Rows[0].Grantee.Key != "listed" || found.Next == "" {
			t.Errorf("found %+v", found)
		}
	})
}

// Of the few groups that may be seen, too, those come first that fit best.
func TestAmongTheGranteesThatMayBeSeenThoseThatFitComeFirst(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		var mine []access.GranteeID
		for _, key := range []string{"all-leads", "leads", "leads-of-sales", "others"} {
			mine = append(mine, modelstest.Group(t, org, key, nil).Grantee().ID)
		}
		got := walk(t, func(p models.Page) (models.Listing[models.AccessRow], error) {
			p.Query, p.Fitting = "leads", true
			return org.AccessRows(ctx, sources, 0, models.AccessFilter{Page: p, OnlyGrantees: mine})
		}, models.Page{Limit: 1}, func(r models.AccessRow) string { return r.Grantee.Key })
		if want := []string{"leads", "leads-of-sales", "all-leads"}; !slices.Equal(got, want) {
			t.Errorf("found are %q, want %q", got, want)
		}
	})
}

func TestAccessTabKeepsToTheGranteesThatMayBeSeen(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		web := modelstest.Resource(t, org, sources, "web")
		mine := modelstest.Group(t, org, "mine", nil)
		ok(t, org.DescribeGroup(ctx, mine.Grantee().ID, "Looks after the zebra review"))
		for _, key := range []string{"a", "b", "c"} {
			modelstest.Group(t, org, key, nil)
			modelstest.APIKey(t, org, key, nil)
		}
		page := func(f models.AccessFilter) func(models.Page) (models.Listing[models.AccessRow], error) {
			return func(p models.Page) (models.Listing[models.AccessRow], error) {
				f.Limit, f.After, f.Before = p.Limit, p.After, p.Before
				return org.AccessRows(ctx, sources, web.ID, f)
			}
		}
		for _, c := range []struct {
			name   string
			filter models.AccessFilter
			want   []string
		}{
			{"mine", models.AccessFilter{OnlyGrantees: []access.GranteeID{mine.Grantee().ID}}, []string{"group:mine"}},
			{"mine, found by its name", models.AccessFilter{OnlyGrantees: []access.GranteeID{mine.Grantee().ID}, Page: models.Page{Query: "MIN"}}, []string{"group:mine"}},
			{"mine, by what it is for", models.AccessFilter{OnlyGrantees: []access.GranteeID{mine.Grantee().ID}, Page: models.Page{Query: "zebra"}}, nil},
			{"by what it is for", models.AccessFilter{Page: models.Page{Query: "zebra"}}, []string{"group:mine"}},
			{"nobody", models.AccessFilter{OnlyGrantees: []access.GranteeID{}}, nil},
			{"keys", models.AccessFilter{Kind: access.APIKey}, []string{"api-key:a", "api-key:b", "api-key:c"}},
			{"all", models.AccessFilter{}, []string{"api-key:a", "api-key:b", "api-key:c", "group:a", "group:b", "group:c", "group:mine"}},
		} {
			got := walk(t, page(c.filter), models.Page{Limit: 2}, func(r models.AccessRow) string { return r.Grantee.Ref() })
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: got %v, want %v", c.name, got, c.want)
			}
		}
	})
}

// A filter of very many grantees finds one wherever it stands, groups and API keys alike.
func TestAFilterOfALargeAccessTabFindsWhatStandsFarBehind(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		groups := make([]models.Resource, models.WalkLimit+5)
		for i := range groups {
			groups[i] = models.Resource{Domain: access.GroupsDomain, Key: fmt.Sprintf("g%05d", i), Name: fmt.Sprintf("g%05d", i)}
		}
		ok(t, org.CreateResources(ctx, groups))
		modelstest.APIKey(t, org, "z-last", nil)
		for query, want := range map[string]string{"G10003": "group:g10003", "last z": "api-key:z-last"} {
			filter := models.AccessFilter{Page: models.Page{Query: query}}
			for _, kind := range []access.GranteeKind{"", access.Group, access.APIKey} {
				filter.Kind = kind
				found := get(org.AccessRows(ctx, sources, 0, filter))(t)
				if kind != "" && !strings.HasPrefix(want, string(kind)+":") {
					if len(found.Rows) > 0 {
						t.Errorf("%s among %s: %+v", query, kind, found.Rows)
					}
				} else if len(found.Rows) != 1 || found.Rows[0].Grantee.Ref() != want || found.Looked != 0 {
					t.Errorf("%s: %+v, looked at %d", query, found.Rows, found.Looked)
				}
			}
		}
	})
}
