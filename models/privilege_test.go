package models_test

import (
	"reflect"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestReplacingPrivilegesTouchesOnlyWhatDiffers(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		all := modelstest.Resources(t, org, sources, 3)
		before := access.PrivilegeSet{
			sources: custom(all[0].ID, all[1].ID), fields: level(access.LevelView), analysis: level(access.LevelView)}
		group := modelstest.Group(t, org, "leads", before)
		if group.Privileges != 3 {
			t.Errorf("the group counts %d privileges, want 3", group.Privileges)
		}
		clock.Advance(time.Hour)
		after := access.PrivilegeSet{sources: custom(all[1].ID, all[2].ID), fields: {Level: access.LevelView, CanCreate: true}}

		ok(t, org.ReplacePrivileges(ctx, group.Grantee().ID, before, after, store.Now()))

		if got := get(org.PrivilegesOf(ctx, group.Grantee().ID))(t); !reflect.DeepEqual(got, after) {
			t.Errorf("got %+v, want %+v", got, after)
		}
		type tally struct{ Old, New, Ended int }
		for table, want := range map[string]tally{"privileges": {1, 1, 2}, "editor_entries": {1, 1, 1}} {
			got := read[tally](t, store, `
				SELECT count(CASE WHEN ended_at IS NULL AND since < ? THEN 1 END) AS old,
					count(CASE WHEN ended_at IS NULL AND since = ? THEN 1 END) AS new,
					count(CASE WHEN ended_at = ? THEN 1 END) AS ended FROM `+table, store.Now(), store.Now(), store.Now())
			if got[0] != want {
				t.Errorf("%s: %+v rows, want %+v", table, got[0], want)
			}
		}
		lengths := get(org.ListLengths(ctx, group.Grantee().ID))(t)
		if len(lengths) != 1 || lengths[sources] != 2 {
			t.Errorf("got list lengths %v", lengths)
		}
	})
}

func TestEditorListTakesOnlyLiveResourcesOfItsDomainAndOrganization(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")
		mine := modelstest.Resource(t, org, sources, "web")
		gone := modelstest.Resource(t, org, sources, "gone")
		ok(t, org.EndResource(ctx, sources, gone.ID, store.Now()))
		field := modelstest.Resource(t, org, fields, "author")
		theirs := modelstest.Resource(t, other, sources, "web")
		foreign := modelstest.Group(t, other, "leads", nil)

		group := modelstest.Group(t, org, "leads", access.PrivilegeSet{
			sources: custom(mine.ID, gone.ID, field.ID, theirs.ID, 999)})

		want := access.PrivilegeSet{sources: custom(mine.ID)}
		if got := get(org.PrivilegesOf(ctx, group.Grantee().ID))(t); !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		add := []access.GranteeID{foreign.Grantee().ID, access.GranteeID(field.ID), 999}
		ok(t, org.SetEntries(ctx, mine.ID, sources, add, nil, store.Now()))
		ok(t, org.SetEntries(ctx, theirs.ID, sources, []access.GranteeID{group.Grantee().ID}, nil, store.Now()))
		if n := read[int](t, store, "SELECT count(*) FROM editor_entries WHERE ended_at IS NULL")[0]; n != 1 {
			t.Errorf("%d open entries, want the one", n)
		}
	})
}

func TestEntriesAreSetFromTheResource(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		r := modelstest.Resource(t, org, sources, "web")
		one := modelstest.Group(t, org, "one", access.PrivilegeSet{sources: custom(r.ID)}).Grantee().ID
		two := modelstest.APIKey(t, org, "two", access.PrivilegeSet{sources: custom()}).Grantee().ID
		ok(t, org.SetEntries(ctx, r.ID, sources, []access.GranteeID{two, two}, []access.GranteeID{one}, store.Now()))
		ok(t, org.SetEntries(ctx, r.ID, sources, []access.GranteeID{two}, nil, store.Now()))
		got := get(org.EntriesOf(ctx, []access.GranteeID{one, two}, sources))(t)
		if len(got) != 1 || got[0].Grantee != two {
			t.Errorf("got %+v, want the one entry of the key", got)
		}
	})
}

func TestEditorListDoesNotReturnWithTheNextCustom(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		r := modelstest.Resource(t, org, sources, "web")
		group := modelstest.Group(t, org, "leads", access.PrivilegeSet{sources: custom(r.ID)}).Grantee().ID
		for _, l := range []access.Level{access.LevelView, access.LevelCustom} {
			ok(t, org.SetLevel(ctx, group, sources, level(l), store.Now()))
		}
		set := get(org.PrivilegesOf(ctx, group))(t)
		if set[sources].Level != access.LevelCustom || len(set[sources].Editors) != 0 {
			t.Errorf("got %+v, want Custom with an empty list", set)
		}
		ok(t, org.SetLevel(ctx, group, sources, level(access.LevelNone), store.Now()))
		if g := get(org.GroupByID(ctx, group))(t); g.Privileges != 0 {
			t.Errorf("the group counts %d privileges, want 0", g.Privileges)
		}
	})
}
