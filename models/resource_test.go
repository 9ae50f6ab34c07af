package models_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/names"
)

func TestResourceIsReadAsItWasWritten(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		owner := modelstest.Person(t, store, "john.smith@example.com")
		at := time.Date(2027, time.March, 1, 10, 30, 0, 123456789, time.FixedZone("", 3600))
		r := models.Resource{
			Domain: sources, Key: "jira", Name: "Jira Software", Type: "jira", Visibility: models.VisibilityShared,
			OwnerID: &owner.ID, CreatedAt: at, CreatedBy: "John Smith", ModifiedAt: at, ModifiedBy: "John Smith",
		}
		ok(t, org.CreateResource(ctx, &r))

		got := get(org.Resource(ctx, sources, "jira"))(t)
		stored := time.Date(2027, time.March, 1, 9, 30, 0, 123456000, time.UTC)
		if got.CreatedAt != stored || got.ModifiedAt != stored {
			t.Errorf("times came back as %v and %v, want %v", got.CreatedAt, got.ModifiedAt, stored)
		}
		if got.OwnerID == nil || *got.OwnerID != owner.ID || got.OwnerEmail != owner.Email {
			t.Errorf("the owner came back as %v %q", got.OwnerID, got.OwnerEmail)
		}
		got.OwnerID, got.OwnerEmail, r.OwnerID = nil, "", nil
		if got != r {
			t.Errorf("got  %+v\nwant %+v", got, r)
		}
		ok(t, org.RecordOperation(ctx, sources, r.ID, "Rebuild", at))
		got = get(org.Resource(ctx, sources, "jira"))(t)
		if got.LastOperation != "Rebuild" || *got.LastOperationAt != stored || got.Revision != 0 {
			t.Errorf("got operation %q at %v, revision %d", got.LastOperation, got.LastOperationAt, got.Revision)
		}
	})
}

func TestKeyIsUniqueInItsDomainUntilItsResourceEnds(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		first := modelstest.Resource(t, org, sources, "web")
		modelstest.Resource(t, org, fields, "web")
		again := func() error { return org.CreateResource(ctx, &models.Resource{Domain: sources, Key: "web"}) }
		wantError(t, again(), models.ErrDuplicate)
		wantError(t, org.CreateResources(ctx, []models.Resource{
			{Domain: sources, Key: "new"}, {Domain: sources, Key: "web"}}), models.ErrDuplicate)
		if n := get(org.Count(ctx, sources))(t); n != 1 {
			t.Errorf("counted %d sources after refusals, want 1", n)
		}
		group := modelstest.Group(t, org, "leads", access.PrivilegeSet{sources: custom(first.ID)})

		ok(t, org.EndResource(ctx, sources, first.ID, store.Now()))
		ok(t, again())

		second := get(org.Resource(ctx, sources, "web"))(t)
		if second.ID == first.ID {
			t.Error("the new resource has the number of the old one")
		}
		if set := get(org.PrivilegesOf(ctx, group.Grantee().ID))(t); len(set[sources].Editors) != 0 {
			t.Errorf("the new resource inherits an editor list: %v", set[sources].Editors)
		}
		wantError(t, org.EndResource(ctx, sources, first.ID, store.Now()), models.ErrNotFound)
		checkCounters(t, store)
	})
}

func TestDuplicateLeavesTheTransactionUsable(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		modelstest.Group(t, org, "leads", nil)
		ok(t, store.Change(ctx, org.ID(), func(tx *models.Scope) error {
			g := models.Group{}
			g.Key = "leads"
			wantError(t, tx.CreateGroup(ctx, &g), models.ErrDuplicate)
			g.Key = "leads_copy"
			return tx.CreateGroup(ctx, &g)
		}))
		if got := keys(get(org.AllGroups(ctx))(t), groupKey); !slices.Equal(got, []string{"leads", "leads_copy"}) {
			t.Errorf("got groups %v", got)
		}
	})
}

func TestStaleRevisionIsAConflictAndWritesNothing(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		mine := modelstest.Resource(t, org, sources, "web")
		theirs := mine
		mine.Name, mine.ModifiedBy = "Mine", "John Smith"
		ok(t, org.UpdateResource(ctx, &mine, "name"))
		theirs.Name = "Theirs"

		wantError(t, org.UpdateResource(ctx, &theirs, "name"), models.ErrConflict)
		wantError(t, org.Touch(ctx, sources, theirs.ID, theirs.Revision, "x", store.Now()), models.ErrConflict)

		got := get(org.Resource(ctx, sources, "web"))(t)
		if got.Name != "Mine" || got.SortKey != names.SortKey("Mine") || got.Revision != 1 || got.ModifiedBy != "John Smith" {
			t.Errorf("got %+v", got)
		}
		ok(t, org.Touch(ctx, sources, mine.ID, mine.Revision, "x", store.Now()))
		wantError(t, org.Touch(ctx, fields, mine.ID, 2, "x", store.Now()), models.ErrNotFound)
		if err := org.UpdateResource(ctx, &mine, "organization_id"); err == nil {
			t.Error("a column that is nobody's to write was written")
		}
		key := modelstest.APIKey(t, org, "push", nil)
		stale := key
		key.Allow, key.LastFour = []string{"10.0.0.0/8"}, "abcd"
		ok(t, org.UpdateAPIKey(ctx, &key, "allow", "last_four"))
		stale.Enabled = false
		wantError(t, org.UpdateAPIKey(ctx, &stale, "enabled"), models.ErrConflict)
		read := get(org.APIKey(ctx, "push"))(t)
		if !read.Enabled || !slices.Equal(read.Allow, key.Allow) || read.Deny == nil || len(read.Deny) != 0 {
			t.Errorf("got %+v", read)
		}
	})
}

// each are grantees of whom nobody holds with another.
func each(grantees ...access.GranteeID) [][]access.GranteeID {
	var all [][]access.GranteeID
	for _, g := range grantees {
		all = append(all, []access.GranteeID{g})
	}
	return all
}

func TestEditorListsDriveAPageBothWaysAlike(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		all := modelstest.Resources(t, org, sources, models.DrivenByList+20)
		ids := func(rows []models.Resource) (ids []access.ResourceID) {
			for _, r := range rows {
				ids = append(ids, r.ID)
			}
			return ids
		}
		ok(t, models.Exec(ctx, store, "UPDATE resources SET type = CASE WHEN key IN ('r00008', 'r00011') THEN 'rare' ELSE 'common' END"))
		short := modelstest.Group(t, org, "short", access.PrivilegeSet{sources: custom(ids(all[7:9])...)}).Grantee().ID
		long := modelstest.Group(t, org, "long", access.PrivilegeSet{sources: custom(ids(all[10:])...)}).Grantee().ID
		other := modelstest.Group(t, org, "other", access.PrivilegeSet{sources: custom(ids(all[8:11])...)}).Grantee().ID
		for _, c := range []struct {
			together [][]access.GranteeID
			apart    int
			long     bool
		}{{each(short, other), 3, false}, {each(short), 0, false}, {each(other, long), models.DrivenByList + 11, false}, {each(long), 0, true},
			{[][]access.GranteeID{{short, other}, {other}}, 1, false}, {[][]access.GranteeID{{short, other}, {other, short}}, 0, false},
			{[][]access.GranteeID{{short, other}, {other, long}}, models.DrivenByList + 10, false}} {
			if n, long, err := org.CountApart(ctx, c.together, sources); err != nil || n != c.apart || long != c.long {
				t.Errorf("the lists of %v set %d apart, too long: %t, %v; want %d, %t", c.together, n, long, err, c.apart, c.long)
			}
		}
		for _, c := range []struct {
			name   string
			filter models.ResourceFilter
			first  []string
		}{
			{"short list", models.ResourceFilter{OnlyIDsOf: []access.GranteeID{short}}, []string{"r00007", "r00008"}},
			{"long list", models.ResourceFilter{OnlyIDsOf: []access.GranteeID{long}}, []string{"r00010", "r00011", "r00012"}},
			{"both", models.ResourceFilter{OnlyIDsOf: []access.GranteeID{short, long}}, []string{"r00007", "r00008", "r00010"}},
			{"nobody's", models.ResourceFilter{OnlyIDsOf: []access.GranteeID{}}, nil},
			{"short list, changed", models.ResourceFilter{OnlyIDsOf: []access.GranteeID{short}, Given: ids(all[3:5]), Taken: ids(all[7:8])},
				[]string{"r00003", "r00004", "r00008"}},
			{"long list, changed", models.ResourceFilter{OnlyIDsOf: []access.GranteeID{long}, Given: ids(all[3:5]), Taken: ids(all[10:20])},
				[]string{"r00003", "r00004", "r00020"}},
			{"among", models.ResourceFilter{Among: ids(all[5:7])}, []string{"r00005", "r00006"}},
			{"among none", models.ResourceFilter{Among: []access.ResourceID{}}, nil},
			{"rare type", models.ResourceFilter{Type: "rare"}, []string{"r00008", "r00011"}},
			{"common type", models.ResourceFilter{Type: "common"}, []string{"r00000", "r00001", "r00002"}},
			{"no type", models.ResourceFilter{Type: "\x00"}, nil},
			{"rare type in a short list", models.ResourceFilter{Type: "rare", OnlyIDsOf: []access.GranteeID{short}}, []string{"r00008"}},
			{"rare type in a long list", models.ResourceFilter{Type: "rare", OnlyIDsOf: []access.GranteeID{long}}, []string{"r00011"}},
			{"common type in a long list", models.ResourceFilter{Type: "common", OnlyIDsOf: []access.GranteeID{long}}, []string{"r00010", "r00012", "r00013"}},
			{"rare type among", models.ResourceFilter{Type: "rare", Among: ids(all[5:9])}, []string{"r00008"}},
			{"not listed", models.ResourceFilter{NotIDsOf: []access.GranteeID{long}}, []string{"r00000", "r00001", "r00002"}},
			{"neither", models.ResourceFilter{NotIDsOf: []access.GranteeID{short, long}, Page: models.Page{Query: "r0000"}},
				[]string{"r00000", "r00001", "r00002"}},
			{"in one of two short lists", models.ResourceFilter{OnlyIDsOf: []access.GranteeID{short, other}, NotAllOf: each(short, other)}, []string{"r00007", "r00009", "r00010"}},
			{"in one of two lists, one long", models.ResourceFilter{OnlyIDsOf: []access.GranteeID{other, long}, NotAllOf: each(other, long)},
				[]string{"r00008", "r00009", "r00011"}},
			{"in one of two that hold together", models.ResourceFilter{OnlyIDsOf: []access.GranteeID{short, other, long}, NotAllOf: [][]access.GranteeID{{short, other}, {other, long}}},
				[]string{"r00007", "r00011", "r00012"}},
		} {
			c.filter.Limit = 3
			got := keys(get(org.Resources(ctx, sources, c.filter))(t).Rows, resourceKey)
			if !slices.Equal(got, c.first) {
				t.Errorf("%s: got %v, want %v", c.name, got, c.first)
			}
		}
		if got := get(org.ResourceTypes(ctx, []access.DomainKey{fields, sources}, 9))(t)[sources]; !slices.Equal(got, []string{"common", "rare"}) {
			t.Errorf("the types are %v", got)
		}
		if got := get(org.ResourceTypes(ctx, []access.DomainKey{sources}, 1))(t)[sources]; !slices.Equal(got, []string{"common"}) {
			t.Errorf("the first type is %v", got)
		}
		if n := get(org.Count(ctx, sources))(t); n != len(all) {
			t.Errorf("counted %d, want %d", n, len(all))
		}
	})
}

func TestMoreNumbersThanAStatementHasParametersAreFound(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		r := modelstest.Resource(t, org, sources, "web")
		group := modelstest.Group(t, org, "leads", access.PrivilegeSet{sources: custom(r.ID)})
		var ids []access.ResourceID
		var names []string
		for i := range 70_000 {
			ids = append(ids, access.ResourceID(i))
			names = append(names, fmt.Sprintf("web%d", i))
		}
		if got := get(org.ResourcesByIDs(ctx, append(ids, r.ID)))(t); len(got) != 2 { // the group is one of the first numbers
			t.Errorf("found %d resources by number, want the source and the group", len(got))
		}
		if got := get(org.ResourcesByKeys(ctx, sources, append(names, "web", "\x00")))(t); len(got) != 1 {
			t.Errorf("found %d resources by key, want 1", len(got))
		}
		if got := get(org.EntriesAmong(ctx, []access.GranteeID{group.Grantee().ID}, sources, ids))(t); len(got) != 1 {
			t.Errorf("found %d entries, want 1", len(got))
		}
	})
}

func TestFewNumbersAreLookedUpAndNotSearchedForInTheWholeOrganization(t *testing.T) {
	store := modelstest.New(t, modelstest.Options{})
	org := modelstest.Organization(t, store, "acme")
	type step struct{ Detail string }
	plan := read[step](t, store, "EXPLAIN QUERY PLAN "+org.ResourcesByIDsSQL(), org.ID(), "[1,2]")
	if len(plan) == 0 || plan[0].Detail != "SEARCH r USING INTEGER PRIMARY KEY (rowid=?)" {
		t.Errorf("SQLite's plan is %+v", plan)
	}
}

func TestEditorListsOfFewGranteesAreFoundWithoutThoseOfTheWholeOrganization(t *testing.T) {
	store := modelstest.New(t, modelstest.Options{})
	org := modelstest.Organization(t, store, "acme")
	type step struct{ Detail string }
	for _, sql := range org.ListedSQL() {
		plan := read[step](t, store, "EXPLAIN QUERY PLAN "+sql, org.ID(), sources, store.Now(), "[1,2]")
		if len(plan) == 0 || !strings.Contains(plan[0].Detail, "grantee_id=?") {
			t.Errorf("SQLite's plan of %s is %+v", sql, plan)
		}
	}
}

// Who is in a group changes after it was saved; whoever saves it then, by itself or among several, is who saved it last.
func TestTouchingAGroupSaysWhoSavedIt(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		touches := map[string]func(g models.Group) error{
			"alone": func(g models.Group) error {
				return org.Touch(ctx, access.GroupsDomain, g.ID, g.Revision, "alone", store.Now())
			},
			"several": func(g models.Group) error {
				return org.TouchAll(ctx, access.GroupsDomain, []access.ResourceID{g.ID}, "several", store.Now())
			},
		}
		for name, touch := range touches {
			g := modelstest.Group(t, org, name, nil, modelstest.Person(t, store, name+"@example.com"))
			if g.SavedAt == nil {
				t.Fatal("who is in the group changed, and nothing keeps who saved it")
			}
			clock.Advance(time.Minute)
			ok(t, touch(g))
			if by, at := get(org.GroupByID(ctx, g.Grantee().ID))(t).Saved(); by != name || !at.Equal(store.Now()) {
				t.Errorf("%s: saved by %q at %s", name, by, at)
			}
		}
	})
}
