package models_test

import (
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestLaterUseOfAGroupStaysAndIsNoChange(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		used := modelstest.Group(t, org, "used", nil)
		later := modelstest.Start.Add(time.Hour)
		ok(t, store.StampGroups(ctx, []access.GranteeID{used.Grantee().ID}, later))
		ok(t, store.StampGroups(ctx, []access.GranteeID{used.Grantee().ID}, modelstest.Start)) // from an instance that was slower to write
		g, err := org.Group(ctx, "used")
		ok(t, err)
		if !g.LastUsed().Equal(later) || g.Revision != used.Revision || !g.ModifiedAt.Equal(used.ModifiedAt) {
			t.Errorf("last used at %v, revision %d, changed at %v", g.LastUsed(), g.Revision, g.ModifiedAt)
		}
	})
}

// Nobody is told that a group was not used for some days where it is not known for so long.
func TestUnusedGroupsAreThoseThatWereNotedForSoLong(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		modelstest.Group(t, org, "idle", nil)
		lately, long := modelstest.Group(t, org, "lately", nil), modelstest.Group(t, org, "long ago", nil)
		ok(t, store.StampGroups(ctx, []access.GranteeID{long.Grantee().ID}, store.Now()))
		began := store.Now()
		clock.Advance(100 * 24 * time.Hour)
		ok(t, store.StampGroups(ctx, []access.GranteeID{lately.Grantee().ID}, store.Now()))
		modelstest.Group(t, org, "new", nil)
		days := func(n int) *time.Time { at := store.Now().AddDate(0, 0, -n); return &at }
		want := func(u models.Unused, names ...string) {
			t.Helper()
			list, err := org.Groups(ctx, models.GroupFilter{Unused: u, Page: models.Page{Sort: "used"}})
			ok(t, err)
			n, err := org.CountUnusedGroups(ctx, u)
			ok(t, err)
			if n != len(names) || len(list.Rows) != len(names) {
				t.Errorf("%+v: %d counted, listed %+v; want %q", u, n, list.Rows, names)
				return
			}
			for i, g := range list.Rows {
				if g.Name != names[i] {
					t.Errorf("%+v: %q is number %d, want %q", u, g.Name, i, names[i])
				}
			}
		}
		want(models.Unused{Never: true}, "idle", "new")
		want(models.Unused{Since: days(90)}, "idle", "long ago")
		want(models.Unused{Since: days(180)})
		ok(t, models.Exec(ctx, store, "UPDATE organizations SET group_uses_since = ?", began.AddDate(0, 0, 50)))
		want(models.Unused{Since: days(90)})
		want(models.Unused{Since: days(30)}, "idle", "long ago")
	})
}
